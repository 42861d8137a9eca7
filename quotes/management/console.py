"""Quotes as text for a person at a terminal, and as the objects of `extract --format json`."""

import sys
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from itertools import pairwise
from typing import Any

from django.core.management.base import OutputWrapper
from django.core.management.color import supports_color
from django.utils.termcolors import make_style

from quotes.extraction import ExtractedQuote, Extraction, TextSpan

_LONGEST_LINE = 400
_LABEL = len("says so:")  # the width of what stands before an explanation


class Palette:
    """How words, speakers, mentions and cues look; plain where there are no colours."""

    def __init__(self, *, colour: bool) -> None:
        def style(**options: Any) -> Callable[[str], str]:
            paint: Callable[[str], str] = make_style(**options)
            return paint if colour else str

        self.words = style(fg="yellow", opts=("bold",))
        self.speaker = style(opts=("bold",))
        self.mention = style(fg="green")
        self.cue = style(fg="cyan")
        self.quiet = style(fg="white")

    @classmethod
    def of(cls, stdout: OutputWrapper, options: dict[str, Any]) -> "Palette":
        """The palette that the terminal and --no-color and --force-color ask for."""
        can = stdout.isatty() and supports_color() and not options["no_color"]
        return cls(colour=bool(options["force_color"] or can))


def speak_utf8() -> None:
    """Quotation marks are no ASCII, whatever the locale says of standard output."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def describe(extraction: Extraction, text: str, palette: Palette, *, explain: bool = False) -> Iterator[str]:
    """Lines that say what was found in `text`: the words, the speaker, the words that say so.

    With `explain` also why: the cue, the mention, and the reasons, the deciding one first.
    """
    for quote in extraction.quotes:
        yield palette.words(f"“{_one_line(quote.text)}”")
        yield f"    {_speaker(quote, palette)}"
        if quote.mention:
            yield f"    {_evidence(quote, text, palette)}"
        if explain:
            yield from (f"    {line}" for line in _explanation(quote, palette))
        yield ""
    for warning in extraction.warnings:
        yield f"warning: {warning}"


def _speaker(quote: ExtractedQuote, palette: Palette) -> str:
    if quote.speaker is None:
        return "nobody sure" + palette.quiet(f"  {quote.kind}")
    role = f", {quote.speaker.description}" if quote.speaker.description else ""
    how = palette.quiet(f"  {quote.kind}, {quote.confidence:.2f}")
    return f"{palette.speaker(quote.speaker.name)}{role}{how}"


def _evidence(quote: ExtractedQuote, text: str, palette: Palette) -> str:
    """The mention and the cue in the order of the text: `Mr Xi … said`."""
    found = [
        (span, paint) for span, paint in ((quote.mention, palette.mention), (quote.cue, palette.cue)) if span
    ]
    found.sort(key=lambda pair: pair[0].start)
    shown = found[0][1](_one_line(found[0][0].text))
    for (before, _), (span, paint) in pairwise(found):
        gap = " … " if text[before.end : span.start].strip() else " "
        shown += gap + paint(_one_line(span.text))
    return f"{palette.quiet('says so:')} {shown}"


def _explanation(quote: ExtractedQuote, palette: Palette) -> Iterator[str]:
    """The cue, the mention, the reasons and the rule, a line each, one below the other."""

    def line(label: str, words: str) -> str:
        return f"{palette.quiet(label.ljust(_LABEL))} {words}"

    yield line("cue:", palette.cue(f"“{_one_line(quote.cue.text)}”") if quote.cue else "none")
    yield line("mention:", palette.mention(f"“{_one_line(quote.mention.text)}”") if quote.mention else "none")
    for number, reason in enumerate(quote.reasons or ("no reason is given",)):
        yield line("" if number else "why:", _one_line(reason))
    if quote.rule:
        yield line("rule:", _one_line(quote.rule))


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"


def as_json(extraction: Extraction, *, explain: bool = False) -> dict[str, Any]:
    """`{"quotes": [...], "warnings": [...]}`, the contract of `manage.py extract`.

    With `explain` each quote has its "reasons" and its "rule", too.
    """
    return {
        "quotes": [
            _quote_json(quote) | (_explanation_json(quote) if explain else {}) for quote in extraction.quotes
        ],
        "warnings": list(extraction.warnings),
    }


def _quote_json(quote: ExtractedQuote) -> dict[str, Any]:
    speaker = quote.speaker
    # Joint speakers are joined by a bar, as in the gold that they are scored against.
    name = " | ".join(member.name for member in speaker.members) or speaker.name if speaker else ""
    return {
        "text": quote.text,
        "segments": [[segment.start, segment.end] for segment in quote.segments],
        "kind": quote.kind.value,
        "speaker": {"name": name, "kind": speaker.kind.value} if speaker else None,
        "mention": _span_json(quote.mention),
        "cue": _span_json(quote.cue),
        "confidence": round(quote.confidence, 4),
    }


def _explanation_json(quote: ExtractedQuote) -> dict[str, Any]:
    return {"reasons": list(quote.reasons), "rule": quote.rule}


def _span_json(span: TextSpan | None) -> dict[str, Any] | None:
    return {"text": span.text, "start": span.start, "end": span.end} if span else None
