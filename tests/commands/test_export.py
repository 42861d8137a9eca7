"""manage.py export: a snapshot that others can check, read, and keep in step."""

import csv
import gzip
import hashlib
import json
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from quotes.exporting import TABLES, snapshot, tables, writers
from quotes.exporting.files import Progress, alone_in
from quotes.models import Quote
from quotes.services.publications import number_changes
from quotes.services.review import decide
from tests.conftest import Ingest

FORMATS = ("jsonl", "csv", "parquet", "sqlite")
Read = Callable[[Path, str], list[dict[str, Any]]]


def export(folder: Path, kind: str = "jsonl", **options: Any) -> str:
    out = StringIO()
    call_command("export", folder, format=kind, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def files_of(folder: Path, table: str) -> Iterator[Path]:
    yield from (folder / file["name"] for file in manifest(folder)["files"] if file["table"] == table)


def from_jsonl(folder: Path, table: str) -> list[dict[str, Any]]:
    content = [path.read_bytes() for path in files_of(folder, table)]
    texts = [(gzip.decompress(one) if one.startswith(b"\x1f\x8b") else one).decode() for one in content]
    return [json.loads(line) for text in texts for line in text.split("\n")[:-1]]


def from_csv(folder: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for path in files_of(folder, table):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows += csv.DictReader(file, strict=True)
    return rows


def from_parquet(folder: Path, table: str) -> list[dict[str, Any]]:
    pq = import_module("pyarrow.parquet")
    return [row for path in files_of(folder, table) for row in pq.read_table(path).to_pylist()]


def from_sqlite(folder: Path, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(folder / "quotetracker.sqlite3")) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute(f"SELECT * FROM {table} ORDER BY rowid")]  # noqa: S608


READERS: dict[str, Read] = {
    "jsonl": from_jsonl,
    "csv": from_csv,
    "parquet": from_parquet,
    "sqlite": from_sqlite,
}


@pytest.fixture
def some(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven quotes by four speakers in two articles, read two at a time."""
    monkeypatch.setattr(tables, "BATCH", 2)
    ingest()
    said = "\n\n".join(f"“We count up to {number} today,” Bo Ray said." for number in range(3))
    ingest(
        f"“Ferries don’t pay,” Marta Quill told the Bugle.\n\n{said}",
        url="https://bugle.example/pay",
        source="The Bugle",
        title="=Ferries, dear",
    )


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("kind", FORMATS)
def test_a_snapshot_has_all_that_is_public_and_says_what_it_has(tmp_path: Path, kind: str) -> None:
    said = export(tmp_path / "out", kind)
    assert said.startswith("7 quotes, 2 articles, 4 speakers, 2 sources in ")
    assert "peak memory" in said
    told = manifest(tmp_path / "out")
    assert (told["format"], told["version"], told["publish_threshold"]) == (kind, 1, 0.8)
    assert told["begun_at"] <= told["made_at"]
    assert {name: table["rows"] for name, table in told["tables"].items()} == {
        "quotes": 7, "articles": 2, "speakers": 4, "sources": 2,
    }  # fmt: skip
    for file in told["files"]:
        content = (tmp_path / "out" / file["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        ["manifest.json", *(file["name"] for file in told["files"])]
    )
    for table in TABLES:
        columns = [column["name"] for column in told["tables"][table.name]["columns"]]
        rows = READERS[kind](tmp_path / "out", table.name)
        assert [list(row) for row in rows] == [columns] * len(rows)
        assert len(rows) == told["tables"][table.name]["rows"]


@pytest.mark.usefixtures("some")
def test_all_formats_say_the_same(tmp_path: Path) -> None:
    for kind in FORMATS:
        export(tmp_path / kind, kind)
    for table in TABLES:
        rows = {kind: READERS[kind](tmp_path / kind, table.name) for kind in FORMATS}
        keys = {kind: [row[table.names[0]] for row in rows[kind]] for kind in FORMATS}
        assert keys["csv"] == keys["parquet"] == keys["sqlite"] == keys["jsonl"]
    (one,), (cells,), (typed,), (stored,) = (
        [row for row in READERS[kind](tmp_path / kind, "quotes") if row["text"].startswith("Ferries")]
        for kind in FORMATS
    )
    assert one["article_title"] == typed["article_title"] == stored["article_title"] == "=Ferries, dear"
    assert cells["article_title"] == "'=Ferries, dear"
    assert one["segments"] == typed["segments"] == json.loads(stored["segments"])
    assert float(cells["confidence"]) == one["confidence"] == typed["confidence"] == stored["confidence"]
    assert typed["published_at"].isoformat() == one["published_at"].replace("Z", "+00:00")
    assert one["wikidata_id"] is typed["wikidata_id"] is stored["wikidata_id"] is None


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_a_table_comes_in_parts(tmp_path: Path, kind: str) -> None:
    export(tmp_path, kind, rows_a_part=4)
    parts = [file for file in manifest(tmp_path)["files"] if file["table"] == "quotes"]
    assert [part["rows"] for part in parts] == [4, 3]
    assert [part["name"] for part in parts] == [f"quotes-00001.{kind}", f"quotes-00002.{kind}"]
    ids = [row["id"] for row in READERS[kind](tmp_path, "quotes")]
    assert len(set(ids)) == 7


@pytest.mark.usefixtures("some")
def test_lines_can_be_compressed_and_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        export(tmp_path / name, compress=True)
    assert len(from_jsonl(tmp_path / "one", "quotes")) == 7
    hashes = [[file["sha256"] for file in manifest(tmp_path / name)["files"]] for name in ("one", "other")]
    assert hashes[0] == hashes[1]
    for kind in ("parquet", "sqlite"):
        with pytest.raises(CommandError, match="--compress is for jsonl and csv"):
            export(tmp_path / kind, kind, compress=True)


@pytest.mark.usefixtures("some")
def test_sqlite_is_indexed_and_searched_as_datasette_does(tmp_path: Path) -> None:
    export(tmp_path, "sqlite")
    with closing(sqlite3.connect(tmp_path / "quotetracker.sqlite3")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        pointers = {row[2:5] for row in file.execute("PRAGMA foreign_key_list(quotes)")}
        assert ("speakers", "speaker_id", "id") in pointers
        (created,) = file.execute("SELECT sql FROM sqlite_master WHERE name = 'quotes_fts'").fetchone()
        assert 'content="quotes"' in created
        found = file.execute(
            "SELECT text FROM quotes WHERE rowid IN "
            "(SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'waiting ten')"
        ).fetchall()
        assert found == [("We have waited ten years for this",)]
        (plan,) = [row[3] for row in file.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM quotes WHERE speaker_id = 'x' ORDER BY published_at"
        )]  # fmt: skip
        assert "by_quotes_speaker_id_published_at" in plan


def test_an_empty_database_gives_files_without_rows(tmp_path: Path, db: None) -> None:
    for kind in FORMATS:
        export(tmp_path / kind, kind)
        assert READERS[kind](tmp_path / kind, "quotes") == []
    assert (tmp_path / "csv" / "quotes-00001.csv").read_bytes().startswith(b"\xef\xbb\xbfid,text,")


def test_what_is_not_public_is_nowhere_in_it(tmp_path: Path, kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.DISPUTED, editor=editor)
    for kind in FORMATS:
        export(tmp_path / kind, kind)
        assert kettles.urn not in {row["id"] for row in READERS[kind](tmp_path / kind, "quotes")}


class Killed(BaseException):
    """As a process ends that is killed: nothing is tidied up."""


def break_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Break off when the rows of quotes are read for the `number`th time."""
    calls = 0
    rows = tables.Table.rows

    def read(table: tables.Table, keys: Any) -> Any:
        nonlocal calls
        calls += table.name == "quotes"
        if calls == number and table.name == "quotes":
            raise Killed
        return rows(table, keys)

    monkeypatch.setattr(tables.Table, "rows", read)


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_snapshot_that_was_killed_goes_on_at_its_last_whole_part(
    tmp_path: Path, kind: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        break_at(patch, number)
        with pytest.raises(Killed):
            export(tmp_path / "out", kind, rows_a_part=2)
    assert not (tmp_path / "out" / "manifest.json").exists()
    said = export(tmp_path / "out", kind, rows_a_part=2)
    assert said.startswith("7 quotes, 2 articles, 4 speakers, 2 sources in ")
    export(tmp_path / "once", kind, rows_a_part=2)
    for table in TABLES:
        assert READERS[kind](tmp_path / "out", table.name) == READERS[kind](tmp_path / "once", table.name)
    names = [file["name"] for file in manifest(tmp_path / "out")["files"]]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(["manifest.json", *names])


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("kind", FORMATS)
def test_a_part_of_sqlite_that_was_written_and_not_counted_is_not_twice_there(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, calls = Progress.save, 0

    def fail(progress: Progress) -> None:
        nonlocal calls
        calls += 1
        if calls == 5:
            raise Killed
        save(progress)

    with monkeypatch.context() as patch:
        patch.setattr(Progress, "save", fail)
        with pytest.raises(Killed):
            export(tmp_path, kind, rows_a_part=2)
    export(tmp_path, kind, rows_a_part=2)
    for table in TABLES:
        rows = READERS[kind](tmp_path, table.name)
        assert len({row[table.names[0]] for row in rows}) == len(rows)
        assert len(rows) == manifest(tmp_path)["tables"][table.name]["rows"]


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("kind", FORMATS)
def test_a_snapshot_that_lacks_its_manifest_alone_gets_it(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> Any:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "_manifest", killed)
        with pytest.raises(Killed):
            export(tmp_path, kind)
    assert "7 quotes" in export(tmp_path, kind)
    assert len(READERS[kind](tmp_path, "quotes")) == 7


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_snapshot_that_is_stopped_keeps_what_it_has(
    tmp_path: Path, asked: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tables.Table.rows

    def stop(table: tables.Table, keys: Any) -> Any:
        if table.name == "quotes":
            os.kill(os.getpid(), asked)
        return rows(table, keys)

    with monkeypatch.context() as patch:
        patch.setattr(tables.Table, "rows", stop)
        with pytest.raises(CommandError, match="give the same command again") as stopped:
            export(tmp_path)
    assert stopped.value.returncode == 130
    assert json.loads((tmp_path / "progress.json").read_text())["files"][-1]["rows"] == 2
    assert "7 quotes" in export(tmp_path)
    assert [file["rows"] for file in manifest(tmp_path)["files"] if file["table"] == "quotes"] == [2, 5]


@pytest.mark.usefixtures("some")
def test_a_folder_has_one_snapshot(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    export(tmp_path)
    with pytest.raises(CommandError, match="has a whole snapshot"):
        export(tmp_path)
    (tmp_path / "mine.txt").write_text("stays")
    export(tmp_path, "csv", anew=True)
    assert manifest(tmp_path)["format"] == "csv"
    assert not list(tmp_path.glob("*.jsonl"))
    assert (tmp_path / "mine.txt").read_text() == "stays"


@pytest.mark.usefixtures("some")
def test_a_snapshot_is_gone_on_with_only_as_it_was_begun(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        break_at(patch, 2)
        with pytest.raises(Killed):
            export(tmp_path)
    with pytest.raises(CommandError, match="another format"):
        export(tmp_path, "csv")
    settings.PUBLISH_THRESHOLD = 0.9
    with pytest.raises(CommandError, match="another format, threshold"):
        export(tmp_path)
    export(tmp_path, anew=True)
    assert manifest(tmp_path)["publish_threshold"] == 0.9


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path, db: None) -> None:
    (tmp_path / "mine.txt").write_text("stays")
    for anew in (False, True):
        with pytest.raises(CommandError, match="is not empty"):
            export(tmp_path, anew=anew)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(CommandError, match=r"mine\.txt"):
        export(tmp_path / "mine.txt")


def test_two_processes_do_not_write_into_one_folder(tmp_path: Path, db: None) -> None:
    with alone_in(tmp_path) as alone:
        assert alone
        with pytest.raises(CommandError, match="another process"):
            export(tmp_path)
    export(tmp_path)


@pytest.mark.usefixtures("some")
def test_the_cursor_of_changes_is_from_before_the_first_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changes while rows are read is in the delta, whether a row shows it or not."""
    cursors = iter(["before", "after"])
    monkeypatch.setattr("quotes.management.commands.export._place", lambda: next(cursors))
    with monkeypatch.context() as patch:
        break_at(patch, 2)
        with pytest.raises(Killed):
            export(tmp_path)
    export(tmp_path)
    assert manifest(tmp_path)["changes_cursor"] == "before"


def test_without_pyarrow_parquet_says_what_to_install(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(writers, "import_module", missing)
    with pytest.raises(CommandError, match=r"pip install 'quotetracker\[parquet\]'"):
        export(tmp_path / "out", "parquet")
    assert list((tmp_path / "out").iterdir()) == []
    export(tmp_path / "out", "csv")


def test_a_part_has_a_row_at_least(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--rows-a-part is 1 or more"):
        export(tmp_path, rows_a_part=0)


@pytest.mark.usefixtures("some")
def test_rows_are_read_some_at_a_time(tmp_path: Path, django_assert_num_queries: Any) -> None:
    number_changes()
    # Of each batch of two keys and rows, of speakers names and counts; an end that was not seen; four counts;
    # the place in the order of changes, whether any has no number.
    with django_assert_num_queries(2 + 4 + (2 + 1) + (2 * 4 + 1) + (2 + 1) + (4 * 2 + 1)):
        export(tmp_path)


def test_every_column_is_documented() -> None:
    documented = (Path(__file__).parents[2] / "docs/exports.md").read_text()
    for table in TABLES:
        _, _, section = documented.partition(f"### {table.name}\n")
        listed = section.partition("\n###")[0].strip().splitlines()[2:]
        assert listed == [f"| `{column.name}` | {column.meaning} |" for column in table.columns]
