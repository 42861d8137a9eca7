"""Addresses of the pages for readers and of the feeds."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from quotes.feeds import FORMATS
from quotes.views import feeds, pages


class FeedFormat(StringConverter):
    """What the address of a feed ends in."""

    regex = "|".join(FORMATS)


register_converter(FeedFormat, "feed_format")

urlpatterns = [
    path("", pages.home, name="home"),
    path("speakers/", pages.speakers_page, name="speakers"),
    path("speakers/<slug:slug>/", pages.speaker_page, name="speaker"),
    path("speakers/<slug:slug>/feed.<feed_format:suffix>", feeds.speaker_feed, name="speaker-feed"),
    path("sources/<slug:slug>/feed.<feed_format:suffix>", feeds.source_feed, name="source-feed"),
    path("articles/<uuid:public_id>/feed.<feed_format:suffix>", feeds.article_feed, name="article-feed"),
    path("quotes/<uuid:public_id>/", pages.quote_page, name="quote"),
]
