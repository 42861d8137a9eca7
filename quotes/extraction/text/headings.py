"""Crossheads in quotation marks: ‘It was terrifying’, a line of its own that no verb and no name belongs to.

Such a line repeats or shortens what somebody says elsewhere in the article; it is no turn of whoever speaks
next or spoke last.
"""

import re

from quotes.english import lexicon
from quotes.extraction.text.stream import Stream

_LONGEST = 14  # words
_MOST = 40  # crossheads of one article
_STRETCH = 3  # as many times as long may the words be that a crosshead shortens
_TELLING = 4  # letters of a word that tells what is repeated
_ENDS_SPEECH = ".,;:…?!—–-"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def headings(stream: Stream) -> frozenset[int]:
    """Quoted spans that are crossheads: short paragraphs that do not end as speech does."""
    found = [number for number in range(len(stream.spans)) if _may_be(stream, number)]
    places = {stream.spans[number].paragraph for number in found}
    # Two of them in a row are lines of a dialogue or a list.
    apart = [number for number in found if not places & _neighbours(stream.spans[number].paragraph)]
    return frozenset(apart[:_MOST])


def _neighbours(paragraph: int) -> set[int]:
    return {paragraph - 1, paragraph + 1}


def _may_be(stream: Stream, number: int) -> bool:
    span, token = stream.spans[number], stream.quote_token[number]
    first = _after_rubric(stream, token)
    if not (stream.opens_paragraph(first) and stream.ends_paragraph(token)) or span.continues:
        return False
    if number + 1 < len(stream.spans) and stream.spans[number + 1].continues:
        return False
    words = span.inner.of(stream.text)
    if words[-1] in _ENDS_SPEECH or words[0].islower() or len(words.split()) > _LONGEST:
        return False
    follows = stream.tokens[token + 1] if token + 1 < len(stream.tokens) else None
    led_to = first == token and stream.lower(token - 1) in (":", ",")
    return not led_to and not (follows and follows.text[0].islower())


def _after_rubric(stream: Stream, token: int) -> int:
    """The first token of "Interview: “I never look back”", else `token`."""
    first = token
    if stream.lower(token - 1) == ":" and not stream.opens_paragraph(token):
        first -= 1
        while first and not stream.opens_paragraph(first) and stream.lower(first - 1) in lexicon.RUBRICS:
            first -= 1
    return first if first < token - 1 else token


def folded(words: str) -> list[str]:
    """Words without case and punctuation, to look for them elsewhere."""
    return [word.replace("’", "'") for word in _WORD.findall(words.casefold())]


def repeats(heading: list[str], words: list[str]) -> bool:
    """Whether `heading` has some of `words`, in their order and close together."""
    if len(heading) > len(words) or not any(len(word) >= _TELLING for word in heading):
        return False
    return any(
        _fits(heading, words[at : at + len(heading) * _STRETCH])
        for at, word in enumerate(words)
        if word == heading[0]
    )


def _fits(heading: list[str], words: list[str]) -> bool:
    remaining = iter(words)
    return all(word in remaining for word in heading)
