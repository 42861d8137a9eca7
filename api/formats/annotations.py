"""Quotes as annotations of their articles (https://www.w3.org/TR/annotation-model/): who says which words.

A TextPositionSelector counts code points, as the model asks for, of the plain text that was taken out of the
page at the time that `state` names; the page itself, and what it is now, may count otherwise. The
TextQuoteSelector finds the words wherever they stand.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest, Least, Substr
from django.urls import reverse
from rest_framework.request import Request

from quotes.exporting.columns import moment
from quotes.models import Article, Quote

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PAGE = 200  # annotations of a page of an article's
_AROUND = 32  # code points of prefix and suffix: enough to tell a place, and no text to read

Node = dict[str, Any]


def with_surroundings(quotes: QuerySet[Any]) -> QuerySet[Any]:
    """Each with `before` and `after`, a little of the article's text, which itself stays in the database."""
    text = "revision__text"
    found: QuerySet[Any] = quotes.annotate(
        before=Substr(text, Greatest(F("start") + 1 - _AROUND, Value(1)), Least(F("start"), Value(_AROUND))),
        after=Substr(text, F("end") + 1, Value(_AROUND)),
    )
    return found


def annotation(quote: Any, request: Request) -> Node:
    """Of a quote `with_surroundings`. One that is interrupted has a target for each of its parts."""
    targets = [_target(quote, number) for number in range(len(quote.segments))]
    return {
        "@context": CONTEXT,
        "id": quote.urn,
        "type": "Annotation",
        "motivation": "identifying",
        "created": moment(quote.created_at),
        "modified": moment(quote.updated_at),
        "body": [
            {
                "type": "TextualBody",
                "purpose": "tagging",
                "format": "text/plain",
                "value": quote.speaker.name,
            },
            {
                "type": "SpecificResource",
                "purpose": "identifying",
                "source": request.build_absolute_uri(quote.speaker.get_absolute_url()),
            },
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(quote: Any, number: int) -> Node:
    start, end = quote.segments[number]
    at = quote.context_start
    # Within the words the sentence tells what is between the parts; outside of them the text does.
    prefix = quote.before if number == 0 else quote.context[quote.segments[number - 1][1] - at : start - at]
    is_last = number == len(quote.segments) - 1
    suffix = quote.after if is_last else quote.context[end - at : quote.segments[number + 1][0] - at]
    return {
        "type": "SpecificResource",
        "source": quote.revision.article.canonical_url,
        "state": {"type": "TimeState", "sourceDate": moment(quote.revision.fetched_at)},
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": quote.context[start - at : end - at],
                "prefix": prefix[-_AROUND:],
                "suffix": suffix[:_AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def listed(quotes: Iterable[Quote], request: Request) -> Node:
    """A page of any list of quotes."""
    items = [_item(quote, request) for quote in quotes]
    return {
        "@context": CONTEXT,
        "id": request.build_absolute_uri(),
        "type": "AnnotationPage",
        "items": items,
    }


def collection(article: Article, total: int, first: Sequence[Quote], request: Request) -> Node:
    """All quotes of an article: how many, and the first page of them."""
    page = article_page(article, 1, total, first, request)
    del page["@context"]
    return {
        "@context": CONTEXT,
        "id": _address(article, request),
        "type": "AnnotationCollection",
        "label": f"Quotes in “{article.revision.title or article.canonical_url}”",
        "total": total,
        "first": page,
        "last": _address(article, request, pages(total)),
    }


def article_page(
    article: Article, number: int, total: int, quotes: Sequence[Quote], request: Request
) -> Node:
    """Page `number` of an article's quotes, from 1."""
    page: Node = {
        "@context": CONTEXT,
        "id": _address(article, request, number),
        "type": "AnnotationPage",
        "partOf": _address(article, request),
        "startIndex": (number - 1) * PAGE,
        "items": [_item(quote, request) for quote in quotes],
    }
    if number > 1:
        page["prev"] = _address(article, request, number - 1)
    if number < pages(total):
        page["next"] = _address(article, request, number + 1)
    return page


def pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _item(quote: Quote, request: Request) -> Node:
    node = annotation(quote, request)
    del node["@context"]
    return node


def _address(article: Article, request: Request, page: int | None = None) -> str:
    path = reverse("article-detail", kwargs={"public_id": article.public_id, "format": "anno"})
    url = request.build_absolute_uri(path)
    return f"{url}?page={page}" if page else url
