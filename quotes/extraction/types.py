"""What extraction finds, as frozen values.

Every offset is a code-point offset into the text that was given to `extract_quotes`, half open:
`text[start:end]` is the words. Half of a surrogate pair is no character: it is read as U+FFFD, one for one.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class QuoteKind(StrEnum):
    DIRECT = "direct"  # a whole clause or sentence of the speaker's
    PARTIAL = "partial"  # words of the speaker's inside the reporter's own sentence
    TRANSCRIPT = "transcript"  # a turn of a transcript or an interview, told by a label and no marks


class SpeakerKind(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of the text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Words of the text and where they stand: a mention ("he", "Mr Xi") or a cue ("said", "according to")."""

    text: str
    start: int
    end: int

    @classmethod
    def at(cls, text: str, start: int, end: int) -> "TextSpan":
        return cls(Span(start, end).of(text), start, end)


@dataclass(frozen=True, slots=True)
class ResolvedSpeaker:
    """Who a mention is, as far as this one article tells.

    `name` is the fullest name that the article gives, without titles ("Xi Jinping"); roles go to
    `description` ("Kremlin spokesperson"), and with others that the article gives to `roles`. Joint speakers
    have one `members` entry each and are a group.
    """

    name: str
    kind: SpeakerKind
    description: str = ""
    members: tuple["ResolvedSpeaker", ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractedQuote:
    """One utterance.

    text        the words, marks left out; segments joined by one space
    segments    where they stand; several where an attribution clause interrupts one utterance, or a turn of
                a transcript has several paragraphs
    mention     the words that say who speaks, None when nobody is found
    cue         the words that say that it is speech ("said"), None for verb-less attribution
    confidence  0..1: how sure it is that `speaker` said this; 0 when there is no speaker
    context     the reporter's sentence around the words, marks included; of a turn the paragraphs
    reasons     why, in words for an editor, the deciding one first
    rule        the construction or feature group that decided, "" when nobody is found
    """

    text: str
    segments: tuple[Span, ...]
    kind: QuoteKind
    speaker: ResolvedSpeaker | None
    mention: TextSpan | None
    cue: TextSpan | None
    confidence: float
    context: Span
    reasons: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The quotes of one text in the order of their first words, and what was odd about the text."""

    quotes: tuple[ExtractedQuote, ...] = ()
    warnings: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class FailedExtraction(Extraction):
    """Stands where the quotes of a text would, when it could not be read; `error` says why."""

    error: str = ""
