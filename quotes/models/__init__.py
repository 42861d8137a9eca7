"""The record: who said what, where, and how we know."""

from quotes.models.article import Article, ArticleRevision
from quotes.models.history import SpeakerChange
from quotes.models.quote import Quote, ReviewDecision
from quotes.models.source import FeedSubscription, Source
from quotes.models.speaker import Link, RoleStatement, Speaker, SpeakerAlias, SpeakerKey

__all__ = [
    "Article",
    "ArticleRevision",
    "FeedSubscription",
    "Link",
    "Quote",
    "ReviewDecision",
    "RoleStatement",
    "Source",
    "Speaker",
    "SpeakerAlias",
    "SpeakerChange",
    "SpeakerKey",
]
