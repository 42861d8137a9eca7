"""How often the extractor was right, by what editors decided, and which threshold that speaks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from quotes.accuracy import Advice, Band, Share, above, advise, bands
from quotes.admin.marking import MEDIA
from quotes.judgements import MOST, NOT_COUNTED, Judgements, Outcome, judgements
from quotes.models import Quote

_PRECISION = 97  # in a hundred
_WEEKS = 26
_SOURCES = 25
_SIDE = 400  # of the plot, in its own units; with room for what is written beside it
_LEFT, _TOP = 64, 12
_DOT = (3.0, 11.0)  # the smallest and the largest radius

_TOLD = {
    Outcome.RIGHT: "approved as it was: that speaker, those words",
    Outcome.SPEAKER: "given to another speaker",
    Outcome.WORDS: "begins or ends elsewhere",
    Outcome.NO_QUOTE: "rejected: nobody said it",
    Outcome.REJECTED: "rejected for another reason, or for none that was told",
    Outcome.RETRACTED: "retracted after it was public",
    Outcome.DUPLICATE: "rejected as a duplicate",
    Outcome.DISPUTED: "disputed",
}


class PrecisionForm(forms.Form):
    precision = forms.FloatField(
        label="Of a hundred quotes that are published unreviewed, right should be",
        min_value=50,
        max_value=99.9,
        initial=_PRECISION,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )


@dataclass(frozen=True, slots=True)
class Dot:
    """A band on the plot: where it stands, how large it is, and its interval, in the plot's units."""

    x: float
    y: float
    radius: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Plot:
    """What the template draws: confidence from left to right, share right from below."""

    dots: Sequence[Dot]
    current: float
    suggested: float | None
    ticks: Sequence[tuple[str, float, float]]  # what it says, how far from the left, how far from the top
    left: int = _LEFT
    right: int = _LEFT + _SIDE
    top: int = _TOP
    bottom: int = _TOP + _SIDE
    width: int = _LEFT + _SIDE + 24
    height: int = _TOP + _SIDE + 52
    center: int = _LEFT + _SIDE // 2
    middle: int = _TOP + _SIDE // 2


def accuracy_page(request: HttpRequest) -> HttpResponse:
    """For whoever may look at quotes."""
    if not request.user.has_perm("quotes.view_quote"):
        raise PermissionDenied
    form = PrecisionForm(request.GET if "precision" in request.GET else {"precision": _PRECISION})
    wanted = form.cleaned_data["precision"] if form.is_valid() else _PRECISION
    found = judgements()
    advice = advise(found.hundredths, wanted / 100)
    by_band = bands(found.hundredths, found.confidences)
    weeks = [(f"{week:%-d %b %Y}", share) for week, share in found.weeks.items()]
    kinds = [(Quote.Kind(kind).label, share) for kind, share in found.kinds.items()]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "How often the extractor is right",
        "styles": MEDIA["all"],
        "form": form,
        "found": found,
        "most": MOST,
        "outcomes": _outcomes(found),
        "advice": advice,
        "now": above(found.hundredths, settings.PUBLISH_THRESHOLD),
        "threshold": settings.PUBLISH_THRESHOLD,
        "bands": by_band,
        "plot": _plot(by_band, advice),
        "tables": (
            ("By week", "Week from", weeks[:_WEEKS]),
            ("By outlet", "Outlet", list(found.sources.items())[:_SOURCES]),
            ("By kind", "Kind", kinds),
        ),
    }
    return TemplateResponse(request, "admin/quotes/accuracy.html", context)


def _outcomes(found: Judgements) -> Iterable[tuple[str, int, str]]:
    """What became of the extractor's claims: in words, how many, and what it counts as."""
    for outcome, told in _TOLD.items():
        counts_as = "right" if outcome is Outcome.RIGHT else "wrong"
        yield told, found.outcomes[outcome], "not counted" if outcome in NOT_COUNTED else counts_as
    yield "approved, where the extractor had named nobody or found nothing", found.unclaimed, "not counted"


def _plot(by_band: Sequence[Band], advice: Advice) -> Plot:
    most = max((band.share.count for band in by_band), default=1)
    return Plot(
        dots=[_dot(band.confidence, band.share, most) for band in by_band],
        current=_across(settings.PUBLISH_THRESHOLD),
        suggested=None if advice.threshold is None else _across(advice.threshold),
        ticks=[(f"{tenth / 10:g}", _across(tenth / 10), _down(tenth / 10)) for tenth in range(0, 11, 2)],
    )


def _dot(confidence: float, share: Share, most: int) -> Dot:
    """Its area is as the number of decisions."""
    smallest, largest = _DOT
    radius = max(smallest, largest * (share.count / most) ** 0.5)
    low, high = share.interval
    return Dot(_across(confidence), _down(share.value), round(radius, 1), _down(high), _down(low))


def _across(value: float) -> float:
    return round(_LEFT + _SIDE * value, 1)


def _down(value: float) -> float:
    return round(_TOP + _SIDE * (1 - value), 1)
