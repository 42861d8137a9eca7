"""The page on how often the extractor is right."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quotes.models import Quote
from quotes.services.review import decide

PAGE = "/admin/quotes/accuracy/"


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def seen(desk: Client, **asked: str) -> str:
    """The page without its markup."""
    page = desk.get(PAGE, asked).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def repeat(quote: Quote, times: int) -> None:
    """As many quotes like this, with the decisions that it has."""
    steps = list(quote.decisions.order_by("pk"))
    for number in range(times):
        quote.pk, quote.public_id = None, uuid4()
        quote.start, quote.end = 10_000 + number, 20_000 + number
        quote.save(force_insert=True)
        for step in steps:
            step.pk, step.quote = None, quote
            step.save(force_insert=True)


def test_an_empty_database_is_told_as_such(desk: Client) -> None:
    page = seen(desk)
    assert "Editors have decided about no quote" in page
    assert "Not enough decisions. There are 0 that count" in page


def test_few_decisions_are_shown_and_no_threshold_is_suggested(
    desk: Client, kettles: Quote, editor: User
) -> None:
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    page = seen(desk)
    assert "Not enough decisions. There is 1 that counts" in page
    assert "Tidewatch 1 100% 20.7–100%" in page
    assert "Approved as it was: that speaker, those words 1 right" in page


def test_enough_decisions_suggest_a_threshold_for_the_precision_that_is_wanted(
    desk: Client, kettles: Quote, editor: User
) -> None:
    Quote.objects.filter(pk=kettles.pk).update(confidence=0.913)
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    kettles.refresh_from_db()
    repeat(kettles, 99)
    assert "0.91 seems to keep 97%, and it is not sure." in seen(desk)
    assert "0.91 keeps 95%. Of 100 decisions at or over it 100% are right" in seen(desk, precision="95")


@pytest.mark.parametrize("precision", ["", "none", "20", "100", "nan", "1e999"])
def test_an_odd_precision_is_told(desk: Client, precision: str) -> None:
    answer = desk.get(PAGE, {"precision": precision})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


def test_the_plot_has_words_for_those_who_do_not_see_it(desk: Client, kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    page = desk.get(PAGE).content.decode()
    plot = page[page.index('<svg class="plot"') :]
    plot = plot[: plot.index("</svg>")]
    assert 'role="img" aria-labelledby="plot-title plot-desc"' in plot
    assert '<title id="plot-title">' in plot
    assert plot.count("<circle") == 1


def test_the_index_leads_there_and_whoever_may_not_look_at_quotes_is_refused(
    client: Client, db: None
) -> None:
    looker = User.objects.create_user("lou", is_staff=True)
    client.force_login(looker)
    assert client.get(PAGE).status_code == 403
    looker.user_permissions.add(Permission.objects.get(codename="view_quote"))
    assert client.get(PAGE).status_code == 200
    assert PAGE in client.get("/admin/").content.decode()
    client.logout()
    assert client.get(PAGE).headers["Location"].startswith("/admin/login/")


def test_it_takes_four_queries(desk: Client, kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    with CaptureQueriesContext(connection) as queries:
        desk.get(PAGE)
    assert len(queries) == 4  # the session, the account, what was decided, the outlets
