"""What a reading found, reconciled with the quotes that are stored."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from quotes.extraction import ExtractedQuote, Extraction, ResolvedSpeaker, Span
from quotes.folding import fold, fold_name
from quotes.fragments import text_fragment
from quotes.models import Article, ArticleRevision, By, Quote, ReviewDecision, Speaker
from quotes.selectors import public, resolve_redirects
from quotes.services.carrying import carry_over
from quotes.services.identify import Quoted, identify_all, learn
from quotes.services.proposals import propose
from quotes.services.words import index_quotes

_LONGEST_MENTION = 500
_LONGEST_RULE = 100

_Records = dict[tuple[str, str], Speaker]  # by kind and folded name


@dataclass(frozen=True, slots=True)
class Reading:
    """What a version of the extractor found in a text of an article."""

    article: Article
    revision: ArticleRevision
    extraction: Extraction
    version: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a reading changed. `extraction` is None when the article had been read already.

    `touched` are the keys of all quotes that are new, or not as they were.
    """

    article: Article
    extraction: Extraction | None = None
    created: int = 0
    updated: int = 0
    gone: int = 0
    touched: tuple[int, ...] = ()


def store_first(*, readings: Sequence[Reading]) -> list[Reconciled]:
    """Store the quotes of articles that were never read before, all at once. In a transaction."""
    identified = identify_all(quoted=[_quoted(one.article, one.extraction.quotes) for one in readings])
    new = Quote.objects.bulk_create(
        Quote(**_anchors(one, found), **_attribution(one, found, records))
        for one, names in zip(readings, identified, strict=True)
        for records in [_records(one.extraction.quotes, names.speakers)]
        for found in one.extraction.quotes
    )
    index_quotes(quotes=new)
    learn(identified=identified)
    keys: defaultdict[int, list[int]] = defaultdict(list)
    for quote in new:
        keys[quote.revision_id].append(quote.pk)
    return [
        Reconciled(
            one.article, one.extraction, len(one.extraction.quotes), touched=tuple(keys[one.revision.pk])
        )
        for one in readings
    ]


def reconcile(*, reading: Reading) -> Reconciled:
    """Bring the quotes of an article that was read before up to date. In a transaction."""
    article, revision, extraction = reading.article, reading.revision, reading.extraction
    stored = _stored(article)
    shown = list(_public(article).select_related("speaker")) if stored else []
    carried = carry_over(quotes=stored, revision=revision)
    pairs = [
        (found, quote)
        for found, quote in _pair(extraction.quotes, stored, revision)
        if quote or not _overlaps_reviewed(found, stored, revision)
    ]
    open_ = [found for found, quote in pairs if not _is_reviewed(quote)]
    identified = identify_all(quoted=[_quoted(article, open_)])
    records = _records(open_, identified[0].speakers)
    new: list[Quote] = []
    changed: list[Quote] = []
    gone: list[int] = []
    for found, quote in pairs:
        fields = _anchors(reading, found)
        if not _is_reviewed(quote):
            fields |= _attribution(reading, found, records)
        if quote is None:
            new.append(Quote(**fields))
        elif not _is_reviewed(quote) or quote.folded == fold(found.text):
            changed += [quote] if _update(quote, fields) else []
    Quote.objects.bulk_create(new)
    index_quotes(quotes=[*new, *changed, *(quote for quote in stored if quote.pk in carried)])
    kept = {quote.pk for _, quote in pairs if quote}
    folded_text = fold(revision.text)
    for quote in stored:
        if quote.pk not in kept and quote.gone_at is None and _is_gone(quote, folded_text):
            quote.gone_at = timezone.now()
            quote.save(update_fields=["gone_at", "updated_at"])
            gone.append(quote.pk)
    _record_withdrawals(reading, shown, stored)
    propose(article=article, version=reading.version, found=_read_as(reading, pairs, stored))
    learn(identified=identified)
    updated = sorted({*(quote.pk for quote in changed), *carried})
    touched = (*(quote.pk for quote in new), *updated, *gone)
    return Reconciled(article, extraction, len(new), len(updated), len(gone), touched)


def _stored(article: Article) -> list[Quote]:
    """Locked, in the order that services.review locks in: an editor decides before this or after it."""
    quotes = Quote.objects.select_for_update(of=("self",)).filter(revision__article=article)
    return list(quotes.order_by("pk").prefetch_related("speaker"))


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


def _read_as(
    reading: Reading, pairs: Iterable[tuple[ExtractedQuote, Quote | None]], stored: Iterable[Quote]
) -> list[tuple[Quote, ExtractedQuote | None]]:
    """What the reading has in the place of each quote of the text; without those that another took in."""
    found = {quote.pk: new for new, quote in pairs if quote}
    here = [quote for quote in stored if quote.revision_id == reading.revision.pk]
    return [
        (quote, found.get(quote.pk))
        for quote in here
        if quote.pk in found or not any(_overlap(new, quote) for new in reading.extraction.quotes)
    ]


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


def _quoted(article: Article, found: Iterable[ExtractedQuote]) -> Quoted:
    """All who are quoted, each once, with the words that mean them."""
    named: dict[tuple[str, str], ResolvedSpeaker] = {}
    mentions: defaultdict[ResolvedSpeaker, set[str]] = defaultdict(set)
    for quote in found:
        if quote.speaker:
            speaker = named.setdefault(_key(quote.speaker), quote.speaker)
            mentions[speaker] |= {quote.mention.text} if quote.mention else set()
    return Quoted(article, list(named.values()), mentions)


def _records(found: Iterable[ExtractedQuote], speakers: Sequence[Speaker]) -> _Records:
    """The records of all who are quoted, as `_quoted` has them."""
    named = dict.fromkeys(_key(quote.speaker) for quote in found if quote.speaker)
    return dict(zip(named, speakers, strict=True))


def _key(speaker: ResolvedSpeaker) -> tuple[str, str]:
    return speaker.kind.value, fold_name(speaker.name)


def _anchors(reading: Reading, found: ExtractedQuote) -> dict[str, Any]:
    """Where the words stand and what stands around them: may change under an editor's decision."""
    mention, cue, revision = found.mention, found.cue, reading.revision
    return {
        "revision": revision,
        "source_id": reading.article.source_id,
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


def _attribution(reading: Reading, found: ExtractedQuote, speakers: _Records) -> dict[str, Any]:
    """Which words, and whose: the extractor's say until an editor has decided."""
    return {
        "speaker": speakers[_key(found.speaker)] if found.speaker else None,
        "text": found.text,
        "folded": fold(found.text),
        "kind": found.kind.value,
        "attributed_by": By.EXTRACTOR,
        "confidence": found.confidence,
        "reasons": list(found.reasons),
        "rule": found.rule[:_LONGEST_RULE],
        "extractor_version": reading.version,
        "dated_at": reading.article.published_at or reading.article.created_at,
    }


def _public(article: Article) -> QuerySet[Quote]:
    return Quote.objects.filter(public(), revision__article=article).order_by("pk")


def _record_withdrawals(reading: Reading, shown: Sequence[Quote], stored: Sequence[Quote]) -> None:
    """Keep a step for each quote that was public, `shown` to readers as a speaker's, and is no longer.

    There is none for what was not public: nobody saw it.
    """
    if not shown:
        return
    speakers_now = dict(_public(reading.article).values_list("pk", "speaker"))
    now = {quote.pk: quote for quote in stored}
    ReviewDecision.objects.bulk_create(
        _withdrawal(before, now[before.pk], reading)
        for before in shown
        if not _is_still_theirs(before, speakers_now.get(before.pk))
    )


def _withdrawal(before: Quote, after: Quote, reading: Reading) -> ReviewDecision:
    return ReviewDecision(
        quote=after,
        from_status=before.review_status,
        to_status=after.review_status,
        from_speaker=before.speaker,
        to_speaker=after.speaker,
        from_confidence=before.confidence,
        from_version=before.extractor_version,
        to_version=reading.version,
        note=_why_withdrawn(before, after, reading.revision),
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
        why = f"no longer sure enough: {before.confidence or 0:g}, now {after.confidence or 0:g}"
    return why if before.revision_id == revision.pk else f"{why}, since the article changed"


def _update(quote: Quote, fields: dict[str, Any]) -> bool:
    """Save what differs. Returns whether anything did."""
    changed = [name for name, value in fields.items() if getattr(quote, name) != value]
    for name in changed:
        setattr(quote, name, fields[name])
    if changed:
        quote.save(update_fields=[*changed, "updated_at"])
    return bool(changed)
