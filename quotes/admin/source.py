"""Outlets and their feeds: plain records, saved by the admin itself."""

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest

from quotes.models import FeedSubscription, Source


class FeedInline(admin.TabularInline[FeedSubscription, Source]):
    model = FeedSubscription
    extra = 0
    readonly_fields = ("last_polled_at", "failures", "last_error")


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    list_display = ("name", "homepage", "created_at")
    search_fields = ("name", "slug", "homepage")
    inlines = (FeedInline,)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Source | None = None
    ) -> dict[str, Sequence[str]]:
        # A slug is part of addresses: it never changes once it is known.
        return {} if obj else {"slug": ("name",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()
