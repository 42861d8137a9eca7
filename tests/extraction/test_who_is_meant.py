"""Whom role phrases, pronouns, documents and short names of an article mean."""

import pytest

from quotes.extraction import extract_quotes

from .conftest import Find, Read, Speaker

pytestmark = pytest.mark.model
PUBLIC = 0.8


def _names(text: str) -> list[str | None]:
    """Who speaks each quote, nobody where it is unsure."""
    found = extract_quotes(text).quotes
    return [q.speaker.name if q.speaker and q.confidence >= PUBLIC else None for q in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Senator Dina Marsh voted no. “We sail,” the senator’s spokeswoman said.",
            "Dina Marsh’s spokeswoman",
        ),
        ('President Olaf Brandt fell ill. "We sail," the president\'s doctor said.', "Olaf Brandt's doctor"),
        ("The actor Nils Holm died. “We sail,” the actor’s widow said.", "Nils Holm’s widow"),
        ("Governor Tom Reyl vetoed it. “We sail,” the governor’s aide said.", "Tom Reyl’s aide"),
        ("Ina Solberg was charged. “We sail,” said Solberg’s attorney.", "Ina Solberg’s attorney"),
        ("Minister Ina Solberg left. “We sail,” the minister’s assistant said.", "Ina Solberg’s assistant"),
        ("Carla Dunn, 34, was accused of murder. “We sail,” the victim’s mother said.", "victim’s mother"),
        ("Mayor Dan Oaks refused. “We sail,” an aide to Oaks said.", "aide to Oaks"),
        ("Bo Rand is Ina Orre’s lawyer. Orre left. “We sail,” said Orre’s lawyer.", "Bo Rand"),
        ("Ole Fisk, a spokesman for Mayor Dina Marsh, came. “We sail,” the spokesman said.", "Ole Fisk"),
        (
            "The mayor’s deputy, Cora Blunt, came. Mayor Dan Oaks did not. “We sail,” the deputy said.",
            "Cora Blunt",
        ),
    ],
)
def test_a_representative_or_relative_is_not_whom_he_belongs_to(
    speaker: Speaker, text: str, name: str
) -> None:
    assert speaker(text, "We sail") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Senator Dina Marsh voted no. “We sail,” the senator said.", "Dina Marsh"),
        (
            "Mayor Dina Marsh left. Her spokesman, Ole Fisk, came. “We sail,” the mayor’s spokesman said.",
            "Ole Fisk",
        ),
        ("Dina Marsh’s lawyer, Bo Rand, came. “We sail,” the lawyer said.", "Bo Rand"),
        ("The president’s brother, Karl Brandt, came. “We sail,” the brother said.", "Karl Brandt"),
    ],
)
def test_whoever_the_article_names_is_meant_by_the_role(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "We sail") == name


@pytest.mark.parametrize(
    "text",
    [
        "Maria Teller left. “We sail,” her agent said. ¶Sofia Brink left. “We row,” her agent said.",
        "“We sail,” a spokesman for Norlund said. “We row,” a spokesman for Vexia said.",
        "“We sail,” one resident said. “We row,” another resident said.",
    ],
)
def test_two_without_a_name_are_two(speaker: Speaker, text: str) -> None:
    text = text.replace("¶", "\n\n")
    assert speaker(text, "We sail") != speaker(text, "We row")


def test_somebody_without_a_name_comes_back(speaker: Speaker) -> None:
    text = "“We sail,” a resident said. The lights were out. “We row,” the resident said."
    assert speaker(text, "We sail") == speaker(text, "We row")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Carl Dorn and Ann Lee met. “We sail,” she said. He said: “We row.”", ["Ann Lee", "Carl Dorn"]),
        ("Carl Dorn wept. “We sail.” He said: “We row.”", ["Carl Dorn", "Carl Dorn"]),
        ("Ann Lee came. “We sail,” she said. “We row,” he said.", ["Ann Lee", None]),
        ("Ann Lee came. “We sail,” she said. “We wait.” He said: “We row.”", ["Ann Lee", "Ann Lee", None]),
        ("Mr He runs a shop. “We sail,” Mr He said.", ["He"]),
    ],
)
def test_he_and_she_are_nobodys_names_and_two_people(text: str, names: list[str | None]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Striker Jon Vall met goalkeeper Ivo Lind. “I row,” Vall said. "
         "“We sail,” the goalkeeper said.", "Ivo Lind"),
        ("Olga Brandt, the finance minister, met Sven Dahl, the health minister. “I row,” Brandt said. "
         "“We sail,” the health minister said.", "Sven Dahl"),
        ("Lawyer Bo Rand met prosecutor Eva Lunt. “I row,” Rand said. “We sail,” the prosecutor said.",
         "Eva Lunt"),
        ("Jon Vall, 34, beat Nils Holm, 29. “We sail,” the 29-year-old said.", "Nils Holm"),
        ("Jon Vall, 34, beat Nils Holm, 29. “We sail,” the 34-year-old said.", "Jon Vall"),
        ("Ola Berg beat Ira Novak of Serbia. “We sail,” the Serb said.", "Ira Novak"),
        ("German coach Max Tarn met Brazilian forward Rui Costa. “I row,” Tarn said. "
         "“We sail,” the Brazilian said.", "Rui Costa"),
        ("The mayor is Cora Blunt. A bridge fell. “We sail,” the mayor said.", "Cora Blunt"),
        ("Archbishop Tomas Ruiz prayed. Mayor Ana Soto came. “We sail,” the cleric said.", "Tomas Ruiz"),
        ("Kabir Rahim is chief. Chief Election Commissioner Kabir Rahim came. “We sail,” the CEC said.",
         "Kabir Rahim"),
    ],
)  # fmt: skip
def test_a_role_means_the_one_of_whom_all_of_it_is_said(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "We sail") == name


def test_of_two_of_whom_nothing_is_said_neither_is_sure(find: Find) -> None:
    text = "Ann Lee, who runs a shop, met Bo Marr, who drives a bus. “We sail,” the baker said."
    assert find(text, "We sail").confidence < PUBLIC


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Norlund Energy said in a statement that it was sorry. “We sail,” the statement said.",
            "Norlund Energy",
        ),
        ("“We row,” police said in a statement. “We sail,” the statement added.", "police"),
        ("A report by the Harbour Institute found gaps. “We sail,” the report said.", "Harbour Institute"),
        ("In a letter to staff, Ann Lee promised change. “We sail,” the letter said.", "Ann Lee"),
        ("In its annual report, Norlund Energy was gloomy. “We sail,” the report said.", "Norlund Energy"),
        ("The lawsuit was filed by Ann Lee. “We sail,” the lawsuit says.", "Ann Lee"),
    ],
)
def test_a_document_is_whose_it_was(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "We sail") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee received an email. “We sail,” the email read.", "email"),
        ("Ann Lee was criticised in a report. “We sail,” the report said.", "report"),
        ("A statement was posted online. “We sail,” the statement said.", "statement"),
    ],
)
def test_a_document_about_somebody_is_not_hers(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "We sail") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A shop of Ally Stone’s burned down. “We sail,” Stone said.", "Ally Stone"),
        ("Anna Kyle, dean of the school, came. “We sail,” Dean Kyle said.", "Anna Kyle"),
        ("CM Anil Bora came. “We sail,” CM Bora said.", "Anil Bora"),
        ("Datuk Seri Razif Halim came. “We sail,” Razif said.", "Razif Halim"),
        ("Co-organiser Stella Pepper came. “We sail,” Pepper said.", "Stella Pepper"),
        ("Leeds-born Tomas Vrba won. “We sail,” Vrba said.", "Tomas Vrba"),
        ("Multi-billionaire Edvin Moss came. “We sail,” Moss said.", "Edvin Moss"),
        ("The Coastal Board (CoBo) met. “We sail,” CoBo said.", "Coastal Board"),
        ("Marsh Motors and its lender, Marsh Motors Finance Corp, fell. “We sail,” MM said.", "Marsh Motors"),
    ],
)
def test_names_are_full_and_bare_of_roles(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "We sail") == name


def test_a_name_after_for_keeps_its_title(read: Read) -> None:
    stream, mentions = read("Ole Fisk, a spokesman for Mayor Dina Marsh, came.")
    assert [m.text(stream) for m in mentions.all if m.name == "Dina Marsh"] == ["Mayor Dina Marsh"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lawyer Bo Rask spoke for an hour. “We sail,” the judge said.", "judge"),
        (
            "Ed Moss, 40, was jailed. The judge told him: “We sail.” Detective Al Stone came.",
            "judge",
        ),
        ("Goalkeeper Ana Pike was sent off. “We sail,” the referee said.", "referee"),
        ("Activist Una Frey spoke at the town hall. “We sail,” the mayor said.", "mayor"),
        ("Engineer Pia Holt built the bridge. “We sail,” the mayor told reporters.", "mayor"),
        ("Judge Flora Peel heard the case. “We sail,” the judge said.", "Flora Peel"),
        ("Flora Peel, the mayor, cut the ribbon. “We sail,” the mayor said.", "Flora Peel"),
    ],
)
def test_a_court_or_town_has_a_judge_or_mayor_without_a_name(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "We sail") == name


def test_two_roles_before_a_name_are_both_hers(read: Read) -> None:
    _, mentions = read("“We sail,” Kadin Radio founder and harbour pilot Una Frey told us.")

    assert mentions.all[0].description == "Kadin Radio founder and harbour pilot"


def test_a_description_before_a_role_and_a_name_is_none_of_somebody_else(speaker: Speaker) -> None:
    text = (
        "Mayor Una Frey closed the hall. Its oldest trader, the fishmonger Aurel Piet, called it “a funeral”."
    )

    assert speaker(text, "funeral") == "Aurel Piet"


def test_two_roles_under_one_article_are_one_person(speaker: Speaker) -> None:
    assert speaker("Una Frey came. The former mayor and Kadin pilot said “we sail”.", "sail") == "Una Frey"


def test_two_roles_with_an_article_each_are_two_people(read: Read) -> None:
    _, mentions = read("A pilot and a lawyer said “we sail”.")

    assert [mention.name for mention in mentions.all] == ["pilot", "lawyer"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Their son, Dean, lives in Denver. “We sail,” he said.", "Dean"),
        (
            "Hilde and Tor Brekke lost their son, Per Brekke, in May. “No,” Hilde Brekke said. "
            "Her husband nodded. “So we sail,” he said.",
            "Tor Brekke",
        ),
    ],
)
def test_a_relative_goes_by_the_name_that_the_article_gives(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "e sail") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Harbour Council said on Monday that it had looked at every pier.\n\n"
            "“We sail no more,” the report said.",
            "Harbour Council",
        ),
        (
            "In its answer to the harbour, Nordvik Lines said it was a Danish company in all but name. "
            "“We sail,” the company said.",
            "Nordvik Lines",
        ),
    ],
)
def test_a_report_and_the_company_are_those_of_the_body_that_spoke_last(
    speaker: Speaker, text: str, name: str
) -> None:
    assert speaker(text, "We sail") == name


def test_a_report_is_nobodys_who_only_spoke_before_it(speaker: Speaker) -> None:
    text = "Una Frey said she was tired.\n\n“Nothing was mended,” the report said."

    assert speaker(text, "mended") == "report"


def test_a_police_federation_is_no_government(speaker: Speaker) -> None:
    text = "The Police Federation objected. But the government said it would “build safe harbours”."

    assert speaker(text, "build") == "government"
