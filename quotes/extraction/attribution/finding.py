"""What the text says so plainly of a span that nothing needs to be weighed."""

from dataclasses import dataclass

from quotes.extraction.attribution.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Finding:
    """Whose words a span is, or, with no candidate, that it is nobody's who is named; and why, in words."""

    candidate: Candidate | None
    reason: str
