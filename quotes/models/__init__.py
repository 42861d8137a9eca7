"""The record: who said what, where, and how we know."""

from quotes.models.article import Article, ArticleRevision, Story
from quotes.models.desk import DeskLease, PassedOver
from quotes.models.history import Distinction, SpeakerChange
from quotes.models.importing import ImportRun
from quotes.models.page import Page
from quotes.models.publication import ChangeCounter, Publication
from quotes.models.quote import By, Quote, ReviewDecision
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
from quotes.models.suggestion import Suggestion, SuggestionRun
from quotes.models.token import ApiToken

__all__ = [
    "ApiToken",
    "Article",
    "ArticleKey",
    "ArticleRevision",
    "By",
    "ChangeCounter",
    "DeskLease",
    "Distinction",
    "FeedSubscription",
    "FormerSlug",
    "GroupingTurn",
    "Host",
    "ImportRun",
    "Link",
    "Page",
    "PassedOver",
    "Publication",
    "Quote",
    "QuoteToGroup",
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
    "Suggestion",
    "SuggestionRun",
    "WordSlip",
    "Wording",
    "WordsKey",
]
