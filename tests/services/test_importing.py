"""An archive is taken in record by record, once, wherever it was interrupted."""

import json
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from quotes.ingestion.archives import Archive, ArchiveError, ChangedArchiveError, open_archive
from quotes.models import Article, ArticleRevision, ImportRun
from quotes.services import importing
from quotes.services.importing import (
    ImportBusyError,
    Reject,
    TornArchiveError,
    begin_import,
    import_records,
    last_revision,
    left_to_read,
    take_left,
)
from quotes.services.queue import read_articles

pytestmark = pytest.mark.django_db


class KilledError(Exception):
    """The process was killed here."""


class Kept:
    """Rejects, kept as the file of rejects keeps them."""

    def __init__(self, size: int = 0) -> None:
        self.lines: list[Reject] = []
        self.size = size

    def __call__(self, rejects: Sequence[Reject]) -> int:
        del self.lines[self.size :]
        self.lines += rejects
        self.size = len(self.lines)
        return self.size


def line(number: int, **more: Any) -> bytes:
    text = f"The board met.\n\n“We sail at {number} bells,” said Oona Marlowe, the harbour master."
    record = {"url": f"https://one.example/{number}", "text": text, "source": "One", **more}
    return json.dumps(record).encode() + b"\n"


def archive(lines: Iterable[bytes]) -> Archive:
    return open_archive(BytesIO(b"".join(lines)), max_bytes=100_000)


def take(
    lines: Iterable[bytes], kept: Kept | None = None, *, anew: bool = False, **options: Any
) -> ImportRun:
    opened = archive(lines)
    run = begin_import(archive=opened, name="a.jsonl", anew=anew)
    kept = kept or Kept(run.rejects_size)
    kept.size = run.rejects_size
    for _ in import_records(archive=opened, run=run, source=options.get("source", ""), keep=kept):
        pass
    return run


def counts(run: ImportRun) -> tuple[int, ...]:
    run.refresh_from_db()
    return run.number, run.stored, run.revised, run.unchanged, run.rejected


def test_what_an_archive_holds_is_stored_and_waits_to_be_read() -> None:
    run = take([line(number) for number in range(5)])
    assert counts(run) == (5, 5, 0, 0, 0)
    assert run.ended_at is not None
    assert left_to_read(run).count() == 5
    assert read_articles(article_ids=take_left(run=run, after=0)) == 5
    assert left_to_read(run).count() == 0


def test_what_was_stored_and_not_read_before_a_kill_is_still_to_be_read_by_the_next_import() -> None:
    lines = [line(number) for number in range(5)]
    take(lines)  # killed here: all is stored, nothing is read
    run = take(lines)
    assert len(take_left(run=run, after=0)) == 5
    read_articles(article_ids=take_left(run=run, after=0))
    assert left_to_read(take(lines)).count() == 0


def test_the_outlet_that_is_told_counts_where_the_archive_names_none() -> None:
    take([line(1), line(2, source=None, url=None)], source="Two")
    assert set(Article.objects.values_list("source__name", flat=True)) == {"One", "Two"}


def test_an_archive_that_was_imported_is_not_read_again_unless_that_is_asked_for() -> None:
    lines = [line(number) for number in range(3)]
    take(lines)
    assert counts(take(lines)) == (3, 3, 0, 0, 0)
    assert counts(take(lines, anew=True)) == (3, 0, 0, 3, 0)
    assert ArticleRevision.objects.count() == 3


def test_what_was_added_to_an_archive_is_read_on() -> None:
    # It is known by its first 64 KiB.
    lines = [line(number, title="x" * 600) for number in range(120)]
    take(lines[:110])
    assert counts(take(lines)) == (120, 120, 0, 0, 0)


def test_another_archive_that_begins_alike_is_not_taken_for_the_first() -> None:
    lines = [line(number, title="x" * 600) for number in range(120)]
    take(lines)
    with pytest.raises(ChangedArchiveError):
        take([*lines[:115], *(line(number) for number in range(200, 230))])


def test_records_that_give_no_article_are_kept_with_their_reasons() -> None:
    kept = Kept()
    run = take([line(1), b"nonsense\n", line(2, text=""), line(3, url="ferries")], kept)
    assert counts(run) == (4, 1, 0, 0, 3)
    assert [one.number for one in kept.lines] == [2, 3, 4]
    assert all(one.error and one.raw and not one.stored for one in kept.lines)


def test_an_article_whose_date_is_not_understood_is_stored_and_kept_with_the_reason() -> None:
    kept = Kept()
    run = take([line(1, published="2020-03-09"), line(2, published="yesterday"), b"nonsense\n"], kept)
    assert (*counts(run), run.undated) == (3, 2, 0, 0, 1, 1)
    assert [(one.number, one.stored) for one in kept.lines] == [(2, True), (3, False)]
    assert "published: 'yesterday' is no date" in kept.lines[0].error
    assert take([line(1, published="2020-03-09"), line(2), b""], anew=True).undated == 0


def test_a_torn_archive_is_read_up_to_there_and_on_when_it_is_whole() -> None:
    lines = [line(number, title="x" * 600) for number in range(120)]
    whole = b"".join(lines)
    with pytest.raises(TornArchiveError, match="record 120"):
        take([whole[:-10]])
    assert counts(ImportRun.objects.get()) == (119, 119, 0, 0, 0)
    assert counts(take(lines)) == (120, 120, 0, 0, 0)


def test_what_stands_before_a_place_that_cannot_be_read_is_stored() -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe board met again on Friday."
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://one.example/1\r\n"
    record = head + b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (
        len(page),
        page,
    )
    with pytest.raises(ArchiveError):
        take([record, b"no record begins here\r\n" * 20])
    assert counts(ImportRun.objects.get())[:2] == (1, 1)


def test_read_with_other_columns_an_archive_is_begun_anew() -> None:
    lines = [line(number, corpo=f"The other text of {number}.") for number in range(3)]
    take(lines)
    for _ in range(2):
        opened = open_archive(BytesIO(b"".join(lines)), columns={"text": "corpo"}, max_bytes=100_000)
        run = begin_import(archive=opened, name="a.jsonl")
        list(import_records(archive=opened, run=run, source="", keep=Kept()))
        assert counts(run) == (3, 0, 3, 0, 0)
    assert counts(take(lines)) == (3, 3, 0, 0, 0)


def test_a_changed_article_is_a_new_revision_and_one_that_changes_back_another() -> None:
    run = take([line(1), line(1, text="Another text."), line(1), line(1)])
    assert counts(run) == (4, 1, 2, 1, 0)


def test_two_imports_of_one_archive_do_not_both_take_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_AT_ONCE", 2)
    lines = [line(number) for number in range(6)]
    first, second = archive(lines), archive(lines)
    one = begin_import(archive=first, name="a")
    other = begin_import(archive=second, name="a")
    ones = import_records(archive=first, run=one, source="", keep=Kept())
    others = import_records(archive=second, run=other, source="", keep=Kept())
    next(ones)
    with pytest.raises(ImportBusyError):
        next(others)
    assert len(list(ones)) == 2
    assert counts(one) == (6, 6, 0, 0, 0)


def test_what_comes_in_after_an_import_is_not_the_imports_to_read() -> None:
    run = take([line(1)])
    upto = last_revision()
    take([line(2, title="Another archive")])
    assert left_to_read(run).count() == 2
    assert left_to_read(run, upto=upto).count() == 1


LINES = st.lists(
    st.sampled_from(
        [line(1), line(2), line(1, text="Another text."), line(3, date="yesterday"), b"nonsense\n", b"\n"]
    ),
    min_size=1,
    max_size=12,
)


class InterruptedAnywhere(TestCase):
    @given(lines=LINES, at_once=st.integers(1, 4), killed_at=st.lists(st.integers(0, 5), max_size=3))
    @settings(max_examples=60, deadline=None)
    def test_it_is_as_if_it_had_not_been_interrupted(
        self, lines: list[bytes], at_once: int, killed_at: list[int]
    ) -> None:
        opened = archive([line(0), *lines])
        run = begin_import(archive=opened, name="a")
        uninterrupted = Kept()
        list(import_records(archive=opened, run=run, source="", keep=uninterrupted))
        expected = counts(run), run.undated, self._stored(), uninterrupted.lines
        Article.objects.update(current_revision=None)
        ArticleRevision.objects.all().delete()
        Article.objects.all().delete()
        run.delete()

        kept = Kept()
        before, importing._AT_ONCE = importing._AT_ONCE, at_once
        try:
            for batches in [*killed_at, None]:
                self._some(lines, kept, batches)
        finally:
            importing._AT_ONCE = before
        run = ImportRun.objects.get()
        assert (counts(run), run.undated, self._stored(), kept.lines) == expected

    @staticmethod
    def _some(lines: list[bytes], kept: Kept, batches: int | None) -> None:
        """So many batches, and one more whose rejects were kept and whose articles were not stored."""
        opened = archive([line(0), *lines])
        run = begin_import(archive=opened, name="a")
        kept.size = run.rejects_size
        left = batches

        def keep(rejects: Sequence[Reject]) -> int:
            size = kept(rejects)
            if left is not None and left <= 0:
                raise KilledError
            return size

        try:
            for _ in import_records(archive=opened, run=run, source="", keep=keep):
                if left is not None:
                    left -= 1
                    if left < 0:
                        return
        except KilledError:
            return

    @staticmethod
    def _stored() -> list[Any]:
        return sorted(ArticleRevision.objects.values_list("article__canonical_url", "number", "text"))
