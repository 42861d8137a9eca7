"""What editors say about the same words: steps in the list of quotes, and their history."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from quotes.admin.lists import ListAdmin
from quotes.models import Quote, SameWordsDecision
from quotes.services.same_words import SameWordsError, tell_apart, tell_same, undo_told


def say_apart(request: HttpRequest, quotes: list[Quote]) -> None:
    """Each of these is not the same words as the rest of its group."""
    done = 0
    for quote in quotes:
        try:
            tell_apart(quote=quote, editor=request.user)
        except SameWordsError as error:
            messages.error(request, f"“{quote}”: nothing was changed: {error}.")
        else:
            done += 1
    if done:
        messages.success(request, f"{done} no longer taken for the same words as others.")


def say_same(request: HttpRequest, quotes: list[Quote]) -> None:
    """All of these are the same words as the one of them that was stored first."""
    first, *others = quotes
    if not others:
        messages.error(request, "Choose two quotes or more: nothing was changed.")
        return
    for quote in others:
        tell_same(quote=quote, other=first, editor=request.user)
    messages.success(request, f"{len(quotes)} are the same words now.")


@admin.register(SameWordsDecision)
class SameWordsDecisionAdmin(ListAdmin[SameWordsDecision]):
    list_display = ("__str__", "editor", "made_at", "undone_at", "note")
    list_filter = ("is_same", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("quote", "other", "editor")
    actions = ("undo",)
    fields = readonly_fields = (
        "quote", "other", "is_same", "note", "editor", "made_at", "undone_by", "undone_at",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Undo, with all that was said in the same step", permissions=["change"])
    def undo(self, request: HttpRequest, queryset: QuerySet[SameWordsDecision]) -> None:
        batches = dict.fromkeys(queryset.order_by("-pk").values_list("batch", flat=True))
        undone = sum(undo_told(batch=batch, editor=request.user) for batch in batches)
        self.message_user(request, f"{undone} undone.", messages.SUCCESS)
