"""What editors decided about, carried over into a text of the article that changed around it."""

from collections.abc import Iterable, Sequence

from quotes.fragments import text_fragment
from quotes.models import ArticleRevision, Quote
from quotes.sentences import sentence_around


def carry_over(*, quotes: Sequence[Quote], revision: ArticleRevision) -> list[int]:
    """Let reviewed quotes of earlier texts stand in `revision`, where their sentence or words are once.

    The words stay as the editor saw them, whatever a reading finds there. Returns the keys of those that now
    stand there. In a transaction that has them locked.
    """
    taken = {(quote.start, quote.end) for quote in quotes if quote.revision_id == revision.pk}
    texts = ArticleRevision.objects.in_bulk({quote.revision_id for quote in _earlier(quotes, revision)})
    carried = []
    for quote in _earlier(quotes, revision):
        shift = _shift(quote, texts[quote.revision_id].text, revision.text)
        if shift is not None and (place := (quote.start + shift, quote.end + shift)) not in taken:
            taken.add(place)
            _carry(quote, revision, shift)
            carried.append(quote.pk)
    return carried


def _earlier(quotes: Iterable[Quote], revision: ArticleRevision) -> list[Quote]:
    reviewed = (quote for quote in quotes if quote.review_status != Quote.Status.UNREVIEWED)
    return [quote for quote in reviewed if quote.revision_id != revision.pk]


def _shift(quote: Quote, before: str, now: str) -> int | None:
    """How much further on the words stand now; None where that is not plain."""
    stretches = ((quote.context_start, quote.context), (quote.start, before[quote.start : quote.end]))
    for start, words in stretches:
        place = now.find(words)
        if place >= 0 and now.find(words, place + 1) < 0:
            return place - start
    return None


def _carry(quote: Quote, revision: ArticleRevision, shift: int) -> None:
    text = revision.text
    quote.revision, quote.gone_at = revision, None
    quote.segments = [[start + shift, end + shift] for start, end in quote.segments]
    quote.start, quote.end = quote.start + shift, quote.end + shift
    quote.context_start += shift
    if quote.context_start < 0 or not text.startswith(quote.context, quote.context_start):
        first, last = sentence_around(text, quote.start, quote.end)
        quote.context, quote.context_start = text[first:last], first
    quote.fragment = text_fragment(text, [(start, end) for start, end in quote.segments])
    for name in ("mention", "cue"):
        start, words = getattr(quote, f"{name}_start"), getattr(quote, f"{name}_text")
        if start is None:
            continue
        length, stands = getattr(quote, f"{name}_end") - start, start + shift
        is_there = stands >= 0 and text.startswith(words, stands)
        setattr(quote, f"{name}_text", words if is_there else "")
        setattr(quote, f"{name}_start", stands if is_there else None)
        setattr(quote, f"{name}_end", stands + length if is_there else None)
    quote.save()
