"""Who is at which article of the review desk, and which ones an editor passed over."""

from django.conf import settings
from django.db import models

from quotes.models.article import Article


class DeskLease(models.Model):
    """An article that an editor has at the desk until a moment; after that it is anybody's."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="desk_lease")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.editor} until {self.until:%H:%M}"


class PassedOver(models.Model):
    """An article that an editor left in a queue with something undecided: it comes after the others.

    `queue` is the queue as its address has it.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    queue = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "passed over"
        constraints = (
            models.UniqueConstraint(fields=("editor", "queue", "article"), name="one_passing_a_queue"),
        )

    def __str__(self) -> str:
        return f"article {self.article_id} in {self.queue}"
