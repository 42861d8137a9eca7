"""Webhooks: programs that are told of changes by a request to an address of theirs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Webhook(models.Model):
    """An address that is told, one event after the other, by one worker at a time.

    Events are signed with `secret`, and after it was changed with the former one, too, for a while. One that
    is disabled keeps its place: what happens meanwhile is told when it is enabled again.
    """

    class State(models.TextChoices):
        ACTIVE = "active"
        FAILING = "failing"
        DISABLED = "disabled"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField(max_length=100, help_text="What it is for.")
    url = models.URLField("address", max_length=500, help_text="Where events are posted to, by https.")
    secret = models.CharField(max_length=100, editable=False)
    former_secret = models.CharField(max_length=100, blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    asked_for_at = models.DateTimeField(null=True)  # when a task was sent to it
    claimed_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField("failures in a row", default=0)
    failing_since = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    last_success_at = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    disabled_because = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="webhook_name_not_empty", condition=~Q(name="")),
            models.CheckConstraint(name="webhook_has_a_secret", condition=~Q(secret="")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def urn(self) -> str:
        return self.public_id.urn

    @property
    def state(self) -> State:
        if self.disabled_at is not None:
            return self.State.DISABLED
        return self.State.FAILING if self.failures else self.State.ACTIVE
