"""What editors did with speakers, each step with its way back."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from quotes.admin.lists import ListAdmin
from quotes.models import Distinction, SpeakerChange
from quotes.services.merging import MergeError, undo_change, withdraw_distinction


@admin.register(SpeakerChange)
class SpeakerChangeAdmin(ListAdmin[SpeakerChange]):
    list_display = ("__str__", "quotes_moved", "editor", "made_at", "undone_at", "note")
    list_filter = ("kind", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("source", "target", "editor")
    search_fields = ("source__aliases__folded", "target__aliases__folded")
    actions = ("undo",)
    fields = (
        "kind",
        "source",
        "target",
        "old_name",
        "new_name",
        "quotes_moved",
        "note",
        "editor",
        "made_at",
        "undone_by",
        "undone_at",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[SpeakerChange]:
        counted = SpeakerChange.objects.filter(pk=OuterRef("pk")).order_by().annotate(n=Count("quotes"))
        return super().get_queryset(request).annotate(quote_count=Subquery(counted.values("n")))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="quotes")
    def quotes_moved(self, change: SpeakerChange) -> int:
        return int(getattr(change, "quote_count", 0))

    @admin.action(description="Undo", permissions=["change"])
    def undo(self, request: HttpRequest, queryset: QuerySet[SpeakerChange]) -> None:
        """The latest first, since a step may stand on one before."""
        for change in queryset.select_related("source", "target").order_by("-pk"):
            try:
                undo_change(change=change, editor=request.user)
            except MergeError as error:
                self.message_user(request, f"{change}: not undone: {error}.", messages.ERROR)
            else:
                self.message_user(request, f"{change}: undone.", messages.SUCCESS)


@admin.register(Distinction)
class DistinctionAdmin(ListAdmin[Distinction]):
    """Who editors said is not the same. To withdraw one, delete it."""

    list_display = ("__str__", "editor", "made_at", "note")
    list_select_related = ("first", "second", "editor")
    search_fields = ("first__aliases__folded", "second__aliases__folded")
    fields = readonly_fields = ("first", "second", "editor", "made_at", "note")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Distinction) -> None:
        withdraw_distinction(distinction=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Distinction]) -> None:
        for told in queryset:
            withdraw_distinction(distinction=told)
