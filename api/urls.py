"""Addresses below /api/v1/."""

from django.urls import include, path, re_path

from api.describing import DocsView, Router, SchemaView
from api.editing import SpeakerChangeViewSet
from api.reconciliation.views import ReconcileView
from api.review_articles import ReviewArticleViewSet
from api.reviewing import ReviewQuoteViewSet
from api.same_words import SameWordsView
from api.submitting import ExtractView, SubmissionsView, SubmissionView
from api.views import ArticleViewSet, QuoteViewSet, SourceViewSet, SpeakerViewSet
from api.webhooks import WebhookViewSet

router = Router()
router.register("quotes", QuoteViewSet)
router.register("speakers", SpeakerViewSet)
router.register("speaker-changes", SpeakerChangeViewSet, basename="speaker-change")
router.register("articles", ArticleViewSet)
router.register("sources", SourceViewSet)
router.register("review/quotes", ReviewQuoteViewSet, basename="review-quote")
router.register("review/articles", ReviewArticleViewSet, basename="review-article")
router.register("webhooks", WebhookViewSet, basename="webhook")

urlpatterns = [
    path("", include(router.urls)),
    path("ingest/", SubmissionsView.as_view(), name="submission-list"),
    path("ingest/<str:public_id>/", SubmissionView.as_view(), name="submission-detail"),
    path("extract/", ExtractView.as_view(), name="extract"),
    path("same-words/<str:public_id>/", SameWordsView.as_view(), name="same-words-detail"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", DocsView.as_view(), name="api-docs"),
    path("reconcile/", include("api.reconciliation.urls")),
    # OpenRefine takes the address of a service as somebody typed it, and posts to it.
    re_path("^reconcile$", ReconcileView.as_view(schema=None), name="reconcile-typed"),
]
