"""What is asked finds the same quotes on both engines, and what makes no sense is refused with a reason."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.models import Quote
from quotes.search import SCOPES, QuestionError, Scope, matching, postgresql, read_question
from quotes.search.analysis import tokens, words
from quotes.search.questions import Side, Term
from tests.search.corpus import QUESTIONS, QUOTES, store

pytestmark = pytest.mark.django_db
HEALTH = [HealthCheck.function_scoped_fixture]


@pytest.fixture
def stored() -> dict[int, int]:
    """The numbers of the quotes by their keys."""
    return {quote.pk: number for number, quote in store().items()}


def found(stored: dict[int, int], asked: str, scope: Scope) -> set[int]:
    keys = matching(Quote.objects.all(), read_question(asked), scope).values_list("pk", flat=True)
    return {stored[key] for key in keys}


def found_without_index(asked: str, scope: Scope) -> set[int]:
    """What the question means, in plain Python."""
    texts = {
        number: words(said if scope == "words" else f"“{said}”, {after}.")
        for number, (said, after) in QUOTES.items()
    }
    sides = read_question(asked).sides
    return {number for number, text in texts.items() if any(_holds(side, text) for side in sides)}


def _holds(side: Side, text: Sequence[str]) -> bool:
    def has(term: Term) -> bool:
        return bool(list(term.found_in(text)))

    return all(map(has, side.wanted)) and not any(map(has, side.excluded))


@pytest.mark.parametrize("few", [0, 3000])
def test_a_table_of_questions_is_answered(
    stored: dict[int, int], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "FEW", few)  # what is found is looked up at once, or within the list
    assert (len(QUOTES), len(QUESTIONS)) >= (40, 60)
    given = {(asked, scope): found(stored, asked, scope) for asked, scope, _ in QUESTIONS}
    assert given == {(asked, scope): expected for asked, scope, expected in QUESTIONS}


_WORDS = sorted({word for said, after in QUOTES.values() for word in words(f"{said} {after}")})
_WORD = st.sampled_from(_WORDS)
_TERM = st.one_of(
    _WORD,
    st.lists(_WORD, min_size=1, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
    st.sampled_from([f'"{" ".join(words(said)[:3])}"' for said, _ in QUOTES.values()]),
    st.sampled_from([word for word in _WORDS if len(word) > 3]).map(lambda word: f"{word[:3]}*"),
)
_SIDE = st.tuples(st.lists(_TERM, min_size=1, max_size=2), st.lists(_TERM, max_size=2)).map(
    lambda side: " ".join([*side[0], *(f"-{term}" for term in side[1])])
)
_MOST_WORDS = 20  # of a question
_ASKED = (
    st.lists(_SIDE, min_size=1, max_size=3)
    .map(" OR ".join)
    .filter(lambda asked: len(words(asked)) <= _MOST_WORDS)
)


@settings(suppress_health_check=HEALTH, max_examples=150, deadline=None)
@given(asked=_ASKED, scope=st.sampled_from(SCOPES))
def test_the_index_answers_as_reading_every_quote_would(
    stored: dict[int, int], asked: str, scope: Scope
) -> None:
    assert found(stored, asked, scope) == found_without_index(asked, scope)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "there is no word in it"),
        ("  ?! & … ", "there is no word in it"),
        ('"', "the quotation mark at character 1 is never closed"),
        ('ferry "late again', "the quotation mark at character 7 is never closed"),
        ("ferry “late again", "the quotation mark at character 7 is never closed"),
        ('ferry ""', "there is no word between the quotation marks at character 7"),
        ('"?!"', "there is no word between the quotation marks at character 1"),
        ("-ferry", "it only says what is not to be found"),
        ('-"late again" -x', "it only says what is not to be found"),
        ("cat OR -dog", "it only says what is not to be found: each side of an OR needs a word"),
        ("OR", "the OR at character 1 needs a word on each side"),
        ("cat OR", "the OR at character 5 needs a word on each side"),
        ("OR cat", "the OR at character 1 needs a word on each side"),
        ("cat OR OR dog", "the OR at character 8 needs a word on each side"),
        ("cat OR !", "the OR at character 5 needs a word on each side"),
        ("a*", "a* at character 1 would find too much"),
        ('"of a*"', "a* at character 1 would find too much"),
        ("*", "a star at character 1 does not stand at the end of a word"),
        ("fe*ry", "a star at character 1 does not stand at the end of a word"),
        ('"late* again"', "a star at character 1 does not stand at the end of a word"),
        ("(cat OR dog) late", "parentheses are not known here"),
        (" ".join(["word"] * 21), "it has 21 words: 20 are the most"),
        ("x" * 1001, "it is 1,001 characters long: 1,000 are the most"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_what_and_where(asked: str, said: str) -> None:
    with pytest.raises(QuestionError, match="^" + said.replace("*", r"\*")):
        read_question(asked)


@settings(suppress_health_check=HEALTH, max_examples=200, deadline=None)
@given(
    asked=st.one_of(
        st.text(max_size=60),
        st.text(alphabet="ab '\"“”*-()ORAND:&|!<>\\\0^{}+~é्", max_size=30),
    )
)
def test_whatever_is_asked_is_answered_or_refused(stored: dict[int, int], asked: str) -> None:
    for scope in SCOPES:
        try:
            expected = found_without_index(asked, scope)
        except QuestionError:
            return
        assert found(stored, asked, scope) == expected


def test_a_word_that_comes_back_hundreds_of_times_is_found_at_its_first_places() -> None:
    (quote,) = store({1: ("no " * 255 + "yes " + "no " * 50 + "never", "he went on")}).values()
    for asked, is_found in (("no", True), ('"no yes"', True), ('"no never"', False), ("never", True)):
        assert matching(Quote.objects.filter(pk=quote.pk), read_question(asked)).exists() is is_found, asked


@given(text=st.text(alphabet="ab Z9'’‘ʼ_-–—…“”«» \u00a0\u0301éßÆ½\u200d.,\n\0", max_size=20))
def test_words_are_the_same_with_their_places_and_without(text: str) -> None:
    assert words(text) == [token.word for token in tokens(text)]
