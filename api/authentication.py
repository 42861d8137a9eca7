"""Who asks: nobody in particular, or somebody who logs in by HTTP Basic."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from rest_framework.authentication import BasicAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request


class BasicLogin(BasicAuthentication):
    """HTTP Basic; a login that is not right is an error everywhere, for reading too.

    Who sends one takes the answer for that of the account, and would not notice that it is not.
    """

    www_authenticate_realm = "quotetracker"

    def authenticate(self, request: Request) -> tuple[AbstractBaseUser, Any] | None:
        header = get_authorization_header(request)
        if header and header.split()[0].lower() != b"basic":
            raise AuthenticationFailed("Only HTTP Basic is known here: log in by it, or send no login.")
        return super().authenticate(request)

    def authenticate_credentials(
        self, userid: str, password: str, request: Any = None
    ) -> tuple[AbstractBaseUser, Any]:
        if "\0" in userid:  # which PostgreSQL refuses to look for
            raise AuthenticationFailed("Invalid username/password.")
        return super().authenticate_credentials(userid, password, request)
