"""Addresses below /api/v1/."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.routers import DefaultRouter

from api.editing import SpeakerChangeViewSet
from api.views import ArticleViewSet, QuoteViewSet, SourceViewSet, SpeakerViewSet

router = DefaultRouter()
router.register("quotes", QuoteViewSet)
router.register("speakers", SpeakerViewSet)
router.register("speaker-changes", SpeakerChangeViewSet, basename="speaker-change")
router.register("articles", ArticleViewSet)
router.register("sources", SourceViewSet)

urlpatterns = [
    path("", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path(
        "docs/",
        # A page and nothing else: to OPTIONS it has no template.
        SpectacularSwaggerView.as_view(url_name="api-schema", http_method_names=["get", "head"]),
        name="api-docs",
    ),
]
