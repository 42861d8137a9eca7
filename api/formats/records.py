"""Quotes as their serializer shows them, made of values without it: lists are ten times as fast."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.reverse import reverse

from api.pieces import text_span
from quotes.exporting.columns import moment
from quotes.fragments import opened_at
from quotes.models import Article
from quotes.models.quote import parts_of
from quotes.selectors import public_quotes, quotes_in_text, with_copies_count
from quotes.wordings import Carried, with_carried

_ARTICLE, _SOURCE = "revision__article__", "revision__article__source__"
PATHS = (
    "pk", "public_id", "text", "kind", "segments", "attributed_by", "confidence", "review_status", "copies",
    "extractor_version", "mention_text", "mention_start", "mention_end", "cue_text", "cue_start", "cue_end",
    "context", "context_start", "fragment", "revision__number", "created_at", "updated_at", "gone_at",
    "speaker__slug", "speaker__name", "speaker__kind",
    f"{_ARTICLE}public_id", f"{_ARTICLE}canonical_url", f"{_ARTICLE}published_at",
    f"{_ARTICLE}current_revision__title", f"{_SOURCE}slug", f"{_SOURCE}name", f"{_SOURCE}homepage",
)  # fmt: skip

Values = Mapping[str, Any]


def quote_records(
    keys: Sequence[int], request: Request, fields: Collection[str] | None
) -> dict[int, dict[str, Any]]:
    """By key, those of these quotes that are public, each with these `fields` or all of them."""
    make = quote_maker(request, fields)
    found = with_copies_count(public_quotes()).filter(pk__in=keys).order_by().values(*PATHS)
    if fields is not None and "same_words" not in fields:
        return {quote["pk"]: make(quote) for quote in found}
    return {quote["pk"]: make(quote) for quote in with_carried(list(found))}


def records_in_text(
    articles: Collection[Article], most: int, request: Request
) -> dict[int, list[dict[str, Any]]]:
    """By key of each article its public quotes in the order of the text, `most` of them."""
    makers = _makers(request)
    del makers["article"]
    records: dict[int, list[dict[str, Any]]] = {article.pk: [] for article in articles}
    found = list(quotes_in_text(articles, most).values("revision__article", *PATHS))
    for quote in with_carried(found):
        records[quote["revision__article"]].append({name: make(quote) for name, make in makers.items()})
    return records


def quote_maker(
    request: Request, fields: Collection[str] | None = None
) -> Callable[[Values], dict[str, Any]]:
    """What makes the record of a quote out of the values at `PATHS`, and how far its words are `carried`."""
    makers = [(name, make) for name, make in _makers(request).items() if fields is None or name in fields]
    return lambda quote: {name: make(quote) for name, make in makers}


def _makers(request: Request) -> dict[str, Callable[[Values], Any]]:
    """What makes each field, in the order of the serializer's."""
    quote_at = _addresses("quote-detail", "public_id", request)
    speaker_at = _addresses("speaker-detail", "slug", request)
    article_at = _addresses("article-detail", "public_id", request)
    source_at = _addresses("source-detail", "slug", request)
    same_words_at = _addresses("same-words-detail", "public_id", request)

    def speaker(quote: Values) -> dict[str, Any]:
        slug = quote["speaker__slug"]
        return {
            "url": speaker_at(slug),
            "slug": slug,
            "name": quote["speaker__name"],
            "kind": quote["speaker__kind"],
        }

    def article(quote: Values) -> dict[str, Any]:
        slug = quote[f"{_SOURCE}slug"]
        return {
            "url": article_at(quote[f"{_ARTICLE}public_id"]),
            "title": quote[f"{_ARTICLE}current_revision__title"],
            "canonical_url": quote[f"{_ARTICLE}canonical_url"],
            "published_at": _moment(quote[f"{_ARTICLE}published_at"]),
            "source": {
                "url": source_at(slug),
                "slug": slug,
                "name": quote[f"{_SOURCE}name"],
                "homepage": quote[f"{_SOURCE}homepage"],
            },
        }

    def same_words(quote: Values) -> dict[str, Any] | None:
        carried: Carried | None = quote["carried"]
        if carried is None:
            return None
        return {
            "url": same_words_at(carried.public_id),
            "id": carried.urn,
            "first_at": _moment(carried.first_at),
            "outlets": carried.outlets,
            "quotes": carried.quotes,
            "speakers_differ": carried.speakers_differ,
        }

    return {
        "url": lambda quote: quote_at(quote["public_id"]),
        "id": lambda quote: quote["public_id"].urn,
        "text": lambda quote: quote["text"],
        "kind": lambda quote: quote["kind"],
        "speaker": speaker,
        "segments": lambda quote: quote["segments"],
        "mention": lambda quote: _span(quote, "mention"),
        "cue": lambda quote: _span(quote, "cue"),
        "sentence": _sentence,
        "attributed_by": lambda quote: quote["attributed_by"],
        "confidence": lambda quote: quote["confidence"],
        "review_status": lambda quote: quote["review_status"],
        "source_url": lambda quote: opened_at(quote[f"{_ARTICLE}canonical_url"], quote["fragment"]),
        "article": article,
        "revision": lambda quote: quote["revision__number"],
        "copies": lambda quote: quote["copies"],
        "same_words": same_words,
        "extractor_version": lambda quote: quote["extractor_version"],
        "collected_at": lambda quote: _moment(quote["created_at"]),
        "updated_at": lambda quote: _moment(quote["updated_at"]),
        "gone_at": lambda quote: _moment(quote["gone_at"]),
    }


def _addresses(view: str, lookup: str, request: Request) -> Callable[[object], str]:
    """What gives the addresses of a kind of record; to reverse each would take longest of all."""
    place = str(UUID(int=0))
    before, _, after = reverse(view, kwargs={lookup: place}, request=request).rpartition(place)
    return lambda key: f"{before}{key}{after}"


def _span(quote: Values, name: str) -> dict[str, Any] | None:
    return text_span(quote[f"{name}_text"], quote[f"{name}_start"], quote[f"{name}_end"])


def _sentence(quote: Values) -> list[dict[str, Any]]:
    parts = parts_of(quote["context"], quote["context_start"], quote["segments"])
    return [{"text": piece, "quoted": quoted} for piece, quoted in parts]


def _moment(value: Any) -> str | None:
    return None if value is None else moment(value)
