"""How well names are found: exact edges and type, of the names in the reporter's own words."""

from collections.abc import Iterable

from quotes.extraction.names.finder import find_names
from quotes.extraction.names.tagger import TYPES, tag
from quotes.extraction.text.marks import find_spans
from quotes.extraction.text.stream import Stream, build_stream
from quotes.extraction.types import SpeakerKind

from .marked_names import MarkedArticle
from .scoring import Counts

PEOPLE = "people"
_Place = tuple[int, int]


def name_figures(articles: Iterable[MarkedArticle]) -> dict[str, Counts]:
    """Of people as the extractor names them, titles aside; of each type as the tagger finds it."""
    totals = {name: [0, 0, 0] for name in (PEOPLE, *TYPES)}
    for article in articles:
        stream = build_stream(article.text, find_spans(article.text))
        gold, found = _marked(article, stream), _found(stream)
        for name, total in totals.items():
            right, told = gold["person" if name == PEOPLE else name], found[name]
            total[0] += len(right & told)
            total[1] += len(told - right)
            total[2] += len(right - told)
    return {name: Counts(*total) for name, total in totals.items()}


def _marked(article: MarkedArticle, stream: Stream) -> dict[str, set[_Place]]:
    """The marks outside of quoted words, those within longer ones left out."""
    quoted = [(span.outer.start, span.outer.end) for span in stream.spans]
    own = [
        (start, end, kind)
        for start, end, kind in article.names
        if not any(start < last and first < end for first, last in quoted)
    ]
    longest = [
        (start, end, kind)
        for start, end, kind in own
        if not any(s <= start and end <= e and e - s > end - start for s, e, _ in own)
    ]
    return {name: {(start, end) for start, end, kind in longest if kind == name} for name in TYPES}


def _found(stream: Stream) -> dict[str, set[_Place]]:
    people = {
        _place(stream, name.bare, name.last) for name in find_names(stream) if name.kind is SpeakerKind.PERSON
    }
    tagged = tag(stream)
    by_type = {name: {_place(stream, t.first, t.last) for t in tagged if t.type == name} for name in TYPES}
    return {PEOPLE: people, **by_type}


def _place(stream: Stream, first: int, last: int) -> _Place:
    return stream.tokens[first].start, stream.tokens[last - 1].end
