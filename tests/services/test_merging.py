"""Merges and moves of speakers: what follows from them at once, and that undoing them restores every row."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.models import (
    Article,
    Link,
    Quote,
    RoleStatement,
    Speaker,
    SpeakerAlias,
    SpeakerChange,
    SpeakerKey,
)
from quotes.selectors import public_quotes, withdrawn_quotes
from quotes.services.extract import extract_article
from quotes.services.merging import (
    MergeError,
    merge_speakers,
    move_quotes,
    rename_speaker,
    undo_change,
)
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db


@pytest.fixture
def oona(article: Article) -> Speaker:
    return Speaker.objects.get(slug="oona-marlowe")


@pytest.fixture
def other(ingest: Ingest, oona: Speaker) -> Speaker:
    ingest("The board met. “Never,” said Una Merlow, a pilot.", url="https://two.example/1")
    return Speaker.objects.get(slug="una-merlow")


SPEAKER_FIELDS = ("id", "public_id", "name", "slug", "kind", "description", "merged_into")


def record() -> dict[str, Any]:
    """Every row that says who said what."""
    return {
        "speakers": list(Speaker.objects.order_by("pk").values(*SPEAKER_FIELDS)),
        "aliases": sorted(SpeakerAlias.objects.values_list("speaker", "folded", "name", "origin", "count")),
        "keys": sorted(SpeakerKey.objects.values_list("speaker", "key")),
        "roles": list(RoleStatement.objects.order_by("pk").values()),
        "links": list(Link.objects.order_by("pk").values()),
        "quotes": list(Quote.objects.order_by("pk").values()),
    }


def test_a_merge_moves_the_quotes_and_the_names(oona: Speaker, other: Speaker, editor: User) -> None:
    merge_speakers(source=other, target=oona, editor=editor)
    assert Quote.objects.get(text__startswith="Never").speaker == oona
    assert set(oona.aliases.values_list("name", flat=True)) == {"Oona Marlowe", "Una Merlow"}
    assert RoleStatement.objects.get(role="pilot").speaker == oona
    other.refresh_from_db()
    assert other.merged_into == oona


def test_the_old_page_feed_and_api_address_redirect(
    oona: Speaker, other: Speaker, editor: User, client: Client
) -> None:
    merge_speakers(source=other, target=oona, editor=editor)
    for old, new in (
        ("/speakers/una-merlow/", "/speakers/oona-marlowe/"),
        ("/speakers/una-merlow/feed.atom", "/speakers/oona-marlowe/feed.atom"),
        ("/api/v1/speakers/una-merlow/", "/api/v1/speakers/oona-marlowe/"),
    ):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"].removeprefix("http://testserver")) == (301, new)


def test_after_a_merge_the_name_leads_to_the_other_in_old_and_new_articles(
    oona: Speaker, other: Speaker, editor: User, ingest: Ingest
) -> None:
    merge_speakers(source=other, target=oona, editor=editor)
    for article in Article.objects.all():
        extract_article(article_id=article.pk, force=True)
    article = ingest("The board met. “No,” said Una Merlow.", url="https://two.example/2")
    assert Link.objects.get(article=article).speaker == oona
    assert not Quote.objects.filter(speaker=other).exists()


def test_a_merge_undone_restores_every_row(oona: Speaker, other: Speaker, editor: User) -> None:
    before = record()
    change = merge_speakers(source=other, target=oona, editor=editor)
    assert record() != before
    undo_change(change=change, editor=editor)
    assert record() == before


def test_a_body_that_was_taken_for_a_person_becomes_one_with_it_and_stays_so(
    ingest: Ingest, oona: Speaker, editor: User
) -> None:
    text = "The board met. “No,” said Oona Marlowe Ltd in a statement."
    ingest(text, url="https://two.example/1")
    body = Link.objects.get(article__canonical_url="https://two.example/1").speaker
    assert (body.kind, body.merged_into) == ("organization", None)
    before = record()
    change = merge_speakers(source=oona, target=body, editor=editor)
    again = ingest("The board met. “No,” said Oona Marlowe.", url="https://two.example/2")
    assert Link.objects.get(article=again).speaker == body
    undo_change(change=change, editor=editor)
    restored(before, record())


def test_what_came_after_a_merge_stays_where_it_came(
    oona: Speaker, other: Speaker, editor: User, ingest: Ingest
) -> None:
    change = merge_speakers(source=other, target=oona, editor=editor)
    ingest("The board met. “No,” said Una Merlow.", url="https://two.example/2")
    undo_change(change=change, editor=editor)
    assert Quote.objects.get(text__startswith="No").speaker == oona
    assert Quote.objects.get(text__startswith="Never").speaker == other


def test_quotes_moved_to_a_new_speaker_leave_tombstones_and_stay_there(
    oona: Speaker, kettles: Quote, editor: User
) -> None:
    quotes = list(Quote.objects.filter(speaker=oona))
    change = move_quotes(quotes=quotes, target="Oona Marlowe", editor=editor, note="another Oona")
    assert change.target.slug == "oona-marlowe-2"
    assert set(public_quotes().filter(speaker=change.target)) == set(quotes)
    assert set(withdrawn_quotes(oona)) == set(quotes)
    extract_article(article_id=kettles.revision.article_id, force=True)
    assert not Quote.objects.filter(speaker=oona).exists()
    undo_change(change=change, editor=editor)
    assert set(public_quotes().filter(speaker=oona)) == set(quotes)
    assert not withdrawn_quotes(oona).exists()


def test_the_tombstones_of_a_merged_speaker_are_in_the_feed_that_its_own_leads_to(
    oona: Speaker, other: Speaker, editor: User
) -> None:
    desmond = Speaker.objects.get(slug="desmond-achterberg")
    moved = list(Quote.objects.filter(speaker=other))
    move_quotes(quotes=moved, target=desmond, editor=editor)
    merge_speakers(source=other, target=oona, editor=editor)
    assert set(withdrawn_quotes(oona)) == set(moved)


def test_steps_that_make_no_sense_are_refused_and_change_nothing(
    oona: Speaker, other: Speaker, editor: User
) -> None:
    change = merge_speakers(source=other, target=oona, editor=editor)
    before = record()
    refused: list[tuple[Callable[[], Any], str]] = [
        (lambda: merge_speakers(source=oona, target=oona, editor=editor), "the same on both sides"),
        (lambda: merge_speakers(source=other, target=oona, editor=editor), "merged already"),
        (lambda: move_quotes(quotes=[], target=oona, editor=editor), "at least one"),
        (lambda: move_quotes(quotes=Quote.objects.all(), target=oona, editor=editor), "of one speaker"),
        (lambda: move_quotes(quotes=Quote.objects.filter(speaker=oona), target=" ", editor=editor), "name"),
        (
            lambda: move_quotes(quotes=Quote.objects.filter(speaker=oona), target=other, editor=editor),
            "merged",
        ),
    ]
    for step, why in refused:
        with pytest.raises(MergeError, match=why):
            step()
    assert record() == before
    undo_change(change=change, editor=editor)
    with pytest.raises(MergeError, match="undone already"):
        undo_change(change=change, editor=editor)


def test_a_merge_that_another_stands_on_is_undone_after_it(
    oona: Speaker, other: Speaker, editor: User
) -> None:
    desmond = Speaker.objects.get(slug="desmond-achterberg")
    before = record()
    first = merge_speakers(source=other, target=oona, editor=editor)
    second = merge_speakers(source=oona, target=desmond, editor=editor)
    with pytest.raises(MergeError, match="undo that first"):
        undo_change(change=first, editor=editor)
    undo_change(change=second, editor=editor)
    undo_change(change=first, editor=editor)
    assert record() == before


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "move", "split", "rename", "undo", "ingest"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=7,
)
NAMES = ("Oona Marlowe", "Desmond Achterberg", "Una Merlow")
SLUGS = ("oona-marlowe", "desmond-achterberg", "una-merlow")


class History:
    """Editors at work on three speakers, and articles that come in meanwhile."""

    def __init__(self, ingest: Ingest, editor: User) -> None:
        self.ingest, self.editor = ingest, editor
        self.speakers = [Speaker.objects.get(slug=slug) for slug in SLUGS]
        self.open: list[SpeakerChange] = []
        self.articles = 0

    def take(self, step: str, one: int, two: int) -> None:
        source, target = self.speakers[one % 3], self.speakers[two % 3]
        quotes = Quote.objects.filter(speaker=source)[: 1 + one % 2]
        if step == "merge":
            self.open.append(merge_speakers(source=source, target=target, editor=self.editor))
        elif step == "move":
            self.open.append(move_quotes(quotes=quotes, target=target, editor=self.editor))
        elif step == "split":
            self.open.append(move_quotes(quotes=quotes, target=source.name, editor=self.editor))
        elif step == "rename":
            name = f"{NAMES[one % 3]} {['Lind', 'Ek', 'Holm'][two % 3]}"
            self.open.append(rename_speaker(speaker=source, name=name, editor=self.editor))
        elif step == "undo" and self.open:
            undo_change(change=self.open.pop(), editor=self.editor)
        elif step == "ingest":
            self.articles += 1
            text = f"The board met. “Number {self.articles},” said {NAMES[one % 3]}."
            self.ingest(text, url=f"https://three.example/{self.articles}")

    def undo_all(self) -> None:
        while self.open:
            undo_change(change=self.open.pop(), editor=self.editor)


def addresses(client: Client) -> dict[str, tuple[int, str]]:
    """Where each address of the first three leads."""
    paths = [path for slug in SLUGS for path in (f"/speakers/{slug}/", f"/speakers/{slug}/feed.atom")]
    paths += [f"/api/v1/speakers/{slug}/" for slug in SLUGS]
    answers = {path: client.get(path) for path in paths}
    return {path: (answer.status_code, answer.get("Location", "")) for path, answer in answers.items()}


def restored(before: dict[str, Any], now: dict[str, Any]) -> None:
    """Every row of `before` is there as it was; a name may have been used by more articles since."""
    for rows in ("speakers", "roles", "links", "quotes"):
        by_key = {row["id"]: row for row in now[rows]}
        assert [by_key[row["id"]] for row in before[rows]] == before[rows]
    counts = {row[:4]: row[4] for row in now["aliases"]}
    assert all(counts.get(row[:4], -1) >= row[4] for row in before["aliases"])
    assert set(before["keys"]) <= set(now["keys"])


@pytest.mark.usefixtures("oona", "other")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_steps_undone_in_turn_restore_every_row_and_every_address(
    steps: list[tuple[str, int, int]], ingest: Ingest, editor: User, client: Client
) -> None:
    with transaction.atomic():
        history = History(ingest, editor)
        before = record()
        for step in steps:
            with suppress(MergeError):
                history.take(*step)
        history.undo_all()
        restored(before, record())
        assert set(addresses(client).values()) == {(200, "")}
        if history.articles == 0:
            mine = {speaker.pk for speaker in history.speakers}
            now = record()
            for rows in ("aliases", "keys"):
                assert [row for row in now[rows] if row[0] in mine] == before[rows]
        transaction.set_rollback(True)
