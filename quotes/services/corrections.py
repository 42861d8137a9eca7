"""What editors mend in the words themselves: where a quote begins and ends, and quotes that were missed.

Each step is kept as a decision. What an editor marked no later reading changes.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from quotes.folding import fold
from quotes.fragments import text_fragment
from quotes.models import Article, ArticleRevision, By, Quote, ReviewDecision, Speaker
from quotes.selectors import resolve_redirects
from quotes.sentences import sentence_around
from quotes.services import publications
from quotes.services.review import Guard, ReviewError, locked_quotes, no_guard

Segments = Sequence[tuple[int, int]]

BY_HAND = "editor"  # in place of the version that read the quote
_MOST_SEGMENTS = 50
_REFUSED = frozenset({Quote.Status.REJECTED, Quote.Status.RETRACTED})


@transaction.atomic
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
    (locked,) = locked_quotes([quote], guard)
    revision = locked.revision
    clean = _checked(segments, revision)
    if clean == locked.segments:
        return False
    if locked.speaker is None:
        raise ReviewError("it has no speaker: choose one first")
    _refuse_overlap(revision, clean, besides=locked)
    before = _words_of(locked)
    _put(locked, _stretches(revision, clean))
    _step(
        locked,
        editor,
        to_status=Quote.Status.APPROVED,
        note=note,
        from_words=before,
        to_words=_words_of(locked),
    )
    locked.review_status = Quote.Status.APPROVED
    locked.save()
    publications.refresh(quotes=Quote.objects.filter(pk=locked.pk), by=By.EDITOR)
    return True


@transaction.atomic
def add_quote(
    *,
    article: Article,
    segments: Segments,
    speaker: Speaker,
    kind: str = Quote.Kind.DIRECT,
    editor: User | AnonymousUser,
    note: str = "",
) -> Quote:
    """A quote that no reading found, approved. Raises ReviewError where there is one already."""
    locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    revision = locked.revision
    clean = _checked(segments, revision)
    _refuse_overlap(revision, clean)
    added = Quote(
        revision=revision,
        speaker=speaker,
        kind=kind,
        attributed_by=By.EDITOR,
        confidence=None,
        extractor_version=BY_HAND,
        review_status=Quote.Status.APPROVED,
        dated_at=locked.published_at or locked.created_at,
        source_id=locked.source_id,
    )
    _put(added, _stretches(revision, clean))
    added.save()
    ReviewDecision.objects.create(
        quote=added,
        editor_id=editor.pk,
        from_status=Quote.Status.UNREVIEWED,
        to_status=Quote.Status.APPROVED,
        from_speaker=None,
        to_speaker=speaker,
        to_words=_words_of(added),
        note=note,
    )
    publications.refresh(quotes=Quote.objects.filter(pk=added.pk), by=By.EDITOR)
    return added


@transaction.atomic
def reopen(
    *, quotes: Iterable[Quote], editor: User | AnonymousUser, note: str = "", guard: Guard = no_guard
) -> int:
    """Take back what editors decided: the speaker and the words are the extractor's again, and unreviewed.

    Who was moved or merged since stays so: that was said of the speakers, not of the quote. One that an
    editor had added is nobody's then. Returns how many changed.
    """
    changed: list[int] = []
    for quote in locked_quotes(quotes, guard):
        if quote.review_status == Quote.Status.UNREVIEWED:
            continue
        steps = _since_unreviewed(quote)
        before, status = _words_of(quote), quote.review_status
        was = _speaker_before(steps, quote)
        confidence = steps[0].from_confidence if steps else quote.confidence
        words = next((step.from_words for step in steps if step.from_words), None)
        if words and words != before:
            _put_back(quote, words)
        after = _words_of(quote)
        _step(
            quote,
            editor,
            to_status=Quote.Status.UNREVIEWED,
            to_speaker=was,
            note=note,
            **({"from_words": before, "to_words": after} if after != before else {}),
        )
        quote.speaker, quote.review_status = was, Quote.Status.UNREVIEWED
        if was is None:
            quote.attributed_by, quote.confidence = By.EXTRACTOR, 0.0
        else:
            quote.attributed_by = By.EDITOR if confidence is None else By.EXTRACTOR
            quote.confidence = confidence
        quote.save()
        changed.append(quote.pk)
    publications.refresh(quotes=Quote.objects.filter(pk__in=changed), by=By.EDITOR)
    return len(changed)


def _since_unreviewed(quote: Quote) -> list[ReviewDecision]:
    """The steps that made of the extractor's quote what it is now, the earliest first."""
    steps = list(quote.decisions.select_related("from_speaker", "to_speaker").order_by("pk"))
    ends = [
        number
        for number, step in enumerate(steps, start=1)
        if step.editor_id is None or step.to_status == Quote.Status.UNREVIEWED
    ]
    return steps[ends[-1] if ends else 0 :]


def _speaker_before(steps: Sequence[ReviewDecision], quote: Quote) -> Speaker | None:
    if not steps:
        return quote.speaker
    was = steps[0].from_speaker
    for step in steps:
        is_move = step.from_status == step.to_status and step.from_words is None
        if is_move and was is not None and step.from_speaker == was:
            was = step.to_speaker
    return resolve_redirects(was) if was else None


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
        meets = any(a < d and c < b for a, b in segments for c, d in other.segments)
        if is_same or (is_open and meets):
            raise ReviewError(f"these words are a quote already ({other.urn}): decide about that one")


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


def _put_back(quote: Quote, words: dict[str, Any]) -> None:
    """Give a quote the words that it had, where they still stand there and are no other quote."""
    segments, text = words["segments"], quote.revision.text
    if " ".join(text[start:end] for start, end in segments) != words["text"]:
        return
    _refuse_overlap(quote.revision, segments, besides=quote)
    _put(quote, _stretches(quote.revision, segments))


def _words_of(quote: Quote) -> dict[str, Any]:
    return {"text": quote.text, "segments": quote.segments}
