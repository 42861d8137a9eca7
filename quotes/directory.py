"""Known speakers by what names like theirs share: all that some names may mean, in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Value

from quotes.extraction import ResolvedSpeaker, SpeakerKind
from quotes.folding import fold_name
from quotes.linking.decide import Candidate
from quotes.linking.keys import keys_like
from quotes.linking.likeness import likeness, telling_names
from quotes.linking.organizations import is_abbreviation
from quotes.linking.person_names import Likeness, may_be_slip, person_name, slip_keys
from quotes.linking.words import slips
from quotes.models import Link, RoleStatement, Speaker, SpeakerAlias, SpeakerKey, WordSlip
from quotes.selectors import distinctions_of, resolve_redirects

_MOST = 50  # who are compared with a name; more can never be told apart by it
_MENTION = SpeakerAlias.Origin.MENTION  # a short form beside a fuller name: it says not who it is
_SLIPS = 200  # words one letter away that are looked at
_ROLES = 30  # of a candidate that are looked at


class Directory:
    """Who the names of an article may mean, as the database has it when this is made."""

    def __init__(self, speakers: Sequence[ResolvedSpeaker]) -> None:
        self._alike = _alike(speakers)
        self._crowded = {asked for asked, found in self._alike.items() if len(found) > _MOST}
        for asked in self._crowded:
            self._alike[asked] = frozenset()
        self._tell_apart()
        self._names = _names({pk for found in self._alike.values() for pk in found})
        self._alike = {
            (kind, name): frozenset(pk for pk in found if _is_like(name, self._names[pk], SpeakerKind(kind)))
            for (kind, name), found in self._alike.items()
        }
        records = {pk for found in self._alike.values() for pk in found}
        rows = Speaker.objects.filter(pk__in=records).select_related("merged_into") if records else ()
        self._known = {one.pk: resolve_redirects(one) for one in rows}
        self._records = {one.pk: one for one in self._known.values()}
        self._roles: defaultdict[int, list[str]] = defaultdict(list)
        self._quoted: dict[int, frozenset[int]] = {}
        if not records:
            return
        for pk in sorted(records):  # a merged speaker goes by the names of who it is now, and its own
            if self._known[pk].pk != pk:
                self._names[self._known[pk].pk] += self._names[pk]
        for pk, role in _latest_roles(sorted(records)):
            self._roles[self._known[pk].pk].append(role)

    def _tell_apart(self) -> None:
        """Whom editors told apart from somebody who may be meant is looked at, too."""
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        found = {pk for alike in self._alike.values() for pk in alike}
        for one, other in distinctions_of(found).values_list("first", "second"):
            self._apart[one].add(other)
            self._apart[other].add(one)
        for asked, alike in self._alike.items():
            self._alike[asked] = alike.union(*(self._apart[pk] for pk in alike if pk in self._apart))

    def is_crowded(self, speaker: ResolvedSpeaker) -> bool:
        """Whether too many go by such a name for anybody to be picked out."""
        return _asked(speaker) in self._crowded

    def record(self, key: int) -> Speaker:
        """A candidate's record, by its key."""
        return self._records[key]

    def candidates(self, speaker: ResolvedSpeaker, *, outlet: int | None = None) -> list[Candidate]:
        """Who may be meant. With an outlet, whether it quoted them before is told, too."""
        records = self._alike[_asked(speaker)]
        quoted = self._quoted_by(outlet) if outlet is not None else frozenset()
        people = {one.pk: one for one in (self._known[pk] for pk in sorted(records))}
        apart: defaultdict[int, set[int]] = defaultdict(set)
        for pk in records:
            apart[self._known[pk].pk] |= self._apart[pk]
        return [
            Candidate(
                one.pk,
                telling_names(self._names[one.pk], SpeakerKind(one.kind)),
                tuple(dict.fromkeys((*self._roles[one.pk][:_ROLES], one.description))),
                one.pk in quoted,
                frozenset(self._known[pk].pk for pk in apart[one.pk] if pk in self._known),
            )
            for one in people.values()
        ]

    def _quoted_by(self, outlet: int) -> frozenset[int]:
        """Who of all candidates was quoted by this outlet before."""
        if outlet not in self._quoted:
            before = Link.objects.filter(speaker__in=self._known, article__source=outlet)
            found = before.order_by().values_list("speaker_id", flat=True).distinct()
            self._quoted[outlet] = frozenset(self._known[pk].pk for pk in found)
        return self._quoted[outlet]


def _asked(speaker: ResolvedSpeaker) -> tuple[str, str]:
    return speaker.kind.value, speaker.name


def _alike(speakers: Sequence[ResolvedSpeaker]) -> dict[tuple[str, str], frozenset[int]]:
    """The records that go by each very name, else by one like it; a surname alone is like many."""
    exact = [_Wanted(one.kind, {fold_name(one.name)[:250]}) for one in speakers]
    names: QuerySet[Any] = SpeakerAlias.objects.exclude(origin=_MENTION)
    found = {
        _asked(one): owners for one, owners in zip(speakers, _owners(names, "folded", exact), strict=True)
    }
    open_ = [one for one in speakers if not found[_asked(one)] or _is_bare(one)]
    keyed = [_Wanted(one.kind, keys_like(one.name, one.kind)) for one in open_]
    for one, owners in zip(open_, _owners(SpeakerKey.objects.all(), "key", keyed), strict=True):
        found[_asked(one)] |= owners
    slipped = [one for one in open_ if one.kind is SpeakerKind.PERSON and not found[_asked(one)]]
    corrections = _corrections(slipped)
    misspelt = [_Wanted(one.kind, slip_keys(person_name(one.name), corrections[one.name])) for one in slipped]
    for one, owners in zip(slipped, _owners(SpeakerKey.objects.all(), "key", misspelt), strict=True):
        found[_asked(one)] |= owners
    return {asked: frozenset(owners) for asked, owners in found.items()}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Speakers of a kind with one of these names or keys."""

    kind: SpeakerKind
    values: Collection[str]


def _is_bare(speaker: ResolvedSpeaker) -> bool:
    """A surname, an abbreviation: many may go by it."""
    if speaker.kind is SpeakerKind.ORGANIZATION:
        return is_abbreviation(speaker.name)
    return speaker.kind is SpeakerKind.PERSON and person_name(speaker.name).is_bare


def _owners(rows: QuerySet[Any], column: str, wanted: Sequence[_Wanted]) -> list[set[int]]:
    """Whose rows have one of the values that each wants, not many more than can be told apart."""
    values = {value for want in wanted for value in want.values}
    if not values:
        return [set() for _ in wanted]
    most = _MOST * len(wanted)
    of_all = rows.order_by().filter(**{f"{column}__in": sorted(values)})
    found = list(of_all.values_list("speaker_id", "speaker__kind", column)[: most + 1])
    if len(found) > most:  # perhaps all for the one name that everybody has: asked for each
        return _owners_of_each(rows, column, wanted)
    by_value: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for speaker, kind, value in found:
        by_value[kind, value].add(speaker)
    return [
        set().union(*(by_value.get((want.kind.value, value), set()) for value in want.values))
        for want in wanted
    ]


def _owners_of_each(rows: QuerySet[Any], column: str, wanted: Sequence[_Wanted]) -> list[set[int]]:
    """The same with a limit for each; in one query if the database can."""
    parts = [
        rows.order_by()
        .filter(**{f"{column}__in": sorted(want.values)}, speaker__kind=want.kind.value)
        .values_list("speaker_id", Value(number))
        .distinct()[: _MOST + 1]
        for number, want in enumerate(wanted)
    ]
    found: list[set[int]] = [set() for _ in parts]
    for speaker, number in _all_of(parts):
        found[number].add(speaker)
    return found


def _all_of(parts: list[QuerySet[Any, Any]]) -> Iterator[Any]:
    """The rows of several queries with limits of their own; in one query if the database can."""
    if len(parts) > 1 and connection.features.supports_slicing_ordering_in_compound:
        parts = [parts[0].union(*parts[1:], all=True)]
    for part in parts:
        yield from part


def _latest_roles(records: Sequence[int]) -> list[tuple[int, str]]:
    """What articles said last that each of these is, the latest first: who is quoted most hides nobody."""
    parts = [
        RoleStatement.objects.filter(speaker=pk)
        .order_by("-dated_at", "-pk")
        .values_list("dated_at", "pk", "speaker_id", "role")[:_ROLES]
        for pk in records
    ]
    return [(speaker, role) for _, _, speaker, role in sorted(_all_of(parts), reverse=True)]


def _corrections(speakers: Sequence[ResolvedSpeaker]) -> dict[str, list[str]]:
    """For each name, the words of known names of which its surname may be a misspelling."""
    surnames = {one.name: person_name(one.name).surname[-1] for one in speakers}
    forms = {form for surname in surnames.values() for form in slips(surname)}
    if not forms:
        return {}
    alike = WordSlip.objects.filter(form__in=sorted(forms)).values_list("word", flat=True)
    words = set(alike[: _SLIPS * len(surnames)])
    return {
        name: sorted(word for word in words if may_be_slip(surname, word))
        for name, surname in surnames.items()
    }


def _names(records: Collection[int]) -> defaultdict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    if records:
        rows = SpeakerAlias.objects.filter(speaker__in=records).exclude(origin=_MENTION).order_by("pk")
        for pk, name in rows.values_list("speaker_id", "name"):
            names[pk].append(name)
    return names


def _is_like(asked: str, names: Iterable[str], kind: SpeakerKind) -> bool:
    """Whether somebody of these names may be meant: who shares no more than a key is looked at no further."""
    return any(likeness(asked, name, kind) is not Likeness.OTHER for name in names)
