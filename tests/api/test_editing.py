"""What editors do with speakers by API."""

from base64 import b64encode
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Article, Quote, Speaker, SpeakerChange
from quotes.services.speakers import save_speaker

pytestmark = pytest.mark.django_db
SPEAKERS = "/api/v1/speakers/"


class Desk:
    """An editor at a command line: HTTP Basic, JSON."""

    def __init__(
        self, client: Client, name: str = "edith", word: str = "correct horse battery staple"
    ) -> None:
        self._client = client
        self._login = {"authorization": f"Basic {b64encode(f'{name}:{word}'.encode()).decode()}"}

    def post(self, path: str, expected: int = 200, accept: str = "*/*", **data: Any) -> Any:
        headers = self._login | {"accept": accept}
        answer = self._client.post(path, data, content_type="application/json", headers=headers)
        assert answer.status_code == expected, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        return self._client.get(path, headers=self._login).json()


@pytest.fixture
def desk(client: Client, editor: User) -> Desk:
    return Desk(client)


@pytest.fixture
def twin(article: Article) -> Speaker:
    return save_speaker(speaker=Speaker(name="Una Marlow", kind="person"))


def test_speakers_are_merged_and_put_back(desk: Desk, twin: Speaker, client: Client) -> None:
    step = desk.post(f"{SPEAKERS}oona-marlowe/merge/", into="una-marlow", note="one person")
    assert (step["kind"], step["from_speaker"], step["to_speaker"]) == ("merge", "oona-marlowe", "una-marlow")
    assert (step["quotes_moved"], step["editor"], step["note"]) == (2, "edith", "one person")
    assert client.get(f"{SPEAKERS}oona-marlowe/").status_code == 301
    assert desk.get("/api/v1/speaker-changes/")["results"] == [step]
    assert desk.post(f"{step['url']}undo/")["undone_at"]
    assert client.get(f"{SPEAKERS}oona-marlowe/").status_code == 200
    assert "undone already" in desk.post(f"{step['url']}undo/", 400)["detail"]


def test_a_step_is_answered_as_json_or_not_taken(client: Client, desk: Desk, twin: Speaker) -> None:
    for accept in ("text/csv", "application/x-ndjson", "application/ld+json"):
        desk.post(f"{SPEAKERS}oona-marlowe/rename/", 406, accept=accept, name="Oona Lind")
    assert not SpeakerChange.objects.exists()


def test_quotes_are_moved_to_somebody_known_or_new(desk: Desk, twin: Speaker, kettles: Quote) -> None:
    move = f"{SPEAKERS}oona-marlowe/move/"
    assert desk.post(move, quotes=[kettles.urn], to="una-marlow")["quotes_moved"] == 1
    kettles.refresh_from_db()
    assert kettles.speaker == twin
    other = Quote.objects.get(speaker__slug="oona-marlowe")
    assert (
        desk.post(move, quotes=[str(other.public_id)], new_name="Oona Marlowe")["to_speaker"]
        == "oona-marlowe-2"
    )


def test_a_speaker_is_renamed_and_told_apart(desk: Desk, twin: Speaker, client: Client) -> None:
    step = desk.post(f"{SPEAKERS}oona-marlowe/rename/", name="Oona Lind")
    assert (step["old_name"], step["new_name"], step["to_speaker"]) == (
        "Oona Marlowe",
        "Oona Lind",
        "oona-lind",
    )
    assert client.get(f"{SPEAKERS}oona-marlowe/")["Location"].endswith("/oona-lind/")
    told = desk.post(f"{SPEAKERS}oona-marlowe/not-the-same/", other="una-marlow")
    assert {told["first"], told["second"]} == {"oona-lind", "una-marlow"}
    assert "withdraw that first" in desk.post(f"{SPEAKERS}oona-lind/merge/", 400, into="una-marlow")["detail"]


def test_nonsense_is_refused_with_a_hint_and_changes_nothing(
    desk: Desk, twin: Speaker, kettles: Quote
) -> None:
    oona = f"{SPEAKERS}oona-marlowe/"
    assert "same on both sides" in desk.post(f"{oona}merge/", 400, into="oona-marlowe")["detail"]
    assert "nobody" in desk.post(f"{oona}merge/", 400, into="nobody")["detail"]
    assert "required" in desk.post(f"{oona}merge/", 400)["detail"]
    assert "Give either" in desk.post(f"{oona}move/", 400, quotes=[kettles.urn])["detail"]
    both = {"to": "una-marlow", "new_name": "Una"}
    assert "Give either" in desk.post(f"{oona}move/", 400, quotes=[kettles.urn], **both)["detail"]
    assert "looks like" in desk.post(f"{oona}move/", 400, quotes=["7"], to="una-marlow")["detail"]
    strange = f"{SPEAKERS}una-marlow/move/"
    assert "Not all of these" in desk.post(strange, 400, quotes=[kettles.urn], to="oona-marlowe")["detail"]
    assert "letter" in desk.post(f"{oona}rename/", 400, name="?!")["detail"]
    desk.post(f"{SPEAKERS}nobody/merge/", 404, into="una-marlow")
    assert not SpeakerChange.objects.exists()


def test_only_editors_change_anything(client: Client, twin: Speaker, editor: User) -> None:
    merge = f"{SPEAKERS}oona-marlowe/merge/"
    assert client.post(merge, {"into": "una-marlow"}).status_code == 401
    User.objects.create_user("rea", password="a reader only")
    reader = Desk(client, "rea", "a reader only")
    assert "editor" in reader.post(merge, 403, into="una-marlow")["detail"]
    assert "status" in reader.get("/api/v1/speaker-changes/")
    Desk(client, "edith", "wrong").post(merge, 401, into="una-marlow")
    checked = Client(enforce_csrf_checks=True)
    checked.force_login(editor)
    assert checked.post(merge, {"into": "una-marlow"}).status_code == 403
    assert not SpeakerChange.objects.exists()


def test_a_speaker_has_names_figures_and_roles_with_their_articles(client: Client, article: Article) -> None:
    Speaker.objects.filter(slug="desmond-achterberg").update(wikidata_id="Q42")
    found = client.get(f"{SPEAKERS}desmond-achterberg/").json()
    assert found["wikidata_url"] == "https://www.wikidata.org/wiki/Q42"
    assert found["names"] == [{"name": "Desmond Achterberg", "origin": "article", "count": 1}]
    assert (found["quote_count"], found["outlet_count"]) == (1, 1)
    assert found["first_quoted"] == found["last_quoted"] == "2026-03-06T09:30:00Z"
    for role in found["roles"]:
        assert role["years"] == "2026"
        assert [one["url"].endswith(f"/{article.public_id}/") for one in role["articles"]] == [True]
