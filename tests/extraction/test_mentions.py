"""Who could be speaking."""

import pytest

from quotes.extraction.mentions.finder import MentionKind
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
        ("The crew met van der Mere and van den Oever said no.", "van den Oever"),
        ("Van den Oever said no. The crew heard van den Oever.", "Van den Oever"),
        ("Center Maya Olsen said no.", "Maya Olsen"),
        ("Then 12,000 people said no.", "12,000 people"),
        ("Then Harbour & Sons said no.", "Harbour & Sons"),
        ("Then Northern Vale Trains said no.", "Northern Vale Trains"),
        ("Then the Western Terrace said no.", "Western Terrace"),
        ("Minister of State for Public Works Ann Lee said no.", "Ann Lee"),
        ("Secretary of State for Wales David Hale said no.", "David Hale"),
        ("Minister for Housing Darragh Leeman said no.", "Darragh Leeman"),
        ("Then Ruud “Lange” van der Mere said no.", "Ruud “Lange” van der Mere"),
        ("Per Dahl said no.", "Per Dahl"),
        ("Per Dahl is a sailor who said no.", "Per Dahl"),
        ("Then one buyer at a Harbour League club said no.", "buyer at a Harbour League club"),
    ],
)
def test_names_with_titles_particles_initials_and_suffixes(read: Read, text: str, name: str) -> None:
    assert name in [mention.name for mention in read(text)[1].all]


def test_circled_and_squared_capitals_are_no_names(read: Read) -> None:
    names = [mention.name for mention in read("Then Ⓐ 🅱 said no. Then Ⓒ Lee said no.")[1].all]
    assert names == ["Lee"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The son of the late singer Ann Lee said no.", "son of the late singer Ann Lee"),
        ("A spokesman for Ann Lee said no.", "spokesman for Ann Lee"),
        ("The widow of murdered Ann Lee said no.", "widow of murdered Ann Lee"),
        ("A spokesman for the ship maker Nordhavn said no.", "spokesman for the ship maker Nordhavn"),
    ],
)
def test_a_name_that_a_role_belongs_to_stays_within_it(read: Read, text: str, name: str) -> None:
    assert name in [mention.name for mention in read(text)[1].all]


def test_a_body_is_apposed_with_its_article(read: Read) -> None:
    (mention,) = read("The region’s biggest union, the Porters’ League, said no.")[1].all
    assert (mention.name, mention.description) == ("Porters’ League", "region’s biggest union")


@pytest.mark.parametrize("rubric", ["Interview", "Exclusive", "Opinion"])
def test_rubrics_are_no_names(read: Read, rubric: str) -> None:
    assert not read(f"{rubric}: “I never look back”")[1].all


def test_a_role_ends_where_its_paragraph_does(read: Read) -> None:
    stream, mentions = read("“We will win,” said the head coach\n\nAnna Storm said no.")
    assert [mention.text(stream) for mention in mentions.all] == ["the head coach", "Anna Storm"]


@pytest.mark.parametrize("text", ["He’ll say no.", "That's what “no” means.", "Don’t say no."])
def test_contractions_are_no_names(read: Read, text: str) -> None:
    assert not [mention for mention in read(text)[1].all if mention.kind is MentionKind.NAME]


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
    for text, role in (
        ("Port spokesperson Ann Lee said no.", "port spokesperson"),
        ("Ann Lee, the port spokesperson, said no.", "port spokesperson"),
        ("Minister for Public Works Ann Lee said no.", "minister for public works"),
        ("Secretary of State for Ports Ann Lee said no.", "secretary of state for ports"),
        ("NFO director of harbour traffic Ann Lee said no.", "nfo director of harbour traffic"),
        ("Then a member of parliament Ann Lee said no.", "member of parliament"),
        ("The leader of NFO Ann Lee said no.", "leader of nfo"),
        ("Director of public health Ann Lee said no.", "director of public health"),
        ("“It sank,” said Norwegian member of parliament Ann Lee.", "norwegian member of parliament"),
        ("The Kadin Ferry Police Chief Ann Lee said no.", "kadin ferry police chief"),
        (
            "Then Dock Clerks Union Secretary-Treasurer Ann Lee said no.",
            "dock clerks union secretary-treasurer",
        ),
        ("Nobel Laureate Ann Lee said no.", "nobel laureate"),
        ("Post Editor-in-Chief Ann Lee said no.", "post editor-in-chief"),
    ):
        people = [m for m in read(text)[1].all if m.speaker_kind is SpeakerKind.PERSON]
        assert [(m.name, m.description.lower()) for m in people] == [("Ann Lee", role)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Then Gov. Earl Roy Tarrant said no.", "Earl Roy Tarrant"),
        ("Citizens for Fair Rent said no.", "Citizens for Fair Rent"),
        ("“It sank.” – Grandparents for Rowing, a club", "Grandparents for Rowing"),
        ("The Western Ports Forum said no.", "Western Ports Forum"),
        ("Retired U.S. Army Gen. Ivor Mann said no.", "Ivor Mann"),
        ("Then a senior River Alliance source said no.", "senior River Alliance source"),
        ("“It sank,” one of the older clerks said.", "one of the older clerks"),
        ("A woman sweeping the Quay Street floor said: “It sank.”", "woman sweeping the Quay Street floor"),
        ("“It sank,” a policeman with a megaphone said.", "policeman with a megaphone"),
        ("“It sank,” said a partner at the firm.", "partner at the firm"),
        ("“It sank,” a clerk in a statement said.", "clerk"),
        ("Small groups of marchers shouted no.", "Small groups of marchers"),
        ("Quarrie exhorted Republicans to go. Bob Quarrie left.", "Quarrie"),
        ("The leader of the opposition in the council Smt Leela Rao said no.", "Leela Rao"),
        (
            "A Ministry for Ports, Rivers and Lakes spokesman said no.",
            "Ministry for Ports, Rivers and Lakes spokesman",
        ),
        ("“It sank,” the Quayside and Lower Vale MP said.", "Quayside and Lower Vale MP"),
        ("In the Commons, Labour and Tory MPs said it was a ruse.", "Tory MPs"),
    ],
)
def test_a_name_is_whole_and_no_more(read: Read, text: str, name: str) -> None:
    assert name in [mention.name for mention in read(text)[1].all]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A lawyer of the late Ann Lee said no.", "lawyer of the late Ann Lee"),
        ("The coach of singer Ann Lee said no.", "coach of singer Ann Lee"),
        ("The brother of Kadin clerk Ann Lee said no.", "brother of Kadin clerk Ann Lee"),
    ],
)
def test_whom_somebody_works_for_does_not_bear_the_office(read: Read, text: str, name: str) -> None:
    assert name in [mention.name for mention in read(text)[1].all]


def test_a_word_with_a_capital_is_no_person_for_its_rank(read: Read) -> None:
    people = [
        mention.name
        for mention in read("The Senior Adult pension rose. Tory MPs left.")[1].all
        if mention.speaker_kind is SpeakerKind.PERSON
    ]
    assert people == []


def test_a_pronoun_between_quotes_is_no_name(read: Read) -> None:
    found = read("“It sank.” She said, “It sank.” “No.” She adds, “Go.”")[1].all
    assert {m.kind for m in found} == {MentionKind.PRONOUN}


def test_what_opens_a_sentence_before_a_day_is_no_name(read: Read) -> None:
    assert "Following" not in [m.name for m in read("Following Monday’s vote Ann Lee said no.")[1].all]


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


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("“It sank,” one user wrote.", "user", SpeakerKind.PERSON),
        ("“It sank,” said the flyhalf.", "flyhalf", SpeakerKind.PERSON),
        ("“It sank,” the 52-year-old said.", "52-year-old", SpeakerKind.PERSON),
        ("“It sank,” somebody near the back shouted.", "somebody near the back", SpeakerKind.PERSON),
        ("Later the heckler yelled that it sank.", "heckler", SpeakerKind.PERSON),
        ("Later several environmental groups said so.", "several environmental groups", SpeakerKind.GROUP),
        ("In May, 14 percent said so.", "14 percent", SpeakerKind.GROUP),
        ("Of those asked, most said no.", "most", SpeakerKind.GROUP),
        ("It was described by one participant as “wet”.", "participant", SpeakerKind.PERSON),
        ("What former keelboaters called “a wet year” went on.", "former keelboaters", SpeakerKind.GROUP),
        ("“A wet year,” the passage continued.", "passage", SpeakerKind.DOCUMENT),
        ("A county engineering report called it “poor”.", "county engineering report", SpeakerKind.DOCUMENT),
        ("“It sank.” – spokesman for the insurers", "spokesman for the insurers", SpeakerKind.PERSON),
    ],
)
def test_any_phrase_beside_a_verb_of_saying_can_speak(
    read: Read, text: str, name: str, kind: SpeakerKind
) -> None:
    assert (name, kind) in [(mention.name, mention.speaker_kind) for mention in read(text)[1].all]


@pytest.mark.parametrize(
    "text",
    [
        "The harbour was widened over two years by a dredger called “Molly”.",
        "She gave as a major reason the wet summer.",
        "The fleet lost its home state, “the wet one”.",
    ],
)
def test_a_phrase_beside_a_noun_or_a_participle_does_not_speak(read: Read, text: str) -> None:
    assert [m.name for m in read(text)[1].all if m.kind is MentionKind.ROLE and not m.oblique] == []


def test_an_owner_is_named_before_a_noun_of_saying(read: Read) -> None:
    assert "his" in [m.name for m in read("The year was, by his own account, “wet”.")[1].all]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The mayor met Desmond Quarrie and left.", "Desmond Quarrie", SpeakerKind.PERSON),
        ("“It sank,” Quarrie said.", "Quarrie", SpeakerKind.PERSON),
        ("Cole Tarrant III left the Port Ellis Yacht Club.", "Cole Tarrant III", SpeakerKind.PERSON),
        ("Voters in Port Ellis went home, according to Port Ellis.", "Port Ellis", SpeakerKind.ORGANIZATION),
        ("Shares of Tarrant Shipping Holdings fell.", "Tarrant Shipping Holdings", SpeakerKind.ORGANIZATION),
        ("Later Britons said so.", "Britons", SpeakerKind.GROUP),
    ],
)
def test_the_kind_of_a_name(read: Read, text: str, name: str, kind: SpeakerKind) -> None:
    assert (name, kind) in [(mention.name, mention.speaker_kind) for mention in read(text)[1].all]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“It sank,” al-Nouri added.", "al-Nouri"),
        ("“It sank,” d'Ormesson-Vial added.", "d'Ormesson-Vial"),
        ("“It sank,” said van der Mere.", "van der Mere"),
        ("“It sank,” said Lee Tuesday.", "Lee"),
        ("The Port Ellis Council on Friday said no.", "Port Ellis Council"),
        ("Pitcher Bobby Quarrie, who is 37, left.", "Bobby Quarrie"),
        ("The Department for Ports and Quays said no.", "Department for Ports and Quays"),
        ("Later Al From spoke. “It sank,” From said.", "From"),
        ("Will Quarrie described it.", "Will Quarrie"),
        ("“It sank,” Ms White said.", "White"),
        ("“It sank,” Mr Hill said.", "Hill"),
        ("“It sank,” port clerk Ann Quarrie MP said.", "Ann Quarrie"),
        ("“It sank,” Ann Quarrie MHK said.", "Ann Quarrie"),
        ("Ann Quarrie hopes people will go.", "Ann Quarrie"),
        ("Ann Quarrie heckles Tarrant clerks.", "Ann Quarrie"),
        ("No 10 said no.", "No 10"),
        ("It rained.\n\nBern: “Not here.”", "Bern"),
        ("It rained all day.\n\nJT: “Not here.”", "JT"),
    ],
)
def test_where_a_name_begins_and_ends(read: Read, text: str, name: str) -> None:
    assert name in [mention.name for mention in read(text)[1].all]
