"""What a newer extractor reads otherwise of what an editor approved is proposed, and changes nothing."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.desk.queues import Name, Queue
from quotes.desk.ranking import left_in, most_useful
from quotes.extraction import Extraction, Span, extract_quotes
from quotes.models import Proposal, Quote, ReviewDecision, Speaker
from quotes.selectors import public_quotes
from quotes.services import extract
from quotes.services.corrections import add_note, set_bounds
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from quotes.services.undoing import redo, undo
from tests.conftest import NEWER, Ingest, ReadAnew


@pytest.fixture
def approved(kettles: Quote, editor: User) -> Quote:
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    kettles.refresh_from_db()
    return kettles


def test_another_speaker_is_proposed_and_the_quote_stays_as_it_is(
    approved: Quote, read_anew: ReadAnew
) -> None:
    read_anew(approved, speaker="Desmond Achterberg", confidence=0.9)
    proposal = Proposal.objects.get()
    assert (proposal.quote, proposal.name, proposal.version) == (approved, "Desmond Achterberg", NEWER)
    assert (str(proposal.speaker), proposal.confidence) == ("Desmond Achterberg", 0.9)
    assert public_quotes().get(pk=approved.pk).speaker == approved.speaker


def test_somebody_whom_nobody_knows_is_proposed_by_name_and_gets_no_record(
    approved: Quote, read_anew: ReadAnew
) -> None:
    read_anew(approved, speaker="Vera Quist", confidence=0.9)
    assert (Proposal.objects.get().name, Proposal.objects.get().speaker) == ("Vera Quist", None)
    assert not Speaker.objects.filter(name="Vera Quist").exists()


def test_that_it_is_no_quote_is_proposed(approved: Quote, read_anew: ReadAnew) -> None:
    read_anew(approved, found=False)
    assert (Proposal.objects.get().name, str(Proposal.objects.get())) == ("", f"{NEWER}: no quote")


def test_the_same_speaker_nobody_and_a_reading_by_the_same_version_propose_nothing(
    approved: Quote, read_anew: ReadAnew
) -> None:
    read_anew(approved, confidence=0.3)
    read_anew(approved, speaker=None)
    read_anew(approved, speaker="Desmond Achterberg", confidence=0.9, version=approved.extractor_version)
    assert not Proposal.objects.exists()


def test_what_nobody_approved_is_simply_read_anew(kettles: Quote, read_anew: ReadAnew) -> None:
    read_anew(kettles, speaker="Desmond Achterberg", confidence=0.9)
    assert not Proposal.objects.exists()


def test_from_whom_an_editor_took_it_is_not_proposed_again(
    kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    other = save_speaker(speaker=Speaker(name="Vera Quist", kind=Speaker.Kind.PERSON))
    attribute(quote=kettles, speaker=other, editor=editor)
    read_anew(kettles, speaker="Oona Marlowe", confidence=0.9)
    assert not Proposal.objects.exists()
    read_anew(kettles, speaker="Desmond Achterberg", confidence=0.9)
    assert Proposal.objects.get().name == "Desmond Achterberg"


def test_an_editors_own_words_are_not_missed_where_the_extractor_reads_none(
    kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    start = kettles.revision.text.index("old boats")
    set_bounds(quote=kettles, segments=[(start, kettles.end)], editor=editor)
    read_anew(kettles, found=False)
    assert not Proposal.objects.exists()


def test_what_a_still_newer_one_takes_back_is_no_longer_proposed(
    approved: Quote, read_anew: ReadAnew
) -> None:
    read_anew(approved, speaker="Desmond Achterberg", confidence=0.9)
    read_anew(approved, version="rules-newest")
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("status", ["approved", "rejected"])
def test_any_decision_answers_it_and_it_is_not_asked_again(
    approved: Quote, editor: User, read_anew: ReadAnew, status: str
) -> None:
    read_anew(approved, speaker="Desmond Achterberg", confidence=0.9)
    decide(quotes=[approved], status=Quote.Status(status), editor=editor)
    last = ReviewDecision.objects.filter(quote=approved).latest("pk")
    assert (last.to_status, Proposal.objects.get().answer) == (status, last)
    assert left_in(Queue(Name.PROPOSED)).quotes == 0
    read_anew(approved, speaker="Desmond Achterberg", confidence=0.9, version="rules-newest")
    assert left_in(Queue(Name.PROPOSED)).quotes == 0


def test_an_answer_that_is_taken_back_opens_it_again_and_taken_again_answers_it(
    approved: Quote, editor: User, read_anew: ReadAnew
) -> None:
    read_anew(approved, speaker="Desmond Achterberg", confidence=0.9)
    decide(quotes=[approved], status=Quote.Status.REJECTED, editor=editor)
    undo(quote=approved, editor=editor)
    assert left_in(Queue(Name.PROPOSED)).quotes == 1
    redo(quote=approved, editor=editor)
    assert left_in(Queue(Name.PROPOSED)).quotes == 0


def test_a_note_answers_nothing_and_what_is_approved_no_longer_is_not_asked_about(
    approved: Quote, editor: User, read_anew: ReadAnew
) -> None:
    read_anew(approved, speaker="Desmond Achterberg", confidence=0.9)
    add_note(quote=approved, note="Ask the paper.", editor=editor)
    assert left_in(Queue(Name.PROPOSED)).quotes == 1
    undo(quote=approved, editor=editor)
    assert left_in(Queue(Name.PROPOSED)).quotes == 0


def test_words_that_another_quote_takes_in_are_still_read_as_a_quote(
    ingest: Ingest, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = ingest("“We are closed,” Ann Lee said. Then: “We will be back,” she said.\n")
    decide(quotes=Quote.objects.all(), status=Quote.Status.APPROVED, editor=editor)
    first, last = Quote.objects.order_by("start")

    def as_one(text: str, **how: bool) -> Extraction:
        one = extract_quotes(text, **how).quotes[0]
        segments = (*one.segments, Span(last.start, last.end))
        return Extraction((replace(one, segments=segments, text=f"{first.text} {last.text}"),))

    monkeypatch.setattr(extract, "extract_quotes", as_one)
    monkeypatch.setattr(extract, "EXTRACTOR_VERSION", NEWER)
    extract.extract_article(article_id=article.pk, force=True)
    assert not Proposal.objects.exists()


def test_to_stay_with_it_is_kept_as_a_decision(approved: Quote, editor: User, read_anew: ReadAnew) -> None:
    read_anew(approved, speaker="Desmond Achterberg", confidence=0.9)
    assert decide(quotes=[approved], status=Quote.Status.APPROVED, editor=editor) == 1
    assert decide(quotes=[approved], status=Quote.Status.APPROVED, editor=editor) == 0
    assert approved.decisions.count() == 2


def test_the_desk_has_a_queue_of_them_and_shows_what_is_proposed(
    approved: Quote, editor: User, read_anew: ReadAnew, client: Client
) -> None:
    read_anew(approved, speaker="Desmond Achterberg", confidence=0.9)
    client.force_login(editor)
    queue = Queue(Name.PROPOSED)
    assert [one.quote for one in most_useful(queue, editor)] == [approved.pk]
    page = client.get(f"/admin/quotes/review/?{queue}", follow=True)
    assert "Read otherwise since" in page.text
    assert '"name": "Desmond Achterberg"' in page.text
    shown = client.get(f"/api/v1/review/quotes/{approved.public_id}/").json()["proposal"]
    assert (shown["name"], shown["version"], shown["speaker"]["slug"]) == (
        "Desmond Achterberg", NEWER, "desmond-achterberg",
    )  # fmt: skip
