"""The record: who said what, where, and how we know."""

from quotes.models.article import Article, ArticleRevision, Story
from quotes.models.desk import DeskLease, PassedOver
from quotes.models.history import Distinction, SpeakerChange
from quotes.models.hub import HubProgress
from quotes.models.importing import ImportRun
from quotes.models.page import Page
from quotes.models.proposal import Proposal
from quotes.models.publication import ChangeCounter, Publication
from quotes.models.quote import By, Quote, ReviewDecision
from quotes.models.report import Report
from quotes.models.same_words import (
    GroupingTurn,
    QuoteToGroup,
    SameWords,
    SameWordsDecision,
    Wording,
    WordsKey,
)
from quotes.models.source import FeedSubscription, Host, Source
from quotes.models.speaker import (
    FormerSlug,
    Link,
    RoleStatement,
    Speaker,
    SpeakerAlias,
    SpeakerKey,
    SpeakerWord,
    WordSlip,
)
from quotes.models.story import ArticleKey
from quotes.models.submission import Submission
from quotes.models.subscription import Delivery, Message, Reader, Subscription
from quotes.models.suggestion import Suggestion, SuggestionRun
from quotes.models.token import ApiToken
from quotes.models.webhook import Webhook

__all__ = [
    "ApiToken",
    "Article",
    "ArticleKey",
    "ArticleRevision",
    "By",
    "ChangeCounter",
    "Delivery",
    "DeskLease",
    "Distinction",
    "FeedSubscription",
    "FormerSlug",
    "GroupingTurn",
    "Host",
    "HubProgress",
    "ImportRun",
    "Link",
    "Message",
    "Page",
    "PassedOver",
    "Proposal",
    "Publication",
    "Quote",
    "QuoteToGroup",
    "Reader",
    "Report",
    "ReviewDecision",
    "RoleStatement",
    "SameWords",
    "SameWordsDecision",
    "Source",
    "Speaker",
    "SpeakerAlias",
    "SpeakerChange",
    "SpeakerKey",
    "SpeakerWord",
    "Story",
    "Submission",
    "Subscription",
    "Suggestion",
    "SuggestionRun",
    "Webhook",
    "WordSlip",
    "Wording",
    "WordsKey",
]
