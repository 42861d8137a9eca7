"""Wire copy: one story, however many papers print it, and one saying, however often it is printed."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import feedparser
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quotes.ingestion import ArticleDocument
from quotes.models import Article, ArticleKey, Quote, Story
from quotes.selectors import public_quotes, without_copies
from quotes.services.extract import extract_articles
from quotes.services.ingest import StoredArticle, store_article, store_articles
from quotes.services.queue import read_articles
from quotes.services.review import decide
from quotes.services.stories import place_articles, place_waiting, put_back, take_out, waiting

WIRE = [
    "TARN BAY (Coastline News) - The harbour board of Tarn Bay voted on Friday to close the northern ferry "
    "pier for two years, after divers found that half of its oak piles had been eaten through by shipworm.",
    "“We have waited ten years for this, and we will not wait for the pier to fall,” said Oona Marlowe, the "
    "harbour master, who had asked for the money three times since the storms of 2019.",
    "The closure will send some four hundred commuters a day round by the road bridge at Hollin Cross, which "
    "adds forty minutes to the journey and is itself to be painted in the autumn.",
    "Shopkeepers on the northern shore said they had not been asked. “The price is a scandal,” said Desmond "
    "Achterberg, who leads the opposition on the board and runs a chandlery beside the pier.",
    "The board put the cost of new piles at nine million, of which the region is to pay a third. A report by "
    "the engineers Vosk and Tarrant had called the pier “a small miracle of neglect” last spring.",
    "Work is to begin in May, when the eiders that nest under the deck have left with their young.",
]
OTHER = (
    "The council of Oxmoor will mend the roof of its library before the winter, it said on Monday, and has "
    "set aside enough to buy slates from the quarry at Saltby that was thought to be closed for good.\n\n"
    "“The books have been wet for long enough,” said Marta Lind, the librarian, who had kept buckets on the "
    "upper floor since March and emptied them herself on Sundays.\n\n"
    "“We have waited ten years for this, and we will not wait for the pier to fall,” said Oona Marlowe, the "
    "harbour master, of something else."
)


def printed(outlet: str, *paragraphs: str) -> int:
    """Store an article and read it, as a worker does."""
    text = "\n\n".join(paragraphs)
    url = f"https://{outlet}.example/{len(text)}"
    article = store_article(document=ArticleDocument(text=text, url=url, source=outlet)).article
    read_articles(article_ids=[article.pk])
    return article.pk


def wire_copies() -> list[int]:
    """The agency's text, one cut in half, one begun anew with a paragraph of its own."""
    anew = (
        "Ferries will leave from the southern pier alone for the next two years, the harbour board decided."
    )
    local = "In the bakery at the pier head they had baked a cake in the shape of a shipworm by Saturday."
    return [
        printed("agency", *WIRE),
        printed("post", *WIRE[:3]),
        printed("courier", anew, WIRE[1], local, *WIRE[2:5]),
    ]


def stories() -> list[int | None]:
    return list(Article.objects.order_by("pk").values_list("story", flat=True))


@pytest.mark.django_db
def test_what_papers_make_of_wire_copy_is_one_story() -> None:
    wire_copies()
    other = printed("times", OTHER)
    found = stories()
    assert len(set(found[:3])) == 1
    assert found[0] is not None
    assert Article.objects.get(pk=other).story is None
    assert not Article.objects.filter(needs_placing=True).exists()


@pytest.mark.django_db
def test_one_saying_counts_once_where_that_is_asked_for() -> None:
    wire_copies()
    printed("times", OTHER)
    oona = public_quotes().filter(speaker__slug="oona-marlowe")
    assert oona.count() == 4
    # Once as wire copy, and once in the article that is no copy.
    assert without_copies(oona).count() == 2


@pytest.mark.django_db
def test_when_the_first_is_withdrawn_the_next_stands_for_the_saying(editor: User) -> None:
    first, second, _ = wire_copies()
    oona = public_quotes().filter(speaker__slug="oona-marlowe")
    assert without_copies(oona).get().revision.article_id == first
    decide(quotes=[without_copies(oona).get()], status=Quote.Status.RETRACTED, editor=editor)
    assert without_copies(oona).get().revision.article_id == second


@pytest.mark.django_db
def test_words_that_a_paper_cut_are_the_same_saying() -> None:
    cut = WIRE[1].replace("We have waited ten years for this, and we", "We")
    printed("agency", *WIRE)
    printed("post", WIRE[0], cut, *WIRE[2:])
    assert without_copies(public_quotes().filter(speaker__slug="oona-marlowe")).count() == 1


@pytest.mark.django_db
def test_no_chain_leads_from_one_text_to_another() -> None:
    wire = printed("agency", *WIRE)
    both = printed("digest", *WIRE, *OTHER.split("\n\n"), OTHER.replace("Oxmoor", "Vennick"))
    other = printed("times", OTHER)
    stories_of = {pk: Article.objects.get(pk=pk).story_id for pk in (wire, both, other)}
    assert stories_of[wire] == stories_of[both] is not None
    assert stories_of[other] is None


@pytest.mark.django_db
def test_a_page_that_holds_two_articles_does_not_make_one_story_of_them() -> None:
    both = printed("digest", *WIRE, *OTHER.split("\n\n"), OTHER.replace("Oxmoor", "Vennick"))
    wire = printed("agency", *WIRE)
    other = printed("times", OTHER)
    stories_of = {pk: Article.objects.get(pk=pk).story_id for pk in (wire, both, other)}
    assert stories_of[wire] == stories_of[both] is not None
    assert stories_of[other] is None


@pytest.mark.django_db
def test_an_article_that_becomes_another_text_leaves_its_story() -> None:
    first, second, third = wire_copies()
    changed = store_article(
        document=ArticleDocument(text=OTHER, url=Article.objects.get(pk=third).canonical_url)
    ).article
    read_articles(article_ids=[changed.pk])
    assert Article.objects.get(pk=third).story is None
    assert Article.objects.get(pk=first).story is not None
    # A story of one is none.
    store_article(document=ArticleDocument(text="Gone.", url=Article.objects.get(pk=second).canonical_url))
    read_articles(article_ids=[second])
    assert not Story.objects.exists()
    assert not Quote.objects.filter(saying__isnull=False).exists()


@pytest.mark.django_db
def test_what_an_editor_takes_out_stays_out_until_that_is_undone() -> None:
    first, second, _ = wire_copies()
    assert take_out(article_ids=[second]) == 1
    assert Article.objects.get(pk=second).story is None
    place_articles(article_ids=[first, second])
    assert Article.objects.get(pk=second).story is None
    assert put_back(article_ids=[second]) == 1
    assert Article.objects.get(pk=second).story == Article.objects.get(pk=first).story


@pytest.mark.django_db
def test_placing_again_changes_nothing() -> None:
    articles = wire_copies()
    before = stories(), list(ArticleKey.objects.order_by("pk").values()), list(Quote.objects.values())
    place_articles(article_ids=articles)
    assert (
        stories(),
        list(ArticleKey.objects.order_by("pk").values()),
        list(Quote.objects.values()),
    ) == before


@pytest.mark.django_db
def test_what_a_killed_process_has_not_placed_is_found() -> None:
    text = "\n\n".join(WIRE)
    stored = store_articles(
        documents=[ArticleDocument(text=text, url=f"https://{one}.example/") for one in ("a", "b")]
    )
    articles = [one.article.pk for one in stored if isinstance(one, StoredArticle)]
    extract_articles(article_ids=articles)
    assert list(waiting()) == list(Article.objects.filter(pk__in=articles).order_by("pk"))
    place_waiting(article_ids=articles)
    assert not waiting().exists()
    assert Story.objects.get().articles.count() == 2


@pytest.mark.django_db
def test_articles_that_were_read_before_copies_were_looked_for_are_placed_by_a_command() -> None:
    articles = wire_copies()
    take_out(article_ids=articles)
    Article.objects.update(is_no_copy=False, held_from=None)
    ArticleKey.objects.all().delete()
    out = StringIO()
    call_command("find_copies", verbosity=0, stdout=out)
    assert out.getvalue() == "Looked at 3 articles: 1 story in several outlets.\n"
    assert Story.objects.get().articles.count() == 3
    call_command("find_copies", verbosity=0, stdout=out)
    assert "Looked at 0 articles" in out.getvalue()


@pytest.mark.django_db
def test_looking_for_copies_takes_few_queries_a_batch() -> None:
    texts = [f"{OTHER} It was vote {number}, on {number * 7} slates." * 2 for number in range(20)]
    documents = [
        ArticleDocument(text=text.replace("Oxmoor", f"Ox{number}moor"), url=f"https://a.example/{number}")
        for number, text in enumerate(texts[:1])
    ]
    stored = store_articles(documents=documents)
    articles = [one.article.pk for one in stored if isinstance(one, StoredArticle)]
    extract_articles(article_ids=articles)
    with CaptureQueriesContext(connection) as queries:
        place_articles(article_ids=articles)
    assert len(queries) < 14


@pytest.mark.django_db(transaction=True)
def test_copies_that_are_placed_at_the_same_moment_make_one_story() -> None:
    documents = [ArticleDocument(text="\n\n".join(WIRE), url=f"https://{one}.example/") for one in "abcdefgh"]
    stored = store_articles(documents=documents)
    articles = [one.article.pk for one in stored if isinstance(one, StoredArticle)]
    extract_articles(article_ids=articles)

    def place(article: int) -> None:
        place_articles(article_ids=[article])
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(place, articles))
    place_articles(article_ids=articles)
    assert Story.objects.count() == 1
    assert len(set(stories())) == 1
    assert without_copies(public_quotes().filter(speaker__slug="oona-marlowe")).count() == 1


@pytest.mark.django_db
def test_readers_see_a_saying_once_and_where_else_it_was_printed(client: Client) -> None:
    wire_copies()
    page = client.get("/speakers/oona-marlowe/").content.decode()
    assert page.count('<article class="quote">') == 1
    assert "in 3 outlets" in page
    feed = client.get("/speakers/oona-marlowe/feed.atom").content.decode()
    assert feed.count("<entry>") == 1
    everything = client.get("/speakers/oona-marlowe/feed.atom?copies=true").content.decode()
    assert everything.count("<entry>") == 3
    quote = without_copies(public_quotes().filter(speaker__slug="oona-marlowe")).get()
    assert "The same words in 3 outlets" in client.get(quote.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_a_feed_keeps_its_entry_when_copies_come_in_with_earlier_dates(client: Client) -> None:
    def entries(path: str = "/speakers/oona-marlowe/feed.atom") -> list[str]:
        feed: Any = feedparser.parse(client.get(path).content, response_headers={})
        return [entry.id for entry in feed.entries]

    printed("agency", *WIRE)
    (first,) = entries()
    printed("post", *WIRE[:3])
    Quote.objects.exclude(public_id=first.removeprefix("urn:uuid:")).update(dated_at="2020-01-01T00:00Z")
    assert entries() == [first]
    everything = "/speakers/oona-marlowe/feed.atom?copies=true"
    assert len(entries(everything)) == 2
    assert f'{everything}" rel="self"' in client.get(everything).content.decode()


@pytest.mark.django_db
def test_an_article_that_got_another_text_meanwhile_still_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    article = printed("agency", *WIRE)
    Article.objects.update(needs_placing=True)

    def revise(*_: Any) -> dict[int, list[int]]:
        url = Article.objects.get(pk=article).canonical_url
        store_article(document=ArticleDocument(text=OTHER, url=url))
        return {}

    monkeypatch.setattr("quotes.services.stories._alike", revise)
    place_articles(article_ids=[article])
    assert Article.objects.get(pk=article).needs_placing


@pytest.mark.django_db
def test_the_api_counts_copies_and_leaves_them_out_when_asked(client: Client) -> None:
    wire_copies()
    printed("times", OTHER)
    found = client.get("/api/v1/quotes/?speaker=oona-marlowe").json()["results"]
    assert [one["copies"] for one in found] == [0, 2, 2, 2]
    (_, one) = client.get("/api/v1/quotes/?speaker=oona-marlowe&copies=false").json()["results"]
    whole = client.get(one["url"]).json()
    assert whole["also_in"]["count"] == 2
    assert {a["source"]["slug"] for a in whole["also_in"]["articles"]} == {"post", "courier"}
    # Of what the other filters leave.
    (paper,) = client.get("/api/v1/quotes/?speaker=oona-marlowe&copies=false&source=post").json()["results"]
    assert paper["article"]["source"]["slug"] == "post"
    assert client.get(paper["article"]["url"]).json()["also_in"]["count"] == 2
    assert client.get("/api/v1/quotes/?copies=maybe").status_code == 400
