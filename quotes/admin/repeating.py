"""Forms whose saving is done again when it meets what others write."""

from functools import partial
from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from quotes.services.deadlocks import repeated

Record = TypeVar("Record", bound=Model)


class RepeatedAdmin(admin.ModelAdmin[Record]):
    """Django saves a form in a transaction of its own, so it is the whole of it that has to begin again."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return repeated(partial(super().changeform_view, request, *args, **kwargs))
