"""Addresses below /api/v1/reconcile/."""

from django.urls import path

from api.reconciliation.views import (
    PageView,
    PreviewView,
    PropertiesView,
    ReconcileView,
    SuggestPropertyView,
    SuggestSpeakerView,
    SuggestTypeView,
)

urlpatterns = [
    path("", ReconcileView.as_view(), name="reconcile"),
    path("suggest/entity/", SuggestSpeakerView.as_view()),
    path("suggest/type/", SuggestTypeView.as_view()),
    path("suggest/property/", SuggestPropertyView.as_view()),
    path("properties/", PropertiesView.as_view()),
    path("speakers/<str:speaker>/", PageView.as_view()),
    path("speakers/<str:speaker>/preview/", PreviewView.as_view()),
]
