"""Which queues the desk has, and how an address names one: `?queue=doubtful&source=the-courier`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.text import slugify

from quotes.models import Quote, Source, Speaker
from quotes.search import speakers_like
from quotes.selectors import speaker_at

_NEAR = 8
_LONGEST = 200
BESIDE = ("after",)  # what else an address at the desk may have


class Name(StrEnum):
    """What waits in a queue."""

    OPEN = "open"  # every quote that nobody reviewed
    DOUBTFUL = "doubtful"  # of these, not sure enough to be public
    COPIED = "copied"  # of these, printed by several
    CONFLICTS = "conflicts"  # of these, it is in question who said it
    DISAGREED = "disagreed"  # of these, outlets name different people for the same words
    DISPUTED = "disputed"  # somebody denies it
    REPORTED = "reported"  # readers say that something is wrong with it
    PROPOSED = "proposed"  # approved, and read otherwise by a newer extractor


TITLES = {
    Name.OPEN: "All that waits",
    Name.DOUBTFUL: "Doubtful",
    Name.COPIED: "Printed by several",
    Name.CONFLICTS: "Speaker in question",
    Name.DISAGREED: "Outlets disagree who said it",
    Name.DISPUTED: "Disputed",
    Name.REPORTED: "Reported by readers",
    Name.PROPOSED: "Read otherwise since",
}
TOLD = {
    Name.OPEN: "every quote that nobody reviewed",
    Name.DOUBTFUL: "not sure enough to be public without you",
    Name.COPIED: "the same words stand in other articles",
    Name.CONFLICTS: "the name may mean several people, or copies give the words to somebody else",
    Name.DISAGREED: "other outlets give the same words to somebody else, in articles that are no copies",
    Name.DISPUTED: "somebody denies it, and readers do not see it",
    Name.REPORTED: "readers say that something is wrong with it; whatever you decide answers them",
    Name.PROPOSED: "it was approved, and a newer extractor reads it otherwise",
}


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue, perhaps of one outlet, one speaker or one kind only."""

    name: Name = Name.OPEN
    source: Source | None = None
    speaker: Speaker | None = None
    kind: str = ""

    @property
    def title(self) -> str:
        """In words: "Doubtful · The Courier · partial"."""
        limits = [one.name for one in (self.source, self.speaker) if one] + [self.kind] * bool(self.kind)
        name = [TITLES[self.name]] if self.name != Name.OPEN or not limits else []
        return " · ".join([*name, *limits])

    def __str__(self) -> str:
        """As its address has it, always in the same order."""
        told = {
            "queue": self.name.value if self.name != Name.OPEN or not self._is_limited else "",
            "source": self.source.slug if self.source else "",
            "speaker": self.speaker.slug if self.speaker else "",
            "kind": self.kind,
        }
        return urlencode({name: value for name, value in told.items() if value})

    @property
    def _is_limited(self) -> bool:
        return bool(self.source or self.speaker or self.kind)


@dataclass(frozen=True, slots=True)
class Near:
    """What may have been meant by what does not exist: its name, and the address that leads to it."""

    label: str
    query: str


class NoSuchQueueError(Exception):
    """An address that names no queue. Says why, what is near, and whether the thing it names is missing."""

    def __init__(self, message: str, near: Sequence[Near] = (), *, is_missing: bool = False) -> None:
        super().__init__(message)
        self.near = near
        self.is_missing = is_missing


def queue_of(told: Mapping[str, str]) -> Queue:
    """The queue that an address names; that of all that waits where it names none.

    Raises NoSuchQueueError.
    """
    parameters = ("queue", "source", "speaker", "kind")
    for name in told:
        if name not in {*parameters, *BESIDE}:
            near = get_close_matches(name, parameters, 1, 0.5)
            meant = [Near(new, _put(told, name, told[name], new)) for new in near]
            raise NoSuchQueueError(f"A queue has no “{_short(name)}”.", meant)
    given = {name: told.get(name, "").strip() for name in parameters}
    return Queue(
        name=Name(_one_of(told, "queue", [name.value for name in Name], "queue") or Name.OPEN),
        kind=_one_of(told, "kind", list(Quote.Kind.values), "kind of quote"),
        source=_source(told, given["source"]) if given["source"] else None,
        speaker=_speaker(told, given["speaker"]) if given["speaker"] else None,
    )


def _one_of(told: Mapping[str, str], name: str, known: Sequence[str], what: str) -> str:
    value = told.get(name, "").strip()
    if not value or value in known:
        return value
    near = get_close_matches(value.lower(), known, 3, 0.5) or known
    raise NoSuchQueueError(
        f"There is no {what} “{_short(value)}”.", [Near(one, _put(told, name, one)) for one in near]
    )


def _source(told: Mapping[str, str], value: str) -> Source:
    sources: QuerySet[Source] = Source.objects.filter(slug__in={_clean(value), slugify(value)} - {""})
    if found := sources.first():
        return found
    names = dict(Source.objects.order_by("name").values_list("slug", "name"))
    wanted = slugify(value)
    near = [slug for slug in names if wanted and wanted in slug][:_NEAR]
    near += [slug for slug in get_close_matches(wanted, names, _NEAR, 0.5) if slug not in near]
    raise NoSuchQueueError(
        f"There is no source “{_short(value)}”.",
        [Near(names[slug], _put(told, "source", slug)) for slug in near[:_NEAR]],
        is_missing=True,
    )


def _speaker(told: Mapping[str, str], value: str) -> Speaker:
    for slug in dict.fromkeys((_clean(value), slugify(value))):
        try:
            return speaker_at(slug)
        except Speaker.DoesNotExist:
            continue
    words = _clean(value).replace("-", " ")
    near = [
        Near(
            ", ".join(filter(None, (one.speaker.name, one.role or one.speaker.description, one.outlet))),
            _put(told, "speaker", one.speaker.slug),
        )
        for one in speakers_like(words)[:_NEAR]
    ]
    raise NoSuchQueueError(f"There is no speaker “{_short(value)}”.", near, is_missing=True)


def _put(told: Mapping[str, str], name: str, value: str, new: str = "") -> str:
    """The same address with another value, perhaps under a `new` name."""
    kept = {key: one for key, one in told.items() if one and key not in {name, *BESIDE}}
    return urlencode({**kept, new or name: value})


def _clean(value: str) -> str:
    """What a database takes: PostgreSQL has no NUL in its texts."""
    return value.replace("\0", "")[:_LONGEST]


def _short(value: str) -> str:
    return value if len(value) <= 80 else f"{value[:79]}…"
