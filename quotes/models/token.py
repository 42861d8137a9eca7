"""Tokens: how programs log in to the API as an account."""

from datetime import datetime
from itertools import combinations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ApiToken(models.Model):
    """A key to the API that acts for `user`, with no more than `scopes` and than the account itself may.

    Of the secret its hash alone is kept, and its beginning, to tell it by. One that is revoked stays, so that
    what it was and when it was used last can still be looked up.
    """

    class Scope(models.TextChoices):
        READ = "read"
        INGEST = "ingest"
        REVIEW = "review"
        ADMINISTER = "administer"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100, help_text="What it is for.")
    prefix = models.CharField("begins with", max_length=20)
    digest = models.CharField("SHA-256 of the secret", max_length=64, unique=True)
    scopes = models.CharField(max_length=60, help_text="In the order of the list, a space between two.")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="To the minute.")
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Empty: never.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    # Known only to whoever has just made it.
    secret = ""

    class Meta:
        verbose_name = "API token"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="token_scopes_known",
                condition=Q(
                    scopes__in=[
                        " ".join(scopes)
                        for length in range(1, 5)
                        for scopes in combinations(("read", "ingest", "review", "administer"), length)
                    ]
                ),
            ),
            models.CheckConstraint(
                name="token_expires_after_it_was_made",
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
            ),
            models.CheckConstraint(name="token_name_not_empty", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def has_scope(self, scope: Scope) -> bool:
        return scope in self.scopes.split()

    def state_at(self, now: datetime) -> str:
        """ "active", "expired" or "revoked"."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "active"
