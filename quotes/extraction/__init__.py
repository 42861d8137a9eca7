"""Quotes and their speakers out of article text: pure, no Django.

>>> from quotes.extraction import extract_quotes
>>> extract_quotes('“No,” Ann Lee said.').quotes[0].speaker.name
'Ann Lee'
"""

from .batch import extract_many
from .pipeline import extract_quotes
from .types import (
    ExtractedQuote,
    Extraction,
    FailedExtraction,
    QuoteKind,
    ResolvedSpeaker,
    Span,
    SpeakerKind,
    TextSpan,
)

EXTRACTOR_VERSION = "network-4.2"

__all__ = [
    "EXTRACTOR_VERSION",
    "ExtractedQuote",
    "Extraction",
    "FailedExtraction",
    "QuoteKind",
    "ResolvedSpeaker",
    "Span",
    "SpeakerKind",
    "TextSpan",
    "extract_many",
    "extract_quotes",
]
