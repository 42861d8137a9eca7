"""The paragraphs of an article as places, with their tokens."""

from dataclasses import dataclass

from quotes.extraction.text.stream import Stream


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that has words.

    number        among those that have
    start, end    code points
    first, last   tokens, half open
    """

    number: int
    start: int
    end: int
    first: int
    last: int


def passages(stream: Stream) -> list[Passage]:
    """The paragraphs of `stream`, in order."""
    found: list[Passage] = []
    first = 0
    paragraph = -1
    for sentence in [*stream.sentences, None]:
        if sentence is not None and sentence.paragraph == paragraph:
            continue
        last = sentence.first if sentence is not None else len(stream.tokens)
        if last > first:
            start, end = stream.tokens[first].start, stream.tokens[last - 1].end
            found.append(Passage(len(found), start, end, first, last))
        first = last
        paragraph = sentence.paragraph if sentence is not None else -1
    return found
