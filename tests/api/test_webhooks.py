"""Webhooks by API: one's own, the secret told once."""

import json
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from quotes.models import Delivery, Quote, Webhook
from quotes.services.webhooks import make_webhook
from tests.alerts.following import tell
from tests.alerts.receivers import Receiver, receiver
from tests.api.logins import by_token
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db

LIST = "/api/v1/webhooks/"


@pytest.fixture
def there(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_INSECURE_HOSTS = ["localhost"]
    with receiver() as made:
        yield made


@pytest.fixture
def program(editor: User) -> Client:
    return Client(headers={"authorization": by_token(editor, "administer")})


def send(client: Client, method: str, path: str, **fields: Any) -> Any:
    return client.generic(method, path, data=json.dumps(fields), content_type="application/json")


def test_a_webhook_is_made_told_changed_ended_and_deleted(
    program: Client, there: Receiver, kettles: Quote, ingest: Ingest
) -> None:
    made = send(
        program, "POST", LIST, name="mirror", address=f"{there.url}/in", speaker="oona-marlowe",
        source="tidewatch", q="late",
    )  # fmt: skip
    assert made.status_code == 201
    told = made.json()
    secret, page = told["secret"], told["url"]
    assert secret.startswith("whsec_")
    assert made["Location"] == page
    assert {told["speaker"], told["source"], told["q"]} == {"oona-marlowe", "tidewatch", "late"}
    shown = program.get(page).json()
    assert "secret" not in shown
    assert program.get(LIST).json()["results"] == [shown]

    ingest("“The ferry is late,” said Oona Marlowe.\n", url="https://www.tidewatch.example/late")
    tell()
    (event,) = there.received
    assert event.verified(secret)["data"]["text"] == "The ferry is late"
    (delivery,) = program.get(told["deliveries"]).json()["results"]
    assert (delivery["id"], delivery["type"], delivery["state"]) == (event.id, "quote.published", "sent")

    again = send(program, "POST", f"{page}replay/", deliveries=[delivery["id"]])
    assert again.json() == {"replayed": 1}
    tell()
    assert there.received[1].id == event.id
    changed = send(program, "POST", f"{page}rotate/").json()["secret"]
    assert changed != secret

    off = send(program, "PATCH", page, enabled=False, name="other").json()
    assert (off["state"], off["name"]) == ("disabled", "other")
    assert send(program, "PATCH", page, enabled=True).json()["state"] == "active"
    assert program.delete(page).status_code == 204
    assert program.get(page).status_code == 404


def test_one_account_sees_nothing_of_another_one(program: Client, there: Receiver) -> None:
    other = make_webhook(owner=User.objects.create_superuser("olaf"), name="theirs", url=f"{there.url}/x")
    page = f"{LIST}{other.public_id}/"
    assert program.get(LIST).json()["results"] == []
    for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "deliveries/"),
                         ("POST", "rotate/"), ("POST", "replay/")):  # fmt: skip
        fields = {"since": "2026-01-01T00:00:00Z"} if path == "replay/" else {}
        assert send(program, method, page + path, **fields).status_code == 404, (method, path)
    assert Webhook.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"address": "http://a.example/"}, "address"),
        ({"address": "https://u:p@a.example/"}, "address"),
        ({"address": ""}, "address"),
        ({"name": ""}, "name"),
        ({"speaker": "nobody"}, "speaker"),
        ({"source": "nothing"}, "source"),
        ({"q": 'a "b'}, "q"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(
    program: Client, fields: dict[str, str], name: str
) -> None:
    answer = send(program, "POST", LIST, **{"name": "n", "address": "https://a.example/", **fields})
    assert answer.status_code == 400
    assert name in answer.json()["errors"]
    assert not Webhook.objects.exists()


def test_the_admin_site_makes_one_shows_its_secret_once_and_its_deliveries(
    admin_client: Client, there: Receiver, kettles: Quote, ingest: Ingest
) -> None:
    add = reverse("admin:quotes_webhook_add")
    fields = {"name": "mirror", "url": f"{there.url}/in", "speaker": "", "source": "", "q": "late"}
    assert "cannot be posted to" in admin_client.post(add, {**fields, "url": "http://a.example"}).text
    made = admin_client.post(add, fields)
    webhook = Webhook.objects.get()
    assert webhook.secret in unescape(made.text)
    assert "no-store" in made["Cache-Control"]
    change = reverse("admin:quotes_webhook_change", args=[webhook.pk])
    listed = reverse("admin:quotes_webhook_changelist")
    assert webhook.secret not in admin_client.get(change).text + admin_client.get(listed).text
    admin_client.post(change, {"name": "other", "url": f"{there.url}/other"})
    webhook.refresh_from_db()
    assert (webhook.name, webhook.url) == ("other", f"{there.url}/other")

    ingest("“The ferry is late,” said Oona Marlowe.\n", url="https://www.tidewatch.example/late")
    tell()
    deliveries = reverse("admin:quotes_delivery_changelist")
    assert "The ferry is late" in admin_client.get(deliveries).text
    ticked = {"action": "replay", "_selected_action": [str(Delivery.objects.get().pk)]}
    admin_client.post(deliveries, ticked)
    tell()
    assert [one.id for one in there.received] == [there.received[0].id] * 2

    tick = {"_selected_action": [str(webhook.pk)]}
    assert Webhook.objects.get().state == "active"
    admin_client.post(listed, {"action": "disable", **tick})
    assert Webhook.objects.get().state == "disabled"
    admin_client.post(listed, {"action": "enable", **tick})
    assert Webhook.objects.get().state == "active"
    rotated = unescape(admin_client.post(listed, {"action": "rotate", **tick}).text)
    assert Webhook.objects.get().secret in rotated
    assert Webhook.objects.get().secret != webhook.secret
    admin_client.post(reverse("admin:quotes_webhook_delete", args=[webhook.pk]), {"post": "yes"})
    assert not Webhook.objects.exists()
