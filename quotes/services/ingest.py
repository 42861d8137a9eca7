"""An article document -> Source, Article and ArticleRevision."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.text import slugify

from quotes.ingestion import ArticleDocument, DocumentError
from quotes.ingestion.language import language_of
from quotes.models import Article, ArticleRevision, By, Quote, Source
from quotes.services import publications

LOCAL_SOURCE = "Local files"
_LONGEST_TITLE, _LONGEST_LANGUAGE = 500, 35


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
    document = _storable(document)
    # The outlet of a new article alone: a known one may come under another name, which is no outlet.
    made: dict[str, Any] = {
        "source": lambda: source or source_at(url=document.url, name=document.source),
        "published_at": document.published_at,
    }
    article, created = Article.objects.select_for_update(of=("self",)).get_or_create(
        canonical_url=_address(document), defaults=made
    )
    current = article.current_revision
    if current and _is_same(current, document):
        return StoredArticle(article, _update_date(article, document.published_at))
    article.current_revision = _revision(article, document, number=current.number + 1 if current else 1)
    article.current_revision.save()
    article.status = Article.Status.PENDING
    article.last_error = ""
    article.attempts = 0
    article.sent_at = article.claimed_until = None
    article.save()
    _update_date(article, document.published_at)
    if not created:
        _refresh(article)  # which have its title
    return StoredArticle(article, Outcome.STORED if created else Outcome.REVISED)


@transaction.atomic
def store_articles(*, documents: Sequence[ArticleDocument]) -> list[StoredArticle | DocumentError]:
    """As `store_article`, for many at once: what became of each, in their order."""
    storable = [_storable_or_error(document) for document in documents]
    known = _known([_address(one) for one in storable if isinstance(one, ArticleDocument)])
    new: dict[str, ArticleDocument] = {}
    for one in storable:
        if isinstance(one, ArticleDocument) and _address(one) not in known:
            new.setdefault(_address(one), one)
    made = _store_new(new)
    done: list[StoredArticle | DocumentError] = []
    for one in storable:
        if isinstance(one, DocumentError):
            done.append(one)
            continue
        address = _address(one)
        article = known.get(address)
        if address in made and new[address] is one:
            done.append(StoredArticle(made[address], Outcome.STORED))
        elif article and _is_unchanged(article, one):
            done.append(StoredArticle(article, Outcome.UNCHANGED))
        else:
            known.pop(address, None)  # from here on it is another text
            done.append(store_article(document=one))
    return done


def _is_unchanged(article: Article, document: ArticleDocument) -> bool:
    is_same_date = document.published_at in {None, article.published_at}
    return is_same_date and _is_same(article.revision, document)


def _known(addresses: Collection[str]) -> dict[str, Article]:
    """The articles that are stored already, by address, without their texts."""
    found = Article.objects.filter(canonical_url__in=addresses, current_revision__isnull=False)
    found = found.select_related("current_revision").defer("current_revision__text")
    return {article.canonical_url: article for article in found}


def _store_new(documents: dict[str, ArticleDocument]) -> dict[str, Article]:
    """New articles, by address, at once; none when another process stores one of them just now."""
    sources: dict[tuple[str, str], Source] = {}
    known = _sources({homepage_of(one.url) for one in documents.values()})
    for one in documents.values():
        homepage = homepage_of(one.url)
        outlet = (homepage, one.source)
        found = sources.get(outlet) or known.get(homepage)
        sources[outlet] = found or source_at(url=one.url, name=one.source)
    # In one order, as everybody does.
    articles = {
        address: Article(
            canonical_url=address,
            source=sources[homepage_of(one.url), one.source],
            published_at=one.published_at,
        )
        for address, one in sorted(documents.items())
    }
    try:
        with transaction.atomic():
            Article.objects.bulk_create(articles.values())
    except IntegrityError:
        return {}
    revisions = {address: _revision(articles[address], documents[address], number=1) for address in articles}
    ArticleRevision.objects.bulk_create(revisions.values())
    theirs = ArticleRevision.objects.filter(article=OuterRef("pk"), number=1).values("pk")
    Article.objects.filter(pk__in=[article.pk for article in articles.values()]).update(
        current_revision=Subquery(theirs)
    )
    for address, article in articles.items():
        article.current_revision = revisions[address]
    return articles


def _storable(document: ArticleDocument) -> ArticleDocument:
    """`document` as a database can keep it. Raises DocumentError where that would change the text."""
    if "\0" in document.text:
        raise DocumentError("there are NUL characters in the text: remove them")
    if not document.text.strip():
        raise DocumentError("the text is empty: give an article")
    if _plain(document.text) != document.text:
        raise DocumentError("there are halves of surrogate pairs in the text: write it as UTF-8")
    return replace(
        document,
        title=_plain(document.title)[:_LONGEST_TITLE],
        byline=_plain(document.byline)[:_LONGEST_TITLE],
        source=_plain(document.source),
        language=language_of(document.text, _plain(document.language))[:_LONGEST_LANGUAGE],
    )


def _storable_or_error(document: ArticleDocument) -> ArticleDocument | DocumentError:
    try:
        return _storable(document)
    except DocumentError as error:
        return error


def _plain(text: str) -> str:
    """Without what no database keeps: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _address(document: ArticleDocument) -> str:
    return document.url or f"urn:sha256:{_digest(document.text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_same(revision: ArticleRevision, document: ArticleDocument) -> bool:
    return revision.title == document.title and revision.content_hash == _digest(document.text)


def _revision(article: Article, document: ArticleDocument, *, number: int) -> ArticleRevision:
    return ArticleRevision(
        article=article,
        number=number,
        title=document.title,
        byline=document.byline,
        language=document.language,
        text=document.text,
        modified_at=document.modified_at,
        content_hash=_digest(document.text),
        fetched_at=timezone.now(),
    )


def _update_date(article: Article, published_at: datetime | None) -> Outcome:
    """Take over a publication date that the outlet added or corrected."""
    if published_at is None or published_at == article.published_at:
        return Outcome.UNCHANGED
    article.published_at = published_at
    article.save(update_fields=["published_at", "updated_at"])
    Quote.objects.filter(revision__article=article).update(dated_at=published_at, updated_at=timezone.now())
    _refresh(article)
    return Outcome.REVISED


def _refresh(article: Article) -> None:
    publications.refresh(quotes=Quote.objects.filter(revision__article=article), by=By.EXTRACTOR)


def source_at(*, url: str, name: str) -> Source:
    """The outlet: by the host of the address, else by its name; made when there is none."""
    parts = urlsplit(url)
    homepage = homepage_of(url)
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


def _sources(homepages: Collection[str]) -> dict[str, Source]:
    """The outlets that are known by these."""
    found = Source.objects.filter(homepage__in=homepages).exclude(homepage="")
    return {one.homepage: one for one in found.order_by("-pk")}  # the first of several, as `source_at`


def homepage_of(url: str) -> str:
    """What outlets are known by; "" without an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/" if url else ""
