"""Who is who across articles: a match that is not certain is no match."""

from datetime import UTC, datetime, timedelta

import pytest

from quotes.directory import Directory
from quotes.extraction import ResolvedSpeaker, SpeakerKind
from quotes.models import Article, Link, RoleStatement, Speaker, SpeakerAlias
from quotes.services.extract import extract_article
from quotes.services.identify import identify, is_telling
from quotes.services.speakers import add_alias, save_speaker
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db


def person(name: str) -> ResolvedSpeaker:
    return ResolvedSpeaker(name, SpeakerKind.PERSON)


@pytest.mark.parametrize("name", ["Oona Marlowe", "OONA MARLOWE", "Öona Marlowe", "Oona  Marlowe"])
def test_a_full_name_is_the_same_person_in_every_article(article: Article, name: str) -> None:
    assert identify(article=article, speaker=person(name)).slug == "oona-marlowe"


def test_a_bare_surname_links_no_two_articles(ingest: Ingest) -> None:
    text = "“No,” said Marlowe. “Never,” Marlowe added."
    ingest(text, url="https://one.example/a")
    ingest(text, url="https://two.example/b")
    assert [s.slug for s in Speaker.objects.order_by("pk")] == ["marlowe", "marlowe-2"]


def test_an_unnamed_speaker_is_somebody_else_in_every_article(ingest: Ingest) -> None:
    text = "“No comment,” said a spokeswoman for the harbour."
    ingest(text, url="https://one.example/a")
    ingest(text, url="https://two.example/b")
    assert Speaker.objects.count() == 2
    assert set(Speaker.objects.values_list("kind", flat=True)) == {"unnamed"}


def test_a_name_that_two_people_go_by_is_matched_to_neither(article: Article) -> None:
    for name in ("Jack Williams", "Jack Williams"):
        save_speaker(speaker=Speaker(name=name, kind="person"))
    found = identify(article=article, speaker=person("Jack Williams"))
    assert found.slug == "jack-williams-3"


def test_a_renamed_namesake_does_not_make_a_new_speaker_at_every_reading(article: Article) -> None:
    desmond = Speaker.objects.get(slug="desmond-achterberg")
    desmond.name = "Oona Marlowe"
    save_speaker(speaker=desmond)
    assert identify(article=article, speaker=person("Oona Marlowe")).slug == "oona-marlowe"
    extract_article(article_id=article.pk, force=True)
    assert Speaker.objects.count() == 2


def test_an_alias_leads_to_its_speaker(article: Article) -> None:
    oona = Speaker.objects.get(slug="oona-marlowe")
    add_alias(speaker=oona, name="O. J. Marlowe")
    assert identify(article=article, speaker=person("O J Marlowe")) == oona


def test_a_merged_speaker_leads_to_who_it_was_merged_into(article: Article) -> None:
    oona, other = (
        Speaker.objects.get(slug="oona-marlowe"),
        save_speaker(speaker=Speaker(name="Una Marlow", kind="person")),
    )
    Speaker.objects.filter(pk=other.pk).update(merged_into=oona)
    assert identify(article=article, speaker=person("Una Marlow")) == oona


def test_a_person_and_an_organization_of_one_name_are_two(article: Article) -> None:
    company = ResolvedSpeaker("Oona Marlowe", SpeakerKind.ORGANIZATION)
    assert identify(article=article, speaker=company).slug == "oona-marlowe-2"


def test_a_name_in_no_latin_letters_gets_a_slug_all_the_same(article: Article) -> None:
    assert identify(article=article, speaker=person("Петро Коваль")).slug == "speaker"
    assert identify(article=article, speaker=person("Олена Коваль")).slug == "speaker-2"
    assert identify(article=article, speaker=person("Петро Коваль")).slug == "speaker"


@pytest.mark.parametrize(
    ("speaker", "telling"),
    [
        (person("Oona Marlowe"), True),
        (person("Marlowe"), False),
        (ResolvedSpeaker("Harbour Board", SpeakerKind.ORGANIZATION), True),
        (ResolvedSpeaker("harbour board", SpeakerKind.ORGANIZATION), False),
        (ResolvedSpeaker("residents", SpeakerKind.GROUP), False),
        (ResolvedSpeaker("report", SpeakerKind.DOCUMENT), False),
        (ResolvedSpeaker("spokesman", SpeakerKind.UNNAMED), False),
        (ResolvedSpeaker("A and B", SpeakerKind.GROUP, members=(person("Ann Lee"), person("Bo Ek"))), True),
        (ResolvedSpeaker("A and B", SpeakerKind.GROUP, members=(person("Ann Lee"), person("Ek"))), False),
    ],
)
def test_which_names_tell_who_it_is(speaker: ResolvedSpeaker, telling: bool) -> None:
    assert is_telling(speaker) is telling


def quoted(ingest: Ingest, name: str, number: int, outlet: str = "one") -> Speaker:
    """Whom an article of its own that quotes `name` is linked to."""
    article = ingest(
        f"The board met. “We are not ready,” said {name}.", url=f"https://{outlet}.example/{number}"
    )
    return Link.objects.get(article=article).speaker


def test_a_fuller_name_is_the_same_person_and_becomes_an_alias(ingest: Ingest) -> None:
    oona = quoted(ingest, "Oona Marlowe", 1)
    assert quoted(ingest, "Oona J. Marlowe", 2) == quoted(ingest, "Oona Marlowe", 3) == oona
    counts = {alias.name: alias.count for alias in oona.aliases.all()}
    assert counts == {"Oona Marlowe": 2, "Oona J. Marlowe": 1}
    assert set(oona.aliases.values_list("origin", flat=True)) == {SpeakerAlias.Origin.ARTICLE}


SPELLINGS = [
    ("Steven Hale", "Stephen Hale"),
    ("Geoffrey Hale", "Jeffrey Hale"),
    ("Kathryn Hale", "Catherine Hale"),
    ("Yusuf Tarlan", "Youssef Tarlan"),
    ("Volodymyr Tarlov", "Vladimir Tarlov"),
    ("Jörg Hagemann", "Joerg Hagemann"),
    ("Petra Müller", "Petra Mueller"),
    ("Robert Mueller", "Robert Muller"),
    ("María Elena Ruiz", "María Ruiz Ortega"),
    ("María Ruiz", "María Elena Ruiz Ortega"),
    ("Otto Vessering", "Otto Vesserign"),
]


@pytest.mark.parametrize(("first", "second"), [pair for two in SPELLINGS for pair in (two, two[::-1])])
def test_who_is_spelt_otherwise_is_found_by_the_office(ingest: Ingest, first: str, second: str) -> None:
    known = quoted(ingest, f"Selburn mayor {first}", 1)
    assert quoted(ingest, f"the mayor of Selburn, {second}", 2) == known


@pytest.mark.parametrize(("first", "second"), SPELLINGS)
def test_who_is_spelt_otherwise_and_no_more_known_of_is_in_question(
    ingest: Ingest, first: str, second: str
) -> None:
    known = quoted(ingest, first, 1)
    other = quoted(ingest, second, 2, "two")
    assert list(Link.objects.get(speaker=other).candidates.all()) == [known]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Anna Petersen", "Anna Pedersen"), ("Ann Hale", "Anne Hale"), ("Maria Mueller", "Maria Muller")],
)
def test_two_shoppers_whose_names_are_nearly_the_same_are_two(
    ingest: Ingest, first: str, second: str
) -> None:
    assert quoted(ingest, f"shopper {first}", 1) != quoted(ingest, f"shopper {second}", 2)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Maria Hale", "Mario Hale"), ("Jean Hale", "Joan Hale"), ("Francis Hale", "Frances Hale")],
)
def test_who_is_called_something_that_sounds_alike_is_nobody_known(
    ingest: Ingest, first: str, second: str
) -> None:
    quoted(ingest, f"Selburn mayor {first}", 1)
    other = quoted(ingest, f"Selburn mayor {second}", 2)
    assert Link.objects.get(speaker=other).outcome == Link.Outcome.NEW


def test_two_who_share_a_surname_are_two(ingest: Ingest) -> None:
    assert quoted(ingest, "Bill Marlowe", 1) != quoted(ingest, "Hilda Marlowe", 2)


def test_namesakes_of_two_walks_of_life_are_two_and_each_is_found_again(ingest: Ingest) -> None:
    striker = quoted(ingest, "striker Jack Hale", 1)
    magistrate = quoted(ingest, "magistrate Jack Hale", 2, "two")
    assert striker != magistrate
    assert quoted(ingest, "goalkeeper Jack Hale", 3, "three") == striker
    assert quoted(ingest, "barrister Jack Hale", 4, "four") == magistrate


def test_an_ambiguous_name_keeps_who_it_may_be_and_why(ingest: Ingest) -> None:
    jack = quoted(ingest, "Jack Hale", 1)
    initial = quoted(ingest, "J. Hale", 2, "two")
    assert initial != jack
    link = Link.objects.get(speaker=initial)
    assert (link.outcome, list(link.candidates.all())) == (Link.Outcome.AMBIGUOUS, [jack])
    assert link.reason == "Jack Hale may be the same, and nothing but the name says so"


def test_an_initial_is_the_person_whom_the_same_outlet_quoted(ingest: Ingest) -> None:
    assert quoted(ingest, "Jack Hale", 1) == quoted(ingest, "J. Hale", 2)


def test_a_link_holds_at_every_later_reading(ingest: Ingest) -> None:
    jack = quoted(ingest, "Jack Hale", 1)
    save_speaker(speaker=Speaker(name="Jack Hale", kind="person"))
    article = Article.objects.get()
    extract_article(article_id=article.pk, force=True)
    assert Link.objects.get().speaker == jack
    assert jack.aliases.get().count == 1


def test_what_articles_say_somebody_is_is_kept_with_the_article(ingest: Ingest) -> None:
    oona = quoted(ingest, "harbour mistress Oona Marlowe", 1)
    quoted(ingest, "transport minister Oona Marlowe", 2)
    told = RoleStatement.objects.filter(speaker=oona).values_list("role", "article__canonical_url")
    assert sorted(told) == [
        ("harbour mistress", "https://one.example/1"),
        ("transport minister", "https://one.example/2"),
    ]


def test_a_body_is_one_with_its_legal_form_and_its_abbreviation(ingest: Ingest) -> None:
    council = quoted(ingest, "the World Grain Council", 1)
    assert quoted(ingest, "the WGC", 2, "two") == council


def test_nobody_is_picked_out_of_a_crowd(ingest: Ingest) -> None:
    for number in range(60):
        first = f"{chr(65 + number % 26)}{'abc'[number // 26]}n"
        save_speaker(speaker=Speaker(name=f"{first} Tarlov", kind="person", description="president"))
    article = ingest("The board met. “No,” said President Tarlov.", url="https://one.example/1")
    link = Link.objects.get(article=article)
    assert (link.outcome, link.candidates.count()) == (Link.Outcome.AMBIGUOUS, 0)


def test_who_is_quoted_most_does_not_hide_the_roles_of_others_in_a_batch(article: Article) -> None:
    oona = Speaker.objects.get(slug="oona-marlowe")
    desmond = Speaker.objects.get(slug="desmond-achterberg")
    then = datetime(2020, 1, 1, tzinfo=UTC)
    told = [(oona, "pilot")] + [(desmond, f"chandler {number}") for number in range(70)]
    RoleStatement.objects.bulk_create(
        RoleStatement(
            speaker=speaker, article=article, role=role, folded=role, dated_at=then + timedelta(days=number)
        )
        for number, (speaker, role) in enumerate(told)
    )
    directory = Directory([person("Desmond Achterberg"), person("Oona Marlowe")])
    (one,), (other,) = (directory.candidates(person(name)) for name in (oona.name, desmond.name))
    assert "pilot" in one.roles
    assert "chandler 69" in other.roles
    assert "chandler 1" not in other.roles
