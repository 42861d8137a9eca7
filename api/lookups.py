"""Records by what people have of them: slugs, ids, addresses. One that is not there is an error, with a hint.

An empty answer would hide a typing error.
"""

from difflib import get_close_matches

from rest_framework.exceptions import ValidationError

from api.fields import ManyFilter, uuid_of
from quotes.ingestion import DocumentError
from quotes.ingestion.addresses import canonical_url, plain_address
from quotes.models import Source, Speaker
from quotes.search import find_speakers
from quotes.selectors import public_speakers, resolve_redirects, speaker_at

_MOST_SOURCES = 5000  # among which a near one is looked for


class SpeakersFilter(ManyFilter):
    """Speakers by slug or id, after renames and merges."""

    def meant(self, values: list[str]) -> list[Speaker]:
        return [_speaker(value) for value in values]


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


def _speaker(value: str) -> Speaker:
    try:
        if key := uuid_of(value):
            return resolve_redirects(Speaker.objects.select_related("merged_into").get(public_id=key))
        return speaker_at(*_plain([value]))
    except (Speaker.DoesNotExist, TypeError) as error:
        alike = find_speakers(public_speakers(), value[:100].replace("-", " "), most=3)
        raise _unknown("speaker", value, [speaker.slug for speaker in alike]) from error


def _plain(values: list[str]) -> list[str]:
    """Without those that PostgreSQL refuses to look for."""
    return [value for value in values if "\0" not in value]


def _unknown(what: str, value: str, near: list[str]) -> ValidationError:
    hint = f" Did you mean {' or '.join(near)}?" if near else f" Take a slug from /api/v1/{what}s/."
    return ValidationError({what: [f"There is no {what} {value[:100]!r}.{hint}"]})
