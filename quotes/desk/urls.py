"""Addresses of the review desk, below /admin/quotes/review/."""

from django.urls import path

from quotes.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.next_article, name="next"),
    path("speakers/", views.speakers, name="speakers"),
    path("<uuid:public_id>/", views.workbench, name="article"),
]
