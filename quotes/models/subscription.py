"""Who follows what: readers by mail, programs by webhook; and what each of them was told."""

import uuid

from django.db import models
from django.db.models import Q

from quotes.models.quote import Quote
from quotes.models.source import Source
from quotes.models.speaker import Speaker
from quotes.models.webhook import Webhook

LONGEST_QUESTION = 200


class Reader(models.Model):
    """A mail address that follows something, or that somebody entered who has not shown yet that it is his.

    Nothing else is kept of its owner, and all of it goes with the last subscription.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField(max_length=254)
    folded = models.CharField(max_length=254, unique=True)  # by which it is found, whatever the case
    confirmed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.CheckConstraint(name="reader_has_an_address", condition=~Q(folded="")),)
        indexes = (
            models.Index(
                fields=("created_at",), condition=Q(confirmed_at__isnull=True), name="reader_unconfirmed"
            ),
        )

    def __str__(self) -> str:
        return self.hidden

    @property
    def hidden(self) -> str:
        """The address as lists show it: enough to know one's own by, and no more."""
        name, _, domain = self.address.rpartition("@")
        return f"{name[:1]}…@{domain[:1]}…"


class Subscription(models.Model):
    """Quotes of `speaker`, in `source`, with the words `q`: what is given of these. Of a reader or a webhook.

    Changes up to the number `matched_to` were looked at. `since` is when it began: None while nobody has
    confirmed it.
    """

    class Pace(models.TextChoices):
        AT_ONCE = "at-once", "at once"
        DAILY = "daily", "once a day"
        WEEKLY = "weekly", "once a week"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, null=True, related_name="subscriptions")
    webhook = models.OneToOneField(Webhook, on_delete=models.CASCADE, null=True, related_name="subscription")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    q = models.CharField("words", max_length=LONGEST_QUESTION, blank=True)
    pace = models.CharField(max_length=10, choices=Pace, blank=True)
    matched_to = models.BigIntegerField(default=0)
    since = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="subscription_of_a_reader_or_a_webhook",
                condition=Q(
                    reader__isnull=False, webhook__isnull=True, pace__in=("at-once", "daily", "weekly")
                )
                | Q(reader__isnull=True, webhook__isnull=False, pace=""),
            ),
            models.CheckConstraint(
                name="reader_follows_a_speaker_or_words",
                condition=Q(reader__isnull=True) | Q(speaker__isnull=False) | ~Q(q=""),
            ),
        )
        indexes = (
            models.Index(
                fields=("matched_to", "id"), condition=Q(since__isnull=False), name="subscription_behind"
            ),
            models.Index(
                fields=("created_at",), condition=Q(since__isnull=True), name="subscription_unconfirmed"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What it follows, in words."""
        said = f"“{self.q}”" if self.q else ""
        where = f"in {self.source.name}" if self.source else ""
        if self.speaker is None:
            return " ".join(part for part in (said or "all quotes", where) if part)
        return " ".join(part for part in (self.speaker.name, f"on {said}" if said else "", where) if part)


class Message(models.Model):
    """A mail to be sent: its id is that of the message, however often it is tried.

    `next_attempt_at` is empty of one that was sent or given up.
    """

    class Kind(models.TextChoices):
        CONFIRM = "confirm"  # asks a reader whether the address is his
        DIGEST = "digest"
        NOTICE = "notice"  # to the owner of a webhook

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, null=True, related_name="messages")
    # What is to be confirmed
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, null=True, related_name="+")
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, null=True, related_name="notices")
    pace = models.CharField(max_length=10, choices=Subscription.Pace, blank=True)
    next_attempt_at = models.DateTimeField(null=True)
    asked_for_at = models.DateTimeField(null=True)  # when a task was sent to send it
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mail"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="message_to_a_reader_or_an_owner",
                condition=Q(kind="notice", webhook__isnull=False, reader__isnull=True)
                | Q(kind__in=("confirm", "digest"), webhook__isnull=True, reader__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=("next_attempt_at",),
                condition=Q(next_attempt_at__isnull=False),
                name="message_due",
            ),
            models.Index(
                fields=("created_at",), condition=Q(next_attempt_at__isnull=True), name="message_done"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Delivery(models.Model):
    """That a subscription is told of a change of a quote: the outbox, and then what it was told.

    `number` is the change's (`Publication.number`). By mail it is due at a moment, and then part of a
    message; by webhook it is sent by itself, in the order of the keys. `told` tells the words that were sent,
    by their hash, and `told_speaker` whose they were.
    """

    class Event(models.TextChoices):
        PUBLISHED = "published"
        CHANGED = "changed"
        WITHDRAWN = "withdrawn"  # from everybody, or from this subscription alone

    class State(models.TextChoices):
        PENDING = "pending"
        SENT = "sent"
        # It was tried, may have arrived, and is not tried again: the quote was withdrawn meanwhile.
        LAPSED = "lapsed"
        DROPPED = "dropped"  # there was nothing to tell by then; it was never tried

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    event = models.CharField(max_length=10, choices=Event)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    due_at = models.DateTimeField(null=True)
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="deliveries")
    attempts = models.PositiveIntegerField(default=0)
    told = models.CharField(max_length=64, blank=True)
    told_speaker = models.ForeignKey(
        Speaker, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    sent_at = models.DateTimeField(null=True)
    status_code = models.PositiveSmallIntegerField("answer", null=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("subscription", "quote", "number"), name="one_delivery_a_change"),
        )
        indexes = (
            models.Index(fields=("quote", "subscription"), name="delivery_by_quote"),
            models.Index(fields=("subscription", "id"), condition=Q(state="pending"), name="delivery_waits"),
            models.Index(
                fields=("due_at",),
                condition=Q(state="pending", message__isnull=True, due_at__isnull=False),
                name="delivery_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.public_id}"
