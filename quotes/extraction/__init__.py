"""Quotes and their speakers out of article text: pure, no Django.

>>> from quotes.extraction import extract_quotes
>>> extract_quotes('“No,” Ann Lee said.').quotes[0].speaker.name
'Ann Lee'
"""

from collections.abc import Generator, Iterable

from quotes.extraction.types import (
    ExtractedQuote,
    Extraction,
    FailedExtraction,
    QuoteKind,
    ResolvedSpeaker,
    Span,
    SpeakerKind,
    TextSpan,
)

EXTRACTOR_VERSION = "network-6.1"

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


# What reads is imported by who reads: a web process shows quotes without spaCy, half a second and 60 MB.


def extract_quotes(text: str, *, transcripts: bool = True) -> Extraction:
    """The quotes of `text` with their speakers, in order: see `pipeline.extract_quotes`."""
    from quotes.extraction.pipeline import extract_quotes

    return extract_quotes(text, transcripts=transcripts)


def extract_many(
    texts: Iterable[str], *, processes: int | None = None, transcripts: bool = True
) -> Generator[Extraction, None, None]:
    """The extraction of each of `texts`, in their order, on all cores: see `batch.extract_many`."""
    from quotes.extraction.parallel.batch import extract_many

    return extract_many(texts, processes=processes, transcripts=transcripts)
