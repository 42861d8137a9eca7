"""What rules mend of the tagger's names: on names that are marked by hand here, without the tagger."""

import pytest

from quotes.extraction.names.edges import joined
from quotes.extraction.names.recurring_names import consistent, with_headlines
from quotes.extraction.names.runs import capital_runs
from quotes.extraction.names.tagged_names import whole
from quotes.extraction.names.tagger import TaggedName
from quotes.extraction.text.marks import find_spans
from quotes.extraction.text.stream import Stream, build_stream


def tagged(stream: Stream, *names: str) -> list[TaggedName]:
    """ "Ann Lee:person:0.9" marks the first "Ann Lee" behind the name before."""
    found: list[TaggedName] = []
    end = 0
    for name in names:
        words, kind, sure = name.split(":")
        start = stream.text.index(words, end)
        end = start + len(words)
        inside = [n for n, token in enumerate(stream.tokens) if start <= token.start and token.end <= end]
        found.append(TaggedName(inside[0], inside[-1] + 1, kind, float(sure)))
    return found


def read(text: str) -> Stream:
    return build_stream(text, find_spans(text))


def shown(stream: Stream, names: list[TaggedName]) -> list[str]:
    return [f"{stream.slice(one.first, one.last)}:{one.type}" for one in names]


@pytest.mark.parametrize(
    ("text", "names", "mended"),
    [
        ("Then Joost van Bakema left.", ["van Bakema:person:0.5"], ["Joost van Bakema:person"]),
        ("Then V. Chandra Rao left.", ["Chandra Rao:person:0.9"], ["V. Chandra Rao:person"]),
        ("Then Cole Tarrant III left.", ["Cole Tarrant:person:0.9"], ["Cole Tarrant III:person"]),
        ("Then Olana Brandt left.", ["Olana:person:0.7"], ["Olana Brandt:person"]),
        ("Then Brackwell Cable Ltd left.", ["Brackwell:person:0.9"], ["Brackwell Cable Ltd:organization"]),
        ("Citizens for Fair Rent left.", ["Fair Rent:person:0.6"], ["Citizens for Fair Rent:organization"]),
        (
            "Then Northern Vale Trains left.",
            ["Northern Vale:place:0.9"],
            ["Northern Vale Trains:organization"],
        ),
        ("Then Olana Brandt left.", ["Olana Brandt:place:0.4"], ["Olana Brandt:person"]),
        ("Then Olana Brandt left.", ["Olana Brandt:place:0.9"], ["Olana Brandt:place"]),
        ("It left from Olana Brandt.", ["Olana Brandt:place:0.4"], ["Olana Brandt:place"]),
        ("It hurt a nurse, Olana Brandt.", ["Olana Brandt:place:0.4"], ["Olana Brandt:person"]),
        ("It hurt Olana Brandt, 32, too.", ["Olana Brandt:place:0.4"], ["Olana Brandt:person"]),
        ("It hurt Olana Brandt.", ["Olana:person:0.7", "Brandt:place:0.3"], ["Olana Brandt:person"]),
        (
            "It hurt Olana Brandt. Later Brandt wept.",
            ["Olana Brandt:nationality:0.6", "Brandt:person:0.9"],
            ["Olana Brandt:person", "Brandt:person"],
        ),
        ("OLANA SPOKE up.", ["OLANA:person:0.9"], ["OLANA:person"]),
        ("Then Mr Hill left.", ["Hill:person:0.9"], ["Hill:person"]),
        ("But Brandt left.", ["But Brandt:person:0.4"], ["Brandt:person"]),
        ("Then Ann Brandt of Kadin left.", ["Ann Brandt of Kadin:person:0.9"], ["Ann Brandt:person"]),
        ("The mayor of Kadin Ann Lee left.", ["Kadin Ann Lee:person:0.9"], ["Ann Lee:person"]),
        ("Then Great Hural B.Brandt left.", ["Great Hural:place:0.4"], ["B.Brandt:person"]),
        ("Then Hoo du Wen Ann Brandt left.", ["Ann Brandt:person:0.9"], ["Ann Brandt:person"]),
        ("Seals left Paddock Norway.", ["Norway:place:0.4"], ["Paddock Norway:organization"]),
        ("It named the Lena Brandt Trophy.", ["Lena Brandt Trophy:other:0.7"], ["Lena Brandt Trophy:other"]),
    ],
)
def test_a_run_of_capitals_tells_more_of_a_name(text: str, names: list[str], mended: list[str]) -> None:
    stream = read(text)
    found = whole(stream, joined(stream, tagged(stream, *names)), list(capital_runs(stream)))
    assert shown(stream, found) == mended


def test_parts_of_one_name_are_one_and_quoted_words_are_no_end_of_it() -> None:
    stream = read("Asked by Ann Lee “Are you sorry?” Bo Ek left Kadin Police Force.")
    people = ("Ann:person:0.9", "Lee “Are you sorry?”:person:0.9", "Bo Ek:person:0.9")
    names = tagged(stream, *people, "Kadin:place:0.9", "Police Force:organization:0.9")
    assert shown(stream, joined(stream, names)) == [
        "Ann Lee:person", "Bo Ek:person", "Kadin Police Force:organization"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names", "mended"),
    [
        (
            "Oona Marlowe left. Then Marlowe wept.",
            ["Oona Marlowe:person:0.9"],
            ["Oona Marlowe:person", "Marlowe:person"],
        ),
        (
            "Oona Marlowe left. Then Marlowe wept.",
            ["Oona Marlowe:person:0.9", "Marlowe:place:0.9"],
            ["Oona Marlowe:person", "Marlowe:person"],
        ),
        (
            "Halvard Eike left. Then Eike wept.",
            ["Halvard Eike:place:0.6", "Eike:person:0.9"],
            ["Halvard Eike:person", "Eike:person"],
        ),
        (
            "Ana Ruiz Ortiga left. Then Ruiz Ortiga wept.",
            ["Ana Ruiz Ortiga:person:0.8", "Ruiz Ortiga:place:0.4"],
            ["Ana Ruiz Ortiga:person", "Ruiz Ortiga:person"],
        ),
        (
            "The Harbour Gulls won. Then Gulls wept.",
            ["Harbour Gulls:organization:0.9", "Gulls:person:0.8"],
            ["Harbour Gulls:organization", "Gulls:organization"],
        ),
    ],
)
def test_a_name_is_of_one_kind_in_all_of_an_article(text: str, names: list[str], mended: list[str]) -> None:
    stream = read(text)
    assert shown(stream, consistent(stream, tagged(stream, *names))) == mended


def test_in_a_headline_those_are_names_that_are_some_in_the_body() -> None:
    stream = read("Marlowe Said Dock Reform Was Needed\n\nThen Oona Marlowe left the quay for good.")
    assert stream.headlines
    names = tagged(stream, "Marlowe Said Dock Reform:person:0.99", "Oona Marlowe:person:0.9")
    assert shown(stream, with_headlines(stream, names)) == ["Marlowe:person", "Oona Marlowe:person"]
