"""Addresses of the review desk, below /admin/quotes/review/."""

from django.urls import path

from quotes.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.review, name="queues"),
    path("speakers/", views.speakers, name="speakers"),
    path("<uuid:public_id>/", views.workbench, name="article"),
    path("<uuid:public_id>/stay/", views.stay, name="stay"),
]
