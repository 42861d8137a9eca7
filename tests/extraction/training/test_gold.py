"""Reading gold, texts and saved predictions."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from quotes.extraction import Span
from quotes.training.gold import (
    GoldError,
    GoldQuote,
    PredictedQuote,
    open_texts,
    read_gold,
    read_predictions,
)

TEXT = "“Never,” said Ann Lee.\n"
QUOTE: dict[str, Any] = {
    "start": 0,
    "end": 8,
    "kind": "speech",
    "speaker": "Ann Lee",
    "type": "person",
    "mention": "Ann Lee",
}


def line(*quotes: object, **fields: object) -> dict[str, Any]:
    return {"id": "a", "text": TEXT, "quotes": list(quotes)} | fields


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records))
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gold.jsonl"


def test_a_quote_has_what_the_line_says(file: Path) -> None:
    extras = {"note": "unsure: who?", "single": True, "tags": ["far"]}
    (article,) = read_gold(write(file, line(QUOTE | extras, tags=["wire", "far"])))
    assert (article.id, article.text) == ("a", TEXT)
    assert article.quotes == (
        GoldQuote(
            Span(0, 8), True, "Ann Lee", "person", "Ann Lee", unsure=True, single=True, tags=("wire", "far")
        ),
    )


def test_what_nobody_said_has_no_speaker(file: Path) -> None:
    nobody = {"kind": "other", "speaker": None, "type": None, "mention": None}
    (article,) = read_gold(write(file, line(QUOTE | nobody)))
    assert article.quotes == (GoldQuote(Span(0, 8), False, "", "", ""),)


def test_a_text_is_the_given_one_or_the_line_s_own_or_the_file_s_beside(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(
            f"URL: https://x.example/\nSource: X\n\nText of {name}.\n\nMore.\n"
        )
    write(file, line(id="a", text="Own."), line(id="b", text=None), line(id="c", text="Own."))
    given = {"c": "Given."}.get
    assert [article.text for article in read_gold(file, [given])] == [
        "Own.",
        "Text of b.\n\nMore.\n",
        "Given.",
    ]


def test_texts_are_lines_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Source: X\n\nText.\n")
    assert open_texts(tmp_path)("a") == "Text.\n"
    assert open_texts(tmp_path)("b") is None
    lines = open_texts(write(tmp_path / "texts.jsonl", {"id": 7, "text": TEXT}))
    assert (lines("7"), lines("a")) == (TEXT, None)


def test_a_text_is_checked_against_its_length_and_hash(file: Path) -> None:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert read_gold(write(file, line(QUOTE, chars=len(TEXT), sha256=digest)))
    for wrong in ({"chars": 7}, {"sha256": "0" * 64}):
        with pytest.raises(GoldError, match=r"line 1: the text of a is not the one .* restore the text"):
            read_gold(write(file, line(QUOTE, **wrong)))


def test_half_a_surrogate_pair_does_no_harm(file: Path) -> None:
    file.write_text('{"id": "a", "text": "\\ud800“No”", "quotes": []}')
    assert read_gold(file)[0].text == "?“No”"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "it is empty"),
        ("{", "line 1: it is not JSON"),
        ("[1]", "line 1: it is no JSON object"),
        ('{"quotes": []}', 'line 1: the article has no "id"'),
        ('\n{"id": "a", "quotes": []}', "line 2: no text of a: say with --texts"),
        ('{"id": "a", "text": "x"}', 'line 1: the article has no list "quotes"'),
        ('{"id": "a", "text": "x", "quotes": [1]}', "line 1, quote 1: it is no JSON object"),
    ],
)
def test_a_line_that_is_no_gold_is_named(file: Path, content: str, complaint: str) -> None:
    file.write_text(content)
    with pytest.raises(GoldError) as raised:
        read_gold(file)
    assert complaint in str(raised.value)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"start": "0"}, '"start" is no int'),
        ({"end": 99}, "0..99 is no place in a text of 23 characters"),
        ({"end": 0}, "0..0 is no place"),
        ({"kind": "said"}, "speech or other, not 'said'"),
        ({"speaker": 1}, '"speaker" is no str'),
        ({"mention": None}, "speech needs a speaker and a mention"),
        ({"tags": "far"}, '"tags" is a list of words'),
    ],
)
def test_a_quote_that_makes_no_sense_is_named(file: Path, wrong: dict[str, object], complaint: str) -> None:
    with pytest.raises(GoldError) as raised:
        read_gold(write(file, line(QUOTE, QUOTE | wrong)))
    assert "line 1, quote 2: " in str(raised.value)
    assert complaint in str(raised.value)


def test_an_article_stands_in_one_line(file: Path) -> None:
    with pytest.raises(GoldError, match="line 2: there is an article a already"):
        read_gold(write(file, line(), line()))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"missing\.jsonl: it cannot be read: no such file"):
        read_gold(tmp_path / "missing.jsonl")
    (tmp_path / "a.txt").write_text("No header")
    with pytest.raises(GoldError, match=r"a\.txt: no empty line"):
        open_texts(tmp_path)("a")
    (tmp_path / "a.txt").write_bytes(b"\xff\n\n")
    with pytest.raises(GoldError, match=r"a\.txt: it cannot be read"):
        open_texts(tmp_path)("a")
    with pytest.raises(GoldError, match=r'line 1: it is not \{"id"'):
        open_texts(write(tmp_path / "texts.jsonl", {"id": "a"}))


def test_predictions_are_lines_of_extract(file: Path) -> None:
    quote = {
        "text": "Never",
        "segments": [[1, 6]],
        "speaker": {"name": "Ann Lee", "kind": "person"},
        "mention": {"text": "Ann Lee", "start": 14, "end": 21},
        "confidence": 0.9,
    }
    nobody = quote | {"speaker": None, "mention": None, "confidence": 0.0}
    write(file, {"id": "a", "quotes": [quote, nobody]}, {"id": "b", "line": 2, "error": "it is not JSON"})
    assert read_predictions(file) == {
        "a": (
            PredictedQuote((Span(1, 6),), "Ann Lee", Span(14, 21), 0.9),
            PredictedQuote((Span(1, 6),), None, None, 0.0),
        ),
        "b": (),
    }


@pytest.mark.parametrize(
    "quotes", [[{}], [1], 1, [{"segments": [[3, 1]], "speaker": None, "mention": None}]], ids=str
)
def test_a_line_that_is_no_prediction_is_named(file: Path, quotes: object) -> None:
    with pytest.raises(GoldError, match="line 1: it is not a line of"):
        read_predictions(write(file, {"id": "a", "quotes": quotes}))
