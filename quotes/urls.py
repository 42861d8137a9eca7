"""Addresses of the pages for readers and of the feeds."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from quotes.feeds import FORMATS
from quotes.views import alerts, feeds, pages


class FeedFormat(StringConverter):
    """What the address of a feed ends in."""

    regex = "|".join(FORMATS)


register_converter(FeedFormat, "feed_format")

urlpatterns = [
    path("", pages.home, name="home"),
    path("speakers/", pages.speakers_page, name="speakers"),
    path("speakers/<slug:slug>/", pages.speaker_page, name="speaker"),
    path("speakers/<slug:slug>/feed.<feed_format:suffix>", feeds.speaker_feed, name="speaker-feed"),
    path("alerts/new/", alerts.new, name="alert-new"),
    path("alerts/sent/", alerts.sent, name="alert-sent"),
    path("alerts/ended/", alerts.ended, name="alert-ended"),
    path("alerts/confirm/<str:token>/", alerts.confirm, name="alert-confirm"),
    path("alerts/manage/<str:token>/", alerts.manage, name="alert-manage"),
    path("alerts/unsubscribe/<str:token>/", alerts.unsubscribe, name="alert-unsubscribe"),
    path("quotes/<uuid:public_id>/", pages.quote_page, name="quote"),
]
