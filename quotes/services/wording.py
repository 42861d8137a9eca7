"""The words of a quote as stretches of its text: checked, put into place, and kept with the step.

For who has the quotes, and before them their articles, locked.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import AnonymousUser, User

from quotes.folding import fold
from quotes.fragments import text_fragment
from quotes.models import Article, ArticleRevision, Quote, ReviewDecision
from quotes.sentences import sentence_around
from quotes.services import awaited
from quotes.services.review import Guard, ReviewError, locked_quotes

Segments = Sequence[tuple[int, int]]
Words = dict[str, Any]  # {"text", "segments"}, as steps keep them

BY_HAND = "editor"  # in place of the version that read the quote
# What tells why, of a quote about which the extractor told nothing.
NOBODYS_WORD: dict[str, Any] = {
    "mention_text": "", "mention_start": None, "mention_end": None,
    "cue_text": "", "cue_start": None, "cue_end": None, "reasons": [], "rule": "",
}  # fmt: skip
CLOSED = frozenset({Quote.Status.REJECTED, Quote.Status.RETRACTED})
_MOST_SEGMENTS = 50
# What answers nothing: a note decides nothing, to open the quote again asks, and what is taken back, or taken
# again, is the decision itself.
_Action = ReviewDecision.Action
_NO_ANSWER = frozenset({_Action.NOTE, _Action.UNDO, _Action.REDO, _Action.REOPEN})


def locked_with_articles(quotes: Iterable[Quote], guard: Guard) -> list[Quote]:
    """As `locked_quotes`, and before them their articles, as readers do: no quote comes in meanwhile."""
    chosen = list(quotes)
    theirs = Article.objects.filter(revisions__quotes__in=[quote.pk for quote in chosen]).values("pk")
    list(Article.objects.select_for_update().filter(pk__in=theirs).order_by("pk").values_list("pk"))
    return locked_quotes(chosen, guard)


def keep_step(
    quote: Quote, editor: User | AnonymousUser, *, action: ReviewDecision.Action, **fields: Any
) -> ReviewDecision:
    """Keep a step of an editor's, before it is taken; what `fields` do not say stays as it is.

    So does the reason of what stays rejected: the last step tells why.
    """
    same: dict[str, Any] = {"to_status": quote.review_status, "to_speaker": quote.speaker}
    if {quote.review_status, fields.get("to_status", quote.review_status)} == {Quote.Status.REJECTED}:
        last = quote.decisions.exclude(editor=None).order_by("-pk").first()
        same["reason"] = last.reason if last else ""
    step = ReviewDecision.objects.create(
        quote=quote,
        editor_id=editor.pk,
        action=action,
        from_status=quote.review_status,
        from_speaker=quote.speaker,
        from_confidence=quote.confidence,
        **(same | fields),
    )
    if action not in _NO_ANSWER:
        awaited.answer(step=step)
    return step


def keep_made(
    quote: Quote, editor: User | AnonymousUser, *, action: ReviewDecision.Action, **fields: Any
) -> ReviewDecision:
    """Keep the step by which a quote was made: there was none before."""
    return ReviewDecision.objects.create(
        quote=quote,
        editor_id=editor.pk,
        action=action,
        from_status=Quote.Status.UNREVIEWED,
        to_status=quote.review_status,
        to_speaker=quote.speaker,
        to_words=words_of(quote),
        **fields,
    )


def checked(segments: Segments, revision: ArticleRevision) -> list[list[int]]:
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


def refuse_overlap(
    revision: ArticleRevision, segments: Sequence[Sequence[int]], besides: Collection[Quote] = ()
) -> None:
    """Raises ReviewError where these words are another quote's."""
    first, last = segments[0][0], segments[-1][1]
    near = Quote.objects.filter(revision=revision, start__lt=last, end__gt=first)
    for other in near.exclude(pk__in=[quote.pk for quote in besides]):
        is_same = (other.start, other.end) == (first, last)
        is_open = other.gone_at is None and other.review_status not in CLOSED
        if is_same or (is_open and meet(segments, other.segments)):
            raise ReviewError(f"these words are a quote already ({other.urn}): decide about that one")


def given_up(revision: ArticleRevision, segments: Sequence[Sequence[int]]) -> Quote | None:
    """A quote of this stretch that nobody finds or decided about any more: its row is there to be used."""
    gone = Quote.objects.select_for_update(of=("self",)).filter(
        revision=revision, review_status=Quote.Status.UNREVIEWED, gone_at__isnull=False
    )
    return gone.filter(start=segments[0][0], end=segments[-1][1]).first()


def meet(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> bool:
    """Whether some of the words are the same."""
    return any(a < d and c < b for a, b in one for c, d in other)


def stretches(revision: ArticleRevision, segments: list[list[int]]) -> dict[str, Any]:
    """What of a quote follows from where its words stand."""
    text, start, end = revision.text, segments[0][0], segments[-1][1]
    words = joined(text, segments)
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


def joined(text: str, segments: Iterable[Sequence[int]]) -> str:
    """The words of these stretches."""
    return " ".join(text[start:end] for start, end in segments)


def put(quote: Quote, fields: dict[str, Any]) -> None:
    """Let a quote have these."""
    for name, value in fields.items():
        setattr(quote, name, value)


def change_words(quote: Quote, step: ReviewDecision, segments: list[list[int]]) -> None:
    """Let a quote be these words; the step says so where they are others."""
    before = words_of(quote)
    put(quote, stretches(quote.revision, segments))
    if (after := words_of(quote)) != before:
        step.from_words, step.to_words = before, after
        step.save(update_fields=["from_words", "to_words"])


def words_of(quote: Quote) -> Words:
    """Which words it has, as steps keep them."""
    return {"text": quote.text, "segments": quote.segments}
