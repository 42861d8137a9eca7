"""Articles that somebody hands in: stored at once, or fetched from their address; read by the workers."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from quotes.ingestion import ArticleDocument
from quotes.ingestion.addresses import canonical_url
from quotes.models import Article, Page, Submission
from quotes.services.following import Send
from quotes.services.hosts import host_of
from quotes.services.ingest import source_at, store_article
from quotes.services.visiting import retry_pages

Visit = Callable[[int], None]  # has a host visited, by its key


class SubmissionError(ValueError):
    """The same key came with something else; the message says what to do."""


def submit(
    *,
    what: str | ArticleDocument,
    editor: User,
    key: str = "",
    digest: str,
    send: Send,
    visit: Visit,
) -> Submission:
    """Take in an article, or the address of one, and have it read or fetched once that is stored.

    What was sent before with this `key` is not taken in again: of it the first submission is returned. Raises
    SubmissionError when that was something else, DocumentError for what cannot be stored,
    ForbiddenAddressError.
    """
    if key and (known := _known(editor, key)):
        return _same(known, digest)
    try:
        with transaction.atomic():
            made = Submission.objects.create(editor=editor, key=key, digest=digest)
            if isinstance(what, str):
                made.page = _page(what)
                host = made.page.host_id
                transaction.on_commit(lambda: visit(host))
            else:
                made.article = store_article(document=what).article
                if made.article.status == Article.Status.PENDING:
                    article = made.article.pk
                    transaction.on_commit(lambda: send([article]))
            made.save(update_fields=["page", "article"])
    except IntegrityError:
        # Sent twice at once: the other came first.
        known = _known(editor, key) if key else None
        if known is None:
            raise
        return _same(known, digest)
    return made


def _page(url: str) -> Page:
    """The page at an address, due now."""
    url = canonical_url(url)
    host = host_of(url=url)
    page, made = Page.objects.select_for_update(of=("self",)).get_or_create(
        url=url,
        defaults={"host": host, "source": source_at(url=url, name=""), "next_fetch_at": timezone.now()},
    )
    if not made and not retry_pages(page_ids=[page.pk]):
        page.next_fetch_at = timezone.now()
        page.save(update_fields=["next_fetch_at"])
    return page


def _known(editor: User, key: str) -> Submission | None:
    return Submission.objects.filter(editor=editor, key=key).first()


def _same(known: Submission, digest: str) -> Submission:
    if known.digest != digest:
        raise SubmissionError("this Idempotency-Key was used for something else: take a new one")
    return known
