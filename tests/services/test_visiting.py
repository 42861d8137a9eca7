"""Visiting hosts: from a feed to stored articles, with no broker, over the local web."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from quotes.ingestion import ArticleDocument
from quotes.models import Article, FeedSubscription, Host, Page, Quote, Source
from quotes.services import following, visiting
from quotes.services.following import add_feed, add_source, poll_feed, poll_now, stop_following
from quotes.services.hosts import hosts_to_visit, leave_host, take_host
from quotes.services.ingest import StoredArticle, store_article
from quotes.services.visiting import MOST_ATTEMPTS, retry_pages, visit_host
from quotes.tasks import send, sweep, visit_hosts
from tests.web import LocalWeb, local_web
from tests.web.pages import GOOD, Answer, article, rss, words_of
from tests.web.server import BAD_PAGES, FRENCH, ODD_PAGES

pytestmark = pytest.mark.django_db(transaction=True)


class EnoughError(Exception):
    """The test has seen what it wanted."""


@pytest.fixture
def web(settings: Any) -> Iterator[LocalWeb]:
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = ["localhost"]
    settings.FETCH_TIMEOUT_SECONDS = 2
    settings.HOST_DELAY_SECONDS = 0
    settings.CELERY_TASK_ALWAYS_EAGER = True
    with local_web() as web:
        yield web


@pytest.fixture
def outlet() -> Source:
    return Source.objects.create(name="Tarn Bay Post", slug="tarn-bay-post")


def follow(source: Source, web: LocalWeb, *paths: str) -> None:
    for path in paths:
        add_feed(source=source, url=web.site + path)


def go_on() -> None:
    """As beat does, until nothing is due."""
    while host_ids := hosts_to_visit():
        for host_id in host_ids:
            visit_host(host_id=host_id, send=send, sleep=lambda seconds: None)
    sweep()


def article_of(page: Page) -> Article:
    assert page.article
    return page.article


def path_of(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def test_every_good_article_is_stored_once_with_its_quotes(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/good.rss", "/good.atom")
    go_on()
    read = Article.objects.filter(status=Article.Status.EXTRACTED, pages__url__contains="/good/")
    assert read.count() == GOOD
    assert set(Quote.objects.filter(revision__article__in=read).values_list("text", flat=True)) == {
        words_of(number) for number in range(GOOD)
    }
    assert set(read.values_list("source__name", flat=True)) == {"Tarn Bay Post"}
    assert read.filter(published_at__isnull=True).count() == 0


def test_every_bad_page_has_its_reason(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/bad.rss")
    go_on()
    reasons = {path_of(page): page.last_error for page in Page.objects.all()}
    assert set(reasons) == set(BAD_PAGES)
    wrong = {path: reasons[path] for path, said in BAD_PAGES.items() if said not in reasons[path]}
    assert wrong == {}
    assert not Article.objects.exists()


def test_odd_pages_are_stored_all_the_same(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/good.rss")
    go_on()
    Page.objects.filter(status=Page.Status.WAITING).update(next_fetch_at=timezone.now())
    Host.objects.update(next_request_at=timezone.now())
    go_on()
    stored = {path_of(page): article_of(page) for page in Page.objects.filter(article__isnull=False)}
    assert set(ODD_PAGES) <= set(stored)
    windows = stored["/cp1252"]
    assert f"“{words_of(32)},”" in windows.text
    assert stored["/no-dates"].published_at  # the feed's


def test_a_page_that_is_not_english_is_stored_and_marked(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/good.rss")
    go_on()
    page = Page.objects.get(url__endswith=FRENCH)
    assert article_of(page).status == Article.Status.SKIPPED
    assert article_of(page).revision.language == "fr"


def test_an_entry_that_holds_the_whole_article_is_not_fetched_again(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/full.rss")
    go_on()
    assert Quote.objects.get().text == words_of(30)
    assert web.asked["/full/30"] == 0


@pytest.mark.parametrize("name", ["SECONDS", "WHOLE_ARTICLES_SECONDS"])
def test_whole_articles_that_take_too_long_are_pages_to_fetch_and_hold_nobody_up(
    web: LocalWeb, outlet: Source, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(following, name, 0.0)
    paths = ["/good/1", "/good/2", "/good/3"]
    web.changed["/whole.rss"] = rss(web.site, "Whole", paths, full=article(30, extra="So it went on. " * 40))
    follow(outlet, web, "/whole.rss")
    assert poll_feed(feed=FeedSubscription.objects.get(), host=Host.objects.get(), send=send) == 3
    assert Page.objects.filter(article=None, next_fetch_at__isnull=False).count() == 3
    go_on()
    assert Article.objects.count() == 3


@pytest.mark.parametrize(
    ("path", "complaint"), [("/slow.rss", "took longer"), ("/not-a-feed", "not an RSS or Atom feed")]
)
def test_a_feed_that_cannot_be_had_is_backed_off(
    web: LocalWeb, outlet: Source, path: str, complaint: str
) -> None:
    follow(outlet, web, path)
    go_on()
    feed = FeedSubscription.objects.get()
    assert (feed.failures, complaint in feed.last_error) == (1, True)
    assert feed.next_poll_at > timezone.now() + timedelta(seconds=feed.interval // 2)


@pytest.mark.parametrize("path", ["/broken.rss", "/bomb.rss"])
def test_a_broken_feed_gives_what_can_be_read_of_it(web: LocalWeb, outlet: Source, path: str) -> None:
    follow(outlet, web, path)
    go_on()
    assert Article.objects.filter(status=Article.Status.EXTRACTED).exists()
    assert FeedSubscription.objects.get().last_error


def test_a_feed_that_did_not_change_is_not_sent_again(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/good.atom")
    go_on()
    before = FeedSubscription.objects.get()
    poll_now(feed_ids=[before.pk])
    go_on()
    after = FeedSubscription.objects.get()
    assert web.not_modified["/good.atom"] == 1
    assert (after.failures, after.interval > before.interval) == (0, True)


def test_an_article_is_looked_at_again_and_a_change_becomes_a_revision(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/good.rss")
    go_on()
    page = Page.objects.get(url__endswith="/good/3")
    assert (page.next_fetch_at or page.created_at) > timezone.now()
    web.changed["/good/3"] = article(3).replace(words_of(3), "We will not mend it")
    Page.objects.filter(pk=page.pk).update(next_fetch_at=timezone.now())
    Host.objects.update(next_request_at=timezone.now())
    go_on()
    assert article_of(page).revisions.count() == 2
    old, new = (Quote.objects.get(text=text) for text in (words_of(3), "We will not mend it"))
    assert old.gone_at is not None
    assert new.gone_at is None


def test_a_page_that_did_not_change_is_not_sent_again(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/good.rss")
    go_on()
    Page.objects.filter(url__endswith="/etag").update(next_fetch_at=timezone.now())
    Host.objects.update(next_request_at=timezone.now())
    go_on()
    assert web.not_modified["/etag"] == 1
    assert Page.objects.get(url__endswith="/etag").status == Page.Status.FETCHED


def test_a_page_that_fails_again_and_again_is_given_up_and_can_be_tried_anew(
    web: LocalWeb, outlet: Source
) -> None:
    follow(outlet, web, "/bad.rss")
    go_on()
    page = Page.objects.filter(url__endswith="/error")
    for attempt in range(2, MOST_ATTEMPTS + 1):
        page.update(next_fetch_at=timezone.now())
        Host.objects.update(next_request_at=timezone.now())
        go_on()
        assert page.get().attempts == attempt
    assert page.get().status == Page.Status.FAILED
    assert page.get().next_fetch_at is None
    assert retry_pages(page_ids=[page.get().pk]) == 1
    assert page.get().status == Page.Status.WAITING


def test_robots_txt_is_asked_once(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/good.rss", "/good.atom")
    go_on()
    assert web.asked["/robots.txt"] == 1
    assert web.asked["/private/1"] == 0


def test_a_host_is_visited_by_one_worker_at_a_time(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/good.rss")
    host = Host.objects.get()
    assert take_host(host_id=host.pk)
    assert visit_host(host_id=host.pk, send=send).polled == 0
    leave_host(host_id=host.pk)
    assert visit_host(host_id=host.pk, send=send).polled == 1


def test_a_host_gets_its_rest_between_two_requests(web: LocalWeb, outlet: Source, settings: Any) -> None:
    settings.HOST_DELAY_SECONDS = 4
    follow(outlet, web, "/good.rss")
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 4:
            raise EnoughError

    with pytest.raises(EnoughError):
        visit_host(host_id=Host.objects.get().pk, send=send, sleep=sleep)
    # Less by what reading a page takes.
    assert all(1 < seconds <= 4 for seconds in slept[1:])


def test_a_host_that_asks_for_a_pause_is_left_alone_that_long(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/good.rss")
    Host.objects.update(next_request_at=timezone.now() + timedelta(hours=1))
    visit_hosts()
    assert web.asked.total() == 0


def test_the_feeds_of_a_site_are_found(web: LocalWeb) -> None:
    feeds = add_source(url=f"{web.site}/")
    assert [path for path in ("/good.rss", "/full.rss") for feed in feeds if feed.url.endswith(path)] == [
        "/good.rss",
        "/full.rss",
    ]
    assert [feed.pk for feed in add_source(url=f"{web.site}/")] == [feed.pk for feed in feeds]
    assert Source.objects.get().name == "Tarn Bay Post"


def test_polling_twice_changes_nothing(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/broken.rss", "/good.rss")
    go_on()
    before = (Page.objects.count(), Article.objects.count(), Quote.objects.count())
    FeedSubscription.objects.update(etag="", next_poll_at=timezone.now())
    Host.objects.update(next_request_at=timezone.now())
    go_on()
    assert (Page.objects.count(), Article.objects.count(), Quote.objects.count()) == before


def test_a_page_on_which_something_breaks_does_not_hold_up_its_host(
    web: LocalWeb, outlet: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def store(*, document: ArticleDocument, **_: Any) -> StoredArticle:
        if "number 3 " in document.text:
            raise ValueError("NUL \0 in a title")
        return store_article(document=document, source=outlet)

    monkeypatch.setattr(visiting, "store_article", store)
    follow(outlet, web, "/good.rss")
    go_on()
    assert Page.objects.get(url__endswith="/good/3").last_error == "ValueError: NUL  in a title"
    assert Page.objects.get(url__endswith="/good/4").article


@pytest.mark.parametrize("status", [429, 503])
def test_nothing_is_fetched_while_a_host_cannot_say_what_it_allows(
    web: LocalWeb, outlet: Source, status: int
) -> None:
    follow(outlet, web, "/good.rss")
    FeedSubscription.objects.update(url=f"{web.site}/good.atom")
    web.robots = Answer(status=status)
    go_on()
    assert web.asked["/good.atom"] == 0
    page = Page.objects.create(url=f"{web.site}/good/1", host=Host.objects.get(), source=outlet)
    for _ in range(MOST_ATTEMPTS + 1):
        Page.objects.update(next_fetch_at=timezone.now())
        Host.objects.update(next_request_at=timezone.now())
        go_on()
    page.refresh_from_db()
    assert (page.status, page.attempts, str(status) in page.last_error) == (Page.Status.WAITING, 0, True)
    web.robots = Answer(b"", media_type="text/plain")
    Host.objects.update(next_request_at=timezone.now(), robots_until=timezone.now())
    Page.objects.update(next_fetch_at=timezone.now())
    go_on()
    page.refresh_from_db()
    assert page.status == Page.Status.FETCHED


def test_a_feed_that_an_editor_drops_while_it_is_polled_stays_dropped(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/good.atom")
    feed = FeedSubscription.objects.get()
    stop_following(feed_ids=[feed.pk])
    poll_feed(feed=feed, host=Host.objects.get(), send=send)  # as it was when the poll began
    feed.refresh_from_db()
    assert not feed.is_active


def test_a_feed_that_is_gone_is_followed_no_longer(web: LocalWeb, outlet: Source) -> None:
    follow(outlet, web, "/gone")
    go_on()
    assert not FeedSubscription.objects.get().is_active
