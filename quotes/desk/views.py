"""The pages of the review desk, for staff who may change quotes."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from quotes.desk.payload import article_shown, candidate_shown, people_shown, quote_shown
from quotes.desk.selectors import (
    Place,
    article_to_review,
    article_with_text,
    roles_in,
)
from quotes.reviewing import quotes_to_review, same_words_elsewhere
from quotes.search import speakers_like

# Nothing but our own files: what an article says is never run.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def _for_reviewers(view: View[Rest]) -> View[Rest]:
    """Staff who may change quotes; whoever is not logged in is asked to."""

    @require_safe
    @wraps(view)
    def checked(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if not (request.user.is_staff and request.user.has_perm("quotes.change_quote")):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response["Content-Security-Policy"] = _POLICY
        add_never_cache_headers(response)
        return response

    return checked


@_for_reviewers
def next_article(request: HttpRequest) -> HttpResponse:
    """Leads to the article that is next; says so where none is."""
    found = article_to_review(Place.parsed(request.GET.get("after", "")))
    if found is None:
        return TemplateResponse(request, "desk/empty.html")
    return HttpResponseRedirect(reverse("desk:article", args=[found]))


@_for_reviewers
def workbench(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """An article with all its quotes, and all that is needed to decide about them."""
    article = article_with_text(public_id)
    if article is None:
        raise Http404("There is no such article.")
    quotes = list(quotes_to_review(article.revision))
    elsewhere = same_words_elsewhere(quotes)
    data: dict[str, Any] = {
        "article": article_shown(article),
        "quotes": [quote_shown(quote, elsewhere[quote.pk]) for quote in quotes],
        "people": people_shown(quotes, roles_in(article)),
        "threshold": settings.PUBLISH_THRESHOLD,
        "decide_url": reverse("review-quote-list"),
        "speakers_url": reverse("desk:speakers"),
        "next_url": _next_url(Place.of(quotes)),
    }
    return TemplateResponse(request, "desk/workbench.html", {"article": article, "data": data})


@_for_reviewers
def speakers(request: HttpRequest) -> HttpResponse:
    """Who a name may mean, for the field in which somebody else is chosen."""
    name = request.GET.get("name", "")[:200]
    return JsonResponse({"results": [candidate_shown(one) for one in speakers_like(name)]})


def _next_url(place: Place | None) -> str:
    return reverse("desk:next", query={"after": str(place)} if place else None)
