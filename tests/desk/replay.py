"""200 decisions replayed in a browser, and what they cost an editor and the server.

`make bench` runs it: python -m tests.engines postgresql tests/desk/replay.py -q -s
"""

import sys
from collections import Counter
from itertools import cycle
from typing import Any

import numpy as np
from playwright.sync_api import Request, expect

from quotes.bench.archive import archive
from quotes.models import ReviewDecision
from tests.conftest import Ingest
from tests.desk.editors import REVIEW, Desk
from tests.desk.test_views import NEXT

_DECISIONS, _ARTICLES = 200, 25
# Of 20 quotes as an editor meets them: most are right, some have another speaker or other ends.
_STEPS = ("approve",) * 13 + ("reject", "reject", "give", "give", "bounds", "dispute", "undo")
_KEYS = {"approve": "a", "reject": "r1", "undo": "z"}


class Costs:
    """Keys that are pressed, and how long the server takes for each answer, in milliseconds."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.keys: Counter[str] = Counter()
        self.steps: Counter[str] = Counter()
        self.decisions: list[float] = []
        self.pages: list[float] = []
        desk.page.on("requestfinished", self._answered)

    def press(self, step: str, *keys: str) -> None:
        self.keys[step] += len(keys)
        self.desk.press(*keys)

    def type(self, step: str, words: str) -> None:
        self.keys[step] += len(words)
        self.desk.page.keyboard.type(words)

    def _answered(self, request: Request) -> None:
        taken = request.timing["responseStart"] - request.timing["requestStart"]
        if request.method == "POST" and REVIEW in request.url:
            self.decisions.append(taken)
        elif request.resource_type == "document" and not request.redirected_to:
            self.pages.append(taken)


def test_two_hundred_decisions(desk: Desk, ingest: Ingest, capsys: Any) -> None:
    for article in archive(_ARTICLES):
        ingest(**{key: article[key] for key in ("text", "url", "title", "source")})
    costs = Costs(desk)
    desk.page.goto(f"{NEXT}?queue=open")
    for step in cycle(_STEPS):
        if costs.steps.total() == _DECISIONS:
            break
        if "All reviewed" in desk.page.locator(".left").inner_text():
            with desk.page.expect_navigation():
                costs.press("next article", "n")
            expect(desk.page.locator("#quote h2")).to_contain_text("uote")
        _find_open(costs)
        _decide(costs, step)
    expect(desk.page.locator(".is-saving")).to_have_count(0)
    expect(desk.page.locator("#unsaved .card")).to_have_count(0)

    decisions = ReviewDecision.objects.filter(editor__isnull=False)
    assert decisions.count() == _DECISIONS
    assert len(desk.loads) == decisions.values("quote__revision").distinct().count()
    with capsys.disabled():
        sys.stdout.write(_told(costs, len(desk.loads)))


def _find_open(costs: Costs) -> None:
    """To a quote that nobody reviewed: after new bounds and a dispute the desk stays where it is."""
    status = costs.desk.page.locator("#quote .tag").first
    for key in ("j",) * 30 + ("k",) * 30:
        if status.inner_text() == "Unreviewed":
            return
        costs.press("to another quote", key)


def _decide(costs: Costs, step: str) -> None:
    """One decision about the quote that is shown, and wait until it is saved, as nobody has to."""
    page = costs.desk.page
    costs.steps[step] += 1
    with page.expect_response(lambda answer: answer.request.method == "POST" and REVIEW in answer.url):
        if step == "give":
            costs.press(step, "s")
            name = page.locator("#who [role=option]").last.inner_text().split()[0]
            costs.type(step, name.lower())
            costs.press(step, "Enter")
        elif step == "bounds":
            costs.press(step, "b", "ArrowRight", "Enter")
        elif step == "dispute":
            costs.press(step, "d", "Enter")
        else:
            costs.press(step, *_KEYS[step])
    expect(page.locator(".is-saving")).to_have_count(0)


def _told(costs: Costs, loads: int) -> str:
    steps = [*costs.steps, "next article"]
    lines = [f"{'':16}{'times':>8}{'keys each':>12}"]
    for step in steps:
        times = costs.steps[step] or loads - 1
        lines.append(f"{step:16}{times:>8}{costs.keys[step] / max(times, 1):>12.1f}")
    lines.append(f"{costs.keys.total() / _DECISIONS:.2f} keys a decision, {loads} pages")
    for name, taken in (("decision", costs.decisions), ("page", costs.pages)):
        middle, most = np.percentile(taken, (50, 95))
        lines.append(f"a {name}, server: half within {middle:.0f} ms, 95 of 100 within {most:.0f} ms")
    return "".join(f"\n{line}" for line in lines) + "\n"
