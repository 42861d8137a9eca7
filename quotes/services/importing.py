"""An archive -> stored articles: each record is taken once, wherever it was interrupted."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from quotes.ingestion.archives import Archive, ArchiveError, Record
from quotes.models import Article, ArticleRevision, ImportRun
from quotes.services.deadlocks import in_transaction
from quotes.services.ingest import Outcome, StoredArticle, store_articles
from quotes.services.leases import free
from quotes.services.queue import mark_sent

_AT_ONCE, _LENGTH_AT_ONCE = 100, 2_000_000  # records and characters that are stored in one transaction
_LEFT_AT_ONCE = 500
_COUNTED = (
    "place",
    "before",
    "number",
    "stored",
    "revised",
    "unchanged",
    "rejected",
    "undated",
    "rejects_size",
)


class TornArchiveError(RuntimeError):
    """The archive breaks off. What was whole is stored; more of it can follow."""


class ImportBusyError(RuntimeError):
    """Another process imports the same archive."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that gave no article; or, `stored`, one that lacks what the error says."""

    number: int
    error: str
    raw: str
    stored: bool = False


Keep = Callable[[Sequence[Reject]], int]  # keeps rejects outside of the database; the size of all kept so far


def begin_import(*, archive: Archive, name: str, anew: bool = False) -> ImportRun:
    """The run of this archive, which goes on where it stopped; with `anew` from the start."""
    run, is_new = ImportRun.objects.get_or_create(head=archive.head, defaults={"name": name[:500]})
    if anew:
        for field in _COUNTED:
            setattr(run, field, "" if field == "before" else 0)
    # Not while something is left to read: an import may be killed after its last record was stored.
    if is_new or anew or not left_to_read(run).exists():
        run.last_revision_before = last_revision()
    run.name, run.ended_at = name[:500], None
    run.save()
    return run


def import_records(*, archive: Archive, run: ImportRun, source: str, keep: Keep) -> Iterator[list[int]]:
    """Store what the archive holds from the run's place on; yields, once it is stored, what is to be read.

    Raises ArchiveError, ImportBusyError when another process moves the run on, and TornArchiveError.
    """
    for records in _batches(archive.records(run.place, run.number, after=run.before)):
        torn = records.pop() if _is_torn(records, run.place) else None
        if records:
            to_read, moved = in_transaction(partial(_take, run, records, source, keep))
            for name, value in moved.items():  # only now is it sure
                setattr(run, name, value)
            yield to_read
        if torn:
            raise TornArchiveError(f"record {torn.number:,}: {torn.error}")
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at", "updated_at"])


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    length = 0
    try:
        for record in records:
            batch.append(record)
            length += len(record.document.text) if record.document else 0
            if len(batch) == _AT_ONCE or length > _LENGTH_AT_ONCE:
                yield batch
                batch, length = [], 0
    except ArchiveError:
        if batch:  # what stands before is whole
            yield batch
        raise
    if batch:
        yield batch


def _is_torn(records: Sequence[Record], place: int) -> bool:
    """Whether the archive breaks off in the last of these: then it ends where it begins."""
    before = records[-2].end if len(records) > 1 else place
    return records[-1].document is None and records[-1].end <= before


def _take(
    run: ImportRun, records: Sequence[Record], source: str, keep: Keep
) -> tuple[list[int], dict[str, Any]]:
    """Store these, and move the run on. Returns which articles are to be read, and what is new of the run."""
    documents = [
        replace(one.document, source=one.document.source or source) for one in records if one.document
    ]
    outcomes = iter(store_articles(documents=documents))
    stored: list[StoredArticle] = []
    rejects: list[Reject] = []
    for record in records:
        outcome = next(outcomes) if record.document else record.error
        if isinstance(outcome, StoredArticle):
            stored.append(outcome)
            if record.lost:
                rejects.append(Reject(record.number, record.lost, record.raw, stored=True))
        else:
            rejects.append(Reject(record.number, str(outcome), record.raw))
    undated = sum(one.stored for one in rejects)
    counts = Counter(one.outcome for one in stored)
    last = records[-1]
    moved = {
        "place": last.end,
        "before": last.after,
        "number": last.number,
        "stored": run.stored + counts[Outcome.STORED],
        "revised": run.revised + counts[Outcome.REVISED],
        "unchanged": run.unchanged + counts[Outcome.UNCHANGED],
        "rejected": run.rejected + len(rejects) - undated,
        "undated": run.undated + undated,
        # Kept before the commit: what is kept and not counted is cut off again by whoever goes on.
        "rejects_size": keep(rejects) if rejects else run.rejects_size,
    }
    same = ImportRun.objects.filter(pk=run.pk, place=run.place, number=run.number)
    if not same.update(**moved, updated_at=timezone.now()):
        raise ImportBusyError(
            "another process imports the same archive: wait for it, or stop it and start this again"
        )
    to_read = sorted({one.article.pk for one in stored if one.article.status == Article.Status.PENDING})
    mark_sent(article_ids=to_read)
    return to_read, moved


def last_revision() -> int:
    """The latest text of all."""
    return ArticleRevision.objects.aggregate(last=Max("pk"))["last"] or 0


def left_to_read(run: ImportRun, *, upto: int | None = None) -> QuerySet[Article]:
    """Articles stored since the run began, up to a revision if one is given, that nobody has read."""
    left = Article.objects.filter(
        status=Article.Status.PENDING, current_revision__gt=run.last_revision_before
    )
    return left if upto is None else left.filter(current_revision__lte=upto)


def take_left(*, run: ImportRun, after: int, upto: int | None = None) -> list[int]:
    """Some of those that nobody is reading just now, which count as sent from now on, in order, after one."""
    left = left_to_read(run, upto=upto).filter(free(timezone.now()), pk__gt=after).order_by("pk")
    articles = list(left.values_list("pk", flat=True)[:_LEFT_AT_ONCE])
    mark_sent(article_ids=articles)
    return articles
