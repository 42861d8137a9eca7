"""Articles: read only, the text with its quotes marked."""

from itertools import islice
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from quotes.admin.filters import ChosenFilter, DateFilter
from quotes.admin.lists import ListAdmin
from quotes.admin.marking import marked_text
from quotes.folding import fold
from quotes.models import Article
from quotes.models.article import listed_at
from quotes.selectors import copies_of
from quotes.services.stories import put_back, take_out

_SHOWN = 50
_LOOKED_AT = 5_000  # titles
_FOUND = 900  # keys of a query: SQLite took 999 values until 2020


class InSeveralOutlets(admin.SimpleListFilter):
    """Articles that others print, too."""

    title = "copies"
    parameter_name = "copies"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "in several outlets"), ("no", "no copy is known"), ("never", "said to be no copy")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        chosen = {
            "yes": Q(story__isnull=False),
            "no": Q(story__isnull=True),
            "never": Q(is_no_copy=True),
        }
        return queryset.filter(chosen.get(self.value() or "", Q()))


class FromSource(ChosenFilter):
    title = "outlet"
    parameter_name = "source"
    of = (Article, "source")


class DatedFrom(DateFilter):
    title = "dated from"
    parameter_name = "dated_from"
    lookup = "listed_at__gte"


class DatedUntil(DateFilter):
    title = "to"
    parameter_name = "dated_until"
    lookup = "listed_at__lt"
    is_until = True


@admin.register(Article)
class ArticleAdmin(ListAdmin[Article]):
    change_form_template = "admin/quotes/article/change_form.html"
    list_display = ("__str__", "source", "listed", "status", "created_at")
    list_filter = (FromSource, DatedFrom, DatedUntil, "status", InSeveralOutlets)
    sortable_by = ("listed",)
    list_select_related = ("source", "current_revision")
    search_fields = ("current_revision__title",)
    search_help_text = (
        "Parts of the title, among the latest 5,000 that the filters leave; or how an address begins."
    )
    fields = (
        "title", "source", "address", "byline", "published_at", "status", "last_error", "extractor_version",
        "revisions", "same_story", "quotes_found", "text_with_quotes",
    )  # fmt: skip
    readonly_fields = fields
    actions = ("not_a_copy", "perhaps_a_copy")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles = super().get_queryset(request).annotate(listed_at=listed_at())
        return articles.defer("current_revision__text")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """No index knows titles: so many are read, and no more."""
        term = search_term.strip()
        if not term:
            return queryset, False
        if "://" in term:
            return queryset.filter(canonical_url__startswith=term), False
        latest = queryset.order_by("-pk").values_list("pk", "current_revision__title")[:_LOOKED_AT]
        words = fold(term).split()
        titles = ((key, fold(title or "")) for key, title in latest)
        found = (key for key, title in titles if all(word in title for word in words))
        return queryset.filter(pk__in=list(islice(found, _FOUND))), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    @admin.display(description="published, else stored", ordering="-listed_at")
    def listed(self, article: Article) -> str:
        return f"{article.published_at or article.created_at:%-d %b %Y}"

    def title(self, article: Article) -> str:
        return article.revision.title

    def byline(self, article: Article) -> str:
        return article.revision.byline

    def address(self, article: Article) -> str | SafeString:
        if not article.web_url:
            return article.canonical_url
        return format_html('<a href="{0}" rel="noopener">{0}</a>', article.web_url)

    def revisions(self, article: Article) -> int:
        return article.revisions.count()

    @admin.action(description="Not a copy: take out of its story for good", permissions=["change"])
    def not_a_copy(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            self.log_change(request, article, "Not a copy")
        count = take_out(article_ids=list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"Articles that are copies of nothing: {count}")

    @admin.action(description="Perhaps a copy: undo “Not a copy”", permissions=["change"])
    def perhaps_a_copy(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            self.log_change(request, article, "Perhaps a copy")
        count = put_back(article_ids=list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"Articles that may be copies again: {count}")

    @admin.display(description="the same story")
    def same_story(self, article: Article) -> str | SafeString:
        if article.is_no_copy:
            return "An editor said that it is a copy of nothing."
        rows = (
            (reverse("admin:quotes_article_change", args=[one.pk]), str(one), one.source)
            for one in copies_of(article)[:_SHOWN]
        )
        found = format_html_join("", '<li><a href="{}">{}</a>, {}</li>', rows)
        return format_html("<ul>{}</ul>", found) if found else "No other article."

    @admin.display(description="quotes")
    def quotes_found(self, article: Article) -> SafeString:
        quotes = article.revision.quotes.select_related("speaker").order_by("start")
        rows = (
            (
                reverse("admin:quotes_quote_change", args=[q.pk]),
                str(q),
                q.speaker or "nobody",
                q.review_status,
            )
            for q in quotes
        )
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">“{}”</a> {}, {}</li>', rows))

    @admin.display(description="text")
    def text_with_quotes(self, article: Article) -> SafeString:
        marks = [
            (start, end, "words")
            for segments in article.revision.quotes.values_list("segments", flat=True)
            for start, end in segments
        ]
        return format_html('<div class="article-text">{}</div>', marked_text(article.text, marks))
