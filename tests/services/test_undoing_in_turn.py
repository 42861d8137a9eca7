"""Any decisions about the quotes of an article, undone in turn, leave it as it was; redone, as it became."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User

from quotes.models import Quote, ReviewDecision, Speaker
from quotes.selectors import public_quotes
from quotes.services.corrections import add_note, add_quote, reopen, set_bounds, set_kind
from quotes.services.reassigning import attribute_all
from quotes.services.review import ReviewError, attribute, decide
from quotes.services.speakers import save_speaker
from quotes.services.splitting import join_quotes, split_quote
from quotes.services.undoing import redo, undo
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db

TALK = "\n\n".join(
    f"“{number} of us went,” {who} said. “It was {number.lower()} o’clock,” {who} said."
    for number in ("One", "Two", "Three")
    for who in ("Oona Marlowe", "Desmond Achterberg")
)
STEPS = 40
FACTS = (
    "pk", "text", "folded", "segments", "start", "end", "context", "context_start", "fragment", "kind",
    "speaker", "attributed_by", "confidence", "review_status", "mention_text", "cue_text", "reasons",
)  # fmt: skip


def state() -> tuple[list[Any], list[Any]]:
    """What there is, and what readers see of it."""
    there = Quote.objects.filter(gone_at=None).order_by("pk").values(*FACTS)
    return list(there), list(public_quotes().order_by("pk").values(*FACTS))


def taken(editor: User, random: np.random.Generator, speakers: list[Speaker]) -> list[Callable[[], Any]]:
    """Every kind of decision, about anything."""

    def one() -> Quote:
        rows = list(Quote.objects.filter(gone_at=None).order_by("pk"))
        return rows[int(random.integers(len(rows)))]

    def other() -> Quote:
        return one()

    def status() -> Quote.Status:
        return [status for status in Quote.Status if status != Quote.Status.UNREVIEWED][
            int(random.integers(4))
        ]

    def who() -> Speaker:
        return speakers[int(random.integers(len(speakers)))]

    def cut() -> Any:
        quote = one()
        return split_quote(quote=quote, at=int(random.integers(quote.start, quote.end)), editor=editor)

    def bounds() -> Any:
        quote = one()
        return set_bounds(quote=quote, segments=[(quote.start, quote.end - 2)], editor=editor)

    def add() -> Any:
        quote = one()
        start = int(random.integers(len(TALK) - 9))
        article = quote.revision.article
        return add_quote(article=article, segments=[(start, start + 9)], speaker=who(), editor=editor)

    return [
        lambda: decide(quotes=[one()], status=status(), editor=editor),
        lambda: decide(quotes=[one()], status=status(), editor=editor),
        lambda: attribute(quote=one(), speaker=who(), editor=editor),
        lambda: attribute_all(quote=one(), speaker=who(), editor=editor),
        lambda: set_kind(quote=one(), kind=Quote.Kind.values[int(random.integers(3))], editor=editor),
        lambda: join_quotes(quote=one(), others=[other(), other()], editor=editor),
        lambda: add_note(quote=one(), note="well", editor=editor),
        lambda: reopen(quotes=[one()], editor=editor),
        cut,
        bounds,
        add,
    ]


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_any_decisions_undone_in_turn_leave_all_as_it_was_and_redone_as_it_became(
    ingest: Ingest, editor: User, seed: int
) -> None:
    ingest(TALK)
    marta = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    random = np.random.default_rng(seed)
    steps = taken(editor, random, [marta, *Speaker.objects.exclude(pk=marta.pk).order_by("pk")])
    states, made = [state()], list[ReviewDecision]()
    for _ in range(STEPS):
        known = set(ReviewDecision.objects.values_list("pk", flat=True))
        with suppress(ReviewError):
            steps[int(random.integers(len(steps)))]()
        new = ReviewDecision.objects.exclude(pk__in=known).exclude(action="note").order_by("pk").first()
        if new:
            made.append(new)
            states.append(state())
    assert len(made) > STEPS // 3
    for step, before in zip(reversed(made), reversed(states[:-1]), strict=True):
        assert undo(quote=step.quote, decision=step.pk, whole=True, editor=editor)
        assert state() == before, step.action
    for step, after in zip(made, states[1:], strict=True):
        assert redo(quote=step.quote, decision=step.pk, whole=True, editor=editor)
        assert state() == after, step.action
