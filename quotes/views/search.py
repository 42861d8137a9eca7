"""Search: quotes by their words, people by their names, in one box."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.alerts.links import follow_address
from quotes.facets import Counts, count_facets
from quotes.feeds import FeedLink, feed_links
from quotes.limits import address_of, count
from quotes.models import Quote, Source, Speaker
from quotes.search import SCOPES, find_speakers
from quotes.search.ranking import MOST_RANKED
from quotes.selectors import public_quotes, public_speakers
from quotes.timeouts import TookTooLongError, time_limit
from quotes.views.asking import ORDERS, Asked, asked_in
from quotes.views.listing import PlaceError, by_date, by_relevance, shown
from quotes.views.sending import page

_FACETS = ("speaker", "source", "year", "kind")
_VALUES = 10  # of each facet
_PEOPLE = 6
_TITLES = {"speaker": "Who", "source": "Outlet", "year": "Year", "kind": "Kind"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many quotes have it, and the address of the search with it, or without."""

    name: str
    count: int
    query: str
    is_chosen: bool = False


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What is wrong with a question is told, with the form as it was filled in."""
    asked = asked_in(request.GET)
    context: dict[str, Any] = {
        "asked": asked,
        "scopes": SCOPES,
        "orders": [(name, told) for name, told in ORDERS.items() if name != "relevance" or asked.q],
        "kinds": Quote.Kind.values,
    }
    if asked.problems:
        return page(request, "quotes/search.html", context, HTTPStatus.BAD_REQUEST)
    if not asked.is_anything:
        return page(request, "quotes/search.html", context)
    limit = count("search", address_of(request))
    if limit is not None and limit.is_exceeded:
        context["refused"] = (
            f"That were many searches in a short while: try again in {limit.seconds_left} seconds."
        )
        answer = page(request, "quotes/search.html", context, HTTPStatus.TOO_MANY_REQUESTS)
        answer["Retry-After"], answer["Cache-Control"] = str(limit.seconds_left), "no-store"
        return answer
    try:
        with time_limit(settings.SEARCH_TIMEOUT_SECONDS):
            context |= _found(asked, request.GET.get("after", ""))
    except PlaceError as error:
        context["refused"] = str(error)
        return page(request, "quotes/search.html", context, HTTPStatus.BAD_REQUEST)
    except TookTooLongError:
        context["refused"] = "This takes too long to find: give another word, or narrow it down."
        answer = page(request, "quotes/search.html", context, HTTPStatus.SERVICE_UNAVAILABLE)
        answer["Cache-Control"] = "no-store"
        return answer
    return page(request, "quotes/search.html", context)


def _found(asked: Asked, after: str) -> dict[str, Any]:
    quotes = asked.narrow(public_quotes())
    if asked.question is not None and asked.order == "relevance":
        keys, next_ = by_relevance(quotes, asked.question, asked.scope, after)
    else:
        keys, next_ = by_date(quotes, after, oldest_first=asked.order == "-date")
    people: list[Speaker] = []
    if asked.question is not None and not asked.is_narrowed and not after:
        people = find_speakers(public_speakers(), asked.q[:200], most=_PEOPLE)
    counts = count_facets(quotes, _FACETS, _VALUES)
    return {
        "quotes": shown(keys, asked.question, asked.scope),
        "people": people,
        "counts": counts,
        "facets": [(_TITLES[name], _choices(asked, counts, name)) for name in _FACETS],
        "chosen": _chosen(asked),
        "most_ranked": MOST_RANKED if asked.order == "relevance" and counts.total > MOST_RANKED else 0,
        "is_first": not after,
        "next": f"{reverse('search')}?{asked.query(after=next_)}" if next_ else "",
        "by_mail": _by_mail(asked),
        "feeds": _feeds(asked),
        "self": f"{reverse('search')}?{asked.query()}",
    }


def _feeds(asked: Asked) -> list[FeedLink]:
    """What comes in that is found by the same search: a feed has an order of its own."""
    parameters = [pair for pair in asked.parameters() if pair[0] != "order"]
    return feed_links(
        f"Quotes about {asked.q}" if asked.q else "Quotes", "quotes-feed", parameters=parameters
    )


def _by_mail(asked: Asked) -> str:
    """Where the same is followed by mail; "" where it is narrowed down as nothing can be that is followed."""
    parameters = asked.parameters()
    told = dict(parameters)
    is_one_each = len(told) == len(parameters) and told.keys() <= {"q", "speaker", "source", "order"}
    if not is_one_each or not told.keys() & {"q", "speaker"}:
        return ""
    told.pop("order", None)
    return follow_address(**told)


def _choices(asked: Asked, counts: Counts, facet: str) -> list[Choice]:
    """Values that narrow the search down further: none where there is one alone."""
    found = []
    for bucket in counts.facets[facet]:
        if facet == "year":
            query = asked.query(published_from=f"{bucket.value}-01-01", published_to=f"{bucket.value}-12-31")
        else:
            query = asked.query(**{facet: bucket.value})
        found.append(Choice(bucket.name or bucket.value, bucket.count, query))
    return found if len(found) > 1 else []


def _chosen(asked: Asked) -> list[Choice]:
    """What the search is narrowed down by, each with the search without it."""
    given: list[Speaker | Source] = [*asked.speakers, *asked.sources]
    found = [
        Choice(
            one.name, 0, asked.without("speaker" if isinstance(one, Speaker) else "source", one.slug), True
        )
        for one in given
    ]
    found += [Choice(kind, 0, asked.without("kind", kind), True) for kind in asked.kinds]
    if asked.published_from or asked.published_to:
        span = f"{asked.published_from or 'the beginning'} to {asked.published_to or 'today'}"
        found.append(Choice(span, 0, asked.query(published_from=None, published_to=None), True))
    return found
