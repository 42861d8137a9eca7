"""How tests log in to the API, and how they are refused."""

from base64 import b64encode
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from quotes.models import ApiToken
from quotes.services.tokens import make_token

WORD = "correct horse battery staple"


def basic(name: str, word: str = WORD) -> str:
    return f"Basic {b64encode(f'{name}:{word}'.encode()).decode()}"


def by_token(user: User, *scopes: str, expires_at: datetime | None = None, scheme: str = "Token") -> str:
    """A new token of all scopes, if none are named."""
    of = scopes or ApiToken.Scope.values
    token = make_token(user=user, name="for a test", scopes=of, expires_at=expires_at)
    return f"{scheme} {token.secret}"


def problem(response: Any, status: int) -> Any:
    """The problem document that `response` is."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    found = response.json()
    assert (found["status"], found["type"]) == (status, "about:blank")
    assert found["title"]
    assert found["detail"]
    return found
