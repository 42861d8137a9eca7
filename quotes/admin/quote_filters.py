"""What the list of quotes is narrowed by."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from quotes.admin.filters import ChosenFilter, DateFilter, FormFilter
from quotes.models import Quote
from quotes.reviewing import given_to_several, of_unclear_names
from quotes.search import SCOPES, Scope

_BANDS = {"90": (0.9, 1.01), "80": (0.8, 0.9), "50": (0.5, 0.8), "0": (0.0, 0.5)}


def scope_of(request: HttpRequest) -> Scope:
    """Where words are looked for."""
    return next((scope for scope in SCOPES if scope == request.GET.get("in")), SCOPES[0])


class SearchedIn(FormFilter):
    """Where words are looked for: it hides nothing by itself."""

    title = "in"
    parameter_name = "in"

    def field(self) -> forms.Field:
        choices = [("", "the quote’s words"), ("sentence", "the sentence around")]
        return forms.ChoiceField(choices=choices, widget=forms.Select(choices=choices))

    def condition(self, value: str) -> Q:
        if value not in SCOPES:
            raise ValueError("no scope")
        return Q()


class BySpeaker(ChosenFilter):
    title = "speaker"
    parameter_name = "speaker"
    of = (Quote, "speaker")


class InOutlet(ChosenFilter):
    title = "outlet"
    parameter_name = "source"
    of = (Quote, "source")


class DatedFrom(DateFilter):
    title = "dated from"
    parameter_name = "dated_from"
    lookup = "dated_at__gte"


class DatedUntil(DateFilter):
    title = "to"
    parameter_name = "dated_until"
    lookup = "dated_at__lt"
    is_until = True


class ChangedSince(DateFilter):
    title = "changed since"
    parameter_name = "changed_since"
    lookup = "updated_at__gte"


class ConfidenceFilter(admin.SimpleListFilter):
    title = "confidence"
    parameter_name = "confidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("90", "0.9 and over"),
            ("80", "0.8 to 0.9"),
            ("50", "0.5 to 0.8"),
            ("0", "under 0.5"),
            ("editor", "an editor’s word"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Quote]) -> QuerySet[Quote]:
        # With every status named, a band of few is found by status and confidence, which have an index.
        known = queryset.filter(review_status__in=Quote.Status.values)
        if self.value() == "editor":
            return known.filter(confidence__isnull=True)
        band = _BANDS.get(self.value() or "")
        return known.filter(confidence__gte=band[0], confidence__lt=band[1]) if band else queryset


class InConflict(admin.SimpleListFilter):
    """What the record knows to be in question."""

    title = "speaker in question"
    parameter_name = "conflict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("name", "the name may mean several"), ("copies", "copies name somebody else")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Quote]) -> QuerySet[Quote]:
        if self.value() == "name":
            return of_unclear_names(queryset)
        return given_to_several(queryset) if self.value() == "copies" else queryset


QUOTE_FILTERS = (
    SearchedIn, BySpeaker, InOutlet, DatedFrom, DatedUntil, ChangedSince,
    "review_status", ConfidenceFilter, "kind", InConflict,
)  # fmt: skip
