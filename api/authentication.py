"""Who asks: nobody in particular, or an account, by a token, by HTTP Basic or by the admin site's session."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from rest_framework.authentication import BaseAuthentication, BasicAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from quotes.limits import address_of, count
from quotes.models import ApiToken
from quotes.services.tokens import TokenError, token_of

HOW_TO_LOG_IN = "Log in by a token, “Authorization: Token qt_…”, or by HTTP Basic."
CHALLENGE = ", ".join(f'{scheme} realm="quotetracker"' for scheme in ("Token", "Bearer", "Basic"))


class TokenLogin(BaseAuthentication):
    """`Authorization: Token qt_…`, or `Bearer`; one that opens nothing is an error everywhere."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() not in {b"token", b"bearer"}:
            return None
        try:
            token = token_of(secret=secret.strip().decode("latin-1"))
        except TokenError as error:
            raise AuthenticationFailed(f"{error}. {HOW_TO_LOG_IN}") from error
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class BasicLogin(BasicAuthentication):
    """HTTP Basic; a login that is not right is an error everywhere, for reading too.

    Who sends one takes the answer for that of the account, and would not notice that it is not. An address
    that guesses is not let on for a while, even when it guesses right.
    """

    www_authenticate_realm = "quotetracker"

    def authenticate(self, request: Request) -> tuple[AbstractBaseUser, Any] | None:
        header = get_authorization_header(request)
        if header and header.split()[0].lower() != b"basic":
            raise AuthenticationFailed(f"This way to log in is not known here. {HOW_TO_LOG_IN}")
        try:
            return super().authenticate(request)
        except AuthenticationFailed as error:
            raise AuthenticationFailed(f"{error.detail} {HOW_TO_LOG_IN}") from error

    def authenticate_credentials(
        self, userid: str, password: str, request: Any = None
    ) -> tuple[AbstractBaseUser, Any]:
        guessed = count("login", address_of(request), uses=0)
        if guessed and guessed.used >= guessed.quota:
            raise Throttled(guessed.seconds_left)
        if "\0" in userid:  # which PostgreSQL refuses to look for
            userid = ""
        try:
            return super().authenticate_credentials(userid, password, request)
        except AuthenticationFailed:
            count("login", address_of(request))
            raise
