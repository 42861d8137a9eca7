"""Filters: each is checked, and one that does not exist is an error, never ignored."""

from collections import OrderedDict
from collections.abc import Collection
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.views import APIView

from api.fields import FlagFilter, FractionFilter, IdsFilter, ManyFilter, MomentFilter
from api.lookups import SourcesFilter, SpeakersFilter, WikidataFilter, address_of
from quotes.models import Article, By, Quote, Speaker, Submission
from quotes.search import speakers_named
from quotes.selectors import quotes_as_sure_as, quotes_with_words, without_copies

_ALWAYS_ALLOWED = {"format"}
_OF_PAGES = {"cursor", "page_size"}
_OF_SHAPE = {"expand", "facets", "fields"}  # take several names each


class StrictFilterBackend(DjangoFilterBackend):
    """django-filter's backend that refuses parameters it does not know, and those given twice for nothing.

    A view names in `parameters` what it takes beside its filters, in `list_parameters` what its list does.
    """

    def filter_queryset(self, request: HttpRequest, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        is_list = not getattr(view, "detail", False)
        filterset_class = self.get_filterset_class(view, queryset) if is_list else None
        filters = filterset_class.base_filters if filterset_class else {}
        several = _OF_SHAPE.union(name for name in filters if isinstance(filters[name], ManyFilter))
        refuse_odd_parameters(request, parameters_of(view, filters), several)
        if not is_list:
            return queryset
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


def parameters_of(view: APIView, filters: Collection[str]) -> set[str]:
    """All that a view takes: `filters`, and what it names itself."""
    known = {*filters, *getattr(view, "parameters", ()), *getattr(view, "own_parameters", ())}
    return (
        known
        if getattr(view, "detail", False)
        else {*known, *_OF_PAGES, *getattr(view, "list_parameters", ())}
    )


def refuse_odd_parameters(
    request: HttpRequest, known: Collection[str], several: Collection[str] = ()
) -> None:
    """Raises ValidationError where one is not `known`, empty, or given twice and none of `several`."""
    problems: dict[str, list[str]] = {}
    for name, values in request.GET.lists():
        if name not in {*known, *_ALWAYS_ALLOWED}:
            problems[name] = [_unknown_parameter(name, known)]
        elif len(values) > 1 and name not in several:
            problems[name] = ["Give it once."]
        elif not all(value.strip() for value in values):
            problems[name] = ["It is empty: give a value, or leave it out."]
    if problems:
        raise ValidationError(problems)


class PublishedFilters(django_filters.FilterSet):
    """From when to when; what has no date of publication is in no such stretch."""

    published_from = MomentFilter(
        method="published", help_text="Published on this day (UTC) or at this time, or later."
    )
    published_to = MomentFilter(
        method="published", ends=True, help_text="Published on this day (UTC) or at this time, or earlier."
    )
    collected_from = MomentFilter(
        "created_at", lookup_expr="gte", help_text="Collected on this day (UTC) or at this time, or later."
    )
    collected_to = MomentFilter(
        "created_at",
        lookup_expr="lte",
        ends=True,
        help_text="Collected on this day (UTC) or at this time, or earlier.",
    )
    article_path = ""
    date_path = "published_at"

    def published(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        bound = f"{self.date_path}__{'gte' if name == 'published_from' else 'lte'}"
        return queryset.filter(**{bound: value, f"{self.article_path}published_at__isnull": False})

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for what in ("published", "collected"):
            first, last = (self.form.cleaned_data.get(f"{what}_{end}") for end in ("from", "to"))
            if first and last and first > last:
                raise ValidationError({f"{what}_from": [f"It is later than {what}_to: turn them round."]})
        return super().filter_queryset(queryset)


class QuoteFilters(PublishedFilters):
    """What quotes can be narrowed down by; all conditions must hold."""

    article_path, date_path = "revision__article__", "dated_at"

    speaker = SpeakersFilter(
        "speaker", help_text="Slugs or ids of speakers; those of a merged or renamed speaker lead on."
    )
    wikidata = WikidataFilter("speaker", help_text="Wikidata ids of speakers.")
    source = SourcesFilter("source", help_text="Slugs of sources.")
    article = IdsFilter("revision__article__public_id", help_text="Ids of articles.")
    kind = ManyFilter(known=Quote.Kind.values, help_text="direct, partial or transcript.")
    status = ManyFilter(
        "review_status",
        known=(Quote.Status.APPROVED.value, Quote.Status.UNREVIEWED.value),
        help_text="approved: an editor confirmed it; unreviewed: none has looked at it yet.",
    )
    attributed_by = ManyFilter(
        known=By.values, help_text="Whose word the speaker is: the extractor's, or an editor's."
    )
    min_confidence = FractionFilter(
        method="by_confidence",
        help_text="From 0 to 1. What an editor approved is sure, whatever the extractor thought.",
    )
    language = ManyFilter(
        method="by_language",
        form=r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*",
        example="en",
        help_text="Languages of articles; en takes in en-GB.",
    )
    has_cue = FlagFilter(
        method="by_cue",
        help_text="Whether words say that it is speech: “said”.",
    )
    text = django_filters.CharFilter(
        method="by_words",
        help_text="Deprecated, and slow: give a phrase in `q`. A stretch of the quote’s text.",
    )

    same_words = IdsFilter(
        "wording__same_words__public_id",
        help_text="Ids of groups of the same words, as `same_words` of a quote has them.",
    )

    changed_since = django_filters.CharFilter(
        method="by_change",
        help_text="Instead of a list what has changed, the oldest change first, with what was withdrawn: `0` "
        "for all from the beginning, then as `next` has it. Goes with `page_size` alone.",
    )

    # The last: of what all the others leave.
    copies = FlagFilter(
        method="by_copies",
        help_text="false: of one saying in copies of one story only the first that was collected.",
    )

    class Meta:
        model = Quote
        fields: tuple[str, ...] = ()

    def by_change(self, queryset: QuerySet[Quote], name: str, _value: str) -> QuerySet[Quote]:
        raise ValidationError({name: ["It is of the list as JSON: /api/v1/quotes/?changed_since=0."]})

    def by_copies(self, queryset: QuerySet[Quote], _name: str, value: str) -> QuerySet[Quote]:
        return queryset if value == "true" else without_copies(queryset)

    def by_confidence(self, queryset: QuerySet[Quote], _name: str, value: Decimal) -> QuerySet[Quote]:
        return quotes_as_sure_as(queryset, float(value))

    def by_language(self, queryset: QuerySet[Quote], _name: str, values: list[str]) -> QuerySet[Quote]:
        any_of = Q()
        for value in values:
            any_of |= Q(revision__language__iexact=value) | Q(revision__language__istartswith=f"{value}-")
        return queryset.filter(any_of)

    def by_cue(self, queryset: QuerySet[Quote], _name: str, value: str) -> QuerySet[Quote]:
        return queryset.exclude(cue_text="") if value == "true" else queryset.filter(cue_text="")

    def by_words(self, queryset: QuerySet[Quote], _name: str, value: str) -> QuerySet[Quote]:
        return quotes_with_words(queryset, value)


class ReviewFilters(QuoteFilters):
    """Those of public quotes but for what is of copies, and what is of interest to reviewers alone."""

    status = ManyFilter("review_status", known=Quote.Status.values, help_text="What was decided last.")
    max_confidence = FractionFilter(
        "confidence",
        "lte",
        help_text="From 0 to 1: so doubtful or more; an editor's word is none of these.",
    )
    is_gone = FlagFilter(
        method="by_gone",
        help_text="Whether the words have left the article.",
    )

    @classmethod
    def get_filters(cls) -> OrderedDict[str, django_filters.Filter]:
        known = super().get_filters().items()
        return OrderedDict((name, one) for name, one in known if name not in {"changed_since", "copies"})

    def by_gone(self, queryset: QuerySet[Quote], _name: str, value: str) -> QuerySet[Quote]:
        return queryset.filter(gone_at__isnull=value == "false")


class ArticleFilters(PublishedFilters):
    url = django_filters.CharFilter(
        method="by_url",
        help_text="Its address, as it stands in a browser or in a link to it.",
    )
    source = SourcesFilter("source", help_text="Slugs of sources.")

    class Meta:
        model = Article
        fields: tuple[str, ...] = ()

    def by_url(self, queryset: QuerySet[Article], name: str, value: str) -> QuerySet[Article]:
        return queryset.filter(canonical_url__in=address_of(name, value))


class SubmissionFilters(django_filters.FilterSet):
    state = ManyFilter(known=Submission.State.values, help_text="queued, reading, done or failed.")

    class Meta:
        model = Submission
        fields: tuple[str, ...] = ()


class SpeakerFilters(django_filters.FilterSet):
    kind = ManyFilter(known=Speaker.Kind.values, help_text=f"{', '.join(Speaker.Kind.values)}.")
    wikidata = WikidataFilter("pk", help_text="Wikidata ids.")
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


def _unknown_parameter(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name[:100], known, n=2)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"There is no such parameter.{hint} Those here: {', '.join(sorted(known)) or 'none'}."
