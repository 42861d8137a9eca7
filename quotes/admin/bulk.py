"""Steps with many quotes: what will change is said first, what cannot stays ticked, and all can be undone."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from quotes.admin.filters import TypeAhead
from quotes.admin.lists import keep_ticks
from quotes.models import Quote, ReviewDecision, Speaker, SpeakerChange
from quotes.services.merging import MergeError, undo_change
from quotes.services.review import Guard, ReviewError
from quotes.services.several import Done, attribute_each, decide_each, reopen_each, steps_of, undo_each

MOST = 500  # quotes at once
_SHOWN = 20
_TOLD = 5  # of each reason, in a message

_WIDE = {"class": "vTextField"}


class BulkForm(forms.Form):
    note = forms.CharField(
        required=False, max_length=500, label="Note for editors", widget=forms.TextInput(attrs=_WIDE)
    )


class RejectForm(BulkForm):
    reason = forms.ChoiceField(
        required=False, choices=[("", "not told"), *ReviewDecision.Reason.choices], label="Why"
    )
    field_order = ("reason", "note")


class PublicForm(BulkForm):
    public_note = forms.CharField(
        required=False, max_length=500, label="What readers are told", widget=forms.TextInput(attrs=_WIDE)
    )
    field_order = ("public_note", "note")


class AttributeForm(BulkForm):
    speaker = forms.ModelChoiceField(
        Speaker.objects.filter(merged_into__isnull=True),
        label="Who said them",
        widget=TypeAhead(Quote._meta.get_field("speaker"), admin.site),
    )
    field_order = ("speaker", "note")


@dataclass(frozen=True, slots=True)
class Bulk:
    """A step with many quotes: what it is called, what is asked for it, and which service takes it."""

    action: str
    title: str
    now: str  # what the quotes are then
    take: Callable[..., Done]
    form: type[BulkForm] = BulkForm


def _decides(status: Quote.Status) -> Callable[..., Done]:
    return lambda **given: decide_each(status=status, **given)


_Status = Quote.Status
BULKS = {
    one.action: one
    for one in (
        Bulk("approve", "Approve", "approved", _decides(_Status.APPROVED)),
        Bulk("reject", "Reject", "rejected", _decides(_Status.REJECTED), RejectForm),
        Bulk("dispute", "Mark as disputed", "disputed", _decides(_Status.DISPUTED), PublicForm),
        Bulk("retract", "Retract", "retracted", _decides(_Status.RETRACTED), PublicForm),
        Bulk("reopen", "Back to unreviewed", "unreviewed", reopen_each),
        Bulk("attribute", "Give to a speaker, and approve", "that speaker’s", attribute_each, AttributeForm),
    )
}


def chosen_quotes(request: HttpRequest, queryset: QuerySet[Quote]) -> list[Quote] | None:
    """Those that are ticked; None, and it is said, where they are more than a step takes."""
    quotes = list(queryset.order_by("pk")[: MOST + 1])
    if len(quotes) <= MOST:
        return quotes
    messages.error(request, f"Choose at most {MOST} quotes at once: nothing was changed.")
    keep_ticks(request, Quote, request.POST.getlist("_selected_action"))
    return None


def may_retract(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("quotes.retract_quote"))


def guard_of(request: HttpRequest) -> Guard:
    """Refuses what is retracted to who may not retract."""

    def check(quote: Quote) -> None:
        if quote.review_status == Quote.Status.RETRACTED and not may_retract(request):
            raise ReviewError("it is retracted: an editor who may retract takes that back")

    return check


def take_bulk(
    request: HttpRequest, bulk: Bulk, queryset: QuerySet[Quote], context: dict[str, Any]
) -> TemplateResponse | None:
    """Ask, saying what will change and what cannot; once that is confirmed, take the step."""
    quotes = chosen_quotes(request, queryset)
    if quotes is None:
        return None
    form = bulk.form(request.POST) if "apply" in request.POST else bulk.form()
    common = {"quotes": quotes, "editor": request.user, "guard": guard_of(request)}
    if form.is_bound and form.is_valid():
        done = bulk.take(**common, **form.cleaned_data)
        _tell(request, done, bulk.now)
        keep_ticks(request, Quote, [quote.pk for quote, _ in done.refused])
        return None
    # Left as it is where the way back is taken.
    keep_ticks(request, Quote, [quote.pk for quote in quotes])
    # To whom they are given is not known yet.
    trial = None if bulk.form is AttributeForm else bulk.take(**common, is_trial=True)
    context |= {"title": bulk.title, "bulk": bulk, "form": form, "quotes": quotes, "media": form.media}
    return TemplateResponse(request, "admin/quotes/quote/bulk.html", context | _expected(quotes, trial))


def _expected(quotes: list[Quote], trial: Done | None) -> dict[str, Any]:
    """What the page says of a step before it is taken: how many, and the first ones as they are now."""
    keys = {quote.pk for quote in (quotes if trial is None else trial.changed)}
    changing = [quote for quote in quotes if quote.pk in keys]
    return {
        "count": len(changing),
        "changing": changing[:_SHOWN],
        "more": max(len(changing) - _SHOWN, 0),
        "same": len(trial.same) if trial else 0,
        "refused": _reasons(trial.refused) if trial else (),
    }


def _tell(request: HttpRequest, done: Done, now: str) -> None:
    if done.changed:
        address = reverse("admin:quotes_quote_undo", args=[done.batch])
        told = format_html('{} now {}. <a href="{}">Undo</a>', len(done.changed), now, address)
        messages.success(request, told)
    if done.same:
        messages.info(request, f"{len(done.same)} stayed as they were: they are so already.")
    _tell_refused(request, done.refused, "not changed, and still ticked")


def _tell_refused(request: HttpRequest, refused: Collection[tuple[Quote, str]], what: str) -> None:
    if not refused:
        return
    rows = [(_address(quote), quote, why) for quote, why in _reasons(refused)[:_TOLD]]
    each = format_html_join("; ", '<a href="{}">“{}”</a>: {}', rows)
    more = f" and {len(refused) - _TOLD} more" if len(refused) > _TOLD else ""
    messages.error(request, format_html("{} {}: {}{}.", len(refused), what, each, more))


def _reasons(refused: Iterable[tuple[Quote, str]]) -> list[tuple[Quote, str]]:
    """With the quote named before each of them, as a list does."""
    return [(quote, why.removeprefix(f"“{quote}” ")) for quote, why in refused]


def _address(quote: Quote) -> str:
    return reverse("admin:quotes_quote_change", args=[quote.pk])


def told_move(change: SpeakerChange, count: int) -> SafeString:
    address = reverse("admin:quotes_quote_undo", args=[change.public_id])
    return format_html(
        '{} moved to {} ({}). <a href="{}">Undo</a>', count, change.target, change.target.slug, address
    )


def undo_page(request: HttpRequest, batch: UUID, context: dict[str, Any]) -> HttpResponse:
    """What is taken back of a step with many quotes, and what cannot be; then, once confirmed, that."""
    change = SpeakerChange.objects.filter(public_id=batch).select_related("source", "target").first()
    if not request.user.has_perm("quotes.change_speaker" if change else "quotes.change_quote"):
        raise PermissionDenied
    if change is not None:
        return _undo_change(request, change, context)
    steps = list(steps_of(batch))
    if not steps:
        raise Http404("There is no such step.")
    guard, editor = guard_of(request), request.user
    if request.method == "POST":
        done = undo_each(batch=batch, editor=editor, guard=guard)
        messages.success(request, f"{len(done.changed)} are as they were before.")
        _tell_refused(request, done.refused, "not undone")
        return HttpResponseRedirect(reverse("admin:quotes_quote_changelist"))
    trial = undo_each(batch=batch, editor=editor, guard=guard, is_trial=True)
    quotes = _with_speakers(step.quote_id for step in steps)
    context |= {"title": f"Undo: {steps[0].get_action_display()}", "quotes": quotes}
    return TemplateResponse(request, "admin/quotes/quote/undo.html", context | _expected(quotes, trial))


def _with_speakers(keys: Iterable[int]) -> list[Quote]:
    quotes = Quote.objects.filter(pk__in=list(keys)).select_related("speaker", "source")
    return list(quotes.order_by("pk"))


def _undo_change(request: HttpRequest, change: SpeakerChange, context: dict[str, Any]) -> HttpResponse:
    if request.method == "POST":
        try:
            undo_change(change=change, editor=request.user)
        except MergeError as error:
            messages.error(request, f"{change}: not undone: {error}.")
        else:
            messages.success(request, f"{change}: undone.")
        return HttpResponseRedirect(reverse("admin:quotes_quote_changelist"))
    quotes = _with_speakers(change.quotes.values_list("pk", flat=True)[:MOST])
    context |= {"title": f"Undo: {change}", "quotes": quotes, "change": change}
    return TemplateResponse(request, "admin/quotes/quote/undo.html", context | _expected(quotes, None))
