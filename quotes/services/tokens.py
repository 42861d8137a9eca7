"""Tokens of the API: made, checked, revoked. The secret is told once, to whoever makes it."""

import hmac
import logging
import secrets
import string
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone

from quotes.models import ApiToken

MARK = "qt_"  # what a secret begins with, so that it is known for one wherever it turns up
_LETTERS = string.ascii_letters + string.digits
_LENGTH = 43  # of 62 letters: 256 bits
_SHOWN = len(MARK) + 8
_NOTED_EVERY = timedelta(minutes=1)

logger = logging.getLogger(__name__)


class TokenError(ValueError):
    """The token cannot be made, or opens nothing; the message says why."""


def make_token(
    *, user: User, name: str, scopes: Iterable[str], expires_at: datetime | None = None
) -> ApiToken:
    """A new token of `user`, with its `secret`, which nobody can find out again. Raises TokenError."""
    asked = set(scopes)
    if unknown := asked - set(ApiToken.Scope.values):
        raise TokenError(
            f"there is no scope {', '.join(sorted(unknown))}: choose of {', '.join(ApiToken.Scope.values)}"
        )
    if not asked:
        raise TokenError(f"a token needs a scope: choose of {', '.join(ApiToken.Scope.values)}")
    if not name.strip():
        raise TokenError("a token needs a name that says what it is for")
    if expires_at is not None and expires_at <= timezone.now():
        raise TokenError("that it expires in the past makes no sense: give a later day, or none")
    secret = MARK + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    token = ApiToken.objects.create(
        user=user,
        name=name.strip(),
        prefix=secret[:_SHOWN],
        digest=_digest(secret),
        scopes=" ".join(scope for scope in ApiToken.Scope.values if scope in asked),
        expires_at=expires_at,
    )
    token.secret = secret
    return token


def revoke_token(*, token: ApiToken) -> bool:
    """From now on it opens nothing. Returns whether it did until now."""
    now = timezone.now()
    revoked = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now)
    token.refresh_from_db(fields=["revoked_at"])
    return bool(revoked)


def token_of(*, secret: str) -> ApiToken:
    """The token with `secret`, with its user; that it was used is noted once a minute. Raises TokenError."""
    digest = _digest(secret)
    token = ApiToken.objects.select_related("user").filter(digest=digest).first()
    # It was found by a hash, which whoever guesses cannot come near to step by step; compared all the same.
    if token is None or not hmac.compare_digest(token.digest, digest):
        raise TokenError("This token is not known")
    now = timezone.now()
    if (state := token.state_at(now)) != "active":
        when = token.revoked_at if state == "revoked" else token.expires_at
        raise TokenError(f"The token {token.prefix}… {_STATES[state]} on {when:%Y-%m-%d}: make another")
    if not token.user.is_active:
        raise TokenError(f"The account of the token {token.prefix}… is disabled")
    _note_use(token, now)
    return token


_STATES = {"revoked": "was revoked", "expired": "expired"}


def _note_use(token: ApiToken, now: datetime) -> None:
    earlier = now - _NOTED_EVERY
    if token.last_used_at is not None and token.last_used_at > earlier:
        return
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lte=earlier)
    try:
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)
    except OperationalError:  # a SQLite that somebody else writes to: no reason to refuse a reader
        logger.warning("it could not be noted that the token %s was used", token.prefix)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
