"""What editors mend in the words themselves: where a quote begins and ends, and quotes that were missed.

Each step is kept as a decision. What an editor marked no later reading changes.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import AnonymousUser, User

from quotes.folding import fold
from quotes.fragments import text_fragment
from quotes.models import Article, ArticleRevision, By, Quote, ReviewDecision, Speaker, SpeakerChange
from quotes.selectors import resolve_redirects
from quotes.sentences import sentence_around
from quotes.services import publications
from quotes.services.deadlocks import transactional
from quotes.services.review import Guard, ReviewError, locked_quotes, no_guard
from quotes.services.words import index_quotes

Segments = Sequence[tuple[int, int]]

BY_HAND = "editor"  # in place of the version that read the quote
_MOST_SEGMENTS = 50
_REFUSED = frozenset({Quote.Status.REJECTED, Quote.Status.RETRACTED})


@transactional
def set_bounds(
    *,
    quote: Quote,
    segments: Segments,
    editor: User | AnonymousUser,
    note: str = "",
    guard: Guard = no_guard,
) -> bool:
    """Let the quote be these stretches of its text, and approve it. Returns whether anything changed.

    Raises ReviewError for stretches that are none, and for words that are another quote already.
    """
    (locked,) = _locked([quote], guard)
    clean = _checked(segments, locked.revision)
    if clean == locked.segments and locked.review_status == Quote.Status.APPROVED:
        return False
    if locked.speaker is None:
        raise ReviewError("it has no speaker: say who said it first")
    if not _meet(clean, locked.segments):
        raise ReviewError("none of these words are the quote's: reject it, and add the other one")
    _refuse_overlap(locked.revision, clean, besides=locked)
    step = _step(locked, editor, to_status=Quote.Status.APPROVED, note=note)
    _change_words(locked, step, _stretches(locked.revision, clean))
    locked.review_status = Quote.Status.APPROVED
    locked.save()
    index_quotes(quotes=[locked])
    publications.refresh(quotes=Quote.objects.filter(pk=locked.pk), by=By.EDITOR)
    return True


@transactional
def add_quote(
    *,
    article: Article,
    segments: Segments,
    speaker: Speaker,
    kind: str = Quote.Kind.DIRECT,
    revision: int | None = None,
    editor: User | AnonymousUser,
    note: str = "",
) -> Quote:
    """A quote that no reading found, approved.

    `revision` is the number of the text that the stretches were counted in. Raises ReviewError where there is
    another text by now, where the article was not read yet, and for words that are a quote already.
    """
    locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    current = locked.revision
    if revision is not None and revision != current.number:
        raise ReviewError(f"the article has another text by now, revision {current.number}: look at that one")
    if not locked.extractor_version:
        raise ReviewError("the article was not read yet: see first what is found in it")
    clean = _checked(segments, current)
    _refuse_overlap(current, clean)
    added = Quote(
        revision=current,
        source_id=locked.source_id,
        speaker=speaker,
        kind=kind,
        attributed_by=By.EDITOR,
        extractor_version=BY_HAND,
        review_status=Quote.Status.APPROVED,
        dated_at=locked.published_at or locked.created_at,
    )
    _put(added, _stretches(current, clean))
    added.save()
    index_quotes(quotes=[added])
    ReviewDecision.objects.create(
        quote=added,
        editor_id=editor.pk,
        from_status=Quote.Status.UNREVIEWED,
        to_status=Quote.Status.APPROVED,
        to_speaker=speaker,
        to_words=_words_of(added),
        note=note,
    )
    publications.refresh(quotes=Quote.objects.filter(pk=added.pk), by=By.EDITOR)
    return added


@transactional
def reopen(
    *, quotes: Iterable[Quote], editor: User | AnonymousUser, note: str = "", guard: Guard = no_guard
) -> int:
    """Take back what editors decided: the speaker and the words are the extractor's again, and unreviewed.

    Who was moved or merged since stays so: that was said of the speakers, not of the quote. One that an
    editor had added is nobody's then. Words of a text that is no longer the article's stay as they are until
    the next reading. Returns how many changed. Raises ReviewError, and changes none, where the words from
    before are another quote by now.
    """
    changed: list[int] = []
    for quote in _locked(quotes, guard):
        if quote.review_status != Quote.Status.UNREVIEWED:
            _reopen(quote, editor, note)
            changed.append(quote.pk)
    publications.refresh(quotes=Quote.objects.filter(pk__in=changed), by=By.EDITOR)
    return len(changed)


def _reopen(quote: Quote, editor: User | AnonymousUser, note: str) -> None:
    steps = _since_unreviewed(quote)
    speaker = _speaker_before(quote, steps[0]) if steps else quote.speaker
    confidence = steps[0].from_confidence if steps else quote.confidence
    step = _step(quote, editor, to_status=Quote.Status.UNREVIEWED, to_speaker=speaker, note=note)
    if words := next((step.from_words for step in steps if step.from_words), None):
        _put_back(quote, step, words)
    quote.speaker, quote.review_status = speaker, Quote.Status.UNREVIEWED
    if speaker is None:
        quote.attributed_by, quote.confidence = By.EXTRACTOR, 0.0
    else:
        quote.attributed_by = By.EDITOR if confidence is None else By.EXTRACTOR
        quote.confidence = confidence
    quote.save()
    index_quotes(quotes=[quote])


def _since_unreviewed(quote: Quote) -> list[ReviewDecision]:
    """The steps that made of the extractor's quote what it is now, the earliest first."""
    since: list[ReviewDecision] = []
    for step in quote.decisions.select_related("from_speaker").order_by("pk"):
        since = [] if step.to_status == Quote.Status.UNREVIEWED else [*since, step]
    return since


def _speaker_before(quote: Quote, step: ReviewDecision) -> Speaker | None:
    """Whose it was before `step`, or who has that one's quotes since: moves and merges that took it along."""
    speaker = step.from_speaker
    if speaker is None:
        return None
    changes = SpeakerChange.objects.filter(quotes=quote).select_related("source", "target")
    moves = [(change.made_at, change.source, change.target) for change in changes]
    moves += [(change.undone_at, change.target, change.source) for change in changes if change.undone_at]
    for at, source, target in sorted(moves, key=lambda move: move[0]):
        if at > step.decided_at and source == speaker:
            speaker = target
    return resolve_redirects(speaker)


def _locked(quotes: Iterable[Quote], guard: Guard) -> list[Quote]:
    """As `locked_quotes`, and before them their articles, as readers do: no quote comes in meanwhile."""
    chosen = list(quotes)
    theirs = Article.objects.filter(revisions__quotes__in=[quote.pk for quote in chosen]).values("pk")
    list(Article.objects.select_for_update().filter(pk__in=theirs).order_by("pk").values_list("pk"))
    return locked_quotes(chosen, guard)


def _step(
    quote: Quote, editor: User | AnonymousUser, *, to_status: str, note: str, **fields: Any
) -> ReviewDecision:
    """Keep a step of an editor's, before it is taken."""
    return ReviewDecision.objects.create(
        quote=quote,
        editor_id=editor.pk,
        from_status=quote.review_status,
        to_status=to_status,
        from_speaker=quote.speaker,
        from_confidence=quote.confidence,
        note=note,
        **({"to_speaker": quote.speaker} | fields),
    )


def _checked(segments: Segments, revision: ArticleRevision) -> list[list[int]]:
    """The stretches without white space at their ends. Raises ReviewError for what is none."""
    length = len(revision.text)
    if not 0 < len(segments) <= _MOST_SEGMENTS:
        raise ReviewError(f"give one stretch of the text, or up to {_MOST_SEGMENTS}")
    clean = []
    for start, end in segments:
        if not 0 <= start < end <= length:
            raise ReviewError(f"{start} to {end} is no stretch of the text, which has {length} characters")
        words = revision.text[start:end]
        if not words.strip():
            raise ReviewError(f"there are no words from {start} to {end}")
        clean.append([start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())])
    if any(one[1] > other[0] for one, other in pairwise(clean)):
        raise ReviewError("the stretches overlap, or are not in the order of the text")
    return clean


def _refuse_overlap(
    revision: ArticleRevision, segments: Sequence[Sequence[int]], besides: Quote | None = None
) -> None:
    first, last = segments[0][0], segments[-1][1]
    near = Quote.objects.filter(revision=revision, start__lt=last, end__gt=first)
    if besides is not None:
        near = near.exclude(pk=besides.pk)
    for other in near:
        is_same = (other.start, other.end) == (first, last)
        is_open = other.gone_at is None and other.review_status not in _REFUSED
        if is_same or (is_open and _meet(segments, other.segments)):
            raise ReviewError(f"these words are a quote already ({other.urn}): decide about that one")


def _meet(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _stretches(revision: ArticleRevision, segments: list[list[int]]) -> dict[str, Any]:
    """What of a quote follows from where its words stand."""
    text, start, end = revision.text, segments[0][0], segments[-1][1]
    words = " ".join(text[one:other] for one, other in segments)
    first, last = sentence_around(text, start, end)
    return {
        "segments": segments,
        "start": start,
        "end": end,
        "text": words,
        "folded": fold(words),
        "context": text[first:last],
        "context_start": first,
        "fragment": text_fragment(text, [(one, other) for one, other in segments]),
    }


def _put(quote: Quote, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(quote, name, value)


def _change_words(quote: Quote, step: ReviewDecision, stretches: dict[str, Any]) -> None:
    before = _words_of(quote)
    _put(quote, stretches)
    if (after := _words_of(quote)) != before:
        step.from_words, step.to_words = before, after
        step.save(update_fields=["from_words", "to_words"])


def _put_back(quote: Quote, step: ReviewDecision, words: dict[str, Any]) -> None:
    """Give a quote the words that it had, where they still stand there. Raises ReviewError."""
    revision, segments = quote.revision, words["segments"]
    if " ".join(revision.text[start:end] for start, end in segments) == words["text"]:
        _refuse_overlap(revision, segments, besides=quote)
        _change_words(quote, step, _stretches(revision, segments))


def _words_of(quote: Quote) -> dict[str, Any]:
    return {"text": quote.text, "segments": quote.segments}
