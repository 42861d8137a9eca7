"""Which queues there are, what comes first in them, and that two editors never get the same article."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from quotes.desk.queues import Name, NoSuchQueueError, Queue, queue_of
from quotes.desk.ranking import Left, left_in, most_useful
from quotes.models import Article, DeskLease, Link, Quote, ReviewDecision, Source, Speaker
from quotes.services.corrections import reopen
from quotes.services.ingest import store_article
from quotes.services.review import decide
from quotes.services.speakers import save_speaker
from tests.conftest import FERRY, Ingest, document
from tests.desk.test_views import NEXT, data_of, page_of

LONG = FERRY + "The boats will be built in the yard at Port Ellery, where ninety people work.\n" * 4


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def otto(db: None) -> Client:
    other = Client()
    other.force_login(User.objects.create_superuser("otto"))
    return other


@pytest.fixture
def three(ingest: Ingest) -> list[Article]:
    """Articles of different words, whose most doubtful quotes are sure by 0.1, 0.2 and 0.3."""
    articles = [
        ingest(f"“We sail on day {n},” said Ann Lee. “So it goes,” she said.", url=f"https://{n}.example/a")
        for n in ("one", "two", "three")
    ]
    for n, article in enumerate(articles, start=1):
        quotes = Quote.objects.filter(revision__article=article)
        quotes.update(confidence=0.9)
        quotes.filter(text__startswith="We sail").update(confidence=n / 10)
    return articles


def opened(desk: Client, query: str = "queue=open") -> str:
    """The address of the article to which a queue leads, without the queue; "" where it is empty."""
    answer = desk.get(f"{NEXT}?{query}")
    if answer.status_code == 200:
        assert "Nothing waits for you" in answer.text
        return ""
    address, _, queue = str(answer["Location"]).partition("?")
    assert queue == query.partition("&after")[0]
    return address


def next_of(desk: Client, address: str, query: str = "queue=open") -> str:
    """Where `n` leads from the page of an article."""
    there = data_of(desk.get(f"{address}?{query}").text)["next_url"]
    return opened(desk, there.partition("?")[2])


def test_the_desk_opens_with_its_queues_and_how_much_waits_in_each(
    desk: Client, three: list[Article]
) -> None:
    html = desk.get(NEXT).text
    for name in Name:
        assert f'href="{NEXT}?queue={name}"' in html
    assert f'href="{NEXT}?source=tidewatch"' in html
    assert f'href="{NEXT}?speaker=ann-lee"' in html
    assert f'href="{NEXT}?kind=partial"' in html
    counts = {name: left_in(Queue(name)).quotes for name in Name}
    assert {name: count for name, count in counts.items() if count} == {Name.OPEN: 6, Name.DOUBTFUL: 3}


def test_of_many_it_is_told_that_they_are_many() -> None:
    assert [str(Left(n)) for n in (0, 999, 1000, 1001)] == ["0", "999", "1,000", "1,000+"]


def test_the_most_doubtful_comes_first_and_what_was_passed_over_comes_after_the_last(
    desk: Client, three: list[Article]
) -> None:
    pages = [page_of(article) for article in three]
    assert opened(desk) == pages[0]
    assert [next_of(desk, page) for page in pages] == [pages[1], pages[2], pages[0]]


def test_a_queue_is_led_through_by_itself(desk: Client, three: list[Article], editor: User) -> None:
    Quote.objects.filter(revision__article=three[0]).update(confidence=0.95)
    doubtful = "queue=doubtful"
    assert opened(desk, doubtful) == page_of(three[1])
    assert next_of(desk, page_of(three[1]), doubtful) == page_of(three[2])
    decide(quotes=Quote.objects.filter(confidence__lt=0.8), status=Quote.Status.REJECTED, editor=editor)
    assert next_of(desk, page_of(three[2]), doubtful) == ""
    assert opened(desk) != ""


def test_what_many_read_comes_before_what_is_a_little_more_doubtful(
    desk: Client, three: list[Article], ingest: Ingest
) -> None:
    copies = [ingest(LONG, url=f"https://{n}.example/ferry", source=f"Tide {n}") for n in range(3)]
    Quote.objects.filter(revision__article__in=copies).update(confidence=0.4)
    assert opened(desk) == page_of(copies[0])
    # as does a speaker who is quoted often
    Quote.objects.filter(revision__article__in=copies).update(confidence=1.0)
    ingest(
        "\n\n".join(f"“Never on a Sunday, {n} times,” said Oona Marlowe." for n in range(12)),
        url="https://four.example/a",
    )
    told = Quote.objects.filter(text__contains="times")
    assert told.count() == 12
    told.update(confidence=0.5)
    assert opened(desk) == page_of(Article.objects.get(canonical_url="https://four.example/a"))


def test_news_comes_before_what_is_old(desk: Client, three: list[Article]) -> None:
    Quote.objects.update(confidence=0.5)
    Quote.objects.filter(revision__article=three[2]).update(dated_at=timezone.now())
    assert opened(desk) == page_of(three[2])


def test_words_that_are_given_to_nobody_come_after_those_that_may_harm_somebody(
    desk: Client, three: list[Article]
) -> None:
    Quote.objects.filter(revision__article=three[0]).update(speaker=None)
    assert opened(desk) == page_of(three[1])


def test_what_is_decided_gone_or_of_an_earlier_text_waits_for_nobody(
    desk: Client, three: list[Article], editor: User
) -> None:
    decide(
        quotes=Quote.objects.filter(revision__article=three[0]), status=Quote.Status.REJECTED, editor=editor
    )
    assert opened(desk) == page_of(three[1])
    Quote.objects.filter(revision__article=three[1]).update(gone_at=three[1].created_at)
    assert opened(desk) == page_of(three[2])
    store_article(document=document("All is another now.", url=three[2].canonical_url))
    assert opened(desk) == ""


def test_one_source_one_speaker_one_kind_and_all_of_these_make_a_queue(desk: Client, ingest: Ingest) -> None:
    first, second = ingest(), ingest(url="https://other.example/1", source="The Other")
    assert opened(desk, "source=the-other") == page_of(second)
    assert left_in(queue_of({"source": "tidewatch"})).quotes == 3
    assert left_in(queue_of({"speaker": "oona-marlowe"})).quotes == 4
    assert left_in(queue_of({"speaker": "Oona Marlowe", "kind": "partial"})).quotes == 2
    assert left_in(queue_of({"queue": "open", "source": "the-other", "kind": "transcript"})).quotes == 0
    query = "source=tidewatch&speaker=desmond-achterberg"
    assert opened(desk, query) == page_of(first)
    given = data_of(desk.get(f"{page_of(first)}?{query}").text)
    first_shown = next(quote for quote in given["quotes"] if quote["id"] == given["first"])
    assert first_shown["speaker"]["slug"] == "desmond-achterberg"


def test_words_that_several_printed_are_a_queue(desk: Client, three: list[Article], ingest: Ingest) -> None:
    copies = [ingest(LONG, url=f"https://{n}.example/ferry", source=f"Tide {n}") for n in range(2)]
    assert left_in(Queue(Name.COPIED)).quotes == 6
    assert opened(desk, "queue=copied") == page_of(copies[0])


def test_a_name_that_may_mean_several_and_copies_that_differ_are_in_question(
    desk: Client, three: list[Article], ingest: Ingest, editor: User
) -> None:
    article = ingest(FERRY)
    Link.objects.filter(article=article, name__startswith="Oona").update(outcome=Link.Outcome.AMBIGUOUS)
    assert left_in(Queue(Name.CONFLICTS)).quotes == 2
    assert opened(desk, "queue=conflicts") == page_of(article)
    Link.objects.update(outcome=Link.Outcome.LINKED)
    assert left_in(Queue(Name.CONFLICTS)).quotes == 0
    copy = ingest(LONG, url="https://one.example/ferry", source="One")
    ingest(LONG, url="https://two.example/ferry", source="Two")
    assert left_in(Queue(Name.CONFLICTS)).quotes == 0
    marta = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    Quote.objects.filter(revision__article=copy, text="floating kettles").update(speaker=marta)
    same = Quote.objects.filter(text="floating kettles", saying__isnull=False)
    assert set(most_ids(Queue(Name.CONFLICTS))) <= set(same.values_list("revision__article", flat=True))
    assert left_in(Queue(Name.CONFLICTS)).quotes == same.count() > 1
    # What was refused contradicts nobody any more.
    decide(quotes=same.filter(speaker=marta), status=Quote.Status.REJECTED, editor=editor)
    assert left_in(Queue(Name.CONFLICTS)).quotes == 0
    other = same.exclude(speaker=marta)[0]
    assert left_in(Queue(Name.CONFLICTS, speaker=other.speaker)).quotes == 0


def most_ids(queue: Queue) -> list[int]:
    return [one.article for one in most_useful(queue, User.objects.create_user("nobody"))]


def test_disputed_quotes_wait_until_the_dispute_is_settled(
    desk: Client, article: Article, editor: User
) -> None:
    kettles = Quote.objects.get(text="floating kettles")
    decide(quotes=[kettles], status=Quote.Status.DISPUTED, editor=editor)
    assert opened(desk, "queue=disputed") == page_of(article)
    assert data_of(desk.get(f"{page_of(article)}?queue=disputed").text)["first"] == kettles.urn
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor)
    assert opened(desk, "queue=disputed") == ""


def test_two_editors_in_one_queue_get_different_articles(
    desk: Client, otto: Client, three: list[Article]
) -> None:
    pages = [page_of(article) for article in three]
    assert opened(desk) == pages[0]
    assert opened(otto) == pages[1]
    assert opened(desk) == pages[0]  # kept
    assert next_of(desk, pages[0]) == pages[2]
    assert next_of(otto, pages[1]) == pages[0]
    # All that is left is with others, and it is said with whom.
    third = Client()
    third.force_login(User.objects.create_superuser("third"))
    assert opened(third) == pages[1]
    fourth = Client()
    fourth.force_login(User.objects.create_superuser("fourth"))
    told = fourth.get(f"{NEXT}?queue=open").text
    assert all(f"<bdi>{name}</bdi>" in told for name in ("edith", "otto", "third"))
    DeskLease.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert opened(fourth) == pages[0]


def test_an_article_that_somebody_has_can_be_opened_and_says_so(
    desk: Client, otto: Client, article: Article
) -> None:
    address = page_of(article)
    assert "is at this article" not in desk.get(address).text
    told = otto.get(address).text
    assert "<bdi>edith</bdi> is at this article" in told
    assert DeskLease.objects.get().editor.username == "edith"
    # A sign of work keeps it; one of the other does not take it.
    DeskLease.objects.update(until=timezone.now() + timedelta(seconds=20))
    assert "edith" in otto.post(f"{address}stay/").text
    assert "is at this article" not in desk.post(f"{address}stay/").text
    assert DeskLease.objects.get().until > timezone.now() + timedelta(minutes=9)


def test_a_sign_of_work_tells_how_far_the_queue_is(desk: Client, article: Article, editor: User) -> None:
    decide(quotes=Quote.objects.all()[:2], status=Quote.Status.REJECTED, editor=editor)
    told = desk.post(f"{page_of(article)}stay/?source=tidewatch").text
    assert "<b>2</b> done today, <b>1</b> left, <b>24</b> an hour" in told
    missing = f"{NEXT}00000000-0000-4000-8000-000000000000/stay/"
    assert desk.post(missing).status_code == 404
    assert desk.get(f"{page_of(article)}stay/").status_code == 405


def test_what_is_done_is_what_stands(desk: Client, article: Article, editor: User) -> None:
    kettles = Quote.objects.get(text="floating kettles")
    decide(quotes=Quote.objects.all(), status=Quote.Status.APPROVED, editor=editor)
    reopen(quotes=[kettles], editor=editor)
    assert "<b>2</b> quotes today, <b>24</b> an hour" in desk.get(NEXT).text
    ReviewDecision.objects.update(decided_at=timezone.now() - timedelta(minutes=30))
    assert "<b>4</b> an hour" in desk.get(NEXT).text
    ReviewDecision.objects.update(decided_at=timezone.now() - timedelta(days=2))
    assert "today" not in desk.get(NEXT).text


@pytest.mark.parametrize(
    ("query", "status", "told", "near"),
    [
        ("queue=doubtfull", 400, "There is no queue “doubtfull”", "queue=doubtful"),
        ("kind=Partal&source=x", 400, "no kind of quote “Partal”", "source=x&amp;kind=partial"),
        ("source=tidewach", 404, "There is no source “tidewach”", "source=tidewatch"),
        ("speaker=oona-mar", 404, "no speaker “oona-mar”", "speaker=oona-marlowe"),
        ("speaker=Marlowe", 404, "no speaker “Marlowe”", "speaker=oona-marlowe"),
        ("sorce=tidewatch", 400, "A queue has no “sorce”", "source=tidewatch"),
        ("source=%00&speaker=%00", 404, "There is no source", ""),
        ("queue=" + "x" * 5000, 400, "There is no queue “xxx", "queue=disputed"),
        ("queue=open&after=nothing", 400, "“after” names no article", ""),
    ],
)
def test_an_address_that_names_no_queue_says_what_may_have_been_meant(
    desk: Client, article: Article, query: str, status: int, told: str, near: str
) -> None:
    for address in (NEXT, *([] if "after" in query else [page_of(article)])):
        answer = desk.get(f"{address}?{query}")
        assert answer.status_code == status
        assert told in answer.text
        assert f'href="{NEXT}?{near}"' in answer.text if near else True
    assert not DeskLease.objects.exists()


class AnyAddress(TestCase):
    @hypothesis_settings(max_examples=60, deadline=None)
    @given(
        st.dictionaries(
            st.sampled_from(["queue", "source", "speaker", "kind", "x"]),
            st.one_of(st.text(), st.sampled_from(["doubtful", "partial", "the-courier", "ann-lee"])),
        )
    )
    def test_any_address_names_a_queue_or_is_refused(self, told: dict[str, str]) -> None:
        Source.objects.get_or_create(slug="the-courier", defaults={"name": "The Courier"})
        with suppress(NoSuchQueueError):
            queue = queue_of(told)
            assert queue_of(dict(parse_qsl(str(queue)))) == queue


def test_the_queries_do_not_grow_with_what_waits(
    desk: Client, ingest: Ingest, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(4):
        ingest(f"“We sail on day {n},” said Oona Marlowe.", url=f"https://www.tidewatch.example/{n}")
        if n not in {0, 3}:
            continue
        # session, account; 6 steps; sources and speakers; counts: of queues 9, of kinds 3, of a source, of a
        # speaker; how far the editor is; the sources to choose from
        with django_assert_num_queries(26):
            assert desk.get(NEXT).status_code == 200
        # session, account; 6 steps; the article taken (4 in a transaction)
        with django_assert_num_queries(14):
            assert desk.get(f"{NEXT}?queue=open").status_code == 302


def test_links_to_queues_are_always_told_in_one_way() -> None:
    assert str(Queue()) == "queue=open"
    assert str(queue_of({"kind": "direct", "queue": ""})) == "kind=direct"
    assert str(queue_of({"kind": "direct", "queue": "doubtful"})) == "queue=doubtful&kind=direct"


def test_where_the_threshold_lies_within_a_step_only_what_is_below_is_doubtful(
    three: list[Article], settings: Any
) -> None:
    settings.PUBLISH_THRESHOLD = 0.25
    assert left_in(Queue(Name.DOUBTFUL)).quotes == 2
    settings.PUBLISH_THRESHOLD = 1.0
    assert left_in(Queue(Name.DOUBTFUL)).quotes == 6
    assert reverse("desk:queues") == NEXT
