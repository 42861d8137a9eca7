"""What readers say is wrong with a quote."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from quotes.models.quote import Quote, ReviewDecision


class Report(models.Model):
    """That readers found something wrong with a quote: it waits for an editor until it is closed.

    Who says the same of a quote again is counted with who said it before. Nothing is kept of who it was.
    """

    class Fault(models.TextChoices):
        SPEAKER = "speaker", "Somebody else said it"
        WORDS = "words", "The words are not right"
        NO_QUOTE = "not-a-quote", "It is not a quote"
        OTHER = "other", "Something else"

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="reports", db_index=False)
    fault = models.CharField(max_length=20, choices=Fault)
    note = models.TextField(blank=True)
    # Of the fault and the note, however they are spelled: by it those who say the same are found.
    fingerprint = models.CharField(max_length=64, editable=False)
    count = models.PositiveIntegerField("readers", default=1)
    reported_at = models.DateTimeField("first reported", auto_now_add=True)
    repeated_at = models.DateTimeField("last reported")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What an editor decided about the quote then: when that is taken back, the report is open again.
    decision = models.ForeignKey(
        ReviewDecision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="report_fault_known",
                condition=Q(fault__in=("speaker", "words", "not-a-quote", "other")),
            ),
            models.CheckConstraint(
                name="report_closed_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, decision__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("quote", "fingerprint"),
                condition=Q(closed_at__isnull=True),
                name="one_open_report_of_a_kind",
            ),
        )
        indexes = (models.Index(fields=("quote",), name="report_by_quote"),)

    def __str__(self) -> str:
        readers = f" ({self.count} readers)" if self.count > 1 else ""
        return f"{self.get_fault_display()}{readers}"
