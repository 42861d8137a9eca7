"""A real mail server takes what we send, or does not."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from quotes import mailbox
from quotes.models import Delivery, Message, Quote
from quotes.services import mailing
from tests.alerts.following import follow, tell
from tests.alerts.post import Post, post_office
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield office


def news(ingest: Ingest, words: str = "drifting samovars") -> None:
    text = f"The board met.\n\n“The {words} are late,” said Oona Marlowe, who chairs it.\n"
    ingest(text, url=f"https://t.example/{words[:3]}", published_at=timezone.now())


def test_a_server_takes_the_message_with_both_parts_and_the_headers_to_get_out(
    post: Post, kettles: Quote, ingest: Ingest
) -> None:
    follow(speaker="oona-marlowe")
    news(ingest)
    tell()
    (taken,) = post.taken
    message = Message.objects.get(kind="digest")
    assert taken["Message-ID"] == f"<{message.public_id}@localhost>"
    assert taken["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Oona Marlowe" in taken["Subject"]
    text = taken.get_body(("plain",))
    html = taken.get_body(("html",))
    assert text
    assert html
    assert "drifting samovars" in text.get_content()
    assert "drifting samovars" in html.get_content()
    assert all(len(line) <= 998 for line in post.raw[0].splitlines())


def test_what_a_server_refuses_is_tried_again_under_the_same_id(
    post: Post, kettles: Quote, ingest: Ingest
) -> None:
    follow(speaker="oona-marlowe")
    news(ingest)
    post.refusal = "451 not now, rita@reader.example"
    tell()
    message = Message.objects.get(kind="digest")
    assert "451" in message.last_error
    assert "rita@" not in message.last_error
    assert message.next_attempt_at
    news(ingest, "sinking ships")
    tell()
    assert not post.taken  # not yet, and nothing overtakes it
    post.refusal = ""
    tell(at=message.next_attempt_at)
    tell(at=message.next_attempt_at)
    first, second = post.taken
    assert first["Message-ID"] == f"<{message.public_id}@localhost>"
    assert "drifting samovars" in first["Subject"]
    assert "sinking ships" in second["Subject"]


def test_what_was_taken_while_its_sender_died_comes_again_with_the_same_id(
    post: Post, kettles: Quote, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(speaker="oona-marlowe")
    news(ingest)

    def die(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(mailing, "_keep_sent", die)
        with pytest.raises(KeyboardInterrupt):
            tell()
    tell()
    assert len(post.taken) == 1  # somebody is at it, as far as is known
    tell(at=timezone.now() + timedelta(hours=1))
    ids = {one["Message-ID"] for one in post.taken}
    assert (len(post.taken), len(ids)) == (2, 1)
    assert Delivery.objects.filter(state="sent").count() > 0


def test_without_a_server_mail_is_kept_in_a_folder_and_read_in_the_admin_site(
    kettles: Quote, ingest: Ingest, settings: Any, tmp_path: Path, admin_client: Client, client: Client
) -> None:
    settings.EMAIL_BACKEND = "quotes.mailbox.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    follow(speaker="oona-marlowe")
    news(ingest)
    tell()
    ((name, kept),) = mailbox.kept_mail(10)
    assert kept["To"] == "rita@reader.example"
    listed = admin_client.get("/admin/quotes/mail/").text
    assert name in listed
    assert "drifting samovars" in admin_client.get(f"/admin/quotes/mail/{name}/").text
    assert admin_client.get("/admin/quotes/mail/nothing/").status_code == 404
    assert client.get("/admin/quotes/mail/").status_code == 302
    assert not django_mail.outbox
