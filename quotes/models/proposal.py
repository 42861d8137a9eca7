"""What a later reading says of quotes that an editor approved."""

from django.db import models
from django.db.models import Q

from quotes.models.quote import Quote, ReviewDecision
from quotes.models.speaker import Speaker


class Proposal(models.Model):
    """That a version of the extractor reads an approved quote otherwise than it stands: the latest such.

    The quote stays as it is until an editor decides, which answers the proposal, whatever the decision; to
    take that back opens it again.
    `name` is empty where the words are no longer read as a quote; `speaker` is the record that the article
    means by the name, if it is known.
    """

    quote = models.OneToOneField(Quote, on_delete=models.CASCADE, primary_key=True, related_name="proposal")
    version = models.CharField(max_length=50)
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Speaker.Kind, blank=True)
    speaker = models.ForeignKey(Speaker, on_delete=models.SET_NULL, null=True, related_name="+")
    confidence = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    answer = models.ForeignKey(ReviewDecision, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("quote",), condition=Q(answer__isnull=True), name="proposal_open"),)

    def __str__(self) -> str:
        return f"{self.version}: {self.name or 'no quote'}"
