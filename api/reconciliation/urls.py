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
    path("suggest/entity/", SuggestSpeakerView.as_view(), name="reconcile-suggest-entity"),
    path("suggest/type/", SuggestTypeView.as_view(), name="reconcile-suggest-type"),
    path("suggest/property/", SuggestPropertyView.as_view(), name="reconcile-suggest-property"),
    path("properties/", PropertiesView.as_view(), name="reconcile-properties"),
    path("speakers/<str:speaker>/", PageView.as_view(), name="reconcile-speaker"),
    path("speakers/<str:speaker>/preview/", PreviewView.as_view(), name="reconcile-preview"),
]
