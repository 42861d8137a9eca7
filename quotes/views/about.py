"""What this is, how often it is right, and how errors are corrected."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quotes.accuracy import percent
from quotes.extraction import EXTRACTOR_VERSION
from quotes.judgements import MOST, judgements
from quotes.views.keeping import remembered
from quotes.views.sending import page

_KEPT = 3600  # seconds
_LEAST = 50  # decisions under which a share says nothing


@dataclass(frozen=True, slots=True)
class Measured:
    """Of articles that were marked up by hand: in a hundred quotes, as docs/quality.md has them.

    whose    F1 of the right words with the right person
    sure     of those with a confidence of 0.9 or over, how many have the right person
    """

    what: str
    articles: int
    quotes: str
    whose: str
    sure: str


# The shipped version's, from docs/quality.md: a test holds that they are the same.
MEASURED = (
    Measured("70 papers of Africa, Asia, Latin America and Oceania", 116, "671", "85.9", "98.1"),
    Measured("the BBC", 92, "766", "90.6", "98.4"),
    Measured("United States politics (PolNeAR)", 84, "868", "91.6", "99.2"),
    Measured("articles of our own, most of them hard cases", 50, "1,079", "86.7", "97.1"),
)


@require_safe
def about_page(request: HttpRequest) -> HttpResponse:
    total = remembered("about:judgements", _KEPT, judgements).total
    context = {
        "version": EXTRACTOR_VERSION,
        "measured": MEASURED,
        "threshold": settings.PUBLISH_THRESHOLD,
        "judged": total if total.count >= _LEAST else None,
        "judged_most": MOST,
        "share": percent(total.value),
    }
    return page(request, "quotes/about.html", context)
