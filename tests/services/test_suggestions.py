"""Suggestions: found, kept, decided once, and gone on with after an interruption."""

from itertools import islice

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Distinction, Quote, Speaker, SpeakerChange, Suggestion, SuggestionRun
from quotes.selectors import next_suggestion, open_suggestions
from quotes.services import suggestions
from quotes.services.merging import MergeError, merge_speakers, rename_speaker
from quotes.services.speakers import remove_alias, save_speaker
from quotes.services.suggestions import accept, amount_of_work, refuse, suggest
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db


def search(**options: bool) -> int:
    return sum(suggest(**options))


def speaker(name: str, role: str = "", kind: str = "person") -> Speaker:
    return save_speaker(speaker=Speaker(name=name, kind=kind, description=role))


@pytest.fixture
def twins(db: None) -> tuple[Speaker, Speaker]:
    return speaker("Oona Marlowe", "harbour board chair"), speaker(
        "Oona J. Marlowe", "harbour board chairwoman"
    )


def test_likely_duplicates_are_found_best_first(twins: tuple[Speaker, Speaker]) -> None:
    speaker("Oona Marlowe"), speaker("Jack Hale"), speaker("Marlowe Ltd", kind="organization")
    assert search() == amount_of_work() > 0
    found = list(open_suggestions())
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert {(one.first, one.second) for one in found} >= {twins}
    assert len(found) == 3
    assert "roles that agree" in " ".join(Suggestion.objects.get(first=twins[0], second=twins[1]).evidence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Geoffrey Hale", "Jeffrey Hale"),
        ("Bill Hale", "William Hale"),
        ("Yusuf Tarlan", "Youssef Tarlan"),
        ("Volodymyr Tarlov", "Wladimir Tarlov"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Petra Muller", "Petra Mueller"),
        ("María Elena Ruiz", "María Ruiz Ortega"),
    ],
)
def test_another_spelling_in_a_like_role_is_suggested(one: str, other: str) -> None:
    pair = speaker(one, "Selburn mayor"), speaker(other, "mayor of Selburn")
    search()
    suggestion = Suggestion.objects.get()
    assert (suggestion.first, suggestion.second) == pair


@pytest.mark.parametrize(("one", "other"), [("Maria Hale", "Mario Hale"), ("Paul Hale", "Paula Hale")])
def test_another_name_that_sounds_alike_is_not_suggested(one: str, other: str) -> None:
    speaker(one, "Selburn mayor"), speaker(other, "mayor of Selburn")
    search()
    assert not Suggestion.objects.exists()


def test_a_person_and_a_body_of_one_name_are_worth_a_look(editor: User) -> None:
    person, body = speaker("Brackwell Cable"), speaker("Brackwell Cable", kind="organization")
    speaker("Harbour Board", kind="organization")
    search()
    suggestion = Suggestion.objects.get()
    assert (suggestion.first, suggestion.second) == (person, body)
    assert "one may be misread" in suggestion.evidence[0]
    accept(suggestion=suggestion, editor=editor)
    body.refresh_from_db()
    assert body.merged_into == person


def test_a_second_search_adds_nothing(twins: tuple[Speaker, Speaker]) -> None:
    search()
    search()
    assert Suggestion.objects.count() == 1


def test_a_search_that_was_interrupted_goes_on(
    twins: tuple[Speaker, Speaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "_STEP", 2)
    whole = len(list(suggest()))
    assert whole > 3
    Suggestion.objects.all().delete()
    list(islice(suggest(), 2))
    rest = len(list(suggest()))
    assert rest == whole - 2
    assert SuggestionRun.objects.filter(finished_at__isnull=True).count() == 0
    assert Suggestion.objects.count() == 1
    list(islice(suggest(), 2))
    assert len(list(suggest(anew=True))) == whole


def test_accepting_merges_into_who_is_quoted_more(ingest: Ingest, editor: User) -> None:
    ingest()
    oona, twin = Speaker.objects.get(slug="oona-marlowe"), speaker("Oona J. Marlowe", "board chair")
    search()
    accept(suggestion=Suggestion.objects.get(), editor=editor)
    twin.refresh_from_db()
    assert twin.merged_into == oona
    assert not open_suggestions().exists()
    with pytest.raises(MergeError, match="accepted already"):
        accept(suggestion=Suggestion.objects.get(), editor=editor)


def test_refusing_is_remembered_and_binds(twins: tuple[Speaker, Speaker], editor: User) -> None:
    search()
    refuse(suggestion=Suggestion.objects.get(), editor=editor)
    assert (Distinction.objects.get().first, Distinction.objects.get().second) == twins
    Suggestion.objects.all().delete()
    search()
    assert not Suggestion.objects.exists()
    with pytest.raises(MergeError, match="withdraw that first"):
        merge_speakers(source=twins[0], target=twins[1], editor=editor)


def test_what_was_settled_meanwhile_no_longer_waits(twins: tuple[Speaker, Speaker], editor: User) -> None:
    search()
    merge_speakers(source=twins[0], target=twins[1], editor=editor)
    assert next_suggestion() is None
    suggestion = Suggestion.objects.get()
    with pytest.raises(MergeError):
        accept(suggestion=suggestion, editor=editor)
    suggestion.refresh_from_db()
    assert suggestion.status == "open"


def test_a_name_that_linking_could_not_tell_waits_for_an_editor(ingest: Ingest) -> None:
    ingest("The board met. “No,” said Jack Hale.", url="https://one.example/1")
    ingest("The board met. “No,” said J. Hale.", url="https://two.example/2", source="Two")
    search()
    assert "in question when it was read" in Suggestion.objects.get().evidence[0]


@pytest.fixture
def hale(ingest: Ingest) -> Speaker:
    for number, role in enumerate(("Judge", "Striker", "Judge", "Striker")):
        ingest(f"They met. “No {number},” {role} Jack Hale said.", url=f"https://one.example/{number}")
    judge = Speaker.objects.get(slug="jack-hale")
    Quote.objects.update(speaker=judge)
    from quotes.models import Link, RoleStatement

    RoleStatement.objects.update(speaker=judge)
    Link.objects.update(speaker=judge)
    return judge


def test_one_record_for_two_people_is_found_and_split(hale: Speaker, editor: User) -> None:
    search()
    suggestion = Suggestion.objects.get(kind="collision")
    done = accept(suggestion=suggestion, editor=editor)
    assert done.startswith("2 quotes moved to Jack Hale")
    other = SpeakerChange.objects.get().target
    assert {quote.text for quote in other.quotes.all()} in ({"No 0", "No 2"}, {"No 1", "No 3"})
    assert Distinction.objects.filter(first=hale, second=other).exists()


def test_one_that_is_one_is_not_asked_about_again(hale: Speaker, editor: User) -> None:
    search()
    refuse(suggestion=Suggestion.objects.get(kind="collision"), editor=editor)
    search()
    assert not open_suggestions().filter(kind="collision").exists()


def test_what_no_longer_holds_is_forgotten_by_the_next_search(
    twins: tuple[Speaker, Speaker], editor: User
) -> None:
    search()
    rename_speaker(speaker=twins[1], name="Bo Ekdal", editor=editor)
    remove_alias(alias=twins[1].aliases.get(name="Oona J. Marlowe"))
    search()
    assert not Suggestion.objects.exists()


def test_two_items_of_wikidata_are_two(twins: tuple[Speaker, Speaker], editor: User) -> None:
    for number, one in enumerate(twins, start=1):
        Speaker.objects.filter(pk=one.pk).update(wikidata_id=f"Q{number}")
    search()
    assert not Suggestion.objects.exists()
    with pytest.raises(MergeError, match="Q1 and Q2"):
        merge_speakers(source=twins[0], target=twins[1], editor=editor)


def test_a_name_that_many_share_is_not_compared_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "_CROWD", 3)
    for _ in range(5):
        speaker("Jack Hale")
    speaker("Joan Hale"), speaker("Joan Hale")
    search()
    assert Suggestion.objects.count() == 1


REVIEW = "/admin/quotes/suggestion/review/"


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def test_the_page_shows_both_sides_and_decides(desk: Client, twins: tuple[Speaker, Speaker]) -> None:
    assert "Nothing waits" in desk.get(REVIEW).text
    search()
    page = desk.get(REVIEW).text
    assert page.index("oona-marlowe") < page.index("oona-j-marlowe")
    assert "Roles that agree" in page
    suggestion = Suggestion.objects.get()
    skipped = desk.post(REVIEW, {"suggestion": suggestion.pk, "step": "skip"}, follow=True).text
    assert "1 that you passed over waits" in skipped
    told = desk.post(REVIEW, {"suggestion": suggestion.pk, "step": "refuse"}, follow=True).text
    assert "is not Oona J. Marlowe" in told
    assert "accepted already" not in told
    again = desk.post(REVIEW, {"suggestion": suggestion.pk, "step": "accept"}, follow=True).text
    assert "Nothing was changed: this was refused already" in again
    for nonsense in ({"suggestion": "x", "step": "skip"}, {"suggestion": suggestion.pk, "step": "burn"}, {}):
        assert "no such suggestion" in desk.post(REVIEW, nonsense, follow=True).text
    assert desk.get(f"{REVIEW}?after=99999999999999999999").status_code == 200


def test_the_page_of_a_collision_shows_the_parts(desk: Client, hale: Speaker) -> None:
    search()
    Suggestion.objects.exclude(kind="collision").delete()
    page = desk.get(REVIEW).text
    assert "Is this one, or two?" in page
    assert "first part" in page
    assert "second part" in page


def test_who_may_not_change_speakers_sees_no_suggestions(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("rea", is_staff=True))
    assert client.get(REVIEW).status_code == 403
