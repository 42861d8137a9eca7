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
from django.views.decorators.http import require_GET, require_POST, require_safe

from quotes.desk.overview import overview_for
from quotes.desk.payload import article_shown, candidate_shown, person_shown, quote_shown
from quotes.desk.progress import progress_of
from quotes.desk.queues import TITLES, NoSuchQueueError, Queue, queue_of
from quotes.desk.ranking import first_of, left_in, most_useful, others_at
from quotes.desk.selectors import article_with_text
from quotes.models import Article, DeskLease, Quote, Source
from quotes.reviewing import people_of, quotes_to_review, same_words_elsewhere
from quotes.search import speakers_like
from quotes.services.desk import begin_again, leave, take

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
_MOST_SOURCES = 1000  # among which one may choose without typing

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def _for_reviewers(view: View[Rest]) -> View[Rest]:
    """Staff who may change quotes; whoever is not logged in is asked to."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if not (request.user.is_staff and request.user.has_perm("quotes.change_quote")):
            raise PermissionDenied
        try:
            response = view(request, *args, **kwargs)
        except NoSuchQueueError as error:
            status = 404 if error.is_missing else 400
            response = TemplateResponse(request, "desk/wrong.html", {"error": error}, status=status)
        response["Content-Security-Policy"] = _POLICY
        add_never_cache_headers(response)
        return response

    return checked


@require_GET
@_for_reviewers
def review(request: HttpRequest) -> HttpResponse:
    """The queues; where the address names one, leads to the article that is next in it."""
    if not request.GET:
        context = {
            "overview": overview_for(request.user),
            "progress": progress_of(request.user),
            "sources": Source.objects.order_by("name")[:_MOST_SOURCES],
            "names": [(name.value, title) for name, title in TITLES.items()],
            "kinds": Quote.Kind.values,
        }
        return TemplateResponse(request, "desk/queues.html", context)
    queue = queue_of(request.GET)
    if after := request.GET.get("after"):
        _leave(request, queue, after)
    address = _taken(request, queue)
    if address is None and begin_again(editor=request.user, queue=str(queue)):
        address = _taken(request, queue)
    if address is not None:
        return HttpResponseRedirect(_of_queue("desk:article", queue, [address]))
    context = {
        "queue": queue,
        "others": others_at(queue, request.user),
        "progress": progress_of(request.user),
    }
    return TemplateResponse(request, "desk/empty.html", context)


def _leave(request: HttpRequest, queue: Queue, after: str) -> None:
    try:
        article = Article.objects.filter(public_id=UUID(after)).first()
    except ValueError as error:
        raise NoSuchQueueError("“after” names no article.") from error
    if article is not None:
        leave(article_id=article.pk, editor=request.user, queue=str(queue))


def _taken(request: HttpRequest, queue: Queue) -> UUID | None:
    """The most useful article that nobody took before us: two may be after the same one."""
    articles = {one.article: one.address for one in most_useful(queue, request.user)}
    for article, address in articles.items():
        if take(article_id=article, editor=request.user).editor == request.user:
            return address
    return None


@require_GET
@_for_reviewers
def workbench(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """An article with all its quotes, and all that is needed to decide about them."""
    queue = queue_of(request.GET)
    article = article_with_text(public_id)
    if article is None:
        raise Http404("There is no such article.")
    lease = take(article_id=article.pk, editor=request.user)
    quotes = list(quotes_to_review(article.revision))
    elsewhere = same_words_elsewhere(quotes)
    first = first_of(queue, article.revision)
    data: dict[str, Any] = {
        "article": article_shown(article),
        "quotes": [quote_shown(quote, elsewhere[quote.pk]) for quote in quotes],
        "people": [person_shown(one) for one in people_of(article, quotes)],
        "threshold": settings.PUBLISH_THRESHOLD,
        "decide_url": reverse("review-quote-list"),
        "live_url": reverse("review-article-detail", args=[public_id]),
        "speakers_url": reverse("desk:speakers"),
        "next_url": _of_queue("desk:queues", queue, after=public_id),
        "first": first and first.urn,
    }
    context = {
        "article": article,
        "data": data,
        "stay_url": _of_queue("desk:stay", queue, [public_id]),
        **_place(request, queue, lease),
    }
    return TemplateResponse(request, "desk/workbench.html", context)


@require_POST
@_for_reviewers
def stay(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A sign that the editor is at work on an article, which keeps it; tells how far the queue is."""
    queue = queue_of(request.GET)
    article = Article.objects.filter(public_id=public_id).first()
    if article is None:
        raise Http404("There is no such article.")
    lease = take(article_id=article.pk, editor=request.user)
    html = TemplateResponse(request, "desk/place.html", _place(request, queue, lease)).render()
    return HttpResponse(html.content)


@require_safe
@_for_reviewers
def speakers(request: HttpRequest) -> HttpResponse:
    """Who a name may mean, for the field in which somebody else is chosen."""
    name = request.GET.get("name", "")[:200]
    return JsonResponse({"results": [candidate_shown(one) for one in speakers_like(name)]})


def _place(request: HttpRequest, queue: Queue, lease: DeskLease) -> dict[str, Any]:
    """Where in its queue the editor is, and who else is at the article."""
    return {
        "queue": queue,
        "left": left_in(queue),
        "progress": progress_of(request.user),
        "other": lease if lease.editor != request.user else None,
    }


def _of_queue(name: str, queue: Queue, args: list[UUID] | None = None, after: UUID | None = None) -> str:
    end = f"&after={after}" if after else ""
    return f"{reverse(name, args=args)}?{queue}{end}"
