"""An article document -> Source, Article and ArticleRevision."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from quotes.ingestion import ArticleDocument, DocumentError
from quotes.models import Article, ArticleRevision, Quote, Source

LOCAL_SOURCE = "Local files"
_LONGEST_TITLE = 500


class Outcome(StrEnum):
    STORED = "stored"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class StoredArticle:
    article: Article
    outcome: Outcome


@transaction.atomic
def store_article(*, document: ArticleDocument, source: Source | None = None) -> StoredArticle:
    """Store `document`: a new article, a new revision of a known one, or nothing when nothing changed.

    An article without an address is known by the hash of its text. A new one is of `source`, else of the
    outlet that the document names. Raises DocumentError for a text that cannot be stored.
    """
    if "\0" in document.text:
        raise DocumentError("there are NUL characters in the text: remove them")
    if not document.text.strip():
        raise DocumentError("the text is empty: give an article")
    document = replace(
        document,
        title=document.title.replace("\0", "")[:_LONGEST_TITLE],
        byline=document.byline.replace("\0", "")[:_LONGEST_TITLE],
    )
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    source = source or source_at(url=document.url, name=document.source)
    article, created = Article.objects.select_for_update(of=("self",)).get_or_create(
        canonical_url=document.url or f"urn:sha256:{digest}",
        defaults={"source": source, "published_at": document.published_at},
    )
    current = article.current_revision
    if current and current.content_hash == digest and current.title == document.title:
        return StoredArticle(article, _update_date(article, document.published_at))
    article.current_revision = ArticleRevision.objects.create(
        article=article,
        number=current.number + 1 if current else 1,
        title=document.title,
        byline=document.byline,
        language=document.language[:35],
        text=document.text,
        modified_at=document.modified_at,
        content_hash=digest,
        fetched_at=timezone.now(),
    )
    article.status = Article.Status.PENDING
    article.last_error = ""
    article.attempts = 0
    article.sent_at = article.claimed_until = None
    _update_date(article, document.published_at)
    article.save()
    return StoredArticle(article, Outcome.STORED if created else Outcome.REVISED)


def _update_date(article: Article, published_at: datetime | None) -> Outcome:
    """Take over a publication date that the outlet added or corrected."""
    if published_at is None or published_at == article.published_at:
        return Outcome.UNCHANGED
    article.published_at = published_at
    article.save(update_fields=["published_at", "updated_at"])
    Quote.objects.filter(revision__article=article).update(dated_at=published_at, updated_at=timezone.now())
    return Outcome.REVISED


def source_at(*, url: str, name: str) -> Source:
    """The outlet: by the host of the address, else by its name; made when there is none."""
    parts = urlsplit(url)
    homepage = f"{parts.scheme}://{parts.netloc}/" if url else ""
    if homepage and (known := Source.objects.filter(homepage=homepage).order_by("pk").first()):
        return known
    name = (name or parts.hostname or LOCAL_SOURCE)[:200]
    slug = slugify(name)[:90] or "source"
    namesake = Source.objects.filter(slug=slug).first()
    if namesake and homepage and namesake.homepage:
        # Two outlets of one name: the host tells them apart.
        slug = slugify(f"{slug} {parts.hostname}".replace(".", "-"))[:100]
    source, _ = Source.objects.get_or_create(slug=slug, defaults={"name": name, "homepage": homepage})
    return source
