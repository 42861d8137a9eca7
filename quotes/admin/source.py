"""Outlets."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest

from quotes.admin.lists import ListAdmin
from quotes.admin.repeating import RepeatedAdmin
from quotes.models import Source
from quotes.services.sources import save_source

ADDRESSES: dict[type[models.Field[Any, Any]], dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Source)
class SourceAdmin(ListAdmin[Source], RepeatedAdmin[Source]):
    list_display = ("name", "homepage", "created_at")
    sortable_by = ("name",)
    search_fields = ("name", "slug", "homepage")
    formfield_overrides = ADDRESSES

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Source | None = None
    ) -> dict[str, Sequence[str]]:
        # A slug is part of addresses: it never changes once it is known.
        return {} if obj else {"slug": ("name",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Source, form: ModelForm[Source], change: bool) -> None:
        save_source(source=obj)
