"""Where it is right and where it is wrong."""

import pytest

from quotes.training.breakdowns import Row, breakdowns, mention_kind, problem, quote_kind, worst
from quotes.training.gold import GoldQuote
from quotes.training.scoring import evaluate

from .examples import article, found, gold


@pytest.mark.parametrize(
    ("mention", "speaker", "type_", "kind"),
    [
        ("he", "Bo Ek", "person", "pronoun"),
        ("his", "Bo Ek", "person", "pronoun"),
        ("it", "Ferry Board", "organization", "pronoun"),
        ("Bo Ek", "Bo Ek", "person", "full name"),
        ("Bo Ek, the chair,", "Bo Ek", "person", "full name"),
        ("Mr Ek", "Bo Ek", "person", "part of a name"),
        ("Ek’s", "Bo Ek", "person", "part of a name"),
        ("Bobo", "Bo Ek", "person", "another name"),
        ("the chair", "Bo Ek", "person", "role or description"),
        ("My brother", "Bo Ek", "person", "role or description"),
        ("The two", "Ann Lee | Bo Ek", "person", "joint"),
        ("the board", "Ferry Board", "organization", "organization"),
        ("The memo", "memo", "document", "document"),
        ("protesters", "protesters", "group", "group"),
        ("an official", "official", "unnamed", "nobody named"),
    ],
)
def test_kinds_of_mention(mention: str, speaker: str, type_: str, kind: str) -> None:
    text = f"“Never,” said {mention}."
    assert mention_kind(gold(text, "“Never,”", speaker, mention, type=type_)) == kind


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("“We sail at dawn,” she said.", ["“We sail at dawn,”"], "direct"),
        ("‘We sail at dawn’, she said.", ["‘We sail at dawn’"], "direct"),
        ("She said: “All aboard”", ["“All aboard”"], "direct"),
        ("She was “slightly envious” of it.", ["“slightly envious”"], "partial"),
        ("She called “Operation Kettle” mad.", ["“Operation Kettle”"], "partial"),
        ("“We sail,” she said, “at dawn.”", ["“We sail,”", "“at dawn.”"], "interrupted"),
        ("“We sail,” she said. “At dawn.”", ["“We sail,”", "“At dawn.”"], "direct"),
        ("She was “sad” and also “mad.”", ["“sad”", "“mad.”"], "partial"),
        ("“We sail.\n\n“At dawn,” she said.", ["“We sail.", "“At dawn,”"], "direct continued"),
        ("“We sail.”\n\n“At dawn,” she said.", ["“We sail.”", "“At dawn,”"], "direct"),
    ],
)
def test_kinds_of_quote(text: str, words: list[str], kind: str) -> None:
    quotes = [gold(text, part, "Ann Lee", "she") for part in words]
    found_kinds = [quote_kind(article(text, *quotes), quote) for quote in quotes]
    assert found_kinds == (kind.split() if " " in kind else [kind] * len(words))


TEXT = "“Never,” said Ann Lee. “Old Nick” was there. ‘We go,’ she said. “Why?” asked Bo Ek. “Odd.”"
QUOTES = (
    gold(TEXT, "“Never,”", "Ann Lee", "Ann Lee", tags=("easy",)),
    gold(TEXT, "“Old Nick”", tags=("nickname",)),
    gold(TEXT, "‘We go,’", "Ann Lee", "she", single=True, tags=("hard", "pronoun")),
    gold(TEXT, "“Why?”", "Bo Ek", "Bo Ek"),
)
FOUND = [
    found(TEXT, "Never", "Ann Lee", "Ann Lee", confidence=0.9, decided_by="next to"),
    found(TEXT, "We go", "Bo Ek", "she", confidence=0.6, decided_by="follows"),
    found(TEXT, "Odd.", "Bo Ek", "Bo Ek", confidence=0.8, decided_by="follows"),
]
VERDICTS = evaluate([article(TEXT, *QUOTES)], {"a": FOUND}).verdicts


def test_rows_count_what_is_right_in_each_way() -> None:
    tables = breakdowns(VERDICTS)
    assert tables["mention"] == [
        Row("full name", 2, strict=1, lenient=1, mention=1),
        Row("no speech", 1, strict=1, lenient=1, mention=1),
        Row("pronoun", 1, strict=0, lenient=0, mention=1),
        Row("not in the gold", 1, strict=0, lenient=0, mention=0),
    ]
    assert tables["quote"] == [Row("direct", 3, 1, 1, 2), Row("single marks", 1, 0, 0, 1)]
    assert tables["rule"] == [Row("follows", 2, 0, 0, 1), Row("next to", 1, 1, 1, 1)]
    assert tables["tag"] == [
        Row("easy", 1, 1, 1, 1),
        Row("nickname", 1, 1, 1, 1),
        Row("hard", 1, 0, 0, 1),
        Row("pronoun", 1, 0, 0, 1),
    ]
    assert tables["article"] == [Row("a", 5, 2, 2, 3)]


def test_the_article_with_the_most_mistakes_comes_first() -> None:
    articles = [article(TEXT, *QUOTES[:2], name="fine"), article(TEXT, *QUOTES, name="poor")]
    rows = breakdowns(evaluate(articles, {"fine": FOUND[:1]}).verdicts)["article"]
    assert [row.label for row in rows] == ["poor", "fine"]


def test_what_is_not_scored_is_in_no_row() -> None:
    unsure = gold(TEXT, "“Never,”", "Ann Lee", "Ann Lee", unsure=True)
    tables = breakdowns(evaluate([article(TEXT, unsure)], {"a": FOUND[:1]}).verdicts)
    assert not any(tables.values())


def test_the_most_confident_mistakes_come_first_and_what_was_not_found_last() -> None:
    nobody = gold(TEXT, "“Odd.”", "Bo Ek", "Bo Ek")
    verdicts = [
        *VERDICTS,
        *evaluate([article(TEXT, nobody)], {"a": [found(TEXT, "Odd.", confidence=0.0)]}).verdicts,
    ]
    assert [problem(verdict) for verdict in worst(verdicts, 9)] == [
        "not in the gold",
        "somebody else",
        "nobody named",
        "not found",
    ]
    assert len(worst(verdicts, 1)) == 1
    assert worst(verdicts, 0) == []


@pytest.mark.parametrize(
    ("quote", "words", "speaker", "expected"),
    [
        (QUOTES[0], "Never", "Lee", "another form of the name"),
        (QUOTES[1], "Old Nick", "Ann Lee", "nobody said it"),
    ],
)
def test_what_is_wrong_has_a_name(quote: GoldQuote, words: str, speaker: str, expected: str) -> None:
    (verdict,) = evaluate([article(TEXT, quote)], {"a": [found(TEXT, words, speaker)]}).verdicts
    assert problem(verdict) == expected
