"""The API's filters, as feeds have them."""

from collections import OrderedDict
from collections.abc import Collection
from typing import TypeVar

import django_filters
from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.fields import ManyFilter
from api.filters import QuoteFilters, SpeakerFilters, refuse_odd_parameters
from api.lookups import SpeakersFilter
from quotes.models import Quote, Source, Speaker

Filters = TypeVar("Filters", bound=django_filters.FilterSet)
# What became of a quote when it was withdrawn, and what it was before is not kept as it is shown.
_CHANGED_BY_WITHDRAWAL = {"attributed_by", "copies", "min_confidence", "speaker", "status", "wikidata"}


class QuoteFeedFilters(QuoteFilters):
    """Those of lists of quotes, for what is withdrawn as well as for what is shown."""

    @classmethod
    def get_filters(cls) -> "OrderedDict[str, django_filters.Filter]":
        known = super().get_filters().items()
        return OrderedDict((name, one) for name, one in known if name != "changed_since")

    @property
    def has_copies(self) -> bool:
        return bool(self.form.cleaned_data.get("copies") == "true")

    def by_copies(self, queryset: QuerySet[Quote], _name: str, value: str) -> QuerySet[Quote]:
        """Left to the feed: it has none unless told so, and looks for them in what is withdrawn, too."""
        return queryset

    def speakers(self) -> list[Speaker] | None:
        """Whose words alone are asked for, after merges; None for everybody's."""
        asked = [
            set(one.meant(values))
            for name in ("speaker", "wikidata")
            if (values := self.form.cleaned_data.get(name))
            and isinstance(one := self.filters[name], ManyFilter)
        ]
        return list(Speaker.objects.filter(pk__in=set.intersection(*asked))) if asked else None

    def sources(self) -> list[Source]:
        one, values = self.filters["source"], self.form.cleaned_data.get("source")
        return one.meant(values) if values and isinstance(one, ManyFilter) else []

    def withdrawn(self, quotes: QuerySet[Quote]) -> QuerySet[Quote]:
        """Those of withdrawn `quotes` that a reader may have seen in this feed."""
        for name, value in self.form.cleaned_data.items():
            if name not in _CHANGED_BY_WITHDRAWAL:
                quotes = self.filters[name].filter(quotes, value)
        return quotes


class SpeakerFeedFilters(SpeakerFilters):
    speaker = SpeakersFilter("pk", help_text="Slugs or ids of speakers.")


def checked(
    request: Request,
    kind: type[Filters],
    queryset: QuerySet[Quote] | QuerySet[Speaker],
    also: Collection[str],
) -> Filters:
    """The filters of a request; raises ValidationError for all that is not known here or makes no sense."""
    known = kind.base_filters
    several = [name for name, one in known.items() if isinstance(one, ManyFilter)]
    if "format" in request.query_params:
        raise ValidationError({"format": ["The address ends in the format, as in quotes.atom."]})
    refuse_odd_parameters(request._request, {*known, *also}, several)
    filters = kind(request.query_params, queryset=queryset, request=request)
    if not filters.is_valid():
        raise ValidationError(dict(filters.errors))
    return filters
