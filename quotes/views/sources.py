"""The outlets, and the page of one."""

from collections import Counter
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.feeds import feed_links
from quotes.linked import document, source_node
from quotes.models import Source, Speaker
from quotes.paging import beyond
from quotes.selectors import public_quotes, quoted_sources
from quotes.views.listing import PlaceError, by_date, shown
from quotes.views.sending import addresses_at, page

_SOURCES = 200  # on a page
_RECENT = 1000  # quotes among which it is counted who is quoted
_SPEAKERS = 16


@require_safe
def sources_page(request: HttpRequest) -> HttpResponse:
    """Outlets by name, those after one; `q` is a part of a name."""
    sources = quoted_sources().order_by("name", "id")
    asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
    if asked:
        sources = sources.filter(name__icontains=asked)
    after = request.GET.get("after", "")
    if after:
        last = Source.objects.filter(slug=after.replace("\0", "")).first()
        if last is None:
            raise Http404("This address leads to no page of the list: begin with the first one.")
        sources = sources.filter(beyond(("name", "id"), (last.name, last.pk), "gt"))
    found = list(sources[: _SOURCES + 1])
    more = {"q": asked, "after": found[_SOURCES - 1].slug} if len(found) > _SOURCES else {}
    context = {
        "sources": found[:_SOURCES],
        "asked": asked,
        "is_first": not after,
        "next": f"{reverse('sources')}?{urlencode({k: v for k, v in more.items() if v})}" if more else "",
    }
    return page(request, "quotes/sources.html", context)


@require_safe
def source_page(request: HttpRequest, slug: str) -> HttpResponse:
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        raise Http404(f"There is no outlet {slug!r}.")
    public = public_quotes().filter(source=source)
    recent = list(public.select_related(None).values_list("speaker", flat=True)[: _RECENT + 1])
    if not recent:
        raise Http404(f"There is no outlet {slug!r}.")
    after = request.GET.get("after", "")
    try:
        keys, next_ = by_date(public, after)
    except PlaceError as error:
        raise Http404(str(error)) from error
    counted = Counter(recent[:_RECENT]).most_common(_SPEAKERS)
    known = Speaker.objects.in_bulk([key for key, _ in counted if key is not None])
    address = reverse("source", args=[source.slug])
    context = {
        "source": source,
        "speakers": [(known[key], count) for key, count in counted if key in known],
        "recent": min(len(recent), _RECENT),
        "is_counted": len(recent) <= _RECENT,
        "quotes": shown(keys),
        "is_first": not after,
        "next": f"{address}?{urlencode({'after': next_})}" if next_ else "",
        "feeds": feed_links(f"{source.name}: quotes", "source-feed", source.slug),
        "linked": document(source_node(source, addresses_at(request))),
    }
    return page(request, "quotes/source.html", context)
