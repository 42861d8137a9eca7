"""The work of the queue. Each task may be lost, or run twice, and no harm is done."""

import logging
from collections.abc import Sequence
from typing import Protocol

from celery import Task, shared_task
from django.conf import settings
from kombu.exceptions import OperationalError

from quotes.services import (
    alerting,
    mailing,
    queue,
    same_words,
    stories,
    subscribing,
    visiting,
    webhooks,
)
from quotes.services.hosts import hosts_to_visit
from quotes.services.hubs import tell_hub as tell
from quotes.services.queue import mark_sent, to_send

logger = logging.getLogger(__name__)

# The most that a task may take, in seconds: then its process is ended, and a new one goes on.
_LONGEST_READING, _LONGEST_VISIT = 3600, 300
_LONGEST_SENDING = 300
_MOMENT = 0.1  # seconds: one page or feed is begun in it


@shared_task(time_limit=_LONGEST_READING)
def read_articles(article_ids: list[int]) -> None:
    """Read the articles that are still pending."""
    queue.read_articles(article_ids=article_ids)


@shared_task(time_limit=_LONGEST_VISIT)
def visit_host(host_id: int) -> None:
    """Poll and fetch what is due at a host."""
    visiting.visit_host(host_id=host_id, send=send)


@shared_task
def visit_hosts() -> None:
    """Send a worker to every host where something is due."""
    for host_id in hosts_to_visit():
        visit_host.delay(host_id)


@shared_task(time_limit=_LONGEST_READING)
def place_articles(article_ids: list[int]) -> None:
    """Find what the articles that still wait for it are copies of."""
    stories.place_waiting(article_ids=article_ids)


@shared_task(time_limit=_LONGEST_READING)
def group_quotes() -> None:
    """Group quotes of the same words, while any wait and nobody else is at it."""
    same_words.group_waiting()


@shared_task
def sweep() -> None:
    """Send for what waits with nobody sent for it: a message was lost, or a worker died."""
    _publish(to_send(), read_articles, queue.mark_unsent)
    _publish(stories.to_place(), place_articles, stories.mark_unsent)
    if same_words.waiting().exists():
        _group()


def _group() -> None:
    try:
        group_quotes.delay()
    except OperationalError as error:
        logger.warning("the broker cannot be reached, quotes wait for the next sweep: %s", error)


@shared_task(time_limit=_LONGEST_VISIT)
def tell_hub() -> None:
    """Tell the WebSub hub, where there is one, which feeds changed."""
    tell()


@shared_task(time_limit=_LONGEST_SENDING)
def send_alerts() -> None:
    """Find whom there is something to tell, and send somebody to tell each of them."""
    alerting.match_changes()
    mailing.make_digests()
    for message in mailing.to_send():
        mail(message)
    for webhook in webhooks.to_deliver():
        _tell_webhook(webhook)
    subscribing.forget_unconfirmed()
    mailing.forget_old_messages()


@shared_task(time_limit=_LONGEST_SENDING)
def send_message(message_id: int) -> None:
    """Send a mail that is still due."""
    mailing.send_message(message_id=message_id)


@shared_task(time_limit=_LONGEST_SENDING)
def deliver_webhook(webhook_id: int) -> None:
    """Tell a webhook what it is to be told."""
    webhooks.deliver(webhook_id=webhook_id)


def mail(message_id: int) -> None:
    """Have a message sent: by a worker, or here and now where there is no broker.

    Never fails for want of a broker: then the next round sends somebody.
    """
    try:
        send_message.delay(message_id)
    except OperationalError as error:
        logger.warning("the broker cannot be reached, mail waits for the next round: %s", error)
        mailing.mark_unsent(message_ids=[message_id])


def _tell_webhook(webhook_id: int) -> None:
    try:
        deliver_webhook.delay(webhook_id)
    except OperationalError as error:
        logger.warning("the broker cannot be reached, a webhook waits for the next round: %s", error)
        webhooks.mark_unsent(webhook_ids=[webhook_id])


def send(article_ids: Sequence[int]) -> None:
    """Have articles read: by the workers, or here and now where there is no broker.

    Never fails for want of a broker: then the sweep sends for them later.
    """
    mark_sent(article_ids=article_ids)
    _publish(article_ids, read_articles, queue.mark_unsent)


def visit(host_id: int) -> None:
    """Have a host visited: by a worker, or here and now where there is no broker, for what is due first.

    Never fails for want of a broker: then the next round sends somebody.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER:
        visiting.visit_host(host_id=host_id, send=send, seconds=_MOMENT)
        return
    try:
        visit_host.delay(host_id)
    except OperationalError as error:
        logger.warning("the broker cannot be reached, a host waits for the next round: %s", error)


class _Unsent(Protocol):
    def __call__(self, *, article_ids: Sequence[int]) -> None: ...


def _publish(article_ids: Sequence[int], task: Task[[list[int]], None], unsent: _Unsent) -> None:
    for start in range(0, len(article_ids), queue.AT_ONCE):
        some = list(article_ids[start : start + queue.AT_ONCE])
        try:
            task.delay(some)
        except OperationalError as error:
            logger.warning("the broker cannot be reached, articles wait for the sweep: %s", error)
            unsent(article_ids=article_ids[start:])
            return
