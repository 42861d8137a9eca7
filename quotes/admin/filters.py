"""Filters whose value is typed or chosen in the form above a list, since no list of all values is short."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.timezone import make_aware


def is_key(text: str) -> bool:
    """Whether it may be the key of a row."""
    return text.isascii() and text.isdigit() and len(text) < 19  # digits of what the database takes


class TypeAhead(AutocompleteSelect):
    """Django's own, that has a name for screen readers, and shows nothing for what is no key."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [one for one in value if is_key(str(one))], attr)

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=("admin/js/autocomplete.js", "quotes/type-ahead.js"))


class FormFilter(admin.SimpleListFilter):
    """A filter with a `control` in the form. What makes no sense finds nothing, and is said."""

    is_in_form = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return []

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        return iter(())

    def value(self) -> str | None:
        return (super().value() or "").strip() or None

    @property
    def control_id(self) -> str:
        return f"by-{self.parameter_name}"

    def control(self) -> SafeString:
        """The control itself, without its label."""
        field = self.field()
        attrs = {"id": self.control_id}
        return SafeString(field.widget.render(str(self.parameter_name), self.value(), attrs=attrs))

    def field(self) -> forms.Field:
        raise NotImplementedError

    def condition(self, value: str) -> Q:
        """What holds for the rows that are shown. Raises ValueError for a value that is none."""
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value is None:
            return queryset
        try:
            return queryset.filter(self.condition(value))
        except (ValueError, OverflowError):
            messages.error(request, f"“{value[:50]}” in “{self.title}” makes no sense: choose it again.")
            return queryset.none()


class DateFilter(FormFilter):
    """Rows from a day on, or up to one: `lookup` takes the moment at which that begins, or is over."""

    lookup: ClassVar[str]
    is_until = False

    def field(self) -> forms.Field:
        return forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def condition(self, value: str) -> Q:
        day = date.fromisoformat(value) + timedelta(days=self.is_until)
        return Q((self.lookup, make_aware(datetime.combine(day, time.min))))


class ChosenFilter(FormFilter):
    """Rows of one record of many, found by typing a part of its name into `of`, a field of the model."""

    of: ClassVar[tuple[type[Model], str]]

    @classmethod
    def widget(cls) -> TypeAhead:
        return TypeAhead(cls._relation(), admin.site)

    @classmethod
    def _relation(cls) -> Any:
        model, name = cls.of
        return model._meta.get_field(name)

    def field(self) -> forms.Field:
        related = self._relation().related_model
        return forms.ModelChoiceField(related._default_manager.all(), required=False, widget=self.widget())

    def condition(self, value: str) -> Q:
        if not is_key(value):
            raise ValueError("no key")
        return Q((self.of[1], int(value)))
