"""What has changed since a copy was made: `quotes/?changed_since=`."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from api.errors import Gone, problem_fields
from api.facets import FacetsSerializer
from api.filters import QuoteFilters, parameters_of, refuse_odd_parameters
from api.formats.records import PATHS, quote_maker
from api.pagination import Pages
from api.serializers import QuoteSerializer
from quotes.exporting.columns import moment
from quotes.models import By, ChangeCounter, Quote
from quotes.selectors import changed_quotes, with_copies_count, withdrawal_at
from quotes.services.publications import number_changes
from quotes.wordings import with_carried

CHANGED_SINCE = "changed_since"
_START = {"0", "start"}
_BESIDE = {CHANGED_SINCE, Pages.page_size_query_param, "format"}
_SERIES, _MOST_DIGITS = 8, 18  # characters


class WithdrawnQuoteSerializer(serializers.Serializer[Quote]):
    """A quote that was public and is no longer: nothing of what was said, nor who was said to say it."""

    id = serializers.CharField(source="urn", help_text="Of the quote.")
    withdrawn = serializers.BooleanField(default=True, read_only=True, help_text="Always true.")
    withdrawn_at = serializers.DateTimeField(source="publication.withdrawn_at")
    withdrawn_by = serializers.ChoiceField(choices=By.choices, source="publication.withdrawn_by")

    def to_representation(self, instance: Quote) -> Any:
        shown = super().to_representation(instance)
        return {"id": shown.pop("id"), "withdrawn": True, **shown}


class WholeQuoteSerializer(QuoteSerializer):
    """A quote with all that a list shows of one."""

    always_whole = True


class QuoteChangesSerializer(serializers.Serializer[Any]):
    """A page of changes, the oldest first."""

    next = serializers.URLField(help_text="Where to go on: at once where there is more, else later.")
    up_to_date = serializers.BooleanField(help_text="Whether nothing more has changed for now.")
    results = serializers.SerializerMethodField(help_text="The quotes as they are now, each once.")

    @extend_schema_field(
        PolymorphicProxySerializer(
            component_name="QuoteChange",
            serializers=[WholeQuoteSerializer, WithdrawnQuoteSerializer],
            resource_type_field_name=None,
            many=True,
        )
    )
    def get_results(self, page: dict[str, Any]) -> list[Any]:
        make = quote_maker(self.context["request"])
        rows = with_carried(page["results"])
        return [make(quote) if quote["publication__is_public"] else _withdrawn(quote) for quote in rows]


class PaginatedQuoteListSerializer(serializers.Serializer[Any]):
    """A page of quotes, and with `facets` what all pages have together."""

    count = serializers.IntegerField(required=False, min_value=0)
    counted_at = serializers.DateTimeField(
        required=False, help_text="When; given where it takes long, so that it is done once a minute."
    )
    facets = FacetsSerializer(required=False)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = QuoteSerializer(many=True)


QUOTES_OR_CHANGES = PolymorphicProxySerializer(
    component_name="QuotesOrChanges",
    serializers=[PaginatedQuoteListSerializer, QuoteChangesSerializer],
    resource_type_field_name=None,
    many=False,
)
WITHDRAWN_PROBLEM = inline_serializer(
    "WithdrawnProblem",
    {
        **problem_fields(),
        "id": serializers.CharField(help_text="Of the quote."),
        "withdrawn_at": serializers.DateTimeField(),
        "withdrawn_by": serializers.ChoiceField(choices=By.choices),
    },
)


def as_listed(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """`quotes` with all that a list shows of each."""
    current = "revision__article__current_revision"
    return with_copies_count(quotes).select_related(current).defer(f"{current}__text")


def changes(request: Request, context: Mapping[str, Any]) -> Any:
    """The page of changes that is asked for. Raises ValidationError, and Gone for a place that is lost."""
    refuse_odd_parameters(request, parameters_of(context["view"], QuoteFilters.base_filters))
    if beside := sorted(request.query_params.keys() - _BESIDE):
        why = (
            f"Leave it out beside {CHANGED_SINCE}: a copy would not learn what leaves a filter. "
            "Take all, and keep what you need."
        )
        raise ValidationError({name: [why] for name in beside})
    pages = Pages()
    size = pages.get_page_size(request)
    counter = number_changes()
    after = _number(request.query_params[CHANGED_SINCE].strip(), counter)
    told = (f"publication__{name}" for name in ("number", "is_public", "withdrawn_at", "withdrawn_by"))
    found = list(with_copies_count(changed_quotes(after)).values(*PATHS, *told)[: size + 1])
    page = found[:size]
    last = page[-1]["publication__number"] if page else None
    there = replace_query_param(request.build_absolute_uri(), CHANGED_SINCE, counter.place(last or after))
    answer = {"next": there, "up_to_date": len(found) <= size, "results": page}
    return QuoteChangesSerializer(answer, context=dict(context)).data


def _withdrawn(quote: Mapping[str, Any]) -> dict[str, Any]:
    """As WithdrawnQuoteSerializer has it."""
    return {
        "id": quote["public_id"].urn,
        "withdrawn": True,
        "withdrawn_at": moment(quote["publication__withdrawn_at"]),
        "withdrawn_by": quote["publication__withdrawn_by"],
    }


def refuse_withdrawn(public_id: str) -> None:
    """Raises Gone for a quote that was public and is no longer."""
    try:
        withdrawn = withdrawal_at(UUID(public_id))
    except ValueError:
        return
    if withdrawn is not None:
        shown = WithdrawnQuoteSerializer(withdrawn.quote).data
        del shown["withdrawn"]
        raise Gone("This quote was public and was withdrawn: drop your copy of it.", **shown)


def _number(place: str, counter: ChangeCounter) -> int:
    """Up to which number has been read who is at `place`."""
    if place in _START:
        return 0
    series, _, number = place.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS and len(series) == _SERIES):
        raise ValidationError(
            {CHANGED_SINCE: ["Give 0 for all from the beginning, then what `next` has, as it is given."]}
        )
    if series != counter.series or int(number) > counter.last:
        raise Gone(f"The changes were begun anew: drop your copy, and make another from {CHANGED_SINCE}=0.")
    return int(number)
