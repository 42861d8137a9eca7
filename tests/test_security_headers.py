"""What browsers are told to refuse, and that no page of ours has what they refuse."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.timezone import now

from quotes.models import Page, Quote, Speaker, Suggestion
from quotes.services.following import add_feed
from quotes.services.merging import merge_speakers, tell_apart
from quotes.services.speakers import save_speaker
from quotes.services.tokens import make_token
from quotetracker.headers import SecurityHeadersMiddleware

TEMPLATES = sorted((Path(__file__).parents[1] / "quotes" / "templates").rglob("*.html"))
HEADER = "Content-Security-Policy"


class Inline(HTMLParser):
    """What of a page the policy refuses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # A script of another type is data.
        if tag == "style" or (
            tag == "script" and "src" not in given and "json" not in str(given.get("type"))
        ):
            self.found.append(f"<{tag}>")
        self.found += [name for name in given if name == "style" or name.startswith("on")]


def inline(page: str) -> list[str]:
    parser = Inline()
    parser.feed(page)
    return parser.found


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def everything(kettles: Quote, editor: User) -> Quote:
    """A record of every kind that the admin site has a page for."""
    assert kettles.speaker
    namesake = save_speaker(speaker=Speaker(name="Oona Marlow", kind="person"))
    merge_speakers(source=namesake, target=kettles.speaker, editor=editor)
    other = save_speaker(speaker=Speaker(name="Oona Merlow", kind="person"))
    tell_apart(one=kettles.speaker, other=other, editor=editor)
    Suggestion.objects.create(
        kind="duplicate", first=kettles.speaker, second=other, score=0.5, found_at=now()
    )
    feed = add_feed(source=kettles.source, url="https://oona.example/feed")
    assert feed.host
    Page.objects.create(url="https://oona.example/1", host=feed.host, source=feed.source, feed=feed)
    make_token(user=editor, name="for Oona", scopes=["read"])
    return kettles


def admin_pages() -> list[str]:
    pages = ["/admin/", "/admin/quotes/", "/admin/quotes/accuracy/", "/admin/quotes/page/overview/"]
    pages += ["/admin/quotes/suggestion/review/", "/admin/password_change/"]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        record = model._default_manager.first()
        if record is not None:
            pages += [reverse(f"{name}_{what}", args=[record.pk]) for what in ("change", "history", "delete")]
    return pages


def test_no_page_has_a_script_or_a_style_within_it(desk: Client, everything: Quote) -> None:
    speaker = everything.speaker
    assert speaker
    pages = ["/", "/speakers/?q=oona", speaker.get_absolute_url(), everything.get_absolute_url(), "/none/"]
    pages += ["/api/v1/docs/", f"/api/v1/reconcile/speakers/{speaker.public_id}/preview/"]
    lists = ("", "quotes/", "speakers/", "articles/", "sources/", "ingest/", "review/quotes/", "none/")
    pages += [f"/api/v1/{path}?format=api" for path in lists]
    pages += [f"/api/v1/quotes/{everything.public_id}/?format=api", *admin_pages()]
    found, shown = {}, 0
    for page in pages:
        answer = desk.get(page)
        shown += answer.status_code == 200
        assert answer.headers[HEADER].startswith("default-src 'self'; script-src 'self'; style-src 'self'")
        found[page] = inline(answer.text)
    assert {page: some for page, some in found.items() if some} == {}
    assert shown > 50  # others are refused, in the same clothes


def test_pages_that_ask_have_none_either(desk: Client, everything: Quote) -> None:
    keys = [str(speaker.pk) for speaker in Speaker.objects.all()[:2]]
    merge = {"action": "merge", "_selected_action": keys}
    assert inline(desk.post("/admin/quotes/speaker/", merge).text) == []
    move = {"action": "move", "_selected_action": [str(everything.pk)]}
    assert inline(desk.post("/admin/quotes/quote/", move).text) == []
    desk.logout()
    assert inline(desk.get("/admin/login/").text) == []


def test_a_made_token_is_shown_without_them(desk: Client, editor: User) -> None:
    data = {"user": editor.pk, "name": "mirror", "scopes": ["read"], "expires_at_0": "", "expires_at_1": ""}
    answer = desk.post("/admin/quotes/apitoken/add/", data, follow=True)
    assert inline(answer.text) == []
    assert HEADER in answer.headers


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_of_ours_has_a_script_or_a_style_within_it(template: Path) -> None:
    text = template.read_text()
    assert inline(re.sub(r"{%.*?%}|{{.*?}}", "", text)) == []
    assert "javascript:" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/none/", "/api/v1/quotes/", "/api/v1/none/", "/healthz", "/admin/"])
def test_every_answer_says_what_to_refuse(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers[HEADER].split("; "))
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == policy["script-src"] == "'self'"
    assert "unsafe" not in headers[HEADER]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_card_may_stand_in_the_frame_of_any_site_and_nothing_else_may(
    client: Client, kettles: Quote
) -> None:
    assert kettles.speaker
    card = client.get(f"/api/v1/reconcile/speakers/{kettles.speaker.public_id}/preview/")
    assert "frame-ancestors *" in card.headers[HEADER]
    assert "X-Frame-Options" not in card.headers
    page = client.get(kettles.speaker.get_absolute_url())
    assert ("frame-ancestors 'none'" in page.headers[HEADER], page.headers["X-Frame-Options"]) == (
        True,
        "DENY",
    )


@pytest.mark.parametrize(
    ("value", "debug", "status", "told"),
    [
        ("enforce", False, 500, [HEADER]),
        ("report", False, 200, [f"{HEADER}-Report-Only"]),
        ("off", False, 200, []),
        ("enforce", True, 500, []),
        ("enforce", True, 200, [HEADER]),
    ],
)
def test_the_setting_chooses(value: str, debug: bool, status: int, told: list[str]) -> None:
    with override_settings(CSP=value, DEBUG=debug):
        answer = SecurityHeadersMiddleware(lambda _request: HttpResponse(status=status))(HttpRequest())
    assert [name for name in answer.headers if name.startswith(HEADER)] == told
    assert answer.headers["Permissions-Policy"] == settings.PERMISSIONS_POLICY
