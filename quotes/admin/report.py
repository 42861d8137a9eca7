"""What readers reported; it is answered at the review desk, by a decision about the quote."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from quotes.admin.lists import ListAdmin
from quotes.models import Report

_SHOWN = 120  # characters of a note in the list


@admin.register(Report)
class ReportAdmin(ListAdmin[Report]):
    list_display = (
        "fault", "words", "told", "count", "speaker", "repeated_at", "closed_at", "closed_by", "desk",
    )  # fmt: skip
    list_filter = (("closed_at", admin.EmptyFieldListFilter), "fault")
    list_select_related = (
        "quote__speaker", "quote__revision__article", "closed_by",
    )  # fmt: skip
    search_fields = ("note",)
    fields = readonly_fields = (
        "quote", "fault", "note", "count", "reported_at", "repeated_at", "closed_at", "closed_by", "decision",
        "desk",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return super().get_queryset(request).defer("quote__revision__text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="quote")
    def words(self, report: Report) -> str:
        return str(report.quote)

    @admin.display(description="note")
    def told(self, report: Report) -> str:
        return Truncator(report.note).chars(_SHOWN)

    @admin.display(description="speaker")
    def speaker(self, report: Report) -> str:
        return str(report.quote.speaker or "nobody")

    @admin.display(description="at the desk")
    def desk(self, report: Report) -> SafeString:
        address = reverse("desk:article", args=[report.quote.revision.article.public_id])
        return format_html('<a href="{}?queue=reported">Review</a>', address)
