"""manage.py evaluate. No test here may use a database: the command needs none."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from quotes.management.progress import progress
from tests.commands.small_corpora import write_corpora

ROOT = Path(__file__).parents[2]
TEXT = "“We sail at dawn,” said Ann Lee.\n\nThe ship is called “Old Nick”.\n\n“Oh dear,” he said.\n"


def gold_line(name: str = "ferry", text: str | None = TEXT, **fields: Any) -> dict[str, Any]:
    """Gold of TEXT: the extractor gets Ann Lee right, and "he" cannot be told from the text."""
    quotes = [
        (0, 18, "speech", "Ann Lee", "Ann Lee"),
        (TEXT.index("“Old"), TEXT.index("”.\n") + 1, "other", None, None),
        (TEXT.index("“Oh"), TEXT.index(",” he") + 2, "speech", "Bo Ek", "he"),
    ]
    keys = ("start", "end", "kind", "speaker", "mention")
    marked = [dict(zip(keys, quote, strict=True)) | {"type": quote[3] and "person"} for quote in quotes]
    return {"id": name, "text": text, "quotes": marked} | fields


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return path


def evaluate(*arguments: object, **options: Any) -> str:
    out = StringIO()
    call_command("evaluate", *map(str, arguments), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", gold_line())


@pytest.fixture
def predictions(tmp_path: Path) -> Path:
    """One right, one wrong and sure, one invented."""

    def quote(words: str, name: str, mention: str, confidence: float) -> dict[str, Any]:
        start, at = TEXT.index(words), TEXT.index(mention)
        return {
            "segments": [[start, start + len(words)]],
            "speaker": {"name": name, "kind": "person"},
            "mention": {"text": mention, "start": at, "end": at + len(mention)},
            "confidence": confidence,
        }

    quotes = [
        quote("We sail at dawn", "Ann Lee", "Ann Lee", 0.95),
        quote("Old Nick", "Ann Lee", "Ann Lee", 0.75),
        quote("Oh dear", "Ann Lee", "he said", 0.85),
    ]
    return write(tmp_path / "predictions.jsonl", {"id": "ferry", "quotes": quotes, "warnings": []})


def test_the_table_the_breakdowns_and_the_mistakes(gold: Path, predictions: Path) -> None:
    shown = evaluate(gold, predictions=predictions).splitlines()
    for line in (
        "speech span        66.7  100.0   80.0        2       1       0",
        "mention            66.7  100.0   80.0        2       1       0",
        "speaker strict     33.3   50.0   40.0        1       2       1",
        "named persons, strict: 1/2   unsure, skipped: 0   articles without output: 0",
        "  confidence 0.8-0.9:     1 quotes, right   0.0",
        "  pronoun                                    1     0.0     0.0   100.0",
        "  ferry                                      3    33.3    33.3    66.7",
    ):
        assert line in shown
    start = shown.index("The worst 2 mistakes")
    assert shown[start + 2 :] == [
        f"0.850  somebody else  ferry, {TEXT.index('“Oh')}",
        "    “Oh dear,”",
        "    gold   Bo Ek, by he",
        "    found  Ann Lee, by he said",
        "    “We sail at dawn,” said Ann Lee. The ship is called “Old Nick”. “Oh dear,” he said.",
        "",
        f"0.750  nobody said it  ferry, {TEXT.index('“Old')}",
        "    “Old Nick”",
        "    gold   nobody: it is no speech",
        "    found  Ann Lee, by Ann Lee",
        "    “We sail at dawn,” said Ann Lee. The ship is called “Old Nick”. “Oh dear,” he said.",
        "",
    ]


def test_the_number_of_mistakes_can_be_given(gold: Path, predictions: Path) -> None:
    assert "The worst 1 mistake\n" in evaluate(gold, predictions=predictions, errors=1)
    assert "The worst" not in evaluate(gold, predictions=predictions, errors=0)


def test_without_predictions_the_extractor_is_run_and_says_why(gold: Path) -> None:
    shown = evaluate(gold)
    assert "speech span" in shown
    assert "    why    " in shown


def test_json_has_all_of_it(gold: Path, predictions: Path) -> None:
    value = json.loads(evaluate(gold, predictions=predictions, json=True))
    assert set(value) == {"gold", "together", "errors"}
    assert value["gold"][str(gold)] == value["together"]
    figures = value["together"]["figures"]
    assert figures["strict"] == {
        "tp": 1,
        "fp": 2,
        "fn": 1,
        "precision": pytest.approx(1 / 3),
        "recall": 0.5,
        "f1": pytest.approx(0.4),
    }
    assert figures["publishable"] == pytest.approx(1 / 3)
    assert {"label": "direct", "count": 2, "strict": 1, "lenient": 1, "mention": 2} in value["together"][
        "breakdowns"
    ]["quote"]
    first, second = value["errors"]
    assert (first["article"], first["predicted"]["speaker"], first["gold"]["speaker"]) == (
        "ferry",
        "Ann Lee",
        "Bo Ek",
    )
    assert TEXT[first["start"] : first["end"]] == first["words"] == "“Oh dear,”"
    assert second["problem"] == "nobody said it"


def test_several_gold_files_have_a_table_each_and_one_together(
    gold: Path, predictions: Path, tmp_path: Path
) -> None:
    other = write(tmp_path / "other.jsonl", gold_line("other"))
    shown = evaluate(gold, other, predictions=predictions, errors=0)
    assert [line for line in shown.splitlines() if line.startswith("speaker strict ")] == [
        "speaker strict     33.3   50.0   40.0        1       2       1",
        "speaker strict      0.0    0.0    0.0        0       0       2",
        "speaker strict     33.3   25.0   28.6        1       2       3",
    ]
    assert "\ntogether\n" in shown


def test_an_article_is_in_one_gold_file_only(gold: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other.jsonl", gold_line())
    with pytest.raises(CommandError, match=r"other\.jsonl and .*gold\.jsonl both have an article ferry"):
        evaluate(gold, other)


def test_texts_may_be_elsewhere_in_several_places(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", gold_line("one", None), gold_line("two", None))
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(f"Source: X\n\n{TEXT}")
    with pytest.raises(CommandError, match="line 2: no text of two: say with --texts"):
        evaluate(gold, texts=[folder])
    lines = write(tmp_path / "texts.jsonl", {"id": "two", "text": TEXT})
    assert "articles without output: 0" in evaluate(gold, texts=[folder, lines])


def test_it_can_be_a_gate(gold: Path, predictions: Path) -> None:
    evaluate(gold, predictions=predictions, min_strict=0.4)
    with pytest.raises(CommandError, match=r"strict F1 is 0\.4000, below 0\.41"):
        evaluate(gold, predictions=predictions, min_strict=0.41)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"min_strict": 85.0}, "--min-strict is an F1 from 0 to 1"),
        ({"errors": -1}, "--errors is a number"),
        ({"texts": ["missing"]}, "missing: it cannot be read: no such file"),
        ({"predictions": "missing"}, "missing: it cannot be read: no such file"),
    ],
)
def test_options_that_make_no_sense(gold: Path, options: dict[str, Any], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        evaluate(gold, **options)


def test_predictions_of_other_articles_are_refused(gold: Path, tmp_path: Path) -> None:
    others = write(tmp_path / "others.jsonl", {"id": "x", "quotes": []})
    with pytest.raises(CommandError, match=r"others\.jsonl: it has none of the articles"):
        evaluate(gold, predictions=others)


def test_a_bad_line_is_named(gold: Path) -> None:
    gold.write_text(gold.read_text() + "{\n")
    with pytest.raises(CommandError, match=r"gold\.jsonl, line 2: it is not JSON"):
        evaluate(gold)


def test_gold_of_another_text_is_refused(gold: Path) -> None:
    write(gold, gold_line(chars=3))
    with pytest.raises(CommandError, match="the text of ferry is not the one that was marked up"):
        evaluate(gold)


def test_the_gold_of_the_project_fits_its_texts_and_the_quotes_of_it_are_found() -> None:
    """What `make eval` runs."""
    gold = (ROOT / "fixtures" / "gold").glob("*.jsonl")
    files = sorted(path for path in gold if not path.name.startswith(("identity", "stories")))
    value = json.loads(evaluate(*files, texts=[ROOT / "fixtures" / "articles"], json=True, errors=0))
    assert [*value["gold"]] == [*map(str, files)]
    for scored in value["gold"].values():
        assert scored["figures"]["speech"]["f1"] > 0.95
    assert value["gold"][str(ROOT / "fixtures/gold/demo.jsonl")]["figures"]["strict"]["f1"] > 0.7


def shown_while_working(stream: StringIO, seconds: float) -> str:
    """What progress writes during three pieces of work that take so long each."""
    now = iter(seconds * tick for tick in range(99))
    assert list(progress("abc", OutputWrapper(stream), "articles", clock=lambda: next(now))) == [*"abc"]
    return stream.getvalue()


def test_progress_is_a_line_now_and_then_where_there_is_no_terminal() -> None:
    assert shown_while_working(StringIO(), seconds=0.1) == ""
    assert shown_while_working(StringIO(), seconds=60).splitlines() == [
        "0 of 3 articles",
        "1 of 3 articles",
        "2 of 3 articles",
    ]


def test_progress_is_a_bar_on_a_terminal_and_leaves_nothing_behind() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    shown = shown_while_working(Terminal(), seconds=1)
    assert f"[{'#' * 10}{' ' * 20}] 1 of 3 articles" in shown
    assert shown.endswith("\r\x1b[K")


def test_gold_of_copies_is_counted() -> None:
    said = evaluate(ROOT / "fixtures" / "gold" / "stories.jsonl", copies=True)
    in_all = [line.split()[-4:] for line in said.splitlines() if "in all" in line]
    assert in_all == [["56", "56", "1025", "0"]] * 2


def test_gold_of_copies_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_text('{"id": "a"}\n')
    with pytest.raises(CommandError, match="no story with versions and others"):
        evaluate(path, copies=True)


def test_what_is_kept_out_of_training_is_scored_with_the_names_in_it(tmp_path: Path) -> None:
    folder = write_corpora(tmp_path) / "corpora"
    shown = evaluate(corpora=folder)
    assert [name for name in ("polnear-dev", "world-dev", "bbc-dev") if f"\n{name}\n" in f"\n{shown}"] == [
        "polnear-dev", "world-dev", "bbc-dev"
    ]  # fmt: skip
    [people] = [line.split() for line in shown.splitlines() if line.startswith("people ")]
    assert people == ["people", "100.0", "100.0", "100.0", "2", "0", "0"]


def test_corpora_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"polnear-dev\.jsonl is not there"):
        evaluate(corpora=tmp_path)


def test_something_has_to_be_scored() -> None:
    with pytest.raises(CommandError, match="name a file of gold"):
        evaluate()
