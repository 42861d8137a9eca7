"""What is new, and a box to search in."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quotes.alerts.links import follow_address
from quotes.feeds import feed_links
from quotes.linked import document, site_node
from quotes.models import Speaker
from quotes.selectors import public_quotes, without_copies
from quotes.views.listing import Shown, shown
from quotes.views.sending import addresses_at, page
from quotes.wordings import Carried, carried_of

_RECENT = 300  # quotes among which it is counted who is quoted of late
_SPEAKERS = 16
_QUOTES = 12
_CARRIED, _LONGEST = 6, 160  # characters of each


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest quotes, and who is quoted most in a longer stretch of them."""
    recent = list(without_copies(public_quotes()).select_related(None).values_list("pk", "speaker")[:_RECENT])
    keys = [key for key, _ in recent]
    carried = carried_of(keys)
    counted = Counter(speaker for _, speaker in recent).most_common(_SPEAKERS)
    known = Speaker.objects.in_bulk([key for key, _ in counted])
    context = {
        "speakers": [(known[key], count) for key, count in counted if key in known],
        "recent": len(recent),
        "quotes": shown(_once(recent, carried)[:_QUOTES]),
        "by_mail": follow_address(),
        "feeds": feed_links("All quotes", "quotes-feed"),
        "carried": _carried(carried),
        "linked": document(site_node(addresses_at(request))),
    }
    return page(request, "quotes/home.html", context)


def _once(recent: Iterable[tuple[int, int | None]], carried: Mapping[int, Carried]) -> list[int]:
    """Keys of these quotes, of the same words of one speaker the latest."""
    latest: dict[object, int] = {}
    for key, speaker in recent:
        told = carried.get(key)
        latest.setdefault((told.public_id, speaker) if told else key, key)
    return list(latest.values())


def _carried(carried: Mapping[int, Carried]) -> list[Shown]:
    """Of the latest quotes those that most outlets carry, each once."""
    latest = {carried[key].public_id: key for key in sorted(carried)}
    several = [key for key in latest.values() if carried[key].outlets > 1]
    most = sorted(several, key=lambda key: (-carried[key].outlets, -carried[key].quotes, -key))[:_CARRIED]
    return shown(most, most=_LONGEST)
