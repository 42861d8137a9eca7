"""Workers and broker are killed while alerts go out: all is told once by its id, in order, none missed."""

import re
import sys
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from quotes.ingestion import ArticleDocument
from quotes.models import Delivery, Message, Publication, Quote, Speaker, Subscription, Webhook
from quotes.services.extract import extract_article
from quotes.services.ingest import store_article
from quotes.services.stories import place_articles
from quotes.services.webhooks import make_webhook
from tests.alerts.following import follow
from tests.alerts.post import Post, post_office
from tests.alerts.receivers import Receiver, receiver
from tests.brokers import own_redis
from tests.workers import service, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = (
    "Oona Marlowe", "Desmond Achterberg", "Una Lind", "Hamish Tarrant", "Ruth Quill",
    "Piet Vandermolen", "Agnes Okoye", "Bruno Castellani", "Ines Farrow", "Walter Grue",
)  # fmt: skip
IN_AN_ARTICLE = 10
# What is searched for, and of which numbers the quotes are that answer it: None for all.
SEARCHES = {
    "": None,
    "sailing": None,
    '17 OR "bell 23" OR "at bell 31" OR 42': {17, 23, 31, 42},
    "watch 11 OR bells 27 -99": {11, 27},
}


def publish(first: int, count: int) -> None:
    """`count` new quotes, numbered from `first` on, each article with one of each speaker."""
    for start in range(first, first + count, IN_AN_ARTICLE):
        said = "\n\n".join(
            f"“We sail at bell {start + place} of the watch,” said {name}."
            for place, name in enumerate(NAMES)
        )
        url = f"https://one.example/{start}"
        document = ArticleDocument(text=f"The board met.\n\n{said}\n", url=url, source="One")
        article = store_article(document=document).article
        extract_article(article_id=article.pk)
        place_articles(article_ids=[article.pk])


def subscribe(there: Receiver, webhooks: int, readers: int) -> None:
    """Programs and people, who follow a speaker each, words, or everything."""
    owner = User.objects.create_user("mirror")
    speakers = list(Speaker.objects.filter(name__in=NAMES).order_by("pk"))
    assert len(speakers) == len(NAMES)
    for number in range(webhooks):
        kind, speaker = (3 if number == 3 else number % 3), speakers[number % len(speakers)]
        webhook = make_webhook(
            owner=owner,
            name=f"w{number}",
            url=f"{there.url}/w{number}",
            speaker=speaker if kind in {0, 1} else None,
            q=list(SEARCHES)[kind] if kind < 3 else "",
        )
        there.secrets[f"/w{number}"] = webhook.secret
    for number in range(readers):
        slug = speakers[number % len(speakers)].slug
        follow(
            f"r{number}@reader.example",
            **({"q": list(SEARCHES)[3]} if number % 5 == 4 else {"speaker": slug}),
        )


def expected_of(subscription: Subscription) -> list[str]:
    """Ids of the quotes that it is to be told of, in the order in which they became public."""
    found = Quote.objects.filter(publication__first_public_at__gte=subscription.since)
    if subscription.speaker_id:
        found = found.filter(speaker=subscription.speaker_id)
    numbers = SEARCHES[subscription.q]
    return [
        str(quote.public_id)
        for quote in found.order_by("publication__number")
        if numbers is None or int(re.findall(r"\d+", quote.text)[0]) in numbers
    ]


@pytest.mark.parametrize(
    ("quotes", "webhooks", "readers", "kills"),
    [(60, 4, 5, 1), pytest.param(1000, 20, 30, 2, marks=pytest.mark.dear)],
)
def test_each_is_told_once_by_its_id_in_order_and_none_is_missed(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    settings: Any,
    quotes: int,
    webhooks: int,
    readers: int,
    kills: int,
) -> None:
    publish(0, IN_AN_ARTICLE)
    with own_redis() as redis, receiver() as there, post_office() as post:
        settings.WEBHOOK_INSECURE_HOSTS = ["localhost"]
        subscribe(there, webhooks, readers)
        told = {
            "QUOTETRACKER_LEASE_SECONDS": "3",
            "QUOTETRACKER_RESEND_SECONDS": "3",
            "QUOTETRACKER_WEBHOOK_INSECURE_HOSTS": "localhost",
            "QUOTETRACKER_EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
            "QUOTETRACKER_EMAIL_FROM": "alerts@quotes.example",
            "QUOTETRACKER_SITE_URL": "https://quotes.example",
        }
        with service(redis.url, tmp_path, **told) as running:
            workers = [running.worker(queues="fetch"), running.beat()]
            for kill in range(kills):
                publish(IN_AN_ARTICLE + kill * quotes // kills, quotes // kills)
                seen = len(there.received)
                wait_until(partial(has_more_than, there, seen + 5), running)
                for worker in workers:
                    running.kill(worker)
                redis.kill()
                assert Delivery.objects.filter(state="pending").exists()
                redis.start()
                workers = [running.worker(queues="fetch"), running.beat()]
            seconds = wait_until(is_done, running, patience=600)
    check_webhooks(there)
    check_mail(post)
    events = len({one.id for one in there.received})
    messages = len({str(one["Message-ID"]) for one in post.taken})
    with capsys.disabled():
        sys.stdout.write(
            f"\n{events} events ({len(there.received) - events} came again) and {messages} messages "
            f"({len(post.raw) - messages} came again), all {seconds:.1f} s after the last kill\n"
        )


def has_more_than(there: Receiver, seen: int) -> bool:
    return len(there.received) > seen


def is_done() -> bool:
    """Whether all is matched, and all that was matched sent."""
    unnumbered = Publication.objects.filter(number__isnull=True).exists()
    last = Publication.objects.order_by("-number").values_list("number", flat=True)[0]
    return not (
        unnumbered
        or Subscription.objects.filter(matched_to__lt=last).exists()
        or Delivery.objects.filter(state="pending").exists()
        or Message.objects.filter(next_attempt_at__isnull=False).exists()
    )


def check_webhooks(there: Receiver) -> None:
    told: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in there.received:
        assert one.event is not None
        assert one.event["type"] == "quote.published"
        told[one.path].setdefault(one.id, one.event["data"]["id"].removeprefix("urn:uuid:"))
    for webhook in Webhook.objects.select_related("subscription"):
        expected = expected_of(webhook.subscription)
        assert expected
        assert list(told[f"/{webhook.name}"].values()) == expected, webhook.name


def check_mail(post: Post) -> None:
    mails = {str(one["Message-ID"]): one for one in post.taken}
    told: defaultdict[str, list[set[str]]] = defaultdict(list)
    for one in mails.values():
        body = one.get_body(("plain",))
        assert body
        records = re.findall(r"https://quotes\.example/quotes/([0-9a-f-]{36})/", body.get_content())
        assert len(records) == len(set(records))
        told[str(one["To"])].append(set(records))
    for subscription in Subscription.objects.filter(reader__isnull=False).select_related("reader"):
        expected = expected_of(subscription)
        assert expected
        at = 0
        for some in told[
            subscription.reader.address if subscription.reader else ""
        ]:  # in parts, each as it stands in the order
            assert some == set(expected[at : at + len(some)])
            at += len(some)
        assert at == len(expected)
