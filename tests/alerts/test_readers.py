"""A reader's way, from the form to the last mail, as he takes it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quotes.models import Delivery, Message, Quote, Reader, Subscription
from quotes.services.subscribing import MOST_ASKED, forget_unconfirmed
from tests.alerts.following import ADDRESS, follow, link_in, on_commit, tell
from tests.conftest import FERRY, Ingest

pytestmark = pytest.mark.django_db

NEW = "/alerts/new/?speaker=oona-marlowe"


def ask(client: Client, address: str = ADDRESS, where: str = NEW, **more: str) -> Any:
    with on_commit(execute=True):
        return client.post(where, {"address": address, "pace": "at-once", **more})


def news(ingest: Ingest) -> None:
    text = FERRY.replace("floating kettles", "drifting samovars")
    ingest(text, url="https://www.tidewatch.example/anew", published_at=timezone.now())


def confirmed(client: Client) -> str:
    """Ask, open the link and press the button. Returns the page of alerts."""
    ask(client)
    (asked,) = (one for one in mail.outbox[-1:] if isinstance(one, EmailMultiAlternatives))
    answer = client.post(link_in(asked, "confirm"))
    assert answer.status_code == 302
    return str(answer["Location"])


def test_a_reader_asks_confirms_is_told_and_ends_it_by_one_click(kettles: Quote, ingest: Ingest) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("speaker", args=["oona-marlowe"]))
    assert f'href="{NEW}"' in page.text
    form = client.get(NEW)
    assert "Oona Marlowe, by mail" in form.text
    assert "no-store" in form["Cache-Control"]

    def posted(path: str, text: str, **fields: str) -> Any:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text)
        assert token
        with on_commit(execute=True):
            return client.post(path, {"csrfmiddlewaretoken": token[1], **fields})

    assert posted(NEW, form.text, address=ADDRESS, pace="at-once", q="").url == reverse("alert-sent")
    (asked,) = mail.outbox
    assert isinstance(asked, EmailMultiAlternatives)
    assert asked.to == [ADDRESS]
    assert "Oona Marlowe, at once" in str(asked.body)
    path = link_in(asked, "confirm")
    news(ingest)
    assert tell() == []

    button = client.get(path)  # as a scanner of mail does, too
    assert Subscription.objects.get().since is None
    manage = posted(path, button.text).url
    assert "Confirmed" in client.get(manage).text
    assert tell() == []  # what came before

    ingest(FERRY.replace("floating", "sinking"), url="https://t.example/b", published_at=timezone.now())
    (told,) = tell()
    assert "“sinking kettles”" in str(told.body)
    assert "http://localhost:8000/quotes/" in str(told.body)
    assert "https://t.example/b#:~:text=" in str(told.body)
    (html, kind) = told.alternatives[0]
    assert kind == "text/html"
    assert "<blockquote" in str(html)
    headers = told.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<[0-9a-f-]{36}@localhost>", headers["Message-ID"])
    assert headers["List-Id"] == "Quotes at once <at-once.alerts.localhost>"
    assert headers["Auto-Submitted"] == "auto-generated"

    one_click = headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    bare = Client(enforce_csrf_checks=True)
    for _ in range(2):  # done again it does no harm
        assert bare.post(one_click, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Reader.objects.exists()
    assert not Subscription.objects.exists()
    assert not Delivery.objects.exists()
    assert not Message.objects.exists()
    assert client.get(manage, follow=True).status_code == 200


def test_the_page_of_alerts_changes_removes_and_forgets(client: Client, kettles: Quote) -> None:
    page = confirmed(client).partition("?")[0]
    follow(q="ferries", pace="daily")
    speaker, words = Subscription.objects.order_by("pk")
    client.post(page, {"action": "pace", "subscription": str(speaker.public_id), "pace": "weekly"})
    speaker.refresh_from_db()
    assert speaker.pace == "weekly"
    client.post(page, {"action": "pace", "subscription": str(speaker.public_id), "pace": "hourly"})
    client.post(page, {"action": "remove", "subscription": "nonsense"})
    other = follow("other@reader.example", speaker="oona-marlowe")
    client.post(page, {"action": "remove", "subscription": str(other.public_id)})
    client.post(page, {"action": "remove", "subscription": str(words.public_id)})
    assert set(Subscription.objects.values_list("pk", flat=True)) == {speaker.pk, other.pk}
    assert client.post(page, {"action": "forget"})["Location"] == reverse("alert-ended")
    assert list(Reader.objects.values_list("address", flat=True)) == ["other@reader.example"]


def test_nobody_learns_whether_an_address_is_known(client: Client, kettles: Quote) -> None:
    unknown = ask(client, "nobody@reader.example")
    confirmed(client)
    known = ask(client)
    assert (known.status_code, known.url, known.content) == (
        unknown.status_code,
        unknown.url,
        unknown.content,
    )


def test_an_address_is_asked_a_few_times_a_day_and_no_more(client: Client, kettles: Quote) -> None:
    answers = {ask(client, q=f"word{number}").status_code for number in range(MOST_ASKED + 3)}
    assert answers == {302}
    assert len(mail.outbox) == MOST_ASKED


def test_from_one_place_little_is_asked_for(client: Client, kettles: Quote, settings: Any) -> None:
    settings.RATES = {**settings.RATES, "alerts": (2, 3600)}
    codes = [ask(client, f"r{number}@reader.example").status_code for number in range(3)]
    assert codes == [302, 302, 429]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("where", "fields", "said"),
    [
        (NEW, {"address": "no address"}, "valid email"),
        (NEW, {"pace": "hourly"}, "hourly"),
        ("/alerts/new/", {}, "Give words"),
        ("/alerts/new/", {"q": 'a "b'}, "never closed"),
        ("/alerts/new/", {"q": "x" * 300}, "200 characters"),
        ("/alerts/new/", {"q": "a\0b"}, "Null"),
        (NEW, {"address": "a@b.example\r\nBcc: c@d.example"}, "valid email"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(
    client: Client, kettles: Quote, where: str, fields: dict[str, str], said: str
) -> None:
    answer = ask(client, fields.pop("address", ADDRESS), where, **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert not mail.outbox


def test_no_page_is_there_for_who_is_unknown_and_no_link_that_was_made_up_works(
    client: Client, kettles: Quote
) -> None:
    assert client.get("/alerts/new/?speaker=nobody").status_code == 404
    assert client.get("/alerts/new/?q=a&source=nothing").status_code == 404
    manage = confirmed(client).partition("?")[0]
    token = manage.split("/")[3]
    for name in ("confirm", "manage", "unsubscribe"):
        assert client.get(f"/alerts/{name}/{token[:-1]}x/").status_code == 404
    assert client.post(f"/alerts/unsubscribe/{token}/").status_code == 404
    assert Subscription.objects.exists()


def test_what_nobody_confirms_is_forgotten_in_two_days(client: Client, kettles: Quote) -> None:
    ask(client)
    (asked,) = mail.outbox
    assert isinstance(asked, EmailMultiAlternatives)
    assert forget_unconfirmed() == 0
    later = timezone.now() + timedelta(days=3)
    Reader.objects.update(created_at=later - timedelta(days=6))
    Subscription.objects.update(created_at=later - timedelta(days=6))
    forget_unconfirmed()
    assert not Reader.objects.exists()
    assert client.post(link_in(asked, "confirm")).status_code == 404


def test_no_alert_is_a_way_to_put_markup_or_headers_into_mail(
    client: Client, kettles: Quote, ingest: Ingest
) -> None:
    follow(q="kettles")
    kettles.source.name = "Tide<b>watch"
    kettles.source.save()
    text = FERRY.replace("floating kettles", "<script>kettles</script>")
    ingest(text, url="https://www.tidewatch.example/x", published_at=timezone.now())
    (told,) = tell()
    assert "<script>" not in str(told.alternatives[0][0])
    assert "<b>" not in str(told.alternatives[0][0])
    assert "\n" not in told.subject


def test_lists_of_the_admin_site_hide_addresses(kettles: Quote, admin_client: Client) -> None:
    subscription = follow(speaker="oona-marlowe")
    for path in (
        reverse("admin:quotes_subscription_changelist"),
        reverse("admin:quotes_subscription_change", args=[subscription.pk]),
        reverse("admin:quotes_message_changelist"),
    ):
        page = admin_client.get(path)
        assert page.status_code == 200
        assert ADDRESS not in page.text
        assert "r…@r…" in page.text
    delete = reverse("admin:quotes_subscription_delete", args=[subscription.pk])
    admin_client.post(delete, {"post": "yes"})
    assert not Reader.objects.exists()
