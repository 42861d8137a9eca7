"""Who may do what: what the account may, and of that no more than the scopes of its token."""

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from quotes.models import ApiToken

if TYPE_CHECKING:  # the views import, by their settings, this
    from rest_framework.views import APIView

Scope = ApiToken.Scope


def scope_is_given(request: Request, scope: Scope) -> bool:
    """Whether the token has `scope`; who logs in without a token is held to none."""
    return not isinstance(request.auth, ApiToken) or request.auth.has_scope(scope)


class MayRead(BasePermission):
    """Everybody; with QUOTETRACKER_ANONYMOUS_READING=0 who is logged in, by token with the scope `read`.

    What everybody may read is not kept from a token that has other scopes.
    """

    message = f"This token has no scope `{Scope.READ}`: make one that has it."

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if settings.ANONYMOUS_READING:
            return True
        return bool(request.user and request.user.is_authenticated) and scope_is_given(request, Scope.READ)


class _May(BasePermission):
    """An account with a permission of the admin site; by token only with a scope."""

    scope: Scope
    permission: str
    who: str

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not (request.user and request.user.has_perm(self.permission)):
            self.message = f"This account may not: log in as {self.who}."
            return False
        self.message = f"This token has no scope `{self.scope}`: make one that has it."
        return scope_is_given(request, self.scope)


class MayIngest(_May):
    """Who may add articles in the admin site."""

    scope, permission, who = Scope.INGEST, "quotes.add_article", "somebody who may add articles"


class MayReview(_May):
    """Who may decide about quotes in the admin site; who may only look at them there reads."""

    scope, permission, who = Scope.REVIEW, "quotes.change_quote", "an editor who may change quotes"

    def has_permission(self, request: Request, view: "APIView") -> bool:
        possible = getattr(view, "action_map", None) or {}
        is_reading = "get" in possible and not (request.method == "POST" and "post" in possible)
        if is_reading and request.user and request.user.has_perm("quotes.view_quote"):
            self.message = f"This token has no scope `{self.scope}`: make one that has it."
            return scope_is_given(request, self.scope)
        return super().has_permission(request, view)


class MayRetract(_May):
    """Who may take back what was public."""

    scope, permission, who = Scope.REVIEW, "quotes.retract_quote", "an editor who may retract quotes"


class MayAdminister(_May):
    """Who may change speakers in the admin site."""

    scope, permission, who = Scope.ADMINISTER, "quotes.change_speaker", "an editor who may change speakers"


class MayHaveWebhooks(_May):
    """Who may have webhooks in the admin site: one's own."""

    scope, permission, who = Scope.ADMINISTER, "quotes.add_webhook", "an administrator"
