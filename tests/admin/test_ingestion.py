"""What an editor sees of feeds, pages and the backlog, and what can be tried again."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from quotes.models import Article, FeedSubscription, ImportRun, Page, Source
from quotes.monitoring import DEAD_AFTER
from quotes.services.following import add_feed
from quotes.services.hosts import host_of
from tests.conftest import Ingest

OVERVIEW = "/admin/quotes/page/overview/"
FEED = "https://tidewatch.example/feed"


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def feed(db: None) -> FeedSubscription:
    source = Source.objects.create(name="Tidewatch", slug="tidewatch")
    return add_feed(source=source, url=FEED)


@pytest.fixture
def page(feed: FeedSubscription) -> Page:
    return Page.objects.create(
        url="https://tidewatch.example/1",
        host=host_of(url=FEED),
        source=feed.source,
        status=Page.Status.FAILED,
        last_error="it answered 500",
    )


def seen(desk: Client) -> str:
    return " ".join(desk.get(OVERVIEW).content.decode().split())


def test_an_empty_service_says_how_to_follow_somebody(desk: Client) -> None:
    assert "manage.py add_source" in seen(desk)


def test_an_import_is_shown_with_how_far_it_came(desk: Client, db: None) -> None:
    ImportRun.objects.create(head="0" * 64, name="old.jsonl.gz", number=1200, stored=1190, rejected=10)
    assert "old.jsonl.gz" in seen(desk)
    assert "1200 records, <strong>10 rejected</strong>" in seen(desk)
    assert "not at its end, last moved on 0" in seen(desk)


def test_an_outlet_is_shown_with_its_last_and_its_next_poll(desk: Client, feed: FeedSubscription) -> None:
    assert "not polled yet" in seen(desk)
    assert "next poll now" in seen(desk)
    FeedSubscription.objects.update(next_poll_at=timezone.now() + timedelta(minutes=90))
    assert "next poll in 1 hour, 29 minutes" in seen(desk)


def test_a_dead_feed_is_shown_and_polled_by_a_button(desk: Client, feed: FeedSubscription) -> None:
    feed.failures, feed.last_error = DEAD_AFTER, "it answered 404"
    feed.next_poll_at = timezone.now() + timedelta(days=1)
    feed.save()
    assert "dead:" in seen(desk)
    assert "it answered 404" in seen(desk)
    desk.post(OVERVIEW, {"again": f"feed:{feed.pk}"})
    feed.refresh_from_db()
    assert feed.next_poll_at <= timezone.now()


def test_a_page_that_was_given_up_is_fetched_again_by_a_button(desk: Client, page: Page) -> None:
    assert "it answered 500" in seen(desk)
    desk.post(OVERVIEW, {"again": f"page:{page.pk}"})
    page.refresh_from_db()
    assert (page.status, page.next_fetch_at is not None) == (Page.Status.WAITING, True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("button", ["article:{}", "articles"])
def test_an_article_that_failed_is_read_again_by_a_button(desk: Client, ingest: Ingest, button: str) -> None:
    article = ingest()
    Article.objects.update(status=Article.Status.FAILED, last_error="ValueError: odd", attempts=3)
    assert "ValueError: odd" in seen(desk)
    desk.post(OVERVIEW, {"again": button.format(article.pk)})
    article.refresh_from_db()
    assert (article.status, article.last_error) == (Article.Status.EXTRACTED, "")


def test_a_long_wait_asks_for_a_worker(desk: Client, ingest: Ingest) -> None:
    article = ingest()
    Article.objects.update(status=Article.Status.PENDING)
    article.revisions.update(fetched_at=timezone.now() - timedelta(hours=2))
    assert "is a worker running?" in seen(desk)


@pytest.mark.parametrize("what", ["", "page:x", "page:99999999999999999999", "nonsense"])
def test_nonsense_changes_nothing(desk: Client, page: Page, what: str) -> None:
    assert desk.post(OVERVIEW, {"again": what}).status_code == 302
    page.refresh_from_db()
    assert page.status == Page.Status.FAILED


def test_who_may_only_look_changes_nothing(client: Client, page: Page) -> None:
    looker = User.objects.create_user("lou", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_page"))
    client.force_login(looker)
    assert "Fetch again" not in client.get(OVERVIEW).content.decode()
    assert client.post(OVERVIEW, {"again": f"page:{page.pk}"}).status_code == 403


def test_a_feed_is_added_and_followed(desk: Client, feed: FeedSubscription) -> None:
    data = {"source": feed.source.pk, "url": "https://tidewatch.example/sport.xml"}
    desk.post("/admin/quotes/feedsubscription/add/", data)
    added = FeedSubscription.objects.get(url=data["url"])
    assert (added.is_active, added.host) == (True, feed.host)


@pytest.mark.parametrize("url", ["ftp://tidewatch.example/f", "https://me:secret@tidewatch.example/f"])
def test_an_address_that_must_not_be_fetched_is_refused(
    desk: Client, feed: FeedSubscription, url: str
) -> None:
    desk.post("/admin/quotes/feedsubscription/add/", {"source": feed.source.pk, "url": url})
    assert FeedSubscription.objects.count() == 1


@pytest.mark.parametrize(("action", "active"), [("poll", True), ("stop", False)])
def test_feeds_are_polled_at_once_or_followed_no_longer(
    desk: Client, feed: FeedSubscription, action: str, active: bool
) -> None:
    data = {"action": action, "_selected_action": [feed.pk]}
    desk.post("/admin/quotes/feedsubscription/", data)
    feed.refresh_from_db()
    assert feed.is_active is active


def test_pages_are_listed_and_fetched_again(desk: Client, page: Page) -> None:
    assert "it answered 500" in desk.get("/admin/quotes/page/").content.decode()
    assert desk.get(f"/admin/quotes/page/{page.pk}/change/").status_code == 200
    desk.post("/admin/quotes/page/", {"action": "fetch_again", "_selected_action": [page.pk]})
    page.refresh_from_db()
    assert page.status == Page.Status.WAITING
