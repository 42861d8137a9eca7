"""Filters: each is checked, and one that does not exist is an error, never ignored."""

from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError
from rest_framework.views import APIView

from quotes.models import Article, Quote, Source, Speaker
from quotes.search import speakers_named
from quotes.selectors import quotes_as_sure_as, quotes_with_words, speaker_at, without_copies

_ALWAYS_ALLOWED = {"cursor", "page_size", "format"}


class StrictFilterBackend(DjangoFilterBackend):
    """django-filter's backend that refuses parameters it does not know and parameters given twice."""

    def filter_queryset(self, request: HttpRequest, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        filterset_class = self.get_filterset_class(view, queryset)
        refuse_odd_parameters(request, set(filterset_class.base_filters) if filterset_class else set())
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


def refuse_odd_parameters(request: HttpRequest, known: set[str]) -> None:
    """Raises ValidationError where one is none of these filters, empty, or given twice."""
    problems: dict[str, list[str]] = {}
    for name, values in request.GET.lists():
        if name not in known | _ALWAYS_ALLOWED:
            problems[name] = [f"There is no such filter. Filters here: {', '.join(sorted(known)) or 'none'}."]
        elif len(values) > 1:
            problems[name] = ["Give it once."]
        elif not values[0].strip():
            problems[name] = ["It is empty: give a value, or leave it out."]
    if problems:
        raise ValidationError(problems)


class MomentField(forms.Field):
    """A day or a time, as a UTC half-open bound: with `ends`, a day counts to its last moment."""

    def __init__(self, *, ends: bool = False, **kwargs: Any) -> None:
        self.ends = ends
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            # A plus sign that was not percent-encoded arrives as a space.
            moment = parse_date(text) or parse_datetime(text.replace(" ", "+"))
            if isinstance(moment, datetime):
                aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                return aware.astimezone(UTC)
            if isinstance(moment, date):
                day = datetime.combine(moment, time.min, UTC)
                return day + timedelta(days=1) - timedelta(microseconds=1) if self.ends else day
        except (ValueError, OverflowError):
            pass
        raise DjangoValidationError("Give a day, 2026-03-24, or a time, 2026-03-24T18:00:00Z.")


@extend_schema_field(OpenApiTypes.STR)
class MomentFilter(django_filters.Filter):
    field_class = MomentField


class PublishedFilters(django_filters.FilterSet):
    """From when to when; what has no date of publication is in no such stretch."""

    published_from = MomentFilter(
        method="published", help_text="Published on this day (UTC) or at this time, or later."
    )
    published_to = MomentFilter(
        method="published", ends=True, help_text="Published on this day (UTC) or at this time, or earlier."
    )
    article_path = ""
    date_path = "published_at"

    def published(self, queryset: QuerySet[Any], name: str, value: datetime) -> QuerySet[Any]:
        bound = f"{self.date_path}__{'gte' if name == 'published_from' else 'lte'}"
        return queryset.filter(**{bound: value, f"{self.article_path}published_at__isnull": False})


class QuoteFilters(PublishedFilters):
    """What quotes can be narrowed down by; all conditions must hold."""

    article_path, date_path = "revision__article__", "dated_at"

    speaker = django_filters.CharFilter(
        method="by_speaker", help_text="A speaker's slug; that of a merged speaker leads on."
    )
    source = django_filters.CharFilter(method="by_source", help_text="A source's slug.")
    article = django_filters.UUIDFilter(
        "revision__article__public_id", help_text="An article's id, with or without `urn:uuid:`."
    )
    kind = django_filters.ChoiceFilter(choices=Quote.Kind.choices, help_text="direct, partial or transcript.")
    min_confidence = django_filters.NumberFilter(
        method="by_confidence",
        min_value=0,
        max_value=1,
        help_text="From 0 to 1; what an editor approved is always among them.",
    )
    text = django_filters.CharFilter(
        method="by_words", help_text="Words in the quote; case, accents and kinds of marks do not matter."
    )

    changed_since = django_filters.CharFilter(
        method="by_change",
        help_text="Instead of a list what has changed, the oldest change first, with what was withdrawn: `0` "
        "for all from the beginning, then as `next` has it. Goes with `page_size` alone.",
    )

    # The last: of what all the others leave.
    copies = django_filters.ChoiceFilter(
        method="by_copies",
        choices=(("true", "true"), ("false", "false")),
        help_text="false: of one saying in copies of one story only the first that was collected.",
    )

    class Meta:
        model = Quote
        fields: tuple[str, ...] = ()

    def by_change(self, queryset: QuerySet[Quote], name: str, _value: str) -> QuerySet[Quote]:
        raise ValidationError({name: ["It is of the list of quotes: /api/v1/quotes/?changed_since=0."]})

    def by_confidence(self, queryset: QuerySet[Quote], _name: str, value: Decimal) -> QuerySet[Quote]:
        return quotes_as_sure_as(queryset, float(value))

    def by_copies(self, queryset: QuerySet[Quote], name: str, value: str) -> QuerySet[Quote]:
        return queryset if value == "true" else without_copies(queryset)

    def by_speaker(self, queryset: QuerySet[Quote], name: str, value: str) -> QuerySet[Quote]:
        try:
            return queryset.filter(speaker=speaker_at(value))
        except Speaker.DoesNotExist as error:
            raise _unknown(name, value) from error

    def by_source(self, queryset: QuerySet[Quote], name: str, value: str) -> QuerySet[Quote]:
        return queryset.filter(revision__article__source=_source(name, value))

    def by_words(self, queryset: QuerySet[Quote], _name: str, value: str) -> QuerySet[Quote]:
        return quotes_with_words(queryset, value)


class ReviewFilters(QuoteFilters):
    """Those of public quotes but for what is of copies, and what is of interest to reviewers alone."""

    status = django_filters.ChoiceFilter(
        "review_status", choices=Quote.Status.choices, help_text="What was decided last."
    )
    max_confidence = django_filters.NumberFilter(
        "confidence",
        "lte",
        min_value=0,
        max_value=1,
        help_text="From 0 to 1: so doubtful or more; an editor's word is none of these.",
    )
    is_gone = django_filters.ChoiceFilter(
        method="by_gone",
        choices=(("true", "true"), ("false", "false")),
        help_text="Whether the words have left the article.",
    )

    @classmethod
    def get_filters(cls) -> OrderedDict[str, django_filters.Filter]:
        known = super().get_filters().items()
        return OrderedDict((name, one) for name, one in known if name not in {"changed_since", "copies"})

    def by_gone(self, queryset: QuerySet[Quote], _name: str, value: str) -> QuerySet[Quote]:
        return queryset.filter(gone_at__isnull=value == "false")


class ArticleFilters(PublishedFilters):
    source = django_filters.CharFilter(method="by_source", help_text="A source's slug.")

    class Meta:
        model = Article
        fields: tuple[str, ...] = ()

    def by_source(self, queryset: QuerySet[Article], name: str, value: str) -> QuerySet[Article]:
        return queryset.filter(source=_source(name, value))


class SpeakerFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=Speaker.Kind.choices)
    name = django_filters.CharFilter(
        method="by_name",
        help_text="Words, or their beginnings, of a name that the speaker goes by; case and accents do not "
        "matter, and a mistyped word stands for those that are like it.",
    )

    class Meta:
        model = Speaker
        fields: tuple[str, ...] = ()

    def by_name(self, queryset: QuerySet[Speaker], _name: str, value: str) -> QuerySet[Speaker]:
        return speakers_named(queryset, value)


def _source(name: str, slug: str) -> Source:
    try:
        return Source.objects.get(slug=slug)
    except Source.DoesNotExist as error:
        raise _unknown(name, slug) from error


def _unknown(name: str, slug: str) -> ValidationError:
    # An empty answer would hide a typing error.
    return ValidationError({name: [f"There is no {name} {slug!r}: take a slug from /api/v1/{name}s/."]})
