"""Webhooks: what a receiver gets, how it knows that it is ours, and what follows where it fails."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from standardwebhooks.webhooks import WebhookVerificationError

from quotes.alerts.events import new_secret
from quotes.models import Delivery, Quote, Speaker, Webhook
from quotes.services import webhooks
from quotes.services.merging import move_quotes, rename_speaker
from quotes.services.review import decide
from quotes.services.subscribing import SubscriptionError
from quotes.services.webhooks import WebhookError, enable, make_webhook, replay, replay_since, rotate_secret
from tests.alerts.following import tell
from tests.alerts.receivers import Receiver, receiver
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_INSECURE_HOSTS = ["localhost"]
    with receiver() as made:
        yield made


@pytest.fixture
def webhook(there: Receiver, kettles: Quote, editor: User) -> Webhook:
    """Told of Oona Marlowe's quotes."""
    return make_webhook(
        owner=editor, name="mirror", url=f"{there.url}/in", speaker=Speaker.objects.get(slug="oona-marlowe")
    )


def news(ingest: Ingest, words: str = "drifting samovars") -> Quote:
    text = f"The board met.\n\n“The {words} are late,” said Oona Marlowe, who chairs it.\n"
    ingest(text, url=f"https://www.tidewatch.example/{words[:3]}")
    return Quote.objects.get(text=f"The {words} are late")


def later() -> None:
    """When the pause after a failure, and the lease of one that died, are over."""
    Webhook.objects.update(next_attempt_at=timezone.now(), claimed_until=None, asked_for_at=None)
    tell()


def events(there: Receiver, webhook: Webhook) -> list[dict[str, Any]]:
    return [one.verified(webhook.secret) for one in there.received]


def test_new_changed_and_withdrawn_quotes_are_told_in_order_and_signed(
    there: Receiver, webhook: Webhook, ingest: Ingest, editor: User
) -> None:
    tell()
    assert not there.received
    quote = news(ingest)
    tell()
    rename_speaker(speaker=Speaker.objects.get(slug="oona-marlowe"), name="Oona Lind", editor=editor)
    tell()
    decide(quotes=[quote], status=Quote.Status.REJECTED, editor=editor, reason="wrong-words")
    tell()
    theirs = [one for one in events(there, webhook) if one["data"]["id"] == quote.urn]
    assert [one["type"] for one in theirs] == ["quote.published", "quote.changed", "quote.withdrawn"]
    published, changed, withdrawn = (one["data"] for one in theirs)
    assert published["version"] == 1
    assert published["text"] == "The drifting samovars are late"
    assert published["speaker"]["name"] == "Oona Marlowe"
    assert published["url"] == f"http://localhost:8000/api/v1/quotes/{quote.public_id}/"
    assert published["source"] == {"slug": "tidewatch", "name": "Tidewatch"}
    assert changed["speaker"]["name"] == "Oona Lind"
    assert withdrawn["why"] == "An editor found that the words were not taken as they stand."
    assert "samovars" not in str(withdrawn)
    assert there.received[0].path == "/in"
    assert len({one.id for one in there.received}) == len(there.received)
    with pytest.raises(WebhookVerificationError):
        there.received[0].verified(new_secret())


def test_of_what_goes_to_somebody_else_it_is_told_that_it_is_gone(
    there: Receiver, webhook: Webhook, ingest: Ingest, editor: User
) -> None:
    quote = news(ingest)
    tell()
    move_quotes(quotes=[quote], target=Speaker.objects.get(slug="desmond-achterberg"), editor=editor)
    tell()
    last = events(there, webhook)[-1]
    assert (last["type"], last["data"]["id"]) == ("quote.withdrawn", quote.urn)
    assert "given to somebody else" in last["data"]["why"]


def test_what_was_public_before_is_changed_or_withdrawn_for_who_has_it_from_the_api(
    there: Receiver, webhook: Webhook, kettles: Quote, editor: User
) -> None:
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    tell()
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor)
    tell()
    assert [one["type"] for one in events(there, webhook)] == ["quote.changed", "quote.withdrawn"]


def test_after_the_secret_was_changed_both_sign_for_a_day(
    there: Receiver, webhook: Webhook, ingest: Ingest
) -> None:
    changed = rotate_secret(webhook=webhook)
    assert changed.secret != webhook.secret
    news(ingest)
    tell()
    (event, *_) = there.received
    assert event.verified(webhook.secret) == event.verified(changed.secret)
    Webhook.objects.update(former_until=timezone.now())
    news(ingest, "sinking ships")
    tell()
    there.received[-1].verified(changed.secret)
    with pytest.raises(WebhookVerificationError):
        there.received[-1].verified(webhook.secret)


def test_what_fails_is_tried_again_later_and_nothing_overtakes_it(
    there: Receiver, webhook: Webhook, ingest: Ingest
) -> None:
    there.status = 500
    first = news(ingest)
    tell()
    news(ingest, "sinking ships")
    tell()
    assert len(there.received) == 1
    later()
    assert [one.id for one in there.received] == [there.received[0].id] * 2
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.state) == (2, "failing")
    there.status = 200
    later()
    told = [one["data"]["id"] for one in events(there, webhook)]
    assert told[:3] == [first.urn] * 3
    assert len(set(told)) == Delivery.objects.count()
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.state) == (0, "active")


def test_a_receiver_that_names_a_time_is_not_asked_before(
    there: Receiver, webhook: Webhook, ingest: Ingest
) -> None:
    there.status, there.headers = 429, {"Retry-After": "7200"}
    news(ingest)
    tell()
    tell()
    assert len(there.received) == 1
    webhook.refresh_from_db()
    assert webhook.next_attempt_at > timezone.now() + timedelta(hours=1)


def test_one_that_is_gone_is_disabled_at_once_and_its_owner_told(
    there: Receiver, webhook: Webhook, ingest: Ingest, editor: User
) -> None:
    User.objects.update(email="edith@newsroom.example")
    there.status = 410
    news(ingest)
    tell()
    tell()
    webhook.refresh_from_db()
    assert webhook.state == "disabled"
    (notice,) = mail.outbox
    assert notice.to == ["edith@newsroom.example"]
    assert "410" in str(notice.body)
    later()
    assert len(there.received) == 1


def test_one_that_fails_for_days_is_disabled_and_told_all_when_it_is_enabled(
    there: Receiver, webhook: Webhook, ingest: Ingest
) -> None:
    there.status = 503
    news(ingest)
    tell()
    later()
    Webhook.objects.update(failing_since=timezone.now() - timedelta(days=4))
    later()
    webhook.refresh_from_db()
    assert webhook.disabled_at
    assert "failed" in webhook.disabled_because
    news(ingest, "sinking ships")
    tell()
    there.status, there.received = 200, []
    assert enable(webhook_ids=[webhook.pk]) == 1
    tell()
    told = [one["data"]["text"] for one in events(there, webhook)]
    assert told == ["The drifting samovars are late", "The sinking ships are late"]
    assert len(told) == len({one.id for one in there.received})


def test_what_is_withdrawn_before_it_was_sent_is_never_sent_and_after_it_might_have_been_is_told(
    there: Receiver, webhook: Webhook, ingest: Ingest, editor: User
) -> None:
    there.status = 500
    maybe = news(ingest)
    tell()
    never = news(ingest, "sinking ships")
    decide(quotes=[maybe, never], status=Quote.Status.REJECTED, editor=editor)
    there.status, there.received = 200, []
    later()
    told = [(one["type"], one["data"]["id"]) for one in events(there, webhook)]
    assert ("quote.withdrawn", maybe.urn) in told
    assert never.urn not in {key for _, key in told}
    assert ("quote.published", maybe.urn) not in told


def test_redirects_are_not_followed_and_answers_not_read_to_the_end(
    there: Receiver, webhook: Webhook, ingest: Ingest
) -> None:
    there.status, there.headers = 302, {"Location": f"{there.url}/elsewhere"}
    there.body = b"x" * 5_000_000
    news(ingest)
    tell()
    assert {one.path for one in there.received} == {"/in"}
    webhook.refresh_from_db()
    assert "302" in webhook.last_error
    assert len(webhook.last_error) < 600


def test_a_private_address_is_never_asked(
    there: Receiver, webhook: Webhook, ingest: Ingest, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOK_INSECURE_HOSTS = []
    news(ingest)
    tell()
    webhook.refresh_from_db()
    assert "https" in webhook.last_error
    Webhook.objects.update(url=there.url.replace("http:", "https:"))
    later()
    webhook.refresh_from_db()
    assert "not on the public internet" in webhook.last_error
    assert not there.received


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/in",
        "https://",
        "ftp://a.example",
        "https://u:p@a.example",
        "javascript:alert(1)",
        "",
    ],
)
def test_only_addresses_that_can_be_posted_to_by_https_are_taken(editor: User, url: str) -> None:
    with pytest.raises(WebhookError):
        make_webhook(owner=editor, name="n", url=url)


def test_words_that_make_no_question_and_no_name_are_refused(editor: User) -> None:
    with pytest.raises(SubscriptionError):
        make_webhook(owner=editor, name="n", url="https://a.example", q='"')
    with pytest.raises(WebhookError):
        make_webhook(owner=editor, name=" ", url="https://a.example")


def test_events_are_sent_once_more_under_their_ids(there: Receiver, webhook: Webhook, ingest: Ingest) -> None:
    news(ingest)
    tell()
    ids = [one.id for one in there.received]
    assert replay(deliveries=list(Delivery.objects.values_list("pk", flat=True))) == len(ids)
    tell()
    assert [one.id for one in there.received] == ids * 2
    assert replay_since(webhook=webhook, since=timezone.now() - timedelta(hours=1)) == len(ids)
    tell()
    assert [one.id for one in there.received] == ids * 3


def test_one_that_died_at_it_holds_nobody_up_for_long_and_the_id_stays(
    there: Receiver, webhook: Webhook, ingest: Ingest
) -> None:
    news(ingest)
    with patch.object(webhooks, "_keep", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        tell()
    tell()
    assert len(there.received) == 1
    later()
    assert there.received[0].id == there.received[1].id
    assert len({one.id for one in there.received}) == Delivery.objects.count()
