"""Steps with many quotes in the admin site: said beforehand, done as far as they can be, and undone."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quotes.admin import bulk
from quotes.models import Quote, ReviewDecision, Speaker
from quotes.services.review import decide
from quotes.services.roles import Role, make_account
from quotes.services.speakers import save_speaker
from tests.conftest import Ingest

QUOTES = "/admin/quotes/quote/"


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def step(desk: Client, action: str, quotes: list[Quote], **given: str) -> str:
    data = {"action": action, "_selected_action": [str(quote.pk) for quote in quotes], **given}
    return desk.post(QUOTES, data, follow=True).text


def take(desk: Client, action: str, quotes: list[Quote], **given: str) -> str:
    return step(desk, action, quotes, apply="1", **given)


def everything() -> list[Quote]:
    return list(Quote.objects.order_by("pk"))


def statuses() -> set[str]:
    return set(Quote.objects.values_list("review_status", flat=True))


def ticked(page: str) -> set[int]:
    boxes = re.findall(r'<input type="checkbox" name="_selected_action"[^>]*>', page)
    return {int(key) for box in boxes if " checked" in box for key in re.findall(r'value="(\d+)"', box)}


def undo_address(page: str) -> str:
    (address,) = re.findall(r'<a href="([^"]+)">Undo</a>', page)
    return str(address)


def test_what_will_change_and_what_cannot_is_said_first(desk: Client, kettles: Quote, editor: User) -> None:
    Quote.objects.filter(pk=kettles.pk).update(speaker=None)
    decide(quotes=everything()[:1], status=Quote.Status.APPROVED, editor=editor)
    page = step(desk, "approve", everything())
    assert "<strong>1</strong> will be approved" in page
    assert "1 is so already" in page
    assert "<strong>1</strong> cannot, and stays as it is" in page
    assert "has no speaker: choose one, then approve it" in page
    assert ReviewDecision.objects.count() == 1
    assert ticked(desk.get(QUOTES).text) == {quote.pk for quote in everything()}


def test_one_that_cannot_be_approved_keeps_no_other_from_it_and_stays_ticked(
    desk: Client, kettles: Quote
) -> None:
    Quote.objects.filter(pk=kettles.pk).update(speaker=None)
    page = take(desk, "approve", everything())
    assert "2 now approved" in page
    assert "1 not changed, and still ticked" in page
    assert ticked(page) == {kettles.pk}
    assert set(Quote.objects.filter(review_status="approved")) == set(everything()) - {kettles}
    assert ticked(desk.get(QUOTES).text) == set()


@pytest.mark.parametrize(
    ("action", "given", "status"),
    [
        ("approve", {}, "approved"),
        ("reject", {"reason": "duplicate", "note": "twice"}, "rejected"),
        ("dispute", {"public_note": "She says she did not"}, "disputed"),
        ("retract", {"public_note": "We were wrong"}, "retracted"),
        ("attribute", {}, "approved"),
    ],
)
def test_a_step_is_taken_with_all_and_undone_with_all(
    desk: Client, kettles: Quote, action: str, given: dict[str, str], status: str
) -> None:
    una = save_speaker(speaker=Speaker(name="Una Bright", kind="person"))
    before = list(
        Quote.objects.order_by("pk").values("speaker", "confidence", "review_status", "attributed_by")
    )
    told = given | ({"speaker": str(una.pk)} if action == "attribute" else {})
    page = take(desk, action, everything(), **told)
    assert statuses() == {status}
    for decision in ReviewDecision.objects.all():
        assert given.items() <= vars(decision).items()
    if action == "attribute":
        assert set(Quote.objects.values_list("speaker", flat=True)) == {una.pk}
    undo = undo_address(page)
    assert "<strong>3</strong> will be as before" in desk.get(undo).text
    assert statuses() == {status}
    assert "3 are as they were before" in desk.post(undo, follow=True).text
    after = Quote.objects.order_by("pk").values("speaker", "confidence", "review_status", "attributed_by")
    assert list(after) == before
    assert "<strong>0</strong> will be as before" in desk.get(undo).text
    assert "0 are as they were before" in desk.post(undo, follow=True).text


def test_reopening_many_is_undone_too(desk: Client, kettles: Quote, editor: User) -> None:
    decide(quotes=everything(), status=Quote.Status.REJECTED, editor=editor)
    page = take(desk, "reopen", everything())
    assert statuses() == {"unreviewed"}
    desk.post(undo_address(page))
    assert statuses() == {"rejected"}


def test_what_was_decided_since_is_not_undone_and_said(desk: Client, kettles: Quote, editor: User) -> None:
    undo = undo_address(take(desk, "approve", everything()))
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    page = desk.get(undo).text
    assert "<strong>2</strong> will be as before" in page
    assert "something else was decided since" in page
    page = desk.post(undo, follow=True).text
    assert "2 are as they were before" in page
    assert "1 not undone" in page
    kettles.refresh_from_db()
    assert kettles.review_status == "rejected"


def test_a_move_is_undone_from_where_it_is_told(desk: Client, kettles: Quote) -> None:
    oona = kettles.speaker
    una = save_speaker(speaker=Speaker(name="Una Bright", kind="person"))
    undo = undo_address(take(desk, "move", [kettles], to=str(una.pk)))
    kettles.refresh_from_db()
    assert kettles.speaker == una
    assert "Undo: move" in desk.get(undo).text
    assert "undone." in desk.post(undo, follow=True).text
    kettles.refresh_from_db()
    assert kettles.speaker == oona
    assert "undone already" in desk.post(undo, follow=True).text


def test_a_move_that_cannot_be_keeps_the_ticks(desk: Client, kettles: Quote) -> None:
    assert "of one speaker" in take(desk, "move", everything(), new_name="Una")
    assert ticked(desk.get(QUOTES).text) == {quote.pk for quote in everything()}


def test_nobody_is_given_quotes_without_being_chosen(desk: Client, kettles: Quote) -> None:
    for nonsense in ({}, {"speaker": "x"}, {"speaker": "999999"}):
        assert "errorlist" in take(desk, "attribute", [kettles], **nonsense)
    assert not ReviewDecision.objects.exists()


def test_more_than_a_step_takes_changes_nothing_and_keeps_the_ticks(
    desk: Client, kettles: Quote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    for action in ("approve", "move"):
        page = take(desk, action, everything())
        assert "Choose at most 2 quotes at once" in page
        assert ticked(page) == {quote.pk for quote in everything()}
    assert statuses() == {"unreviewed"}


def test_who_may_not_retract_neither_takes_a_retraction_back_nor_undoes_it(
    client: Client, kettles: Quote, editor: User
) -> None:
    client.force_login(editor)
    undo = undo_address(take(client, "retract", [kettles]))
    client.force_login(make_account(name="rita", role=Role.REVIEWER).user)
    assert '"retract"' not in client.get(QUOTES).text
    assert "it is retracted" in take(client, "approve", [kettles])
    assert "it is retracted" in client.get(undo).text
    client.post(undo)
    kettles.refresh_from_db()
    assert kettles.review_status == "retracted"


def test_who_may_not_decide_undoes_nothing(client: Client, kettles: Quote, editor: User) -> None:
    client.force_login(editor)
    undo = undo_address(take(client, "approve", [kettles]))
    una = save_speaker(speaker=Speaker(name="Una Bright", kind="person"))
    moved = undo_address(take(client, "move", [kettles], to=str(una.pk)))
    client.force_login(make_account(name="vera", role=Role.VIEWER).user)
    assert client.get(undo).status_code == 403
    client.force_login(make_account(name="rita", role=Role.REVIEWER).user)
    assert client.post(moved).status_code == 403
    assert client.get(f"{QUOTES}undo/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_words_of_quotes_are_only_shown(desk: Client, ingest: Ingest) -> None:
    ingest("“<b>No</b> &amp; <script>alert(1)</script>,” said Ann Lee.", url="https://bad.example/1")
    Quote.objects.update(speaker=None)
    for page in (step(desk, "approve", everything()), take(desk, "approve", everything())):
        assert "<script>alert" not in page
        assert "<b>No</b>" not in page


def test_each_quote_of_a_step_costs_few_queries(desk: Client, ingest: Ingest) -> None:
    for n in range(4):
        ingest(url=f"https://tidewatch.example/{n}")
    quotes = everything()

    def taken(some: list[Quote]) -> int:
        data = {"action": "approve", "_selected_action": [quote.pk for quote in some], "apply": "1"}
        with CaptureQueriesContext(connection) as captured:
            desk.post(QUOTES, data)
        return len(captured)

    few, many = taken(quotes[:2]), taken(quotes[2:])
    assert (many - few) / (len(quotes) - 4) <= 6


def test_a_merge_is_undone_from_where_it_is_told_and_one_that_cannot_be_keeps_the_ticks(
    desk: Client, kettles: Quote
) -> None:
    other = save_speaker(speaker=Speaker(name="Oona Marlow", kind="person"))
    chosen = {"action": "merge", "_selected_action": [str(other.pk), str(kettles.speaker_id)], "apply": "1"}
    page = desk.post("/admin/quotes/speaker/", chosen, follow=True).text
    assert "choose who stays" in page
    assert ticked(page) == {other.pk, kettles.speaker_id}
    page = desk.post("/admin/quotes/speaker/", chosen | {"target": str(other.pk)}, follow=True).text
    (address,) = re.findall(r'<a href="([^"]+)">Undo merge: Oona Marlowe → Oona Marlow</a>', page)
    kettles.refresh_from_db()
    assert kettles.speaker == other
    assert "undone." in desk.post(address, follow=True).text
    kettles.refresh_from_db()
    assert kettles.speaker != other
