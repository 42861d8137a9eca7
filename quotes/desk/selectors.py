"""What the review desk reads of an article."""

from uuid import UUID

from quotes.models import Article


def article_with_text(public_id: UUID) -> Article | None:
    """The article of this id, with its outlet and its text."""
    articles = Article.objects.filter(public_id=public_id, current_revision__isnull=False)
    return articles.select_related("source", "current_revision").first()
