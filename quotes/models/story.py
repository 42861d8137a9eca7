"""Articles that are one text: wire copy, and what papers make of it."""

from django.db import models

from quotes.models.article import Article


class ArticleKey(models.Model):
    """A number that an article shares with its copies (`quotes.ingestion.dedupe`): they are found by it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="keys")
    key = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "article"), name="one_key_an_article"),)

    def __str__(self) -> str:
        return f"{self.key:x}"
