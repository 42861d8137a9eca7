"""Quotes as a person at a terminal sees them."""

from quotes.extraction import (
    ExtractedQuote,
    Extraction,
    QuoteKind,
    ResolvedSpeaker,
    Span,
    SpeakerKind,
    TextSpan,
)
from quotes.management.console import Palette, as_json, describe

TEXT = "“No,” said the mayor.\n"


def explained(quote: ExtractedQuote) -> list[str]:
    return list(describe(Extraction((quote,)), TEXT, Palette(colour=False), explain=True))


SAID = ExtractedQuote(
    text="No",
    segments=(Span(1, 3),),
    kind=QuoteKind.DIRECT,
    speaker=ResolvedSpeaker("Ann Lee", SpeakerKind.PERSON, "the mayor"),
    mention=TextSpan.at(TEXT, 11, 20),
    cue=TextSpan.at(TEXT, 6, 10),
    confidence=0.9,
    context=Span(0, 21),
    reasons=("‘said’ next\nto the quote", "‘the mayor’ is Ann Lee"),
    rule="next",
)
NOBODY = ExtractedQuote(
    text="No",
    segments=(Span(1, 3),),
    kind=QuoteKind.PARTIAL,
    speaker=None,
    mention=None,
    cue=None,
    confidence=0.0,
    context=Span(0, 21),
)


def test_an_explanation_names_the_cue_the_mention_the_reasons_and_the_rule() -> None:
    assert explained(SAID) == [
        "“No”",
        "    Ann Lee, the mayor  direct, 0.90",
        "    says so: said the mayor",
        "    cue:     “said”",
        "    mention: “the mayor”",
        "    why:     ‘said’ next to the quote",
        "             ‘the mayor’ is Ann Lee",
        "    rule:    next",
        "",
    ]


def test_an_explanation_says_what_is_missing() -> None:
    assert explained(NOBODY)[2:] == [
        "    cue:     none",
        "    mention: none",
        "    why:     no reason is given",
        "",
    ]


def test_only_an_explanation_has_reasons_in_json() -> None:
    (plain,) = as_json(Extraction((SAID,)))["quotes"]
    (explained,) = as_json(Extraction((SAID,)), explain=True)["quotes"]
    assert explained == plain | {"reasons": list(SAID.reasons), "rule": "next"}
    assert not {"reasons", "rule"} & set(plain)
