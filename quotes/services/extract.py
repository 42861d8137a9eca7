"""The quotes of an article -> Quote and Speaker, reconciled with what is stored."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from quotes.extraction import (
    EXTRACTOR_VERSION,
    ExtractedQuote,
    Extraction,
    ResolvedSpeaker,
    Span,
    extract_quotes,
)
from quotes.folding import fold, fold_name
from quotes.fragments import text_fragment
from quotes.models import Article, ArticleRevision, Quote, ReviewDecision, Speaker
from quotes.selectors import public, resolve_redirects
from quotes.services.identify import identify_all

logger = logging.getLogger(__name__)

_LONGEST_MENTION = 500
_LONGEST_RULE = 100
_DEADLOCK, _ATTEMPTS = "40P01", 5


class ExtractionError(RuntimeError):
    """The extractor broke on an article; the article keeps the error and the quotes it had."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a reading changed. `extraction` is None when the article had been read already."""

    article: Article
    extraction: Extraction | None = None
    created: int = 0
    updated: int = 0
    gone: int = 0


def extract_article(*, article_id: int, force: bool = False) -> Reconciled:
    """Read the current text of an article and bring its quotes up to date.

    Does nothing when this version of the extractor has read this text already, unless `force` is given.
    Raises ExtractionError.
    """
    while True:
        article = Article.objects.select_related("current_revision").get(pk=article_id)
        if not force and _is_read(article):
            return Reconciled(article)
        revision = article.revision
        if revision.language and not revision.language.lower().startswith("en"):
            _close(article, Article.Status.SKIPPED, f"only English is read, and this is {revision.language}")
            return Reconciled(article)
        extraction = _read(article, revision)
        done = _store(article_id, revision, extraction)
        # A new revision may have come in while the old one was being read: then read that.
        if done is not None:
            return done


def _store(article_id: int, revision: ArticleRevision, extraction: Extraction) -> Reconciled | None:
    """What changed; None when the text is no longer the current one."""
    for attempt in count(1):
        try:
            with transaction.atomic():
                locked = Article.objects.select_for_update(of=("self",)).get(pk=article_id)
                if locked.current_revision_id != revision.pk:
                    return None
                return _reconcile(locked, revision, extraction)
        except OperationalError as error:
            # Whom PostgreSQL lets go first of two that wait for each other, as an editor who merges may.
            if getattr(error.__cause__, "sqlstate", "") != _DEADLOCK or attempt == _ATTEMPTS:
                raise
    return None


def _is_read(article: Article) -> bool:
    done = article.status in {Article.Status.EXTRACTED, Article.Status.SKIPPED}
    return done and article.extractor_version == EXTRACTOR_VERSION


def _read(article: Article, revision: ArticleRevision) -> Extraction:
    # Whatever the extractor trips over is a state of that article, never the end of a batch.
    try:
        return extract_quotes(revision.text)
    except Exception as error:
        logger.exception("extraction failed", extra={"article": article.pk})
        _close(article, Article.Status.FAILED, f"{type(error).__name__}: {error}")
        raise ExtractionError(f"{article.canonical_url}: {type(error).__name__}: {error}") from error


def _close(article: Article, status: Article.Status, error: str = "") -> None:
    article.status, article.last_error, article.extractor_version = status, error, EXTRACTOR_VERSION
    article.claimed_until = None
    article.save(update_fields=["status", "last_error", "extractor_version", "claimed_until", "updated_at"])


def _reconcile(article: Article, revision: ArticleRevision, extraction: Extraction) -> Reconciled:
    stored = _stored(article) if article.extractor_version else []  # never read: there is nothing yet
    shown = list(_public(article).select_related("speaker")) if stored else []
    pairs = [
        (found, quote)
        for found, quote in _pair(extraction.quotes, stored, revision)
        if quote or not _overlaps_reviewed(found, stored, revision)
    ]
    speakers = _speakers(article, [found for found, quote in pairs if not _is_reviewed(quote)])
    new: list[Quote] = []
    updated = gone = 0
    for found, quote in pairs:
        fields = _anchors(revision, found)
        if not _is_reviewed(quote):
            fields |= _attribution(article, found, speakers)
        if quote is None:
            new.append(Quote(**fields))
        elif not _is_reviewed(quote) or quote.folded == fold(found.text):
            updated += _update(quote, fields)
    Quote.objects.bulk_create(new)
    kept = {quote.pk for _, quote in pairs if quote}
    folded_text = fold(revision.text)
    for quote in stored:
        if quote.pk not in kept and quote.gone_at is None and _is_gone(quote, folded_text):
            quote.gone_at = timezone.now()
            quote.save(update_fields=["gone_at", "updated_at"])
            gone += 1
    _record_withdrawals(article, revision, shown, stored)
    _close(article, Article.Status.EXTRACTED)
    return Reconciled(article, extraction, len(new), updated, gone)


def _stored(article: Article) -> list[Quote]:
    """Locked, in the order that services.review locks in: an editor decides before this or after it."""
    quotes = Quote.objects.select_for_update(of=("self",)).filter(revision__article=article)
    return list(quotes.select_related("speaker").order_by("pk"))


def _pair(
    found: Sequence[ExtractedQuote], stored: Sequence[Quote], revision: ArticleRevision
) -> list[tuple[ExtractedQuote, Quote | None]]:
    """Each found quote with the stored one that it is.

    That is the one of the same span, else one that overlaps, else, in an earlier text, one of the same words.
    """
    here = [quote for quote in stored if quote.revision_id == revision.pk]
    before = [quote for quote in stored if quote.revision_id != revision.pk]
    pairs: dict[int, Quote] = {}
    taken: set[int] = set()

    def match(candidates: list[Quote], same: Callable[[ExtractedQuote, Quote], bool]) -> None:
        for i, new in enumerate(found):
            old = next((q for q in candidates if q.pk not in taken and same(new, q)), None)
            if i not in pairs and old is not None:
                pairs[i] = old
                taken.add(old.pk)

    match(here, lambda new, old: (old.start, old.end) == (new.segments[0].start, new.segments[-1].end))
    match(here, _overlap)
    match(before, lambda new, old: old.folded == fold(new.text))
    return [(new, pairs.get(i)) for i, new in enumerate(found)]


def _overlap(new: ExtractedQuote, old: Quote) -> bool:
    return any(segment.overlaps(Span(*other)) for segment in new.segments for other in old.segments)


def _is_reviewed(quote: Quote | None) -> bool:
    return quote is not None and quote.review_status != Quote.Status.UNREVIEWED


def _overlaps_reviewed(found: ExtractedQuote, stored: Sequence[Quote], revision: ArticleRevision) -> bool:
    """Whether an editor has already decided about some of these words."""
    return any(
        _is_reviewed(quote) and quote.revision_id == revision.pk and _overlap(found, quote)
        for quote in stored
    )


def _is_gone(quote: Quote, folded_text: str) -> bool:
    """A reviewed quote goes only with its words; one that nobody reviewed, when it is not found again."""
    return not _is_reviewed(quote) or quote.folded not in folded_text


def _speakers(article: Article, found: Sequence[ExtractedQuote]) -> dict[tuple[str, str], Speaker]:
    """The records of all who are quoted, by kind and folded name."""
    named = {_key(quote.speaker): quote.speaker for quote in found if quote.speaker}
    mentions: defaultdict[ResolvedSpeaker, set[str]] = defaultdict(set)
    for quote in found:
        if quote.speaker and quote.mention:
            mentions[named[_key(quote.speaker)]].add(quote.mention.text)
    records = identify_all(article=article, speakers=list(named.values()), mentions=mentions)
    return dict(zip(named, records, strict=True))


def _key(speaker: ResolvedSpeaker) -> tuple[str, str]:
    return speaker.kind.value, fold_name(speaker.name)


def _anchors(revision: ArticleRevision, found: ExtractedQuote) -> dict[str, Any]:
    """Where the words stand and what stands around them: may change under an editor's decision."""
    mention, cue = found.mention, found.cue
    return {
        "revision": revision,
        "segments": [[segment.start, segment.end] for segment in found.segments],
        "start": found.segments[0].start,
        "end": found.segments[-1].end,
        "mention_text": mention.text[:_LONGEST_MENTION] if mention else "",
        "mention_start": mention.start if mention else None,
        "mention_end": mention.end if mention else None,
        "cue_text": cue.text[:_LONGEST_MENTION] if cue else "",
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "context": found.context.of(revision.text),
        "context_start": found.context.start,
        "fragment": text_fragment(revision.text, [(s.start, s.end) for s in found.segments]),
        "gone_at": None,
    }


def _attribution(
    article: Article, found: ExtractedQuote, speakers: dict[tuple[str, str], Speaker]
) -> dict[str, Any]:
    """Which words, and whose: the extractor's say until an editor has decided."""
    return {
        "speaker": speakers[_key(found.speaker)] if found.speaker else None,
        "text": found.text,
        "folded": fold(found.text),
        "kind": found.kind.value,
        "confidence": found.confidence,
        "reasons": list(found.reasons),
        "rule": found.rule[:_LONGEST_RULE],
        "extractor_version": EXTRACTOR_VERSION,
        "dated_at": article.published_at or article.created_at,
    }


def _public(article: Article) -> QuerySet[Quote]:
    return Quote.objects.filter(public(), revision__article=article).order_by("pk")


def _record_withdrawals(
    article: Article, revision: ArticleRevision, shown: Sequence[Quote], stored: Sequence[Quote]
) -> None:
    """Keep a step for each quote that was public, `shown` to readers as a speaker's, and is no longer.

    There is none for what was not public: nobody saw it.
    """
    if not shown:
        return
    speakers_now = dict(_public(article).values_list("pk", "speaker"))
    now = {quote.pk: quote for quote in stored}
    ReviewDecision.objects.bulk_create(
        _withdrawal(before, now[before.pk], revision)
        for before in shown
        if not _is_still_theirs(before, speakers_now.get(before.pk))
    )


def _withdrawal(before: Quote, after: Quote, revision: ArticleRevision) -> ReviewDecision:
    return ReviewDecision(
        quote=after,
        from_status=before.review_status,
        to_status=after.review_status,
        from_speaker=before.speaker,
        to_speaker=after.speaker,
        from_confidence=before.confidence,
        from_version=before.extractor_version,
        to_version=EXTRACTOR_VERSION,
        note=_why_withdrawn(before, after, revision),
    )


def _is_still_theirs(before: Quote, speaker_id: int | None) -> bool:
    # Who was merged meanwhile is the same person: the feed redirects, and its entries stay.
    speaker = before.speaker
    return speaker is not None and speaker_id in {speaker.pk, resolve_redirects(speaker).pk}


def _why_withdrawn(before: Quote, after: Quote, revision: ArticleRevision) -> str:
    if after.gone_at is not None:
        why = "no longer found in the article"
    elif after.speaker_id is None:
        why = "no longer given to anybody"
    elif after.speaker_id != before.speaker_id:
        why = "given to somebody else"
    else:
        why = f"no longer sure enough: {before.confidence:g}, now {after.confidence:g}"
    return why if before.revision_id == revision.pk else f"{why}, since the article changed"


def _update(quote: Quote, fields: dict[str, Any]) -> bool:
    """Save what differs. Returns whether anything did."""
    changed = [name for name, value in fields.items() if getattr(quote, name) != value]
    for name in changed:
        setattr(quote, name, fields[name])
    if changed:
        quote.save(update_fields=[*changed, "updated_at"])
    return bool(changed)
