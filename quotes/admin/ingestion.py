"""What is followed and fetched, what waits, and what went wrong, with a button to try again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from quotes import monitoring
from quotes.admin.filters import ChosenFilter
from quotes.admin.lists import ListAdmin
from quotes.admin.marking import MEDIA
from quotes.admin.source import ADDRESSES
from quotes.ingestion import FetchError
from quotes.ingestion.fetch import fetchable
from quotes.models import Article, FeedSubscription, Page, Source
from quotes.services.following import add_feed, poll_now, stop_following
from quotes.services.queue import retry_articles
from quotes.services.visiting import retry_pages
from quotes.tasks import send

_SHOWN = 25


class FeedForm(forms.ModelForm[FeedSubscription]):
    def clean_url(self) -> str:
        try:
            return fetchable(self.cleaned_data["url"])
        except FetchError as error:
            raise forms.ValidationError(str(error)) from error


class FeedOf(ChosenFilter):
    title = "outlet"
    parameter_name = "source"
    of = (FeedSubscription, "source")


class PageOf(ChosenFilter):
    title = "outlet"
    parameter_name = "source"
    of = (Page, "source")


@admin.register(FeedSubscription)
class FeedSubscriptionAdmin(ListAdmin[FeedSubscription]):
    form = FeedForm
    formfield_overrides = ADDRESSES
    list_display = (
        "url", "source", "is_active", "last_polled_at", "next_poll_at", "failures", "last_error",
    )  # fmt: skip
    list_filter = (FeedOf, "is_active")
    list_select_related = ("source",)
    search_fields = ("url", "title", "source__name")
    autocomplete_fields = ("source",)
    readonly_fields = (
        "title", "is_active", "interval", "last_polled_at", "last_new_at", "next_poll_at", "failures",
        "last_error",
    )  # fmt: skip
    actions = ("poll", "stop")

    def get_fields(self, request: HttpRequest, obj: FeedSubscription | None = None) -> tuple[str, ...]:
        return ("source", "url", *self.readonly_fields) if obj else ("source", "url")

    def get_readonly_fields(
        self, request: HttpRequest, obj: FeedSubscription | None = None
    ) -> tuple[str, ...]:
        return ("source", "url", *self.readonly_fields) if obj else ()

    def save_model(
        self, request: HttpRequest, obj: FeedSubscription, form: forms.ModelForm[Any], change: bool
    ) -> None:
        if not change:
            obj.pk = add_feed(source=obj.source, url=obj.url).pk

    @admin.action(description="Poll now", permissions=["change"])
    def poll(self, request: HttpRequest, queryset: QuerySet[FeedSubscription]) -> None:
        count = poll_now(feed_ids=list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"Feeds to be polled at once: {count}")

    @admin.action(description="Follow no longer", permissions=["change"])
    def stop(self, request: HttpRequest, queryset: QuerySet[FeedSubscription]) -> None:
        count = stop_following(feed_ids=list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"Feeds that are followed no longer: {count}")


@admin.register(Page)
class PageAdmin(ListAdmin[Page]):
    change_list_template = "admin/quotes/page/change_list.html"
    list_display = ("url", "source", "status", "attempts", "last_error", "fetched_at", "next_fetch_at")
    list_filter = (PageOf, "status")
    list_select_related = ("source",)
    search_fields = ("url", "title")
    fields = readonly_fields = (
        "url", "title", "source", "feed", "article", "status", "attempts", "last_error", "published_at",
        "fetched_at", "next_fetch_at",
    )  # fmt: skip
    actions = ("fetch_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        overview = self.admin_site.admin_view(self.overview)
        return [path("overview/", overview, name="quotes_page_overview"), *super().get_urls()]

    @admin.action(description="Fetch again", permissions=["change"])
    def fetch_again(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        count = retry_pages(page_ids=list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"Pages to be fetched again: {count}")

    def overview(self, request: HttpRequest) -> HttpResponse:
        """How it goes, on one page; a button tries again what is ticked off by it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            messages.info(request, _tried_again(request.POST.get("again", "")))
            return HttpResponseRedirect(reverse("admin:quotes_page_overview"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Ingestion",
            "opts": self.model._meta,
            "media": self.media + forms.Media(css={"all": MEDIA["all"]}),
            "backlog": monitoring.backlog(),
            "articles": monitoring.articles_by_status(),
            "pages": monitoring.pages_by_status(),
            "sources": _sources(),
            "imports": monitoring.imports()[:_SHOWN],
            "bad_feeds": monitoring.feeds_in_trouble()[:_SHOWN],
            "bad_pages": monitoring.pages_in_trouble()[:_SHOWN],
            "bad_articles": monitoring.articles_in_trouble()[:_SHOWN],
            "dead_after": monitoring.DEAD_AFTER,
            "now": timezone.now(),
            "may_change": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/quotes/page/overview.html", context)


def _sources() -> QuerySet[Source]:
    """Outlets that are followed, with their last and next poll."""
    followed = Q(feeds__is_active=True)
    return (
        Source.objects.filter(feeds__isnull=False)
        .annotate(
            followed=Count("feeds", filter=followed, distinct=True),
            failing=Count("feeds", filter=followed & Q(feeds__failures__gt=0), distinct=True),
            polled_at=Max("feeds__last_polled_at"),
            next_poll_at=Min("feeds__next_poll_at", filter=followed),
            new_at=Max("feeds__last_new_at"),
        )
        .order_by("name")[: 4 * _SHOWN]
    )


def _tried_again(what: str) -> str:
    """Have one thing tried again (feed:3, page:7, article:9), or all that were given up (pages, articles)."""
    kind, _, key = what.partition(":")
    keys = [int(key)] if key.isascii() and key.isdigit() and len(key) < 19 else []
    if kind == "feed":
        return f"Feeds to be polled at once: {poll_now(feed_ids=keys)}"
    if kind in {"page", "pages"}:
        failed = Page.objects.filter(status=Page.Status.FAILED).values_list("pk", flat=True)
        return f"Pages to be fetched again: {retry_pages(page_ids=keys if kind == 'page' else list(failed))}"
    if kind in {"article", "articles"}:
        broken = Article.objects.filter(status=Article.Status.FAILED).values_list("pk", flat=True)
        found = retry_articles(article_ids=keys if kind == "article" else list(broken))
        send(found)
        return f"Articles to be read again: {len(found)}"
    return "Nothing to try again"
