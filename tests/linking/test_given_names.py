"""First names in several spellings, and those that only sound alike."""

import pytest

from quotes.extraction import SpeakerKind
from quotes.folding import fold
from quotes.linking.decide import Candidate, Named, Outcome, decide
from quotes.linking.given_names import is_short_form, is_variant
from quotes.linking.keys import keys_like, keys_of
from quotes.linking.likeness import likeness
from quotes.linking.person_names import Likeness
from quotes.linking.suggesting import Profile, duplicate

PERSON = SpeakerKind.PERSON
# One name as its bearers, or those who write of them, spell it.
VARIANTS = [
    "Steven Stephen", "Ann Anne", "Geoffrey Jeffrey", "Graham Graeme", "Rachel Rachael", "Nicholas Nicolas",
    "Kathryn Catherine", "Katherine Catharine", "Philip Phillip", "Brian Bryan", "Sean Shaun", "Alan Allen",
    "Laurence Lawrence", "Stuart Stewart", "Ian Iain", "Karen Karin", "Claire Clare", "Megan Meghan",
    "Gillian Jillian", "Sarah Sara", "Teresa Theresa", "Sophie Sofie", "Lindsay Lindsey", "Jonathan Jonathon",
    "Eric Erik", "Marc Mark", "Christopher Kristoffer", "Elizabeth Elisabeth", "Isabel Isobel", "Susan Suzan",
    "Ashley Ashleigh", "Leigh Lee", "Frederick Fredrik", "Matthew Mathew", "Anthony Antony",
    "Carl Karl", "Rhys Reece", "Günther Gunter", "Jacqueline Jaclyn",
]  # fmt: skip
TRANSLITERATED = [
    "Yusuf Youssef", "Volodymyr Vladimir", "Vladimir Wladimir", "Mohammed Muhamad", "Hussein Husain",
    "Omar Umar", "Osama Usama", "Khaled Khalid", "Tariq Tarek", "Gamal Jamal", "Rachid Rasheed",
    "Abdelrahman Abdul-Rahman", "Suleiman Soliman", "Fatima Fatemeh", "Aisha Ayesha", "Zainab Zeinab",
    "Oleksandr Alexander", "Serhii Sergey", "Dmytro Dmitri", "Yevhen Evgeny", "Kateryna Yekaterina",
    "Olena Elena", "Mykola Nikolai", "Oleh Oleg", "Andriy Andrei", "Oleksii Alexey", "Yulia Julia",
    "Hryhoriy Grigory", "Bohdan Bogdan", "Yitzhak Itzhak", "Giorgos Yorgos", "Lakshmi Laxmi", "Ahmet Ahmed",
]  # fmt: skip
SAME_BUT_FOR_LETTERS = [
    "Jörg Joerg", "Jürgen Juergen", "Günther Guenther", "Björn Bjoern", "Søren Soeren", "Håkon Haakon",
    "Åse Aase", "Käthe Kaethe", "Øyvind Oeyvind",
]  # fmt: skip
OTHER_NAMES = [
    "Maria Mario", "Paul Paula", "Erik Erika", "Jean Joan", "Dan Don", "Michel Michelle", "Andrea Andreas",
    "Francis Frances", "Daniel Danielle", "Carl Carla", "Alan Ellen", "Ali Eli", "Emil Emily", "Karen Karan",
    "Leo Leah", "Simon Simone", "Rene Renee", "Gabriel Gabrielle", "Louis Louise", "Dennis Denise",
    "Martin Martina", "Julian Juliane", "Christian Christina", "Christina Christine", "Ann Anna", "Ann Annie",
    "Anna Anne", "Aaron Arun", "Hassan Hussein", "Hamid Hamad", "Salim Saleh", "Karim Karima", "Amin Amina",
    "Sara Zara", "Mary Marie", "Marc Marcia", "Jon Jan", "Joan Juan", "Bruce Brooke", "Terry Terri",
    "Toni Tony", "Valery Valerie", "Tom Tim", "Andre Andrei", "Olga Oleg", "Viktor Viktoria",
    "Alexander Alexandra", "Noa Noah", "Elijah Aaliyah", "Ron Rana", "Gary Geri", "Jo Joe", "Mike Micah",
    "Stefan Stefania",
]  # fmt: skip


def compared(pair: str, surname: str = "Marchbank") -> Likeness:
    one, other = (f"{first} {surname}" for first in pair.split())
    assert likeness(one, other, PERSON) is likeness(other, one, PERSON)
    return likeness(one, other, PERSON)


def outcome(pair: str, *, role: str = "", known_role: str = "", outlet: bool = False) -> Outcome:
    one, other = (f"{first} Marchbank" for first in pair.split())
    return decide(Named(one, PERSON, role), [Candidate(1, (other,), (known_role,), outlet)]).outcome


@pytest.mark.parametrize("pair", VARIANTS)
def test_another_spelling_is_the_same_person_where_the_post_agrees_and_in_question_elsewhere(
    pair: str,
) -> None:
    assert compared(pair) is Likeness.WEAK
    post, same = "mayor of Selburn", "Selburn mayor"
    assert outcome(pair, role=post, known_role=same) is Outcome.LINKED
    assert outcome(pair, role="fisheries minister", known_role="fisheries minister") is Outcome.LINKED
    assert outcome(pair, role="mayor", known_role="mayor", outlet=True) is Outcome.LINKED
    assert outcome(pair, role="mayor", known_role="mayor") is Outcome.AMBIGUOUS
    assert outcome(pair, role="student", known_role="student", outlet=True) is Outcome.AMBIGUOUS
    assert outcome(pair, outlet=True) is Outcome.AMBIGUOUS


@pytest.mark.parametrize("pair", TRANSLITERATED + SAME_BUT_FOR_LETTERS)
def test_a_name_from_other_letters_is_the_same_person_where_role_or_outlet_say_so(pair: str) -> None:
    assert compared(pair) is Likeness.LOOSE
    assert outcome(pair, role="mayor", known_role="councillor") is Outcome.LINKED
    assert outcome(pair, outlet=True) is Outcome.LINKED
    assert outcome(pair) is Outcome.AMBIGUOUS


@pytest.mark.parametrize("pair", VARIANTS + TRANSLITERATED + SAME_BUT_FOR_LETTERS)
def test_spellings_of_a_name_share_a_key_and_are_suggested(pair: str) -> None:
    one, other = (f"{first} Marchbank" for first in pair.split())
    for stored, asked in ((one, other), (other, one)):
        assert keys_of(stored, PERSON) & keys_like(asked, PERSON)
    shared = {key for key in keys_of(one, PERSON) & keys_of(other, PERSON) if not key.endswith(":")}
    assert shared  # a surname alone is searched for no suggestions
    outlets = frozenset({"tidewatch"})
    assert duplicate(Profile(1, PERSON, (one,), (), outlets), Profile(2, PERSON, (other,), (), outlets))


@pytest.mark.parametrize("pair", OTHER_NAMES)
def test_names_that_only_sound_alike_are_never_one(pair: str) -> None:
    assert compared(pair) is Likeness.OTHER
    assert outcome(pair, role="mayor of Selburn", known_role="mayor of Selburn", outlet=True) is Outcome.NEW


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jörg Müller", "Joerg Mueller"), ("J. Müller", "Jörg Mueller"), ("Anna Müller", "Anna Mueller"),
        ("Uwe Bär", "Uwe Baer"), ("Jens Weiß", "Jens Weiss"), ("Lars Ødegård", "Lars Oedegaard"),
        ("Arne Håland", "Arne Haaland"), ("Pia Kjær", "Pia Kjaer"), ("Eva Schröder", "Eva Schroeder"),
        ("Bjørn Sørensen", "Bjoern Soerensen"),
    ],
)  # fmt: skip
def test_umlauts_written_out_are_as_good_as_an_initial(one: str, other: str) -> None:
    assert likeness(one, other, PERSON) is likeness(other, one, PERSON) >= Likeness.LOOSE
    assert keys_of(one, PERSON) & keys_like(other, PERSON)
    assert keys_of(other, PERSON) & keys_like(one, PERSON)


@pytest.mark.parametrize(
    "pair", ["Kate Kathryn", "Kathy Catharine", "Steve Stephan", "Nick Nicolas", "Al Allan"]
)
def test_a_short_form_is_short_for_every_spelling(pair: str) -> None:
    one, other = map(fold, pair.split())
    assert is_short_form(one, other)
    assert is_short_form(other, one)
    assert compared(pair) is Likeness.LOOSE


@pytest.mark.parametrize("pair", ["Bill William", "Peggy Margaret", "Bob Robert", "Chris Kristoffer"])
def test_short_forms_share_a_key_so_that_they_are_suggested(pair: str) -> None:
    one, other = (f"{first} Marchbank" for first in pair.split())
    assert {key for key in keys_of(one, PERSON) & keys_of(other, PERSON) if not key.endswith(":")}


def test_a_name_has_few_keys() -> None:
    names = {first for pair in VARIANTS + TRANSLITERATED + OTHER_NAMES for first in pair.split()}
    counts = [len(keys_of(f"{first} Marchbank", PERSON)) for first in names]
    assert sum(counts) / len(counts) < 3
    assert max(counts) <= 6


@pytest.mark.parametrize(
    ("one", "other", "outlet", "expected"),
    [
        ("shopper", "shopper", True, Outcome.AMBIGUOUS),
        ("", "", True, Outcome.AMBIGUOUS),
        ("shopper from Selburn", "Selburn resident", True, Outcome.AMBIGUOUS),
        ("Selburn resident", "Selburn resident", True, Outcome.AMBIGUOUS),
        ("teacher", "teacher", True, Outcome.AMBIGUOUS),
        ("mayor of Selburn", "deputy mayor of Selburn", True, Outcome.AMBIGUOUS),
        ("councillor", "councillor", False, Outcome.AMBIGUOUS),
        ("councillor", "councillor", True, Outcome.LINKED),
        ("mayor of Selburn", "Selburn mayor", False, Outcome.LINKED),
    ],
)
@pytest.mark.parametrize("names", [("Anna Petersen", "Anna Pedersen"), ("Eva Tarasov", "Eva Tarassow")])
def test_a_surname_written_otherwise_needs_a_post_that_agrees(
    names: tuple[str, str], one: str, other: str, outlet: bool, expected: Outcome
) -> None:
    known = Candidate(1, (names[1],), (other,), same_outlet=outlet)
    assert decide(Named(names[0], PERSON, one), [known]).outcome is expected


@pytest.mark.parametrize(
    ("one", "other"), [("gulnaz", "gulnoz"), ("dilfuza", "delfuza"), ("a", "b"), ("", "a")]
)
def test_little_known_names_must_agree_in_more_than_weak_vowels(one: str, other: str) -> None:
    assert not is_variant(one, other)
