"""Speakers and the names they go by."""

from collections.abc import Sequence
from functools import partial
from itertools import combinations
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.forms import BaseInlineFormSet, BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from quotes.admin.lists import ListAdmin, keep_ticks
from quotes.admin.repeating import RepeatedAdmin
from quotes.models import Link, RoleStatement, Speaker, SpeakerAlias, SpeakerChange
from quotes.search import speakers_named
from quotes.selectors import career_of, figures_of, namesakes_of, with_quote_count
from quotes.services.deadlocks import in_transaction
from quotes.services.merging import MergeError, merge_speakers, rename_speaker, tell_apart
from quotes.services.speakers import add_alias, remove_alias, save_speaker

_NAMED = 500  # speakers of a name, of whom links are looked for
_MERGED = 20  # speakers at once
_TOLD_APART = 10


class NamedFields(BaseInlineFormSet[Any, Any, Any]):
    """Rows of a table whose fields are named for screen readers: a table's head is no label."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label)


class AliasInline(admin.TabularInline[SpeakerAlias, Speaker]):
    model = SpeakerAlias
    formset = NamedFields
    fields = ("name", "origin", "count")
    readonly_fields = ("origin", "count")
    extra = 1

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RoleInline(admin.TabularInline[RoleStatement, Speaker]):
    """What articles say that the speaker is, each with the article."""

    model = RoleStatement
    fields = ("role", "dated_at", "article")
    readonly_fields = fields
    show_change_link = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Link)
class LinkAdmin(ListAdmin[Link]):
    """How names of articles became speakers; the ambiguous ones wait for an editor."""

    list_display = ("name", "kind", "outcome", "speaker", "reason", "article")
    list_filter = ("outcome", "kind")
    list_select_related = ("speaker", "article__current_revision")
    search_fields = ("folded",)
    search_help_text = "Any name of the speaker, or the beginnings of its words."
    ordering = ("-id",)
    fields = ("name", "kind", "outcome", "reason", "speaker", "candidates", "article", "decided_at")
    readonly_fields = fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Link], search_term: str
    ) -> tuple[QuerySet[Link], bool]:
        if not search_term.strip():
            return queryset, False
        found = speakers_named(Speaker.objects.all(), search_term).values_list("pk", flat=True)
        return queryset.filter(speaker__in=list(found[:_NAMED])), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Link | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Link | None = None) -> bool:
        return False


@admin.register(Speaker)
class SpeakerAdmin(ListAdmin[Speaker], RepeatedAdmin[Speaker]):
    list_display = ("name", "kind", "description", "public_quotes", "merged_into")
    list_filter = ("kind", ("merged_into", admin.EmptyFieldListFilter))
    list_select_related = ("merged_into",)
    search_fields = ("aliases__folded",)
    search_help_text = "Any name, or the beginnings of its words; accents, capitals and a slip do not matter."
    sortable_by = ("name",)
    fields = (
        "name", "kind", "description", "wikidata_id", "wikidata", "slug", "merged_into", "figures", "career",
        "links",
    )  # fmt: skip
    readonly_fields = ("wikidata", "slug", "merged_into", "figures", "career", "links")
    inlines = (AliasInline, RoleInline)
    actions = ("merge", "not_the_same")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        return with_quote_count(super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Speaker], search_term: str
    ) -> tuple[QuerySet[Speaker], bool]:
        return (speakers_named(queryset, search_term) if search_term.strip() else queryset), False

    def has_delete_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Speaker, form: ModelForm[Speaker], change: bool) -> None:
        name = obj.name
        if change and "name" in form.changed_data:
            obj.name = form.initial["name"]
        save_speaker(speaker=obj)
        if obj.name != name:
            self._rename(request, obj, name)
        namesakes = namesakes_of(obj)
        if namesakes:
            others = ", ".join(f"{other.name} ({other.slug})" for other in namesakes)
            self.message_user(request, f"This name is also that of {others}: who is who?", messages.WARNING)

    def _rename(self, request: HttpRequest, speaker: Speaker, name: str) -> None:
        try:
            rename_speaker(speaker=speaker, name=name, editor=request.user)
        except MergeError as error:
            self.message_user(request, f"Not renamed: {error}.", messages.ERROR)
        else:
            told = f"Renamed; the address is now {speaker.get_absolute_url()}, and the old one leads there."
            self.message_user(request, told, messages.SUCCESS)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseModelFormSet[Any, Any], change: bool
    ) -> None:
        for alias in formset.save(commit=False):
            add_alias(speaker=alias.speaker, name=alias.name, origin=SpeakerAlias.Origin.EDITOR)
        for alias in formset.deleted_objects:
            remove_alias(alias=alias)

    @admin.action(description="Merge: they are one", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> TemplateResponse | None:
        """Ask who stays, then merge the others into that one, all or none."""
        speakers = list(queryset.annotate(all_quotes=Count("quotes")).order_by("-all_quotes", "pk")[:_MERGED])
        if "apply" not in request.POST:
            if len(speakers) > 1:
                context = self.admin_site.each_context(request)
                context |= {"title": "Merge speakers", "speakers": speakers}
                return TemplateResponse(request, "admin/quotes/speaker/merge.html", context)
            self._refuse(request, "Choose the speakers that are one: at least two.", speakers)
            return None
        target = next((s for s in speakers if str(s.pk) == request.POST.get("target")), None)
        if target is None:
            self._refuse(request, "Nothing was merged: choose who stays.", speakers)
            return None
        try:
            changes = in_transaction(partial(self._merge, request, speakers, target))
        except MergeError as error:
            self._refuse(request, f"Nothing was merged: {error}.", speakers)
        else:
            undo = format_html_join(
                " ",
                '<a href="{}">Undo {}</a>',
                ((reverse("admin:quotes_quote_undo", args=[one.public_id]), one) for one in changes),
            )
            told = format_html("Merged into {} ({}). {}", target, target.slug, undo)
            self.message_user(request, told, messages.SUCCESS)
        return None

    @admin.action(description="Not the same: keep them apart", permissions=["change"])
    def not_the_same(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> None:
        """Each of the chosen is somebody else than all others of them."""
        speakers = list(queryset.order_by("pk")[: _TOLD_APART + 1])
        if not 1 < len(speakers) <= _TOLD_APART:
            wanted = f"Choose the speakers who are not the same: from two to {_TOLD_APART}."
            self._refuse(request, wanted, speakers)
            return
        try:
            in_transaction(partial(self._tell_apart, request, speakers))
        except MergeError as error:
            self._refuse(request, f"Nothing was kept: {error}.", speakers)
        else:
            self.message_user(request, "Kept: they are not taken for one from now on.", messages.SUCCESS)

    def _refuse(self, request: HttpRequest, why: str, speakers: Sequence[Speaker]) -> None:
        """Say why, and leave the ticks."""
        self.message_user(request, why, messages.ERROR)
        keep_ticks(request, Speaker, [speaker.pk for speaker in speakers])

    def _merge(
        self, request: HttpRequest, speakers: Sequence[Speaker], target: Speaker
    ) -> list[SpeakerChange]:
        note = request.POST.get("note", "")[:500]
        return [
            merge_speakers(source=speaker, target=target, editor=request.user, note=note)
            for speaker in speakers
            if speaker != target
        ]

    def _tell_apart(self, request: HttpRequest, speakers: Sequence[Speaker]) -> None:
        for one, other in combinations(speakers, 2):
            tell_apart(one=one, other=other, editor=request.user)

    @admin.display(description="according to the articles")
    def career(self, speaker: Speaker) -> SafeString | str:
        if speaker.pk is None:
            return ""
        rows = ((post.role, post.years, len(articles)) for post, articles in career_of(speaker))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}, {} ({})</li>", rows))

    def figures(self, speaker: Speaker) -> str:
        if speaker.pk is None:
            return ""
        found = figures_of(speaker)
        if found.first_quoted is None or found.last_quoted is None:
            return "no public quotes"
        return (
            f"{found.quotes} public quotes in {found.outlets} outlets, {found.first_quoted:%-d %b %Y} to "
            f"{found.last_quoted:%-d %b %Y}"
        )

    def wikidata(self, speaker: Speaker) -> SafeString | str:
        if not speaker.wikidata_url:
            return "none"
        return format_html(
            '<a href="{}" rel="noopener" target="_blank">{}</a>', speaker.wikidata_url, speaker.wikidata_id
        )

    @admin.display(description="public quotes")
    def public_quotes(self, speaker: Speaker) -> int:
        return int(getattr(speaker, "quote_count", 0))

    def links(self, speaker: Speaker) -> SafeString | str:
        if speaker.pk is None:
            return ""
        return format_html(
            '<a href="{}?speaker={}">All quotes</a> · <a href="{}">Page</a> · <a href="{}">Feed</a>',
            reverse("admin:quotes_quote_changelist"),
            speaker.pk,
            speaker.get_absolute_url(),
            reverse("speaker-feed", args=[speaker.slug, "atom"]),
        )
