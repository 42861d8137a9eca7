"""Addresses of the pages for readers and of the feeds."""

from django.urls import path

from quotes import views

urlpatterns = [
    path("", views.home, name="home"),
    path("speakers/", views.speakers_page, name="speakers"),
    path("speakers/<slug:slug>/", views.speaker_page, name="speaker"),
    path("speakers/<slug:slug>/feed.atom", views.speaker_atom, name="speaker-atom"),
    path("quotes/<uuid:public_id>/", views.quote_page, name="quote"),
]
