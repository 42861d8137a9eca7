"""A copy that is kept in step while two write at once is what the list shows, row by row."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Condition, Event, Lock, Thread, local
from typing import Any, TypeVar

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, connections
from django.test import Client

from quotes.extraction import Extraction, extract_quotes
from quotes.models import Article, ChangeCounter, Publication, Quote, Source, Speaker, SpeakerChange
from quotes.services import extract
from quotes.services.corrections import add_quote, reopen, set_bounds, set_kind
from quotes.services.deadlocks import in_transaction
from quotes.services.extract import extract_article
from quotes.services.ingest import store_article
from quotes.services.merging import MergeError, merge_speakers, move_quotes, rename_speaker, undo_change
from quotes.services.publications import number_changes
from quotes.services.reassigning import attribute_all
from quotes.services.review import ReviewError, attribute, decide
from quotes.services.sources import save_source
from quotes.services.splitting import join_quotes, split_quote
from quotes.services.undoing import redo, undo
from tests.conftest import Ingest, document
from tests.mirror import QUOTES, Mirror

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("Oona Marlowe", "Desmond Achterberg", "Una Merlow", "Marta Quill")
STEPS = 30  # of each writer

T = TypeVar("T")


@dataclass
class Reader:
    """How often the copy was brought up to date: what a writer that commits late waits for."""

    times: int = 0
    changed: Condition = field(default_factory=Condition)

    def has_read(self) -> None:
        with self.changed:
            self.times += 1
            self.changed.notify_all()

    def wait_for_another(self) -> None:
        with self.changed:
            enough = self.times + 2  # the first may have begun before
            assert self.changed.wait_for(lambda: self.times >= enough, timeout=60)


class Opinions(local):
    """How sure the extractor is, as each writer would have it."""

    confidence = 0.99


class Writer:
    """Takes random steps; one that is `late` keeps every third open until the copy was read again."""

    def __init__(self, name: str, seed: int, editor: User, opinions: Opinions, late: Reader | None) -> None:
        self.name, self.editor, self.opinions, self.late = name, editor, opinions, late
        self.random = np.random.default_rng([seed, len(name)])
        self.articles = 0
        self.steps: list[Callable[[], Any]] = [
            self.ingest, self.ingest, self.revise, self.read_again, self.approve, self.reject, self.reopen,
            self.set_bounds, self.add, self.reassign, self.rename, self.merge, self.move, self.split,
            self.undo, self.undo, self.rename_outlet, self.set_kind, self.cut, self.join, self.give_all,
            self.take_back, self.take_back, self.take_again,
        ]  # fmt: skip
        self.done: set[str] = set()

    def work(self) -> None:
        try:
            for number in range(STEPS):
                step = self._any(self.steps)
                # What makes no sense is refused; of two that meet one may have to begin again.
                with suppress(MergeError, ReviewError, DatabaseError):
                    in_transaction(partial(self._take, step, is_late=number % 3 == 0))
                    self.done.add(step.__name__)
        finally:
            connections.close_all()

    def _take(self, step: Callable[[], Any], *, is_late: bool) -> None:
        step()
        if self.late and is_late:
            self.late.wait_for_another()

    def ingest(self) -> None:
        self.articles += 1
        said = " ".join(f"“Number {self.articles} it is,” said {name}." for name in self._some(NAMES, 2))
        url = f"https://{self.name}.example/{self.articles}"
        stored = store_article(document=document(f"The board met.\n\n{said}", url=url, source=self.name))
        extract_article(article_id=stored.article.pk)

    def revise(self) -> None:
        article = self._one(Article)
        title = f"Title {self.random.random()}"
        text = self._any([article.text, f"{article.text}\n\nMore.", article.text.replace("it", "this")])
        changed = document(text, url=article.canonical_url, title=title, source=article.source.name)
        if self.random.random() < 0.5:
            changed = replace(changed, published_at=None)
        store_article(document=changed)
        if self.random.random() < 0.5:
            extract_article(article_id=article.pk)

    def read_again(self) -> None:
        self.opinions.confidence = self._any([0.99, 0.9, 0.3])
        try:
            extract_article(article_id=self._one(Article).pk, force=True)
        finally:
            self.opinions.confidence = 0.99

    def approve(self) -> None:
        decide(quotes=self._quotes(), status=Quote.Status.APPROVED, editor=self.editor)

    def reject(self) -> None:
        status = self._any([Quote.Status.REJECTED, Quote.Status.DISPUTED, Quote.Status.RETRACTED])
        decide(quotes=self._quotes(), status=status, editor=self.editor)

    def reopen(self) -> None:
        reopen(quotes=self._quotes(), editor=self.editor)

    def set_bounds(self) -> None:
        quote = self._one(Quote)
        at = quote.text.find(" ") + 1
        whole = quote.revision.text[quote.start : quote.end] == quote.text
        start = quote.start + (at if whole else 0)
        set_bounds(quote=quote, segments=[(start, quote.end)], editor=self.editor)

    def add(self) -> None:
        article = self._one(Article)
        start = int(self.random.integers(len(article.text)))
        add_quote(article=article, segments=[(start, start + 9)], speaker=self._speaker(), editor=self.editor)

    def reassign(self) -> None:
        attribute(quote=self._one(Quote), speaker=self._speaker(), editor=self.editor)

    def rename(self) -> None:
        name = f"{self._any(NAMES)} {self._any(['Lind', 'Ek', 'Holm'])}"
        rename_speaker(speaker=self._speaker(), name=name, editor=self.editor)

    def merge(self) -> None:
        merge_speakers(source=self._speaker(), target=self._speaker(), editor=self.editor)

    def move(self) -> None:
        theirs = Quote.objects.filter(speaker=self._speaker())
        move_quotes(quotes=self._some(list(theirs), 3), target=self._speaker(), editor=self.editor)

    def split(self) -> None:
        speaker = self._speaker()
        theirs = self._some(list(Quote.objects.filter(speaker=speaker)), 2)
        move_quotes(quotes=theirs, target=speaker.name, editor=self.editor)

    def undo(self) -> None:
        open_ = SpeakerChange.objects.filter(undone_at=None).order_by("-pk").first()
        if open_:
            undo_change(change=open_, editor=self.editor)

    def rename_outlet(self) -> None:
        source = self._one(Source)
        source.name = f"The {source.slug} {self.random.integers(100)}"
        save_source(source=source)

    def set_kind(self) -> None:
        set_kind(quote=self._one(Quote), kind=self._any(Quote.Kind.values), editor=self.editor)

    def cut(self) -> None:
        quote = self._one(Quote)
        at = int(self.random.integers(quote.start, quote.end))
        split_quote(quote=quote, at=at, editor=self.editor)

    def join(self) -> None:
        quote = self._one(Quote)
        beside = Quote.objects.filter(revision=quote.revision, speaker=quote.speaker)
        join_quotes(quote=quote, others=self._some(list(beside), 2), editor=self.editor)

    def give_all(self) -> None:
        attribute_all(quote=self._one(Quote), speaker=self._speaker(), editor=self.editor)

    def take_back(self) -> None:
        decided = list(Quote.objects.filter(decisions__isnull=False).distinct().order_by("pk"))
        if decided:
            undo(quote=self._any(decided), editor=self.editor, whole=self.random.random() < 0.5)

    def take_again(self) -> None:
        undone = list(Quote.objects.filter(decisions__undoes__isnull=False).distinct().order_by("pk"))
        if undone:
            redo(quote=self._any(undone), editor=self.editor, whole=self.random.random() < 0.5)

    def _speaker(self) -> Speaker:
        speaker: Speaker = self._one(Speaker)
        return speaker

    def _quotes(self) -> list[Quote]:
        return self._some(list(Quote.objects.order_by("pk")), 3)

    def _one(self, model: Any) -> Any:
        return self._any(list(model.objects.order_by("pk")))

    def _any(self, rows: Sequence[T]) -> T:
        return rows[int(self.random.integers(len(rows)))]

    def _some(self, rows: Sequence[T], most: int) -> list[T]:
        chosen = self.random.permutation(len(rows))[: self.random.integers(1, most + 1)]
        return [rows[int(place)] for place in chosen]


@pytest.fixture
def opinions(monkeypatch: pytest.MonkeyPatch) -> Opinions:
    """The extractor, one thread at a time, as sure as the writer that asks says."""
    how_sure, alone = Opinions(), Lock()

    def read(text: str, **how: bool) -> Extraction:
        with alone:
            found = extract_quotes(text, **how).quotes
        return Extraction(tuple(replace(one, confidence=how_sure.confidence) for one in found))

    monkeypatch.setattr(extract, "extract_quotes", read)
    return how_sure


@contextmanager
def running(*work: Callable[[], None]) -> Iterator[list[Thread]]:
    threads = [Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_copy_kept_in_step_through_any_steps_of_two_writers_is_what_the_list_shows(
    client: Client, ingest: Ingest, editor: User, opinions: Opinions, seed: int
) -> None:
    ingest()
    mirror, reader = Mirror(client, page_size=1), Reader()
    # On SQLite a writer that keeps its transaction open keeps everybody else waiting, numbers too.
    late = reader if connection.vendor == "postgresql" else None
    writers = [
        Writer("early", seed, editor, opinions, None),
        Writer("late", seed, editor, opinions, late),
    ]
    with running(*(writer.work for writer in writers)) as threads:
        while any(thread.is_alive() for thread in threads):
            mirror.follow()
            reader.has_read()
    mirror.follow()

    assert len(writers[0].done | writers[1].done) > 10
    assert len(mirror.quotes) > 3
    assert mirror.quotes == mirror.listed()
    another = Mirror(client)
    another.follow()
    assert another.quotes == mirror.quotes
    numbers = [int(place.partition("-")[2].partition("&")[0]) for place in mirror.places]
    assert numbers == sorted(set(numbers))
    for quote in Quote.objects.exclude(
        public_id__in=[one.removeprefix("urn:uuid:") for one in mirror.quotes]
    ):
        was_public = Publication.objects.filter(quote=quote).exists()
        assert client.get(f"{QUOTES}{quote.public_id}/").status_code == (410 if was_public else 404)


class Slow:
    """A transaction in a thread of its own, entered once it has written; it commits when told to.

    One that `waits` for another transaction is entered when it does.
    """

    def __init__(self, step: Callable[[], Any], *, waits: bool = False) -> None:
        self._waits = waits
        self._step, self._has_written, self._may_commit = step, Event(), Event()
        self._process = 0  # of PostgreSQL
        self._thread = Thread(target=self._work)

    def __enter__(self) -> "Slow":
        self._thread.start()
        # Not asked without a pause: the server stops all locking for each answer.
        while not self._has_written.wait(0.05) and not (self._waits and _is_waiting(self._process)):
            pass
        return self

    def __exit__(self, *_: object) -> None:
        self.commit()

    def commit(self) -> None:
        self._may_commit.set()
        self._thread.join()

    def _work(self) -> None:
        try:
            in_transaction(self._write)
        finally:
            self._has_written.set()
            connections.close_all()

    def _write(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._process = cursor.fetchone()[0]
        self._step()
        self._has_written.set()
        assert self._may_commit.wait(timeout=60)


def _is_waiting(process: int) -> bool:
    """Whether a transaction waits for another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [process])
        return bool(cursor.fetchone()[0])


@pytest.fixture
def two_at_once() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite the second writer waits for the first")


@pytest.mark.usefixtures("two_at_once")
def test_what_began_first_and_commits_last_comes_last(client: Client, kettles: Quote, editor: User) -> None:
    mirror = Mirror(client)
    assert len(mirror.follow()) == 3
    with Slow(lambda: decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)):
        price = Quote.objects.get(text="The price is a scandal")
        decide(quotes=[price], status=Quote.Status.APPROVED, editor=editor)
        assert [one["id"] for one in mirror.follow()] == [price.urn]
    assert [one["id"] for one in mirror.follow()] == [kettles.urn]
    assert mirror.quotes == mirror.listed()


@pytest.mark.usefixtures("two_at_once")
@pytest.mark.parametrize("last", [Quote.Status.APPROVED, Quote.Status.REJECTED])
def test_of_two_that_change_what_a_quote_shows_the_later_sees_what_the_earlier_did(
    client: Client, kettles: Quote, editor: User, last: Quote.Status
) -> None:
    outlet = kettles.revision.article.source
    outlet.name = "The Tidewatch"
    if last == Quote.Status.APPROVED:
        decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    mirror = Mirror(client)
    mirror.follow()
    with (
        Slow(lambda: decide(quotes=[kettles], status=last, editor=editor)) as decision,
        Slow(lambda: save_source(source=outlet), waits=True),
    ):
        decision.commit()
        mirror.follow()
    mirror.follow()
    assert (kettles.urn in mirror.quotes) == (last == Quote.Status.APPROVED)
    assert mirror.quotes == mirror.listed()


@pytest.mark.usefixtures("two_at_once")
def test_a_decision_and_a_new_name_of_the_speaker_never_wait_for_each_other(
    kettles: Quote, editor: User
) -> None:
    oona = kettles.speaker
    assert oona
    steps: list[str] = []

    def decided() -> None:
        steps.append("decide")
        decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)

    def renamed() -> None:
        steps.append("rename")
        rename_speaker(speaker=oona, name="Oona Lind", editor=editor)

    with Slow(decided) as decision, Slow(renamed, waits=True):
        decision.commit()
    assert steps == ["decide", "rename"]  # none was let go and begun again


def test_what_was_committed_and_got_no_number_gets_it_from_the_next_reader(
    client: Client, kettles: Quote, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror = Mirror(client)
    mirror.follow()
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    assert Publication.objects.get(quote=kettles).number is None  # as a writer that is killed leaves it

    with monkeypatch.context() as killed:
        killed.setattr(ChangeCounter, "save", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            number_changes()
    assert Publication.objects.get(quote=kettles).number is None
    assert [one["id"] for one in mirror.follow()] == [kettles.urn]
    assert Publication.objects.filter(number=None).count() == 0
