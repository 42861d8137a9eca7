"""From feeds to quotes by real workers over a real broker: the local web, good and bad."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from quotes.models import Article, FeedSubscription, Host, Page, Quote, Source
from quotes.services.following import add_feed
from tests.brokers import delete_queues, own_redis, rabbitmq_url
from tests.web import local_web
from tests.web.pages import GOOD, words_of
from tests.web.server import BAD_PAGES, FEEDS, FRENCH, ODD_PAGES
from tests.workers import QUEUES, service, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

BUSY = "answered 429"  # a port may be 42921


@pytest.fixture(params=["redis", "rabbitmq"])
def broker(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "redis":
        with own_redis() as redis:
            yield redis.url
        return
    url = rabbitmq_url()
    if url is None:
        pytest.skip("there is no RabbitMQ: name one in TEST_RABBITMQ_URL")
    yield url
    delete_queues(url, QUEUES)


def test_every_good_article_is_stored_once_and_every_bad_page_has_its_reason(
    broker: str, tmp_path: Path
) -> None:
    outlet = Source.objects.create(name="Tarn Bay Post", slug="tarn-bay-post")
    with local_web() as web, service(broker, tmp_path) as running:
        for path in FEEDS:
            add_feed(source=outlet, url=web.site + path)
        running.worker()
        running.beat()
        wait_until(everything_was_tried, running)
        # The page that asked for a second's pause is fetched when that is over.
        Page.objects.filter(last_error__contains=BUSY).update(next_fetch_at=timezone.now())
        wait_until(lambda: not Page.objects.filter(last_error__contains=BUSY).exists(), running)
        wait_until(everything_was_tried, running)

    good = Article.objects.filter(pages__url__contains="/good/")
    assert set(good.values_list("status", flat=True)) == {Article.Status.EXTRACTED}
    quotes = list(Quote.objects.filter(revision__article__in=good).values_list("text", flat=True))
    # /good/1 is there twice, under an address with a query, too.
    assert sorted(set(quotes)) == sorted(words_of(number) for number in range(GOOD))
    assert len(quotes) == good.count() == GOOD + 1

    pages = {"/" + page.url.split("/", 3)[3]: page for page in Page.objects.all()}
    wrong = {
        path: pages[path].last_error for path, said in BAD_PAGES.items() if said not in pages[path].last_error
    }
    assert wrong == {}
    assert all(pages[path].article_id for path in ODD_PAGES)
    french = pages[FRENCH].article
    assert french is not None
    assert french.status == Article.Status.SKIPPED
    errors = {feed.url.rpartition("/")[2]: feed.last_error for feed in FeedSubscription.objects.all()}
    assert [name for name, error in sorted(errors.items()) if error] == [
        "bomb.rss", "broken.rss", "not-a-feed", "slow.rss"
    ]  # fmt: skip
    assert len(pages) >= 30


def everything_was_tried() -> bool:
    now = timezone.now()
    return not (
        FeedSubscription.objects.filter(last_polled_at=None).exists()
        or Page.objects.filter(next_fetch_at__lte=now).exists()
        or Page.objects.filter(status=Page.Status.WAITING, attempts=0).exists()
        or Article.objects.filter(status=Article.Status.PENDING).exists()
        or Host.objects.filter(claimed_until__isnull=False).exists()
    )
