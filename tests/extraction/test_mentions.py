"""Who could be speaking."""

import pytest

from quotes.extraction.mentions import MentionKind
from quotes.extraction.types import SpeakerKind

from .conftest import Read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Then Ludwig van der Mere said no.", "Ludwig van der Mere"),
        ("Then Jean-Luc Béranger said no.", "Jean-Luc Béranger"),
        ("Then Robert T. Vance Jr. said no.", "Robert T. Vance Jr."),
        ("Then Mr Tan said no.", "Tan"),
        ("Then Gov. Mary Olsen said no.", "Mary Olsen"),
        ("Then the Ministry of Ports said no.", "Ministry of Ports"),
        ("Then Siobhan O’Dea said no.", "Siobhan O’Dea"),
        ("Then Harbour & Sons said no.", "Harbour & Sons"),
    ],
)
def test_names_with_titles_particles_initials_and_suffixes(read: Read, text: str, name: str) -> None:
    assert name in [mention.name for mention in read(text)[1].all]


def test_circled_and_squared_capitals_are_no_names(read: Read) -> None:
    names = [mention.name for mention in read("Then Ⓐ 🅱 said no. Then Ⓒ Lee said no.")[1].all]
    assert names == ["Lee"]


@pytest.mark.parametrize(
    ("text", "kind", "gender", "plural"),
    [
        ("Later a campaign spokesman said no.", SpeakerKind.PERSON, "m", False),
        ("Later his spokeswoman said no.", SpeakerKind.PERSON, "f", False),
        ("Later police said no.", SpeakerKind.GROUP, "", True),
        ("Later the report said no.", SpeakerKind.DOCUMENT, "", False),
        ("Later the airline said no.", SpeakerKind.ORGANIZATION, "", False),
    ],
)
def test_role_phrases(read: Read, text: str, kind: SpeakerKind, gender: str, plural: bool) -> None:
    (mention,) = read(text)[1].all
    assert (mention.kind, mention.speaker_kind) == (MentionKind.ROLE, kind)
    assert (mention.gender, mention.plural) == (gender, plural)


def test_a_role_beside_a_name_describes_it(read: Read) -> None:
    for text in ("Port spokesperson Ann Lee said no.", "Ann Lee, the port spokesperson, said no."):
        people = [m for m in read(text)[1].all if m.speaker_kind is SpeakerKind.PERSON]
        assert [(m.name, m.description.lower()) for m in people] == [("Ann Lee", "port spokesperson")]


def test_words_inside_a_quote_are_no_candidates(read: Read) -> None:
    assert [m.name for m in read("“Ann Lee told the mayor,” said Bob Ray.")[1].all] == ["Bob Ray"]


def test_a_word_at_the_start_of_a_sentence_is_no_name_for_its_capital(read: Read) -> None:
    assert read("Boats sank. Later the boats rose. Nothing else happened.")[1].all == ()


def test_capitals_speak_for_governments(read: Read) -> None:
    (mention,) = read("Beijing said no.")[1].all
    assert mention.speaker_kind is SpeakerKind.ORGANIZATION


def test_days_and_months_are_no_names(read: Read) -> None:
    assert [m.name for m in read("It rained on Monday, then in March.")[1].all] == ["it"]


def test_a_noun_after_a_preposition_is_oblique(read: Read) -> None:
    oblique = {m.name: m.oblique for m in read("Ann Lee went to Iraq and Libya with Bob Ray.")[1].all}
    assert oblique == {"Ann Lee": False, "Iraq": True, "Libya": True, "Bob Ray": True}
