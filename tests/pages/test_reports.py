"""What readers report about quotes: taken in, answered by an editor, and nothing public changed by it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from quotes.desk.queues import Name, Queue
from quotes.desk.ranking import left_in, most_useful
from quotes.models import Quote, Report, Speaker
from quotes.services.corrections import add_note, reopen, set_bounds
from quotes.services.reports import LONGEST_NOTE, MOST_OPEN, ReportError, report
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from quotes.services.undoing import redo, undo
from tests.conftest import ReadAnew

QUEUE = Queue(Name.REPORTED)


@pytest.fixture
def rates(settings: Any) -> dict[str, Any]:
    settings.RATES = dict(settings.RATES)
    rates: dict[str, Any] = settings.RATES
    return rates


def address(quote: Quote) -> str:
    return reverse("quote-report", args=[quote.public_id])


def open_reports(quote: Quote) -> list[Report]:
    return list(Report.objects.filter(quote=quote, closed_at__isnull=True))


def test_a_reader_reports_and_is_thanked_and_nothing_public_changes(client: Client, kettles: Quote) -> None:
    before = client.get(kettles.get_absolute_url()).text
    form = client.get(address(kettles))
    assert "Cache-Control" in form
    assert "no-store" in form["Cache-Control"]
    answer = client.post(address(kettles), {"fault": "speaker", "note": "It was her brother."}, follow=True)
    assert "Thank you" in answer.text
    (made,) = open_reports(kettles)
    assert (made.fault, made.note, made.count) == ("speaker", "It was her brother.", 1)
    assert client.get(kettles.get_absolute_url()).text == before


def test_who_says_the_same_is_counted_with_who_said_it_before(kettles: Quote) -> None:
    for note in ("Her brother!", "  her BROTHER! \r\n", "her  brother!"):
        report(quote=kettles, fault="speaker", note=note)
    report(quote=kettles, fault="words", note="Her brother!")
    assert sorted((one.fault, one.count) for one in open_reports(kettles)) == [("speaker", 3), ("words", 1)]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Choose what is wrong."),
        ({"fault": "colour"}, "Choose one of these."),
        ({"fault": "words", "note": "a\0b"}, "Null characters"),
        ({"fault": "words", "note": "x" * 10_000}, "1000 characters are the most"),
        ({"fault": "other", "note": "  "}, "say in the note what is wrong"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_said_why(
    client: Client, kettles: Quote, given: dict[str, str], told: str
) -> None:
    answer = client.post(address(kettles), given)
    assert (answer.status_code, told.lower() in answer.text.lower()) == (400, True)
    assert open_reports(kettles) == []


@pytest.mark.parametrize(
    "given", [{"fault": "x"}, {"fault": "words", "note": "\0"}, {"fault": "words", "note": "x" * 1001}]
)
def test_the_service_refuses_it_too(kettles: Quote, given: dict[str, str]) -> None:
    with pytest.raises(ReportError):
        report(quote=kettles, **given)
    assert LONGEST_NOTE == 1000


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(
    client: Client, kettles: Quote
) -> None:
    answer = client.post(address(kettles), {"fault": "words", "website": "https://spam.example/"})
    assert (answer.status_code, open_reports(kettles)) == (302, [])


def test_a_form_of_another_site_is_not_taken(kettles: Quote) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address(kettles), {"fault": "words"})
    assert (answer.status_code, "The form was not taken" in answer.text) == (403, True)
    assert open_reports(kettles) == []


@pytest.mark.parametrize("policy", ["reports", "reports-of-a-quote"])
def test_reports_are_limited_and_what_was_written_is_not_lost(
    client: Client, kettles: Quote, rates: dict[str, Any], policy: str
) -> None:
    rates[policy] = (1, 3600)
    given = {"fault": "words", "note": "They are cut."}
    assert client.post(address(kettles), given).status_code == 302
    elsewhere = "192.0.2.9" if policy == "reports-of-a-quote" else "127.0.0.1"
    answer = client.post(address(kettles), given, REMOTE_ADDR=elsewhere)
    assert (answer.status_code, "They are cut." in answer.text) == (429, True)
    assert int(answer["Retry-After"]) > 0
    other = Quote.objects.exclude(pk=kettles.pk)[0]
    if policy == "reports":
        assert client.post(address(kettles), given, REMOTE_ADDR="192.0.2.9").status_code == 302
    else:
        assert client.post(address(other), given).status_code == 302


def test_of_one_quote_no_more_reports_wait_than_somebody_reads(kettles: Quote) -> None:
    for n in range(MOST_OPEN):
        report(quote=kettles, fault="other", note=str(n))
    assert report(quote=kettles, fault="other", note="one more") is None
    again = report(quote=kettles, fault="other", note="7")
    assert (again and again.count, len(open_reports(kettles))) == (2, MOST_OPEN)


def test_what_is_withdrawn_or_never_was_cannot_be_reported(
    client: Client, kettles: Quote, editor: User
) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    assert client.post(address(kettles), {"fault": "words"}).status_code == 410
    assert client.get("/quotes/0c8f7aad-36e7-4708-9955-fda6742515d4/report/").status_code == 404


def test_it_opens_a_case_at_the_desk_until_an_editor_decides(
    client: Client, kettles: Quote, editor: User
) -> None:
    report(quote=kettles, fault="speaker", note="Ask <b>her</b>.")
    assert str(left_in(QUEUE)) == "1"
    assert [one.quote for one in most_useful(QUEUE, editor)] == [kettles.pk]
    client.force_login(editor)
    assert "Reported by readers" in client.get("/admin/quotes/review/").text
    bench = client.get("/admin/quotes/review/?queue=reported", follow=True)
    data = bench.context["data"]
    assert data["first"] == kettles.urn
    (shown,) = (one for one in data["quotes"] if one["id"] == kettles.urn)
    assert [(one["fault"], one["note"], one["count"]) for one in shown["reports"]] == [
        ("speaker", "Ask <b>her</b>.", 1)
    ]
    answer = client.post(
        f"/api/v1/review/quotes/{kettles.public_id}/approve/", {}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["reports"]) == (200, [])
    (closed,) = Report.objects.all()
    assert (closed.closed_by, str(left_in(QUEUE))) == (editor, "0")


@pytest.mark.parametrize("how", ["approve", "reject", "dispute", "attribute", "bounds"])
def test_whatever_is_decided_answers_it(kettles: Quote, editor: User, how: str) -> None:
    other = save_speaker(speaker=Speaker(name="Una Bright", kind="person"))
    steps: dict[str, Any] = {
        "approve": lambda: decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor),
        "reject": lambda: decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor),
        "dispute": lambda: decide(quotes=[kettles], status=Quote.Status.DISPUTED, editor=editor),
        "attribute": lambda: attribute(quote=kettles, speaker=other, editor=editor),
        "bounds": lambda: set_bounds(
            quote=kettles, segments=[(kettles.start, kettles.end - 1)], editor=editor
        ),
    }
    report(quote=kettles, fault="words")
    add_note(quote=kettles, note="asked the outlet", editor=editor)
    assert len(open_reports(kettles)) == 1
    steps[how]()
    assert open_reports(kettles) == []
    assert Report.objects.get().decision == kettles.decisions.order_by("-pk")[0]


def test_that_nothing_is_wrong_is_said_by_approving_again(kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    assert decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor) == 0
    report(quote=kettles, fault="not-a-quote")
    assert decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor) == 1
    assert open_reports(kettles) == []


def test_a_decision_that_is_taken_back_leaves_it_open_again(kettles: Quote, editor: User) -> None:
    report(quote=kettles, fault="words")
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    undo(quote=kettles, editor=editor)
    assert len(open_reports(kettles)) == 1
    redo(quote=kettles, editor=editor)
    assert open_reports(kettles) == []
    reopen(quotes=[kettles], editor=editor)
    assert open_reports(kettles) == []


def test_what_was_said_again_meanwhile_is_not_there_twice(kettles: Quote, editor: User) -> None:
    report(quote=kettles, fault="words")
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    report(quote=kettles, fault="words")
    undo(quote=kettles, editor=editor)
    assert len(open_reports(kettles)) == 1


def test_what_is_no_longer_found_waits_for_nobody(kettles: Quote, read_anew: ReadAnew) -> None:
    report(quote=kettles, fault="words")
    read_anew(kettles, found=False)
    assert str(left_in(QUEUE)) == "0"


def test_the_queue_costs_as_many_queries_as_another(
    kettles: Quote, editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    report(quote=kettles, fault="words")
    with django_assert_max_num_queries(1):
        left_in(QUEUE)
    with django_assert_max_num_queries(1):
        most_useful(QUEUE, editor)


def test_the_admin_site_lists_what_was_reported(client: Client, kettles: Quote, editor: User) -> None:
    report(quote=kettles, fault="words", note="<i>cut</i>")
    client.force_login(editor)
    page = client.get("/admin/quotes/report/")
    assert (page.status_code, "&lt;i&gt;cut&lt;/i&gt;" in page.text) == (200, True)
    assert "?queue=reported" in page.text
    made = Report.objects.get()
    assert client.get(f"/admin/quotes/report/{made.pk}/change/").status_code == 200
    assert client.get("/admin/quotes/report/add/").status_code == 403
