"""Tokens of the API: made here, shown once, revoked; never changed."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from quotes.admin.lists import ListAdmin
from quotes.models import ApiToken
from quotes.services.tokens import make_token, revoke_token

_DAYS = 365  # that a token lasts unless another day is chosen

_SCOPES = {
    ApiToken.Scope.READ: "read: what is public",
    ApiToken.Scope.INGEST: "ingest: send articles",
    ApiToken.Scope.REVIEW: "review: decide about quotes",
    ApiToken.Scope.ADMINISTER: "administer: change speakers, and undo it",
}


def _in_a_year() -> Any:
    return (timezone.now() + timedelta(days=_DAYS)).date()


class TokenForm(forms.ModelForm[ApiToken]):
    """What a token is made with. It never gives more than the account may do anyway."""

    scopes = forms.MultipleChoiceField(
        choices=list(_SCOPES.items()),
        initial=[ApiToken.Scope.READ],
        widget=forms.CheckboxSelectMultiple,
        help_text="None of them gives more than the account may do without a token.",
    )
    expires = forms.DateField(
        initial=_in_a_year,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The last day on which it opens anything. Empty: none.",
    )

    class Meta:
        model = ApiToken
        fields = ("user", "name")

    def clean_scopes(self) -> str:
        return " ".join(scope for scope in _SCOPES if scope in self.cleaned_data["scopes"])

    def clean_expires(self) -> datetime | None:
        day = self.cleaned_data["expires"]
        if day is None:
            return None
        if day < timezone.now().date():
            raise forms.ValidationError("This day is over: choose a later one, or none.")
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _self(request: HttpRequest) -> QuerySet[User]:
    return User.objects.filter(username=request.user.get_username())


@admin.register(ApiToken)
class ApiTokenAdmin(ListAdmin[ApiToken]):
    """One's own; a superuser sees and makes those of all, since a token can do what its account can."""

    form = TokenForm
    list_display = (
        "name", "user", "prefix", "scopes", "state", "last_used_at", "expires_at", "created_at",
    )  # fmt: skip
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("user",)
    search_fields = ("name", "prefix", "user__username")
    actions = ("revoke",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        tokens = super().get_queryset(request)
        return tokens if request.user.is_superuser else tokens.filter(user__in=_self(request))

    def get_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> tuple[str, ...]:
        if obj is not None:
            return (
                "name", "user", "prefix", "scopes", "state", "created_at", "last_used_at", "expires_at",
                "revoked_at",
            )  # fmt: skip
        asked = ("name", "scopes", "expires")
        return ("user", *asked) if request.user.is_superuser else asked

    def get_readonly_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> tuple[str, ...]:
        return self.get_fields(request, obj) if obj is not None else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": request.user.pk, **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)

    @admin.display(description="state")
    def state(self, token: ApiToken) -> str:
        return token.state_at(timezone.now())

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        if not request.user.is_superuser:
            obj.user = _self(request).get()
        made = make_token(
            user=obj.user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"].split(),
            expires_at=form.cleaned_data["expires"],
        )
        obj.pk, obj.prefix, obj.secret = made.pk, made.prefix, made.secret

    def response_add(
        self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The secret, on a page that no cache keeps, and nowhere else."""

        def made(request: HttpRequest) -> TemplateResponse:
            context = {**self.admin_site.each_context(request), "title": "Token made", "token": obj}
            return TemplateResponse(request, "admin/quotes/apitoken/made.html", context)

        return never_cache(made)(request)

    @admin.action(description="Revoke", permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        for token in queryset:
            if revoke_token(token=token):
                self.message_user(request, f"{token}: revoked.", messages.SUCCESS)
            else:
                self.message_user(request, f"{token}: was revoked already.", messages.WARNING)
