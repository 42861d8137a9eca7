"""What editors decided about an article as a line of gold (fixtures/README.md): no database here.

| decision                                | in the gold                                                   |
|-----------------------------------------|---------------------------------------------------------------|
| approved, given to another, mended, added | speech of that speaker, a record for each stretch           |
| rejected: no quote                      | other: nobody said it                                         |
| rejected, and the right words are approved | left out: they stand for it                                |
| rejected for anything else, disputed, retracted | unsure: found or not, nothing is scored               |
| a turn without marks                    | one of the article's `turns`, which stand apart               |
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.extraction.text.marks import QuotedSpan, find_spans
from quotes.folding import fold_name

_REACH = 1500  # characters from a quote within which words may say whose it is
_MARKS = frozenset("\"“”„‟«»＂「」『』‘’'")
_SINGLE = frozenset("‘’'")
_JOINT = re.compile(r", (?:and )?| and ")

_Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker: the name of the record, all that it goes by, and the names this article has for it."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    in_article: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        names = (self.name, *self.aliases, *self.in_article)
        return frozenset(word for name in names for word in fold_name(name).split())


@dataclass(frozen=True, slots=True)
class Decided:
    """A quote that an editor decided about.

    `before` is whom the extractor had named, None where that is `speaker` or nobody; `mention` where the
    words stand that it took for the speaker.
    """

    segments: tuple[_Stretch, ...]
    status: str
    reason: str
    kind: str
    speaker: Person | None
    before: Person | None = None
    mention: _Stretch | None = None


def gold_line(key: str, url: str, text: str, decided: Iterable[Decided]) -> dict[str, Any]:
    """The article with all that was decided, in the order of its text."""
    quotes = sorted(decided, key=lambda quote: (quote.segments[0], quote.segments[-1]))
    found = find_spans(text)
    spans = [*found.nested, *found.spans]
    quoted = [(span.outer.start, span.outer.end) for span in found.spans]
    spoken = [quote for quote in quotes if quote.status == "approved"]
    records: dict[_Stretch, dict[str, Any]] = {}
    turns = []
    for quote in quotes:
        if quote.kind == "transcript":
            turns += _turns(text, quote)
            continue
        if quote.status == "rejected" and any(_replaces(other, quote) for other in spoken):
            continue
        said = _said(text, quote, quoted)
        for segment in quote.segments:
            place = _with_marks(text, segment, spans)
            record = {"start": place[0], "end": place[1], **said, "single": _is_single(text, place)}
            # Of two about the same words the one that says more: they are approved, or nobody's.
            if place not in records or records[place]["note"]:
                records[place] = record
    # An outer span comes before one inside it.
    ordered = [records[place] for place in sorted(records, key=lambda place: (place[0], -place[1]))]
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    line = {"id": key, "url": url, "sha256": digest, "chars": len(text), "text": text, "quotes": ordered}
    return line | ({"turns": turns} if turns else {})


def name_in(text: str, person: Person) -> str:
    """The fullest name that the article gives, joint ones as "A | B"; else the record's."""
    parts = _JOINT.split(person.name) if person.kind == "group" else []
    if len(parts) > 1 and all(part[:1].isupper() for part in parts):
        return " | ".join(parts)
    for names in (person.in_article, person.aliases):
        there = [name for name in names if _places(text, name)]
        if there:
            return max(there, key=lambda name: (len(name.split()), len(name), name))
    return person.name


def _said(text: str, quote: Decided, quoted: Sequence[_Stretch]) -> dict[str, Any]:
    """Kind, speaker, type, mention and note of a record."""
    if quote.status == "rejected" and quote.reason == "not-a-quote":
        return {"kind": "other", "speaker": None, "type": None, "mention": None, "note": ""}
    doubt, mention, person = "", "", quote.speaker
    if quote.status != "approved":
        doubt = f"unsure: {quote.status}{f', {quote.reason}' if quote.reason else ''}"
    if person is not None:
        mention = _mention(text, quote, person, quoted)
        if not mention:
            doubt = doubt or "unsure: no words of the article say who"
    return {
        "kind": "speech",
        "speaker": name_in(text, person) if person else None,
        "type": _type(person) if person else None,
        "mention": mention or None,
        "note": doubt,
    }


def _type(person: Person) -> str:
    return "person" if person.kind == "group" and _JOINT.search(person.name) else person.kind


def _mention(text: str, quote: Decided, person: Person, quoted: Sequence[_Stretch]) -> str:
    """The words that say who; where they name somebody else, and where nobody said any, the nearest name."""
    if quote.mention is not None:
        start, end = quote.mention
        words = text[start:end]
        if not _names_another(words, quote.before, person):
            return words
    at = quote.segments[0][0]
    names = {name_in(text, person), *person.in_article, *person.aliases, person.name}
    names |= {name.split()[-1] for name in names if person.kind == "person"}
    places = [
        place
        for name in names
        for place in _places(text, name)
        if abs(place[0] - at) < _REACH and not any(_cross(place, one) for one in quoted)
    ]
    if not places:
        return ""
    # The nearest, and of those the longest name.
    start, end = min(places, key=lambda place: (abs(place[1] - at), place[0] - place[1]))
    return text[start:end]


def _names_another(mention: str, before: Person | None, now: Person) -> bool:
    """Whether `mention` has a name of the one before, and none of who it is: "he" and a role stay right."""
    words = set(fold_name(mention).split())
    return before is not None and bool(words & before.words) and not words & now.words


def _turns(text: str, quote: Decided) -> list[dict[str, Any]]:
    if quote.status != "approved" or quote.speaker is None:
        return []
    start, end = quote.segments[0][0], quote.segments[-1][1]
    label = text[slice(*quote.mention)] if quote.mention else None
    said = {"label": label, "speaker": name_in(text, quote.speaker), "type": _type(quote.speaker)}
    return [{"start": start, "end": end, **said}]


def _with_marks(text: str, segment: _Stretch, spans: Sequence[QuotedSpan]) -> _Stretch:
    """The stretch and the marks around it, with the comma or stop before the closing one."""
    start, end = segment
    for span in spans:
        outer = span.outer
        if outer.start <= start and end <= outer.end:
            around = text[outer.start : start] + text[end : outer.end]
            if not any(letter.isalnum() for letter in around):
                return outer.start, outer.end
    start -= start > 0 and text[start - 1] in _MARKS
    end += end < len(text) and text[end] in _MARKS
    return start, end


def _is_single(text: str, place: _Stretch) -> bool:
    return text[place[0]] in _SINGLE


def _places(text: str, name: str) -> list[_Stretch]:
    return [found.span() for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)] if name else []


def _replaces(other: Decided, rejected: Decided) -> bool:
    """Whether `other` has the words as they should be: some of them, or most where all were to go."""
    pairs = [(a, b) for a in rejected.segments for b in other.segments if _cross(a, b)]
    if rejected.reason == "wrong-words":
        return bool(pairs)
    return any(2 * (min(a[1], b[1]) - max(a[0], b[0])) > max(a[1] - a[0], b[1] - b[0]) for a, b in pairs)


def _cross(one: _Stretch, other: _Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]
