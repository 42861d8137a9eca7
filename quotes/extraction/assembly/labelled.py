"""Speech that the layout tells, and no marks: transcripts ("LEE: No.") and interviews ("Q: ...", "A: ...").

A stretch of paragraphs is taken for one only where that is plain: most of them begin with a label, labels
come again, and the words are words to somebody. A label of whom nobody can tell gives no quotes.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from quotes.english import lexicon
from quotes.english.name_forms import lowered
from quotes.extraction.assembly.interviews import (
    BYLINE,
    Interviewee,
    asks_there,
    interviewee,
    interviewers,
    unlabelled,
)
from quotes.extraction.coreference.resolver import Coreference
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.text.passages import Passage, passages
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import (
    ExtractedQuote,
    Extraction,
    QuoteKind,
    ResolvedSpeaker,
    Span,
    SpeakerKind,
    TextSpan,
)

# Right of 100: of the labels of our own transcripts, and of answers whose speaker the introduction tells.
_NAMED = 0.95
_ANSWERED = 0.9
_UNLABELLED = 0.82

_LABEL = re.compile(
    r"(?P<name>[^\W\d_][^:\n()\[\],?!]{0,50}?)"
    r"(?:\s?[(\[](?P<more>[^:\n()\[\]]{2,80})[)\]]|,\s(?P<role>[^:\n.?!]{2,70}))?\s?:\s+(?=\S)"
)
_ASKED = re.compile(r"(?P<name>Q|A|Question|Answer|QUESTION|ANSWER)(?:\s?\d{1,2})?(?:[.:]|\s?[-–—])\s+(?=\S)")
_QUESTION = frozenset({"q", "question"})
_ANSWER = frozenset({"a", "answer"})
_NOBODY = _QUESTION | lexicon.words(
    """
    interviewer host cohost moderator reporter reporters journalist anchor narrator presenter announcer
    audience crowd questioner operator unidentified unknown male female voice caller
    """
)
_LINKS = lexicon.words("of the de da du van von der den del di bin ibn al el la le and")
_MOST_WORDS = 6  # of a label
_FEWEST = 3  # labelled paragraphs of a stretch
_PEOPLE = 2  # ... whose label is a person's: the paper asks under its own name
_GAP = 4  # paragraphs without a label between two with one
_SHARE = {True: 3, False: 2}  # of a stretch, one paragraph in so many is labelled: with Q and A, with names
_SPOKEN = lexicon.words(
    "i i'm i've i'd i'll me my we we're we've we'd we'll us our you you're you've you'd you'll your"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_I = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me)\b")
_STAGE = re.compile(r"\s*[(\[][^()\[\]]{1,80}[)\]]\.?\s*")
_ALIKE = 0.4  # of the turns, so many are words to somebody where labels come again
_ONCE = 0.75  # ... where they do not


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph that begins with a label; `key` is the same for labels that are written alike."""

    passage: Passage
    name: Span
    more: str
    words: int
    key: str


@dataclass(frozen=True, slots=True)
class _Turn:
    name: Span
    speaker: ResolvedSpeaker
    confidence: float
    parts: tuple[Span, ...]
    context: Span
    reason: str


def with_turns(
    stream: Stream, mentions: MentionIndex, coreference: Coreference, quotes: Sequence[ExtractedQuote]
) -> tuple[ExtractedQuote, ...]:
    """`quotes` and the turns of transcripts and interviews that stand around and between them."""
    parts = passages(stream)
    turns = list(_Reading(stream, mentions, coreference, parts).turns())
    if not turns:
        return tuple(quotes)
    taken = sorted(segment for quote in quotes for segment in quote.segments)
    starts = [segment.start for segment in taken]
    apart = [turn for turn in turns if _stands_apart(turn, taken, starts)]
    found = [*quotes, *(_quote(stream.text, turn) for turn in apart)]
    return tuple(sorted(found, key=lambda quote: quote.segments[0].start))


def without_turns(extraction: Extraction) -> Extraction:
    """What is left when only quotes in marks are asked for."""
    kept = tuple(quote for quote in extraction.quotes if quote.kind is not QuoteKind.TRANSCRIPT)
    return replace(extraction, quotes=kept)


def _quote(text: str, turn: _Turn) -> ExtractedQuote:
    return ExtractedQuote(
        text=" ".join(part.of(text) for part in turn.parts),
        segments=turn.parts,
        kind=QuoteKind.TRANSCRIPT,
        speaker=turn.speaker,
        mention=TextSpan.at(text, turn.name.start, turn.name.end),
        cue=None,
        confidence=turn.confidence,
        context=turn.context,
        reasons=(turn.reason,),
        rule="label",
    )


def _stands_apart(turn: _Turn, taken: Sequence[Span], starts: Sequence[int]) -> bool:
    """No quote in marks is all that is said, or reaches over the edge of it."""
    for part in turn.parts:
        first, last = bisect_left(starts, part.start), bisect_left(starts, part.end)
        # One that began before may reach in; what it holds itself began after it.
        around = taken[max(first - _NESTED, 0) : first]
        if any(other.end > part.start for other in around):
            return False
        for other in taken[first:last]:
            whole = other.end - other.start >= part.end - part.start - _MARKS
            if whole or other.end > part.end:
                return False
    return True


_NESTED = 8  # spans looked at before a turn
_MARKS = 3  # characters: two marks, and a comma that a quote leaves out


class _Reading:
    """One article, read for labels."""

    def __init__(
        self, stream: Stream, mentions: MentionIndex, coreference: Coreference, parts: Sequence[Passage]
    ) -> None:
        self._stream, self._mentions, self._coreference, self._parts = stream, mentions, coreference, parts
        self._chairs: dict[str, str] = {}  # "THE CHAIR (ANN LEE)": who else is meant by a label
        self._asking: frozenset[str] = frozenset()
        self._lines = [line for part in parts if (line := self._line(part)) is not None]
        self._known: dict[str, ResolvedSpeaker | None] = {}

    def turns(self) -> Iterator[_Turn]:
        stretches = [stretch for stretch in _stretches(self._lines) if self._is_plain(stretch)]
        if not stretches:
            yield from self._interview()
            return
        first = stretches[0][0].passage
        self._asking = interviewers(self._stream, self._mentions, self._coreference, first.first)
        for stretch in stretches:
            for line in stretch:
                if _is_name_like(line.more) and not self._is_name(line):
                    self._chairs.setdefault(line.key, line.more)
        self._known.clear()
        answering = interviewee(self._stream, self._mentions, self._coreference, first.first, self._asking)
        for stretch in stretches:
            known = self._speakers(stretch, answering)
            for line, after in zip(stretch, [*stretch[1:], None], strict=True):
                speaker = known.get(line.key)
                parts = self._words(line, after) if speaker is not None else ()
                if speaker is not None and parts:
                    sure = _ANSWERED if line.key in _ANSWER else _NAMED
                    yield _turn(line.name, speaker, sure, parts, "the paragraph begins with this label")

    def _speakers(
        self, stretch: Sequence[_Line], answering: Interviewee | None
    ) -> dict[str, ResolvedSpeaker | None]:
        """Label -> who speaks; None for who is not to be told, and for who only asks."""
        known = {line.key: self._speaker(line, answering) for line in reversed(stretch)}
        own: dict[str, list[_Line]] = defaultdict(list)
        for line in stretch:
            speaker = known[line.key]
            if speaker is not None:
                own[speaker.name].append(line)
        out = {name for name in own if self._only_asks(name, own) or not self._is_somebody(name, own[name])}
        return {key: who for key, who in known.items() if who is None or who.name not in out}

    def _interview(self) -> Iterator[_Turn]:
        found = unlabelled(self._stream, self._parts)
        if found is None:
            return
        asking = interviewers(self._stream, self._mentions, self._coreference, found.start)
        who = interviewee(self._stream, self._mentions, self._coreference, found.start, asking, plain=True)
        if who is None:
            return
        speaker, mention = who
        for parts in found.answers:
            spans = tuple(Span(part.start, part.end) for part in parts)
            name = Span(mention.start, mention.end)
            yield _turn(name, speaker, _UNLABELLED, spans, "an answer in an interview, below its question")

    def _line(self, part: Passage) -> _Line | None:
        text = self._stream.text
        match = _ASKED.match(text, part.start, part.end) or _LABEL.match(text, part.start, part.end)
        if match is None or match.end() >= part.end:
            return None
        name = match["name"]
        written = name.split()
        if len(written) > _MOST_WORDS or not all(_may_name(word) for word in written):
            return None
        groups = match.groupdict()
        key = " ".join(name.casefold().replace(".", "").split())
        if key in BYLINE:
            return None
        return _Line(part, Span(*match.span("name")), groups.get("more") or "", match.end(), key)

    def _is_plain(self, stretch: Sequence[_Line]) -> bool:
        """Whether the stretch is an exchange of words, and no recipe, table, list of people or of results."""
        if len(stretch) < _FEWEST:
            return False
        keys = Counter(line.key for line in stretch)
        asked = _is_asked(keys)
        paragraphs = stretch[-1].passage.number - stretch[0].passage.number + 1
        if len(stretch) * _SHARE[asked] < paragraphs:
            return False
        if asked:
            return True
        people = [line for line in stretch if self._may_speak(line)]
        if len(people) < _PEOPLE or len(people) * 3 < len(stretch):
            return False
        spoken = sum(self._is_spoken(line) for line in stretch)
        return spoken >= len(stretch) * (_ALIKE if len(keys) < len(stretch) else _ONCE)

    def _may_speak(self, line: _Line) -> bool:
        return line.key in _NOBODY or _is_name_like(line.more) or self._named(line) is not None

    def _is_spoken(self, line: _Line) -> bool:
        words = self._stream.text[line.words : line.passage.end]
        if words.rstrip("\"”’'").endswith("?"):
            return True
        return _spoken(words.lower())

    def _speaker(self, line: _Line, answering: Interviewee | None) -> ResolvedSpeaker | None:
        """Who speaks the paragraphs of a label."""
        if line.key in _ANSWER:
            return answering[0] if answering else None
        if set(line.key.split()) & _NOBODY:
            return None
        found = self._named(line)
        return found if found is not None and found.name not in self._asking else None

    def _is_somebody(self, name: str, own: Sequence[_Line]) -> bool:
        """Whether whoever is named in labels alone is plainly a person, and no hall or programme."""
        if name in self._told or name.split()[0].lower() in lexicon.FIRST_NAMES:
            return True
        text = self._stream.text
        return any(
            line.name.of(text).split()[0].strip(".").lower() in lexicon.TITLES
            or _I.search(text, line.words, line.passage.end)
            for line in own
        )

    def _only_asks(self, name: str, own: Mapping[str, Sequence[_Line]]) -> bool:
        """Whoever is named in labels alone and asks all, or the one the article is about, wrote it.

        own   the paragraphs of each person
        """
        if name in self._told:
            return False
        ends = [self._stream.text[line.words : line.passage.end].rstrip("\"”’'")[-1:] for line in own[name]]
        asked = ends.count("?")
        others = own.keys() - {name}
        if len(others) == 1 and others <= self._told:
            return asked > 0
        return len(ends) > 1 and asked * 5 >= len(ends) * 4

    @cached_property
    def _told(self) -> frozenset[str]:
        """Who is named elsewhere than in a label."""
        labels = {line.passage.first for line in self._lines}
        return frozenset(
            entity.name
            for mention in self._mentions.all
            if mention.kind is MentionKind.NAME and mention.begin not in labels
            if not asks_there(self._stream, mention)
            if (entity := self._coreference.entity(mention)) is not None
        )

    @cached_property
    def _initials(self) -> dict[str, dict[str, Mention]]:
        """Initials -> the people of the article whose names begin so."""
        found: dict[str, dict[str, Mention]] = defaultdict(dict)
        for mention in self._mentions.all:
            entity = self._coreference.entity(mention)
            if entity is not None and entity.is_person:
                found["".join(word[0] for word in entity.words)][entity.name] = mention
        return found

    def _is_name(self, line: _Line) -> bool:
        mention = self._mention(line)
        return mention is not None and mention.kind is MentionKind.NAME

    def _mention(self, line: _Line) -> Mention | None:
        first = line.passage.first
        found = next(iter(self._mentions.between(first, first + _MOST_WORDS)), None)
        return found if found is not None and found.end <= line.name.end else None

    def _named(self, line: _Line) -> ResolvedSpeaker | None:
        """The person whom a label names, None for one that names nobody whom the article makes known."""
        if line.key not in self._known:
            self._known[line.key] = self._find(line)
        return self._known[line.key]

    def _find(self, line: _Line) -> ResolvedSpeaker | None:
        other = self._chairs.get(line.key, "")
        written = other or line.name.of(self._stream.text)
        titles = [word.strip(".").lower() for word in written.split()]
        bare = written.split()
        while len(bare) > 1 and titles[len(titles) - len(bare)] in lexicon.TITLES:
            bare = bare[1:]
        titled = len(bare) < len(titles)
        name = " ".join(bare)
        name = name.title() if name.isupper() else name
        mention = self._mention(line) if not other else None
        known = self._coreference.named(name)
        if known is not None and lowered(bare[-1]) not in known.words:
            known = None  # somebody who is called so
        if written.lower().startswith("the ") or not lexicon.ORG_WORDS.isdisjoint(name.lower().split()):
            return None
        fuller = known is not None and len(known.words) > 1
        if len(bare) < 2 and not titled and not fuller:  # "Price: ...", of whom the article says nothing
            return self._by_initials(name) if written.isupper() else None
        role = mention is not None and mention.kind is not MentionKind.NAME
        if role or (known is None and mention is None and not other and not titled):
            return None
        found = self._coreference.speaker(_as_mention(line, name, titles[0] if titled else ""))
        return self._person(found[0]) if found is not None and found[1] >= _CERTAIN else None

    def _person(self, speaker: ResolvedSpeaker) -> ResolvedSpeaker | None:
        """The speaker as a person; a name that only labels have may have been taken for a body's."""
        if speaker.kind is SpeakerKind.ORGANIZATION:
            words = speaker.name.split()
            if speaker.name in self._told or len(words) not in _NAMES or not all(map(str.isalpha, words)):
                return None
            speaker = ResolvedSpeaker(speaker.name, SpeakerKind.PERSON)
        return _shown(speaker) if speaker.kind is SpeakerKind.PERSON else None

    def _by_initials(self, name: str) -> ResolvedSpeaker | None:
        """AL: the only person of the article whose names begin so."""
        letters = name.replace(".", "").lower()
        if len(letters) not in _INITIALS:
            return None
        people = self._initials.get(letters, {})
        if len(people) != 1:
            return None
        found = self._coreference.speaker(next(iter(people.values())))
        return found[0] if found else None

    def _words(self, line: _Line, after: _Line | None) -> tuple[Span, ...]:
        """What is said: behind the label, and in the paragraphs up to the next one."""
        text = self._stream.text
        said = [without_stage(text, line.words, line.passage.end)]
        number = line.passage.number
        following = self._parts[number + 1 : after.passage.number if after else number + 1]
        for part in following:
            if self._is_told(part, line):
                break
            if text[part.end - 1] in _ENDS:  # else a heading
                said.append(without_stage(text, part.start, part.end))
        return tuple(span for span in said if span is not None)

    def _is_told(self, part: Passage, line: _Line) -> bool:
        """Whether a paragraph without a label is the reporter's: it names who speaks, or speaks of others."""
        named = {
            entity.name
            for mention in self._mentions.between(part.first, part.last)
            if mention.kind is MentionKind.NAME and (entity := self._coreference.entity(mention)) is not None
        }
        speaker = self._named(line)
        if speaker is not None and speaker.name in named:
            return True
        tokens = self._stream.tokens[part.first : part.last]
        own = any(_spoken(token.lower) for token in tokens if token.is_word)
        return not own and (bool(named) or any(token.is_quote for token in tokens))


_NAMES = (2, 3)  # words
_INITIALS = (2, 3)  # letters
_CERTAIN = 0.8  # who is meant by a label
_ENDS = ".!?…\"”’')]—–-:;"


def _spoken(words: str) -> bool:
    """Whether somebody speaks of himself or to somebody."""
    return any(word.replace("’", "'") in _SPOKEN for word in _WORD.findall(words))


def _is_asked(keys: Counter[str]) -> bool:
    """Whether questions and answers are labelled as such."""
    asked, answered = (sum(keys[key] for key in kind) for kind in (_QUESTION, _ANSWER))
    return bool(asked and answered) and (asked + answered) * 2 > keys.total()


def _stretches(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Labelled paragraphs that stand near each other."""
    if not lines:
        return
    stretch = [lines[0]]
    for before, line in pairwise(lines):
        if line.passage.number - before.passage.number > _GAP + 1:
            yield stretch
            stretch = []
        stretch.append(line)
    yield stretch


def without_stage(text: str, start: int, end: int) -> Span | None:
    """Words without what is in brackets at their ends, "(Laughter.)"; None when nothing else is there."""
    opening = _STAGE.match(text, start, end)
    if opening:
        start = opening.end()
    while (
        start < end
        and text[end - 1] in ")]."
        and (at := max(text.rfind("(", start, end), text.rfind("[", start, end))) >= 0
    ):
        if _STAGE.fullmatch(text, at, end) is None or (at > start and not text[at - 1].isspace()):
            break
        end = at
        while end > start and text[end - 1].isspace():
            end -= 1
    return Span(start, end) if start < end and any(map(str.isalnum, text[start:end])) else None


def _turn(name: Span, speaker: ResolvedSpeaker, sure: float, parts: tuple[Span, ...], reason: str) -> _Turn:
    context = Span(
        min(name.start, parts[0].start) if name.end <= parts[0].start else parts[0].start, parts[-1].end
    )
    return _Turn(name, speaker, sure, parts, context, reason)


def _may_name(word: str) -> bool:
    return word[0].isupper() or word.lower() in _LINKS or word.lstrip("#").isdigit()


def _is_name_like(words: str) -> bool:
    """The second name of a label, "THE CHAIR (ANN LEE)", and no direction, "LEE (to Ek)"."""
    written = words.split()
    return len(written) > 1 and all(word[0].isupper() or word in _LINKS for word in written)


def _as_mention(line: _Line, name: str, title: str) -> Mention:
    return Mention(
        first=-1,
        last=0,
        start=line.name.start,
        end=line.name.end,
        kind=MentionKind.NAME,
        speaker_kind=SpeakerKind.PERSON,
        name=name,
        gender=lexicon.HONORIFICS.get(title, "") if title else "",
        titled=bool(title),
    )


def _shown(speaker: ResolvedSpeaker) -> ResolvedSpeaker:
    if not speaker.name.isupper():
        return speaker
    return ResolvedSpeaker(
        speaker.name.title(), speaker.kind, speaker.description, speaker.members, speaker.roles
    )
