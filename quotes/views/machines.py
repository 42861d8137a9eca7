"""What machines look for at the top of a site: robots.txt, llms.txt, sitemaps."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.db.models import Max, Model, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.feeds import site_of
from quotes.models import Article, Quote, Source, Speaker
from quotes.selectors import public, quoted_sources
from quotes.views.sending import FOR_AN_HOUR, addresses_at, kept

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST_KEYS = 2**60
_PAGES = ("home", "speakers", "sources", "about")

Row = tuple[str, datetime | None]  # a path, and when what it leads to changed last


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": site_of(request) + reverse("sitemaps")}
    answer = render(request, "quotes/robots.txt", context, content_type="text/plain; charset=utf-8")
    return kept(request, answer, FOR_AN_HOUR)


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """What this is and where what is, in Markdown (https://llmstxt.org)."""
    context = {"site": site_of(request)}
    answer = render(request, "quotes/llms.txt", context, content_type="text/markdown; charset=utf-8")
    return kept(request, answer, FOR_AN_HOUR)


@require_safe
def sitemaps(request: HttpRequest) -> HttpResponse:
    """The parts, each of a stretch of keys: none of them changes its place as others come in."""
    absolute = addresses_at(request)
    parts = [absolute(reverse("sitemap", args=["pages", 0]))]
    for kind, (model, field, size, _) in _PARTS.items():
        last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
        numbers = (n for n in range(-(-last // size)) if _is_there(field, n * size, size))
        parts += [absolute(reverse("sitemap", args=[kind, number])) for number in numbers]
    told = (f"<sitemap><loc>{escape(part)}</loc></sitemap>" for part in parts)
    return _sent(request, "sitemapindex", told)


@require_safe
def sitemap(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One part: what of these keys is public."""
    if kind == "pages" and number == 0:
        rows: Iterable[Row] = ((reverse(name), None) for name in _PAGES)
    elif kind in _PARTS:
        _, field, size, of = _PARTS[kind]
        first = number * size
        if first > _MOST_KEYS or not _is_there(field, first, size):
            raise Http404("There is no such part.")
        rows = of(first, first + size)
    else:
        raise Http404("There is no such part.")
    root = site_of(request)
    return _sent(request, "urlset", (_url(root, *row) for row in rows))


def _is_there(field: str, first: int, size: int) -> bool:
    """Whether anything public is in a part: one without an address is none."""
    stretch = {f"{field}__gt": first, f"{field}__lte": first + size}
    return Quote.objects.filter(public(), **stretch).order_by().exists()


def _url(root: str, path: str, changed: datetime | None) -> str:
    told = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%S}+00:00</lastmod>" if changed else ""
    return f"<url><loc>{escape(root + path)}</loc>{told}</url>"


def _sent(request: HttpRequest, name: str, lines: Iterable[str]) -> HttpResponse:
    body = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f'<{name} xmlns="{_NAMESPACE}">', *lines, f"</{name}>", ""]
    )
    return kept(request, HttpResponse(body, content_type="application/xml; charset=utf-8"), FOR_AN_HOUR)


def _quotes(first: int, last: int) -> Iterator[Row]:
    found = Quote.objects.filter(public(), pk__gt=first, pk__lte=last).order_by("pk")
    path = _path("quote", "00000000-0000-0000-0000-000000000000")
    for key, changed in found.values_list("public_id", "updated_at"):
        yield path.format(key), changed


def _speakers(first: int, last: int) -> Iterator[Row]:
    path = _path("speaker", "x")
    for slug, changed in _newest(Speaker.objects.filter(pk__gt=first, pk__lte=last), "speaker", "slug"):
        yield path.format(slug), changed


def _newest(records: QuerySet[Any], field: str, name: str) -> QuerySet[Any, tuple[Any, datetime]]:
    """Those with public quotes, with when the newest of them was stored."""
    theirs = Quote.objects.filter(public(), **{field: OuterRef("pk")}).order_by("-dated_at", "-id")
    newest = records.annotate(changed=Subquery(theirs.values("created_at")[:1])).filter(changed__isnull=False)
    rows: QuerySet[Any, tuple[Any, datetime]] = newest.order_by("pk").values_list(name, "changed")
    return rows


def _articles(first: int, last: int) -> Iterator[Row]:
    theirs = Quote.objects.filter(
        public(), revision__article__gt=first, revision__article__lte=last
    ).order_by()
    path = _path("article", "00000000-0000-0000-0000-000000000000")
    rows = theirs.values("revision__article__public_id").annotate(changed=Max("updated_at"))
    for key, changed in rows.values_list("revision__article__public_id", "changed"):
        yield path.format(key), changed


def _sources(first: int, last: int) -> Iterator[Row]:
    found: QuerySet[Any] = quoted_sources().filter(pk__gt=first, pk__lte=last).order_by("pk")
    for slug, changed in found.values_list("slug", "last_quoted"):
        yield reverse("source", args=[slug]), changed


def _path(name: str, example: str) -> str:
    """An address to be filled in: to look each of fifty thousand up takes a second."""
    return reverse(name, args=[example]).replace(f"/{example}/", "/{}/")


# What a quote knows it by, and how many keys are in a part: no more than 50,000 addresses may be.
_PARTS: dict[str, tuple[type[Model], str, int, Callable[[int, int], Iterator[Row]]]] = {
    "quotes": (Quote, "pk", 50_000, _quotes),
    "speakers": (Speaker, "speaker", 20_000, _speakers),
    "articles": (Article, "revision__article", 20_000, _articles),
    "sources": (Source, "source", 20_000, _sources),
}
