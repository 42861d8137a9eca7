"""Addresses below /feeds/."""

from django.urls import path

from api.feeds.views import QuotesFeed, SourcesList, SpeakersList

urlpatterns = [
    path("quotes.<str:suffix>", QuotesFeed.as_view(), name="quotes-feed"),
    path("speakers.opml", SpeakersList.as_view(), name="speakers-opml"),
    path("sources.opml", SourcesList.as_view(), name="sources-opml"),
]
