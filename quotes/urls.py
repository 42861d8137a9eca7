"""Addresses of the pages for readers and of the feeds."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from quotes import views
from quotes.feeds import FORMATS


class FeedFormat(StringConverter):
    """What the address of a feed ends in."""

    regex = "|".join(FORMATS)


register_converter(FeedFormat, "feed_format")

urlpatterns = [
    path("", views.home, name="home"),
    path("speakers/", views.speakers_page, name="speakers"),
    path("speakers/<slug:slug>/", views.speaker_page, name="speaker"),
    path("speakers/<slug:slug>/feed.<feed_format:suffix>", views.speaker_feed, name="speaker-feed"),
    path("quotes/<uuid:public_id>/", views.quote_page, name="quote"),
]
