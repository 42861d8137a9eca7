"""An evaluation as tables for a person, and as the objects of `evaluate --json`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from quotes.management.console import Palette
from quotes.training.breakdowns import Row, problem
from quotes.training.gold import GoldQuote, PredictedQuote
from quotes.training.scoring import PRECISION, Counts, Figures, Verdict

_HEADINGS = {
    "mention": "By gold mention",
    "quote": "By kind of quote",
    "rule": "By what decided",
    "tag": "By tag of the gold",
    "article": "By article, worst first",
}
_WORST_ARTICLES = 10
_WORDS = 80  # characters of the words shown
_AROUND = 160  # characters of the text shown on either side


def describe_figures(title: str, measured: Figures, palette: Palette) -> Iterator[str]:
    """The table of one gold."""
    yield palette.speaker(title)
    yield palette.quiet(f"{'':<16}      P      R     F1    right   wrong  missed")
    for label, counts in _counts(measured):
        shares = "  ".join(_percent(share) for share in (counts.precision, counts.recall, counts.f1))
        yield f"{label:16}  {shares}   {counts.tp:6}  {counts.fp:6}  {counts.fn:6}"
    yield "F1: " + ", ".join(f"{label} {counts.f1:.4f}" for label, counts in _counts(measured))
    yield (
        f"named persons, strict: {measured.persons_right}/{measured.persons}   "
        f"unsure, skipped: {measured.unsure}   articles without output: {measured.without_output}"
    )
    for band in measured.bands:
        right = _percent(band.right)
        yield f"  confidence {band.low:.1f}-{band.high:.1f}: {band.count:5} quotes, right {right}"
    if measured.calibration_error is not None and measured.publishable is not None:
        yield (
            f"  calibration error {_percent(measured.calibration_error)}; share of attributed quotes "
            f"publishable at {PRECISION:.0%} precision {_percent(measured.publishable)}"
        )
    yield ""


def describe_names(measured: Mapping[str, Counts]) -> Iterator[str]:
    """The table of names, by type."""
    yield f"{'names, exact':<16}      P      R     F1    right   wrong  missed"
    for label, counts in measured.items():
        shares = "  ".join(_percent(share) for share in (counts.precision, counts.recall, counts.f1))
        yield f"{label:16}  {shares}   {counts.tp:6}  {counts.fp:6}  {counts.fn:6}"
    yield ""


def describe_breakdown(name: str, rows: Sequence[Row], palette: Palette) -> Iterator[str]:
    """The table of one breakdown; nothing where it has no rows."""
    if name == "article":
        rows = [row for row in rows if row.strict < row.count][:_WORST_ARTICLES]
    if not rows:
        return
    yield palette.speaker(f"{_HEADINGS[name]:<38}  quotes  strict  lenient  mention")
    for row in rows:
        shares = (row.strict, row.lenient, row.mention)
        shown = "   ".join(_percent(share / row.count) for share in shares)
        yield f"  {row.label:<36.36}  {row.count:6}   {shown}"
    yield ""


def describe_error(verdict: Verdict, palette: Palette) -> Iterator[str]:
    """One mistake: where, the words, who said it, who was named and why, and the text around."""
    gold, predicted = verdict.gold, verdict.predicted
    confidence = predicted.confidence if predicted else None
    sure = "  -  " if confidence is None else f"{confidence:.3f}"
    place = f"{verdict.article.id}, {verdict.span.start}"
    yield f"{sure}  {palette.speaker(problem(verdict))}  {palette.quiet(place)}"
    yield f"    {palette.words(_middle_cut(verdict.span.of(verdict.article.text)))}"
    yield f"    gold   {_gold(gold, palette)}"
    yield f"    found  {_predicted(verdict, palette)}"
    if predicted and (why := "; ".join(filter(None, (predicted.decided_by, *predicted.reasons)))):
        yield f"    why    {why}"
    yield f"    {palette.quiet(context(verdict))}"
    yield ""


def context(verdict: Verdict) -> str:
    """The text around the words, on one line, the words themselves shortened."""
    text, span = verdict.article.text, verdict.span
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    opening = "…" if span.start > _AROUND else ""
    closing = "…" if span.end + _AROUND < len(text) else ""
    words = _middle_cut(span.of(text))
    # Line breaks part words and quotes as well as spaces do.
    return " ".join(f"{opening}{before}{words}{after}{closing}".split())


def figures_json(measured: Figures) -> dict[str, Any]:
    """All figures of a table, shares as numbers from 0 to 1."""
    shares = {
        name: asdict(counts) | {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
        for name, counts in (
            ("speech", measured.speech),
            ("mention", measured.mention),
            ("lenient", measured.lenient),
            ("strict", measured.strict),
        )
    }
    return asdict(measured) | shares


def breakdowns_json(tables: dict[str, list[Row]]) -> dict[str, list[dict[str, Any]]]:
    return {name: [asdict(row) for row in rows] for name, rows in tables.items()}


def error_json(verdict: Verdict) -> dict[str, Any]:
    gold, predicted = verdict.gold, verdict.predicted
    return {
        "problem": problem(verdict),
        "article": verdict.article.id,
        "start": verdict.span.start,
        "end": verdict.span.end,
        "words": verdict.span.of(verdict.article.text),
        "gold": {
            "speaker": gold.speaker or None,
            "type": gold.type or None,
            "mention": gold.mention or None,
            "tags": list(gold.tags),
        }
        if gold
        else None,
        "predicted": {
            "speaker": predicted.speaker,
            "mention": _mention(verdict, predicted) or None,
            "confidence": predicted.confidence,
            "decided_by": predicted.decided_by,
            "reasons": list(predicted.reasons),
        }
        if predicted
        else None,
        "context": context(verdict),
    }


def _counts(measured: Figures) -> list[tuple[str, Counts]]:
    return [
        ("speech span", measured.speech),
        ("mention", measured.mention),
        ("speaker lenient", measured.lenient),
        ("speaker strict", measured.strict),
    ]


def _percent(share: float) -> str:
    return f"{100 * share:5.1f}"


def _middle_cut(words: str) -> str:
    line = " ".join(words.split())
    half = _WORDS // 2
    return line if len(line) <= _WORDS else f"{line[:half]} … {line[-half:]}"


def _gold(gold: GoldQuote | None, palette: Palette) -> str:
    if gold is None:
        return "no quote here"
    if not gold.speech:
        return "nobody: it is no speech"
    tags = palette.quiet(f"  {', '.join(gold.tags)}") if gold.tags else ""
    return f"{palette.speaker(gold.speaker)}, by {palette.mention(gold.mention)}{tags}"


def _predicted(verdict: Verdict, palette: Palette) -> str:
    if verdict.predicted is None:
        return "no quote here"
    mention = _mention(verdict, verdict.predicted)
    by = f", by {palette.mention(mention)}" if mention else ""
    return f"{palette.speaker(verdict.predicted.speaker or 'nobody')}{by}"


def _mention(verdict: Verdict, predicted: PredictedQuote) -> str:
    return " ".join(predicted.mention.of(verdict.article.text).split()) if predicted.mention else ""
