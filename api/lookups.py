"""Records by what people have of them: slugs, ids, addresses. One that is not there is an error, with a hint.

An empty answer would hide a typing error.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from rest_framework.exceptions import ValidationError

from api.fields import ManyFilter, uuid_of
from quotes.ingestion import DocumentError
from quotes.ingestion.addresses import canonical_url, plain_address
from quotes.models import FormerSlug, Source, Speaker
from quotes.search import find_speakers
from quotes.selectors import public_speakers, resolve_redirects

_MOST_SOURCES = 5000  # among which a near one is looked for


class SpeakersFilter(ManyFilter):
    """Speakers by slug or id, after renames and merges."""

    def meant(self, values: list[str]) -> list[int]:
        found = _speakers(values)
        for value in values:
            if value not in found:
                alike = find_speakers(public_speakers(), value[:100].replace("-", " "), most=3)
                raise _unknown("speaker", value, [speaker.slug for speaker in alike])
        return _after_merges(found.values())


class WikidataFilter(ManyFilter):
    """Speakers by Wikidata id, after merges. Nobody having one is no typing error."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, form=r"Q[1-9][0-9]{0,18}", example="Q42", **kwargs)

    def meant(self, values: list[str]) -> list[int]:
        return _after_merges(Speaker.objects.select_related("merged_into").filter(wikidata_id__in=values))


class SourcesFilter(ManyFilter):
    """Sources by slug."""

    def meant(self, values: list[str]) -> list[Source]:
        known = {source.slug: source for source in Source.objects.filter(slug__in=_plain(values))}
        for value in values:
            if value not in known:
                slugs = list(Source.objects.values_list("slug", flat=True)[:_MOST_SOURCES])
                raise _unknown("source", value, get_close_matches(value[:100], slugs, n=3))
        return list(known.values())


def address_of(name: str, url: str) -> list[str]:
    """The addresses by which the article at `url` may be known, as ingestion makes them."""
    if url.startswith("urn:sha256:"):
        return _plain([url])
    try:
        clean = canonical_url(url)
    except DocumentError as error:
        raise ValidationError({name: [f"{error}."]}) from error
    return _plain([clean, plain_address(clean)])


def _speakers(values: list[str]) -> dict[str, Speaker]:
    """The speakers that are known by these slugs, former slugs and ids, merged or not."""
    speakers = Speaker.objects.select_related("merged_into")
    ids = {key: value for value in values if (key := uuid_of(value))}
    found = {ids[one.public_id]: one for one in speakers.filter(public_id__in=ids)}
    slugs = _plain(value for value in values if value not in found)
    found |= {one.slug: one for one in speakers.filter(slug__in=slugs)}
    former = FormerSlug.objects.select_related("speaker__merged_into").filter(slug__in=slugs)
    return {one.slug: one.speaker for one in former} | found


def _after_merges(speakers: Iterable[Speaker]) -> list[int]:
    return [resolve_redirects(speaker).pk for speaker in speakers]


def _plain(values: Iterable[str]) -> list[str]:
    """Without those that PostgreSQL refuses to look for."""
    return [value for value in values if "\0" not in value]


def _unknown(what: str, value: str, near: list[str]) -> ValidationError:
    hint = f" Did you mean {' or '.join(near)}?" if near else f" Take a slug from /api/v1/{what}s/."
    return ValidationError({what: [f"There is no {what} {value[:100]!r}.{hint}"]})
