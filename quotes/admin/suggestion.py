"""Who may be one, and who may be several: listed best first, and decided side by side with one key."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from quotes.admin.lists import ListAdmin
from quotes.admin.marking import MEDIA
from quotes.linking.careers import Post
from quotes.models import Article, Quote, Speaker, SpeakerAlias, Suggestion
from quotes.selectors import Figures, articles_of, career_of, figures_of, next_suggestion, open_suggestions
from quotes.services.merging import MergeError
from quotes.services.suggestions import accept, refuse

_SHOWN = 5  # quotes and articles of a side


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one of the two."""

    speaker: Speaker
    aliases: list[SpeakerAlias]
    career: list[tuple[Post, list[Article]]]
    figures: Figures | None
    quotes: list[Quote]
    articles: list[Article]


def sides_of(suggestion: Suggestion) -> list[Side]:
    """The two who may be one, or the parts of one who may be several."""
    if suggestion.second is not None:
        return [_whole(suggestion.first), _whole(suggestion.second)]
    return [_part(suggestion.first, part) for part in suggestion.parts]


def _whole(speaker: Speaker) -> Side:
    quotes = _quotes(speaker)[:_SHOWN]
    names = list(speaker.aliases.order_by("-count", "name")[:12])
    return Side(speaker, names, career_of(speaker), figures_of(speaker), list(quotes), [])


def _part(speaker: Speaker, articles: list[int]) -> Side:
    quotes = _quotes(speaker).filter(revision__article__in=articles)[:_SHOWN]
    roles = [pair for pair in career_of(speaker) if {one.pk for one in pair[1]} & set(articles)]
    shown = list(articles_of(articles)[:_SHOWN])
    return Side(speaker, [], roles, None, list(quotes), shown)


def _quotes(speaker: Speaker) -> QuerySet[Quote]:
    quotes = Quote.objects.filter(speaker=speaker).select_related("revision__article__source")
    return quotes.defer("revision__text").order_by("-dated_at", "-id")


@admin.register(Suggestion)
class SuggestionAdmin(ListAdmin[Suggestion]):
    change_list_template = "admin/quotes/suggestion/change_list.html"
    list_display = ("__str__", "kind", "score", "why", "status", "editor", "decided_at")
    list_filter = ("status", "kind")
    list_select_related = ("first", "second", "editor")
    search_fields = ("first__aliases__folded", "second__aliases__folded")
    fields = readonly_fields = ("kind", "first", "second", "score", "why", "status", "editor", "decided_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="why")
    def why(self, suggestion: Suggestion) -> str:
        return "; ".join(map(str, suggestion.evidence))

    def get_urls(self) -> list[URLPattern]:
        review = path("review/", self.admin_site.admin_view(self.review), name="quotes_suggestion_review")
        return [review, *super().get_urls()]

    def review(self, request: HttpRequest) -> HttpResponse:
        """One at a time, the best first: they are one (or two), they are not, or the next."""
        if not request.user.has_perms(("quotes.change_suggestion", "quotes.change_speaker")):
            raise PermissionDenied
        if request.method == "POST":
            return self._decide(request)
        after = _suggestion(request.GET.get("after"))
        suggestion = next_suggestion(after)
        context = self.admin_site.each_context(request) | {
            "title": "Who is who?",
            "opts": self.opts,
            "suggestion": suggestion,
            "sides": sides_of(suggestion) if suggestion else [],
            "waiting": open_suggestions().count(),
            "skipped": after is not None,
            "after": after.pk if after else "",
            "media": self.media,
            "styles": MEDIA["all"],
        }
        return TemplateResponse(request, "admin/quotes/suggestion/review.html", context)

    def _decide(self, request: HttpRequest) -> HttpResponse:
        address = reverse("admin:quotes_suggestion_review")
        suggestion = _suggestion(request.POST.get("suggestion"))
        step = request.POST.get("step")
        if suggestion is None or step not in {"accept", "refuse", "skip"}:
            self.message_user(request, "There is no such suggestion any more.", messages.ERROR)
            return HttpResponseRedirect(address)
        if step == "skip":
            return HttpResponseRedirect(f"{address}?after={suggestion.pk}")
        try:
            decide = accept if step == "accept" else refuse
            done = decide(suggestion=suggestion, editor=request.user)
        except MergeError as error:
            self.message_user(request, f"Nothing was changed: {error}.", messages.ERROR)
            return HttpResponseRedirect(f"{address}?after={suggestion.pk}")
        self.message_user(request, f"Kept: {done}.", messages.SUCCESS)
        after = request.POST.get("after", "")
        return HttpResponseRedirect(f"{address}?after={after}" if after.isdecimal() else address)


def _suggestion(key: str | None) -> Suggestion | None:
    if not key or not key.isdecimal() or len(key) > 18:
        return None
    return Suggestion.objects.filter(pk=int(key)).first()
