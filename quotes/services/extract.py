"""The texts of articles -> Quote and Speaker."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import timezone

from quotes.extraction import EXTRACTOR_VERSION, extract_quotes
from quotes.models import Article, By, Quote
from quotes.services import publications
from quotes.services.deadlocks import in_transaction
from quotes.services.reconcile import Reading, Reconciled, reconcile, store_first
from quotes.services.stories import to_be_placed

logger = logging.getLogger(__name__)


class ExtractionError(RuntimeError):
    """The extractor broke on an article; the article keeps the error and the quotes it had."""


def extract_article(*, article_id: int, force: bool = False) -> Reconciled:
    """Read the current text of an article and bring its quotes up to date.

    Does nothing when this version of the extractor has read this text already, unless `force` is given.
    Raises ExtractionError.
    """
    while True:
        article = Article.objects.select_related("current_revision").get(pk=article_id)
        if not force and _is_read(article):
            return Reconciled(article)
        reading = _read(article)
        if reading is None:
            return Reconciled(article)
        # A new revision may have come in while the old one was being read: then read that.
        if done := _store([reading]):
            return done[0]


def extract_articles(*, article_ids: Sequence[int]) -> None:
    """Read the current texts of several articles, and store what is found in all of them at once.

    What is wrong with one is kept with it, and does not touch the others.
    """
    articles = Article.objects.select_related("current_revision").filter(pk__in=article_ids).order_by("pk")
    readings: list[Reading] = []
    for article in articles:
        try:
            reading = None if _is_read(article) else _read(article)
        except ExtractionError as error:
            logger.warning("cannot be read: %s", error, extra={"article": article.pk})
        else:
            readings += [reading] if reading else []
    stored = {done.article.pk for done in _store(readings)}
    for reading in readings:
        if reading.article.pk not in stored:
            extract_article(article_id=reading.article.pk)


def _store(readings: Sequence[Reading]) -> list[Reconciled]:
    """What changed, for each article whose text is still the one that was read."""
    # Two that wait for each other: another reader, or an editor who merges.
    return in_transaction(partial(_store_locked, readings))


def _store_locked(readings: Sequence[Reading]) -> list[Reconciled]:
    begun = timezone.now()
    keys = [reading.article.pk for reading in readings]
    locked = Article.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").in_bulk()
    current = [
        replace(reading, article=article)
        for reading in readings
        if (article := locked.get(reading.article.pk)) and article.current_revision_id == reading.revision.pk
    ]
    first = [reading for reading in current if not reading.article.extractor_version]
    again = [reading for reading in current if reading.article.extractor_version]
    done = store_first(readings=first) + [reconcile(reading=reading) for reading in again]
    _close([reading.article for reading in current], Article.Status.EXTRACTED, **to_be_placed(begun))
    touched = [key for one in done for key in one.touched]
    publications.refresh(quotes=Quote.objects.filter(pk__in=touched), by=By.EXTRACTOR)
    return done


def _is_read(article: Article) -> bool:
    done = article.status in {Article.Status.EXTRACTED, Article.Status.SKIPPED}
    return done and article.extractor_version == EXTRACTOR_VERSION


def _read(article: Article) -> Reading | None:
    """What the current text says; None for one that is not English. Raises ExtractionError."""
    revision = article.revision
    if revision.language and not revision.language.lower().startswith("en"):
        _close([article], Article.Status.SKIPPED, f"only English is read, and this is {revision.language}")
        return None
    # Whatever the extractor trips over is a state of that article, never the end of a batch.
    try:
        extraction = extract_quotes(revision.text, transcripts=settings.TRANSCRIPTS)
    except Exception as error:
        logger.exception("extraction failed", extra={"article": article.pk})
        _close([article], Article.Status.FAILED, f"{type(error).__name__}: {error}")
        raise ExtractionError(f"{article.canonical_url}: {type(error).__name__}: {error}") from error
    return Reading(article, revision, extraction, EXTRACTOR_VERSION)


def _close(articles: Sequence[Article], status: Article.Status, error: str = "", **more: Any) -> None:
    """Done with the current texts of these; one that got another text meanwhile stays to be read."""
    for article in articles:
        article.status, article.last_error = status, error
        article.extractor_version, article.claimed_until = EXTRACTOR_VERSION, None
    Article.objects.filter(
        pk__in=[article.pk for article in articles],
        current_revision__in=[article.current_revision_id for article in articles],
    ).update(
        status=status,
        last_error=error,
        extractor_version=EXTRACTOR_VERSION,
        claimed_until=None,
        updated_at=timezone.now(),
        **more,
    )
