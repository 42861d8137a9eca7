"""Quotes: each shown in its sentence, to be approved, rejected or given to somebody else."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from quotes.admin.bulk import BULKS, chosen_quotes, take_bulk, told_move, undo_page
from quotes.admin.filters import TypeAhead
from quotes.admin.lists import ListAdmin, keep_ticks
from quotes.admin.marking import marked_text, paragraph_around
from quotes.admin.quote_filters import QUOTE_FILTERS, scope_of
from quotes.admin.repeating import RepeatedAdmin
from quotes.admin.same_words import say_apart, say_same
from quotes.models import Quote, ReviewDecision, Speaker
from quotes.search import QuestionError, matching, read_question
from quotes.selectors import with_certainty
from quotes.services.corrections import reopen
from quotes.services.merging import MergeError, move_quotes
from quotes.services.review import ReviewError, attribute, decide

# The buttons below a quote: what they say, and what they make of it.
DECISIONS = {
    "_approve": Quote.Status.APPROVED,
    "_reject": Quote.Status.REJECTED,
    "_dispute": Quote.Status.DISPUTED,
    "_retract": Quote.Status.RETRACTED,
}

_RECORD = ("id_on_the_web", "extractor_version", "rule", "created_at", "updated_at", "gone_at")


class ReviewForm(forms.ModelForm[Quote]):
    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Kept with the decision."
    )

    class Meta:
        model = Quote
        fields = ("speaker",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        speaker = cleaned.get("speaker")
        if speaker is None and "speaker" in self.changed_data:
            self.add_error(
                "speaker", "Choose who said it. If nobody did, keep the speaker and reject the quote."
            )
        elif speaker is None and "_approve" in self.data:
            self.add_error("speaker", "Choose who said it, then approve.")
        elif speaker is not None and speaker.merged_into is not None:
            self.add_error("speaker", f"{speaker} was merged into {speaker.merged_into}: choose that.")
        return cleaned


class MoveForm(forms.Form):
    """Who gets quotes: somebody known, or a new speaker."""

    to = forms.ModelChoiceField(
        Speaker.objects.filter(merged_into__isnull=True),
        required=False,
        label="To",
        widget=TypeAhead(Quote._meta.get_field("speaker"), admin.site),
    )
    new_name = forms.CharField(
        required=False,
        max_length=200,
        label="Or to a new speaker named",
        help_text="Somebody else than the one who has them now: the two are not taken for one from now on.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    note = forms.CharField(
        required=False, max_length=500, label="Why", widget=forms.TextInput(attrs={"class": "vTextField"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("to")) == bool(cleaned.get("new_name", "").strip()):
            raise forms.ValidationError("Choose a speaker, or name a new one.")
        return cleaned


class DecisionInline(admin.TabularInline[ReviewDecision, Quote]):
    model = ReviewDecision
    verbose_name_plural = "decisions and corrections so far"
    fields = readonly_fields = (
        "decided_at", "made_by", "action", "from_status", "to_status", "from_speaker", "to_speaker", "reason",
        "note", "public_note",
    )  # fmt: skip
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReviewDecision]:
        return super().get_queryset(request).select_related("editor", "from_speaker", "to_speaker")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="by")
    def made_by(self, step: ReviewDecision) -> str:
        if step.editor is not None:
            return step.editor.get_username()
        versions = dict.fromkeys(version for version in (step.from_version, step.to_version) if version)
        return f"extractor {' → '.join(versions)}".strip()


def _asked(request: HttpRequest) -> set[Quote.Status]:
    """What the button that was pressed makes of the quote."""
    return {status for button, status in DECISIONS.items() if button in request.POST}


@admin.register(Quote)
class QuoteAdmin(ListAdmin[Quote], RepeatedAdmin[Quote]):
    form = ReviewForm
    change_form_template = "admin/quotes/quote/change_form.html"
    list_display = ("in_sentence", "speaker", "sure", "review_status", "kind", "source", "dated")
    list_filter = QUOTE_FILTERS
    list_select_related = ("speaker", "source", "revision__article")
    search_fields = ("folded",)  # what is looked for is read by `quotes.search`
    search_help_text = 'Words, "phrases", OR, -exclusions, prefix*. English words stand for all their forms.'
    autocomplete_fields = ("speaker",)
    actions = (
        "approve",
        "reject",
        "attribute",
        "dispute",
        "retract",
        "reopen",
        "move",
        "not_same_words",
        "same_words",
    )
    sortable_by = ("sure", "dated")
    inlines = (DecisionInline,)
    fieldsets = (
        (None, {"fields": ("in_article", "speaker", "note")}),
        ("How we know", {"fields": ("link", "mention", "cue", "why", "sure", "kind", "review_status")}),
        ("Record", {"fields": _RECORD}),
    )
    readonly_fields = (
        "in_article", "link", "mention", "cue", "why", "sure", "kind", "review_status", *_RECORD,
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        return with_certainty(super().get_queryset(request)).defer("revision__text")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Quote], search_term: str
    ) -> tuple[QuerySet[Quote], bool]:
        if not search_term.strip():
            return queryset, False
        try:
            return matching(queryset, read_question(search_term), scope_of(request)), False
        except QuestionError as error:
            if request.method == "GET":
                messages.error(request, f"Nothing is searched for: {error}.")
            return queryset.none(), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Quote | None = None) -> bool:
        return False

    def has_retract_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("quotes.retract_quote")

    def has_move_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("quotes.change_speaker")

    def save_model(
        self, request: HttpRequest, obj: Quote, form: forms.ModelForm[Quote], change: bool
    ) -> None:
        """Hand what the editor did to the services that write it."""
        note = form.cleaned_data["note"]
        is_retracted = Quote.Status.RETRACTED in {obj.review_status, *_asked(request)}
        if is_retracted and not self.has_retract_permission(request):
            raise PermissionDenied("it takes an editor who may retract quotes")
        if "_reopen" in request.POST:
            try:
                reopen(quotes=[obj], editor=request.user, note=note)
            except ReviewError as error:
                self.message_user(request, f"Nothing was changed: {error}.", messages.ERROR)
            return
        if "speaker" in form.changed_data and obj.speaker is not None:
            attribute(quote=obj, speaker=obj.speaker, editor=request.user, note=note)
        for button, status in DECISIONS.items():
            if button in request.POST:
                decide(quotes=[obj], status=status, editor=request.user, note=note)

    def get_urls(self) -> list[URLPattern]:
        undo = path("undo/<uuid:batch>/", self.admin_site.admin_view(self.undo), name="quotes_quote_undo")
        return [undo, *super().get_urls()]

    def undo(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        return undo_page(request, batch, self.admin_site.each_context(request) | {"opts": self.opts})

    @admin.action(description="Approve", permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Quote]) -> TemplateResponse | None:
        return self._take("approve", request, queryset)

    @admin.action(description="Reject", permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Quote]) -> TemplateResponse | None:
        return self._take("reject", request, queryset)

    @admin.action(description="Give to a speaker, and approve", permissions=["change"])
    def attribute(self, request: HttpRequest, queryset: QuerySet[Quote]) -> TemplateResponse | None:
        return self._take("attribute", request, queryset)

    @admin.action(description="Mark as disputed", permissions=["change"])
    def dispute(self, request: HttpRequest, queryset: QuerySet[Quote]) -> TemplateResponse | None:
        return self._take("dispute", request, queryset)

    @admin.action(description="Retract", permissions=["retract"])
    def retract(self, request: HttpRequest, queryset: QuerySet[Quote]) -> TemplateResponse | None:
        return self._take("retract", request, queryset)

    @admin.action(description="Back to unreviewed", permissions=["change"])
    def reopen(self, request: HttpRequest, queryset: QuerySet[Quote]) -> TemplateResponse | None:
        return self._take("reopen", request, queryset)

    @admin.action(description="Move to another speaker, as they stand", permissions=["move"])
    def move(self, request: HttpRequest, queryset: QuerySet[Quote]) -> TemplateResponse | None:
        """Ask who gets them, then move them, all or none: it is one step with two speakers."""
        quotes = chosen_quotes(request, queryset)
        if quotes is None:
            return None
        form = MoveForm(request.POST) if "apply" in request.POST else MoveForm()
        if form.is_bound and form.is_valid():
            given = form.cleaned_data
            try:
                change = move_quotes(
                    quotes=quotes,
                    target=given["to"] or given["new_name"],
                    editor=request.user,
                    note=given["note"],
                )
            except MergeError as error:
                form.add_error(None, f"Nothing was moved: {error}.")
            else:
                self.message_user(request, told_move(change, change.quotes.count()), messages.SUCCESS)
                keep_ticks(request, Quote, ())
                return None
        keep_ticks(request, Quote, [quote.pk for quote in quotes])
        context = self.admin_site.each_context(request)
        context |= {"title": "Give to another speaker", "quotes": quotes, "form": form, "media": form.media}
        return TemplateResponse(request, "admin/quotes/quote/move.html", context)

    @admin.action(description="Not the same words as in other outlets", permissions=["change"])
    def not_same_words(self, request: HttpRequest, queryset: QuerySet[Quote]) -> None:
        if quotes := chosen_quotes(request, queryset):
            say_apart(request, quotes)

    @admin.action(description="The same words, all of these", permissions=["change"])
    def same_words(self, request: HttpRequest, queryset: QuerySet[Quote]) -> None:
        if quotes := chosen_quotes(request, queryset):
            say_same(request, quotes)

    def _take(self, name: str, request: HttpRequest, queryset: QuerySet[Quote]) -> TemplateResponse | None:
        context = self.admin_site.each_context(request) | {"opts": self.opts}
        return take_bulk(request, BULKS[name], queryset, context)

    @admin.display(description="quote in its sentence")
    def in_sentence(self, quote: Quote) -> SafeString:
        offset = quote.context_start
        marks = [(start - offset, end - offset, "words") for start, end in quote.segments]
        return format_html('<span class="sentence">{}</span>', marked_text(quote.context, marks))

    @admin.display(description="in the article")
    def in_article(self, quote: Quote) -> SafeString:
        text = quote.revision.text
        marks = [(start, end, "words") for start, end in quote.segments]
        marks += [
            (start, end, css)
            for start, end, css in (
                (quote.mention_start, quote.mention_end, "mention"),
                (quote.cue_start, quote.cue_end, "cue"),
            )
            if start is not None and end is not None
        ]
        first, last = min(m[0] for m in marks), max(m[1] for m in marks)
        start, end = paragraph_around(text, first, last)
        return format_html(
            '<div class="article-text">{}</div>'
            '<p class="legend"><mark class="words">words</mark> <mark class="mention">who</mark> '
            '<mark class="cue">what says so</mark></p>',
            marked_text(text, marks, start=start, end=end),
        )

    @admin.display(description="sure", ordering="-certainty")
    def sure(self, quote: Quote) -> str:
        if quote.confidence is None:
            return "editor"
        return f"{quote.confidence:.2f}" if quote.speaker_id else "–"

    @admin.display(description="dated", ordering="-dated_at")
    def dated(self, quote: Quote) -> str:
        return f"{quote.dated_at:%-d %b %Y}"

    @admin.display(description="article")
    def link(self, quote: Quote) -> SafeString:
        title = quote.revision.title or quote.revision.article.canonical_url
        if not quote.source_url:
            return format_html("{} (no address on the web)", title)
        return format_html('<a href="{}" rel="noopener" target="_blank">{}</a>', quote.source_url, title)

    @admin.display(description="given to")
    def mention(self, quote: Quote) -> str:
        return quote.mention_text or "nobody"

    def cue(self, quote: Quote) -> str:
        return quote.cue_text or "none"

    @admin.display(description="why")
    def why(self, quote: Quote) -> str | SafeString:
        """The extractor's reasons, and when they are no longer the last word."""
        if not quote.reasons:
            return "no reasons were kept when it was read"
        reasons = format_html_join("", "<li>{}</li>", ((reason,) for reason in quote.reasons))
        shown = format_html('<ul class="reasons">{}</ul>', reasons)
        if quote.review_status == Quote.Status.UNREVIEWED:
            return shown
        return shown + format_html('<p class="legend">{}</p>', "The extractor’s, before an editor decided.")

    @admin.display(description="permanent id")
    def id_on_the_web(self, quote: Quote) -> str:
        return quote.urn
