"""What holds for all that is written by API: any body is taken or refused, and a browser gets a page."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.models import Quote

pytestmark = pytest.mark.django_db

API = "/api/v1/"
STEPS = ("approve", "reject", "dispute", "retract", "reopen", "attribute", "bounds")
FIELDS: dict[str, list[Any]] = {
    "note": ["", "n"], "reason": ["duplicate", "?"], "public_note": ["p"], "speaker": ["oona-marlowe", "-"],
    "new_speaker": [{"name": "Ivo"}, {"name": 7}, {}], "article": ["urn:uuid:7"], "kind": ["direct", "odd"],
    "segments": [[[0, 5]], [[5, 0]], [[0, 10**30]], [[]], 7], "revision": [1, -1, 10**30],
    "text": ["“No,” he said."], "html": ["<p>“No,” he said.", "<"], "title": ["\ud800", "\0"],
    "url": ["http://", "https://a.example/\u2028"], "published_at": ["0001-01-01T00:00:00+14:00", "2026"],
    "language": ["fr", "xx"], "source": ["S", ""],
}  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
BODIES = ANYTHING | st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) | ANYTHING for name, values in FIELDS.items()}
)


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(name=st.sampled_from((*STEPS, "", "ingest/", "extract/")), body=BODIES, tag=st.text(max_size=9))
def test_any_body_is_taken_or_refused_with_a_problem(
    desk: Client, kettles: Quote, name: str, body: Any, tag: str
) -> None:
    review = f"{API}review/quotes/"
    path = f"{review}{kettles.public_id}/{name}/" if name in STEPS else f"{API}{name}" if name else review
    headers = {"if-match": f'"{tag}"'} if tag.isascii() and tag.isprintable() and len(tag) > 7 else {}
    answer = desk.post(path, body, content_type="application/json", headers=headers)
    assert answer.status_code in {200, 201, 202, 400, 412}, answer.content
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        for problems in answer.json().get("errors", {}).values():
            assert all(isinstance(one, str) for one in problems)


def test_a_browser_gets_pages_to_look_around_on(desk: Client, kettles: Quote) -> None:
    review = f"{API}review/quotes/"
    for path in (review, f"{review}{kettles.public_id}/", f"{review}{kettles.public_id}/approve/"):
        page = desk.get(path, headers={"accept": "text/html"})
        assert page["Content-Type"].startswith("text/html")
        assert page.status_code == (405 if path.endswith("approve/") else 200)
    for path, status in ((f"{API}ingest/", 200), (f"{API}extract/", 405)):
        assert desk.get(path, headers={"accept": "text/html"}).status_code == status
