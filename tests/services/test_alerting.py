"""Who is told what, and when: the outbox, and what becomes of it when quotes change before they are sent."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from quotes.alerts.matching import Changes
from quotes.models import Article, Delivery, Publication, Quote, Speaker, Subscription
from quotes.services import alerting
from quotes.services.alerting import match_changes
from quotes.services.due import due_from
from quotes.services.merging import merge_speakers, move_quotes
from quotes.services.review import decide
from quotes.services.speakers import save_speaker
from quotes.services.subscribing import change_pace
from tests.alerts.following import follow, tell, waiting
from tests.conftest import FERRY, Ingest
from tests.search.corpus import QUESTIONS, store

pytestmark = pytest.mark.django_db

SAID = (
    "“The {what} will sail again,” Oona Marlowe said, the harbour master.\n\n“No,” said Desmond Achterberg.\n"
)


def reject(quote: Quote, editor: User) -> None:
    decide(quotes=[quote], status=Quote.Status.REJECTED, editor=editor)


def sailing(ingest: Ingest, what: str = "ferry", url: str = "https://one.example/sails") -> Quote:
    ingest(SAID.format(what=what), url=url, published_at=timezone.now())
    return Quote.objects.get(text__startswith=f"The {what} will")


def test_who_follows_a_speaker_is_told_what_came_since_and_once(kettles: Quote, ingest: Ingest) -> None:
    follow(speaker="oona-marlowe")
    assert tell() == []
    sailing(ingest)
    (mail,) = tell()
    assert "“The ferry will sail again”" in str(mail.body)
    assert "floating kettles" not in str(mail.body)
    assert "Achterberg" not in str(mail.body)
    assert tell() == []
    assert waiting() == 0


def test_who_follows_words_is_told_of_all_who_say_them(kettles: Quote, ingest: Ingest) -> None:
    follow(q="sailing -ferry")
    sailing(ingest)
    assert tell() == []
    sailing(ingest, "barge", "https://one.example/barge")
    (mail,) = tell()
    assert "The barge will sail again" in str(mail.body)


def test_a_correction_reaches_exactly_those_who_were_sent_the_error(
    kettles: Quote, ingest: Ingest, editor: User
) -> None:
    follow("told@reader.example", speaker="oona-marlowe")
    follow("weekly@reader.example", speaker="oona-marlowe", pace="weekly")
    follow("other@reader.example", speaker="desmond-achterberg")
    quote = sailing(ingest)
    assert {tuple(mail.to) for mail in tell()} == {("told@reader.example",), ("other@reader.example",)}
    follow("late@reader.example", speaker="oona-marlowe")
    reject(quote, editor)
    (mail,) = tell()
    assert mail.to == ["told@reader.example"]
    assert "Withdrawn: a quote of Oona Marlowe in Tidewatch" in str(mail.body)
    assert "sail again" not in str(mail.body)
    assert tell(at=timezone.now() + timedelta(days=8)) == []
    assert waiting() == 0


def test_a_correction_comes_in_the_next_digest_even_alone(
    kettles: Quote, ingest: Ingest, editor: User
) -> None:
    follow(speaker="oona-marlowe", pace="daily")
    quote = sailing(ingest)
    assert tell() == []
    tomorrow = timezone.now() + timedelta(days=1)
    (mail,) = tell(at=tomorrow)
    assert "sail again" in str(mail.body)
    reject(quote, editor)
    assert tell(at=tomorrow) == []  # which is matched in this moment
    (mail,) = tell(at=tomorrow + timedelta(days=1))
    assert mail.subject == "Correction of a quote"
    decide(quotes=[quote], status=Quote.Status.APPROVED, editor=editor)
    tell(at=tomorrow + timedelta(days=1))
    (mail,) = tell(at=tomorrow + timedelta(days=2))
    assert "“The ferry will sail again”" in str(mail.body)


def test_a_quote_that_went_to_somebody_else_is_told_to_both_sides(
    kettles: Quote, ingest: Ingest, editor: User
) -> None:
    follow("oona@reader.example", speaker="oona-marlowe")
    follow("desmond@reader.example", speaker="desmond-achterberg")
    follow("words@reader.example", q="ferry")
    quote = sailing(ingest)
    assert len(tell()) == 3
    desmond = Speaker.objects.get(slug="desmond-achterberg")
    move_quotes(quotes=[quote], target=desmond, editor=editor)
    bodies = {mail.to[0]: str(mail.body) for mail in tell()}
    moved = "is a quote of Desmond Achterberg, not of Oona Marlowe"
    assert moved in bodies.pop("oona@reader.example")
    assert moved in bodies.pop("words@reader.example")
    assert "DESMOND ACHTERBERG" in bodies.pop("desmond@reader.example")
    assert not bodies


def test_a_merge_is_no_correction_and_the_merged_are_followed_on(
    kettles: Quote, ingest: Ingest, editor: User
) -> None:
    follow(speaker="oona-marlowe")
    sailing(ingest)
    assert len(tell()) == 1
    una = save_speaker(speaker=Speaker(name="Una Marlow", kind="person"))
    merge_speakers(source=Speaker.objects.get(slug="oona-marlowe"), target=una, editor=editor)
    assert tell() == []
    assert sailing(ingest, "barge", "https://one.example/barge").speaker == una
    assert len(tell()) == 1


def test_what_is_withdrawn_before_it_is_sent_is_never_sent(
    kettles: Quote, ingest: Ingest, editor: User
) -> None:
    follow(speaker="oona-marlowe", pace="daily")
    quote = sailing(ingest)
    tell()
    assert waiting() == 1
    reject(quote, editor)
    assert tell(at=timezone.now() + timedelta(days=2)) == []
    assert tell(at=timezone.now() + timedelta(days=4)) == []
    assert waiting() == 0


def test_of_wire_copy_a_reader_is_sent_one(kettles: Quote, ingest: Ingest, editor: User) -> None:
    follow(speaker="oona-marlowe")
    text = FERRY.replace("floating kettles", "drifting samovars")
    today = timezone.now()
    for number in range(3):
        ingest(text, url=f"https://paper{number}.example/a", source=f"Paper {number}", published_at=today)
    (mail,) = tell()
    assert str(mail.body).count("drifting samovars") == 1
    ingest(text, url="https://paper9.example/a", source="Paper 9", published_at=today)
    assert tell() == []


def test_what_is_not_yet_compared_with_copies_waits_for_an_hour_at_most(
    kettles: Quote, ingest: Ingest
) -> None:
    follow(speaker="oona-marlowe")
    quote = sailing(ingest)
    waits = {"needs_placing": True, "held_from": quote.created_at}
    Article.objects.filter(pk=quote.revision.article_id).update(**waits)
    assert tell() == []
    assert len(tell(at=timezone.now() + timedelta(hours=2))) == 1


def test_an_archive_of_old_articles_is_no_news(kettles: Quote, ingest: Ingest) -> None:
    follow(speaker="oona-marlowe")
    ingest(
        SAID.format(what="ferry"),
        url="https://one.example/old",
        published_at=datetime(2019, 1, 1, tzinfo=UTC),
    )
    assert tell() == []


def test_quotes_from_before_that_change_are_no_news_to_a_reader(kettles: Quote, editor: User) -> None:
    Publication.objects.update(first_public_at=None)
    follow(speaker="oona-marlowe")
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    assert tell() == []
    assert Delivery.objects.count() == 0


def test_many_followers_cost_no_query_each(
    kettles: Quote, ingest: Ingest, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        follow(f"r{number}@reader.example", speaker="oona-marlowe")
        follow(f"q{number}@reader.example", q=f"ferry OR ferries OR number{number}")
    sailing(ingest)
    with django_assert_max_num_queries(40):
        match_changes()
    assert Delivery.objects.count() == 120


def test_what_takes_several_rounds_is_matched_whole_and_in_order(
    kettles: Quote, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerting, "CHANGES_AT_ONCE", 2)
    subscription = follow(q="sails OR ferry OR barge OR punt OR raft OR launch")
    for what in ("barge", "punt", "raft", "launch", "ferry"):
        sailing(ingest, what, f"https://one.example/{what}")
    match_changes()
    told = list(Delivery.objects.order_by("pk").values_list("quote", "number"))
    assert len(told) == 5
    assert [number for _, number in told] == sorted(number for _, number in told)
    subscription.refresh_from_db()
    match_changes()
    assert Delivery.objects.count() == 5


def test_another_pace_holds_for_what_waits(kettles: Quote, ingest: Ingest) -> None:
    subscription = follow(speaker="oona-marlowe", pace="weekly")
    sailing(ingest)
    assert tell() == []
    reader = subscription.reader
    assert reader is not None
    assert change_pace(reader=reader, subscription_id=subscription.public_id, pace="at-once")
    assert len(tell()) == 1


@pytest.mark.parametrize(
    ("pace", "now", "due"),
    [
        ("daily", "2026-11-30T05:59", "2026-11-30T06:00"),
        ("daily", "2026-11-30T06:00", "2026-12-01T06:00"),
        ("weekly", "2026-11-30T05:00", "2026-11-30T06:00"),  # a Monday
        ("weekly", "2026-11-30T07:00", "2026-12-07T06:00"),
        ("weekly", "2026-12-06T23:59", "2026-12-07T06:00"),
    ],
)
def test_digests_are_due_at_an_hour_of_a_day_and_of_a_monday(pace: str, now: str, due: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert due_from(at, pace) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_words_find_here_what_they_find_in_the_index() -> None:
    numbers = {quote.pk: number for number, quote in store().items()}
    changes = Changes(Quote.objects.all(), {})
    for q, scope, expected in QUESTIONS:
        if scope == "words":
            found = {numbers[pk] for pk in changes.followed_by(Subscription(q=q))}
            assert found == expected, q
