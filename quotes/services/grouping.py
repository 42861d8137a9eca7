"""Which of the quotes that wait are the same words as others: a batch at a time, written at its end.

A group is known by its fullest wording alone: a quote is looked for among these and those that stand for
themselves, and compared with them, never with another wording.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from quotes.models import Quote, SameWords, SameWordsDecision, Wording
from quotes.same_words import Evidence, Keys, Outcome, Speakers, Words, compare, keys_of, words_of
from quotes.same_words.speakers import Speaker, name_several, speakers_of
from quotes.services import words_keys

_COMPARED = 6  # that a quote is compared with, those that share most first
_COMMON = 30  # a key of so many tells nothing
_MOST_LOOKED_AT = 300  # wordings that are compared again when another one is the fullest
_READ_AT_ONCE = 900  # keys of a query: SQLite took 999 values until 2020
_DAY = 86400
REFUSED = (Quote.Status.REJECTED, Quote.Status.RETRACTED)


@dataclass(slots=True, eq=False)
class _Group:
    """A group as it will be. `members` are those that are known here: all of them, if it `is_whole`."""

    fullest: int
    row: SameWords | None = None  # None until it is written
    members: set[int] = field(default_factory=set)
    is_whole: bool = True
    speakers: Counter[Speaker] = field(default_factory=Counter)  # whom how many of its wordings name


@dataclass(slots=True, eq=False)
class _Quote:
    """What is looked at of a quote. One that was refused or has left its article is in no group."""

    pk: int
    words: Words
    speaker: Speaker | None
    dated_at: datetime
    counts: bool
    group: _Group | None
    is_contrary: bool
    known_keys: Keys | None = None

    @property
    def keys(self) -> Keys:
        if self.known_keys is None:
            self.known_keys = keys_of(self.words)
        return self.known_keys

    @property
    def size(self) -> int:
        return len(self.words.words)

    def compared_with(self, other: "_Quote") -> Evidence:
        days = abs((self.dated_at - other.dated_at).total_seconds()) / _DAY
        return compare(self.words, other.words, self._speakers(other), days)

    def _speakers(self, other: "_Quote") -> Speakers:
        """One outlet may be wrong about the fullest: the others of its group say who spoke, too."""
        if self.speaker is not None and other.group is not None:
            itself = self.group is other.group
            if other.group.speakers[self.speaker] > itself:
                return Speakers.SAME
        return speakers_of(self.speaker, other.speaker)


class Batch:
    """Quotes that are grouped together, in the order in which they were stored."""

    def __init__(self, keys: Sequence[int]) -> None:
        self._keys = sorted(keys)
        self._quotes: dict[int, _Quote] = {}
        self._groups: dict[int, _Group] = {}
        self._decided = _Decisions()
        self._asked: dict[int, list[int]] = {}
        self._holders: defaultdict[int, list[int]] = defaultdict(list)  # key -> quotes that are found by it
        self._touched: set[_Group] = set()
        self._moved: set[int] = set()
        self._found: set[int] = set()  # that are to be found by their keys, or are no more
        self._lost: set[int] = set()
        self._again: set[int] = set()

    def group(self) -> set[int]:
        """Group them. Returns the keys of quotes that are to be looked at after that. In a transaction."""
        self._load(self._keys)
        self._decided.load(self._keys)
        self._look_up()
        for pk in self._keys:
            if pk in self._quotes:
                self._settle(self._quotes[pk])
        self._write()
        return self._again

    # What there is

    def _load(self, keys: Collection[int]) -> None:
        """Read these quotes and their groups, those that are not known yet."""
        missing = sorted(set(keys).difference(self._quotes))
        rows = [
            row
            for some in _parts(missing)
            for row in Quote.objects.filter(pk__in=some).values_list(
                "pk", "text", "speaker", "speaker__name", "speaker__kind", "dated_at", "gone_at",
                "review_status", "wording__same_words", "wording__is_contrary",
            )
        ]  # fmt: skip
        unknown = {row[8] for row in rows if row[8] is not None}.difference(self._groups)
        for some in _parts(sorted(unknown)):
            for stored in SameWords.objects.filter(pk__in=some):
                self._groups[stored.pk] = _Group(stored.fullest_id, stored, is_whole=False)
        for pk, text, speaker, name, kind, dated_at, gone_at, status, key, is_contrary in rows:
            said_by = Speaker(speaker, name, kind) if speaker is not None else None
            counts = gone_at is None and status not in REFUSED
            group = None if key is None else self._groups[key]
            self._quotes[pk] = _Quote(pk, words_of(text), said_by, dated_at, counts, group, bool(is_contrary))
            if group is not None:
                group.members.add(pk)
        self._load_speakers(unknown)
        if unknown:  # what is found is a wording among others: its group's fullest stands for it
            self._load({self._groups[key].fullest for key in unknown if key in self._groups})

    def _load_speakers(self, groups: Collection[int]) -> None:
        for some in _parts(sorted(groups)):
            named = Wording.objects.filter(same_words__in=some, quote__speaker__isnull=False).order_by()
            counted = named.values_list(
                "same_words", "quote__speaker", "quote__speaker__name", "quote__speaker__kind"
            ).annotate(n=Count("pk"))
            for group, speaker, name, kind, count in counted:
                self._groups[group].speakers[Speaker(speaker, name, kind)] = count

    def _look_up(self) -> None:
        """Read what may be the same as a quote of the batch."""
        self._asked = {pk: one.keys.asked for pk, one in self._quotes.items() if one.counts}
        keys = sorted({key for some in self._asked.values() for key in some})
        for key, pk in words_keys.stored_under(keys, _COMMON + 1):
            self._holders[key].append(pk)
        self._load({other for pk in self._asked for other in self._likely(pk)})
        self._load_members(list(self._groups))

    def _likely(self, pk: int) -> list[int]:
        """Those that share most keys with a quote, rare ones counting for more."""
        shared: defaultdict[int, float] = defaultdict(float)
        for key in self._asked.get(pk, ()):
            holders = self._holders.get(key)
            if holders and len(holders) <= _COMMON:
                rarity = 1 / len(holders)
                for holder in holders:
                    shared[holder] += rarity
        shared.pop(pk, None)
        return sorted(shared, key=lambda other: (-shared[other], other))[:_COMPARED]

    def _load_members(self, groups: Sequence[int]) -> None:
        """Read the wordings of these groups together; of each the first."""
        place = Window(RowNumber(), partition_by=F("same_words"), order_by="quote_id")
        members: list[int] = []
        for some in _parts(groups):
            wordings = Wording.objects.filter(same_words__in=some).annotate(place=place)
            found = wordings.filter(place__lte=_MOST_LOOKED_AT).values_list("quote_id", flat=True)
            members += found
        self._load(members)
        for key in groups:
            self._groups[key].is_whole = True

    def _members(self, group: _Group) -> list[_Quote]:
        """The wordings of a group; of a large one the first."""
        if not group.is_whole and group.row is not None:
            self._load_members([group.row.pk])
        return [self._quotes[pk] for pk in sorted(group.members)]

    # Where a quote belongs

    def _settle(self, quote: _Quote) -> None:
        group = quote.group
        if group is None:
            if quote.counts:
                self._join(quote)
            return
        self._touched.add(group)
        if group.fullest == quote.pk:
            self._keep_or_give_up(quote, group)
        elif not self._stays(quote, group):
            self._leave(quote)
            if quote.counts:
                self._join(quote)

    def _stays(self, quote: _Quote, group: _Group) -> bool:
        """Whether a wording is still the same as the fullest, and not fuller."""
        if not quote.counts or self._is_apart(quote, group):
            return False
        if (told := self._told(quote)) is not None:
            return told.group is group
        fullest = self._quotes[group.fullest]
        evidence = quote.compared_with(fullest)
        self._is_said_to_be(quote, evidence)
        return evidence.is_same and quote.size <= fullest.size

    def _keep_or_give_up(self, quote: _Quote, group: _Group) -> None:
        """The fullest wording may have changed: those that are no longer the same as it are let go."""
        others = [one for one in self._members(group) if one is not quote]
        told = self._told(quote)
        if quote.counts and (told is None or told.group is group) and not self._is_apart(quote, group):
            self._check(group)
            self._be_found(quote)
            return
        self._leave(quote)
        if others:
            group.fullest = max(others, key=lambda one: (one.counts, one.size, -one.pk)).pk
            self._be_found(self._quotes[group.fullest])
            self._check(group)
        if quote.counts:
            self._join(quote)

    def _check(self, group: _Group) -> None:
        """Let those wordings go that are not the same as the fullest now."""
        fullest = self._quotes[group.fullest]
        others = [one for one in self._members(group) if one is not fullest]
        self._decided.load([one.pk for one in others])
        for one in others:
            evidence = one.compared_with(fullest)
            self._is_said_to_be(one, evidence)
            told = self._told(one)
            if not one.counts or (told is None and not evidence.is_same):
                self._leave(one)
                self._again.add(one.pk)

    def _join(self, quote: _Quote) -> None:
        """Find the group of a quote that is in none."""
        told = self._told(quote)
        if told is not None and told.counts:
            self._put_with(quote, told, is_told=True)
            return
        found: list[tuple[Evidence, _Quote]] = []
        for other in self._standing_for(self._likely(quote.pk)):
            evidence = quote.compared_with(other)
            if evidence.is_same and not self._is_apart(quote, other.group, other):
                found.append((evidence, other))
        if not found:
            self._be_found(quote)
            return
        # The most alike; of several the one that says most, then the one that was stored first.
        found.sort(key=lambda one: (-one[0].alike, -one[1].size, one[1].pk))
        self._put_with(quote, found[0][1])
        self._is_said_to_be(quote, found[0][0])
        for _, other in found[1:]:
            self._gather(quote, other)

    def _standing_for(self, keys: Iterable[int]) -> list[_Quote]:
        """What stands for these: the fullest wordings of their groups, or they themselves; each once."""
        found: dict[int, _Quote] = {}
        for pk in keys:
            one = self._quotes.get(pk)
            if one is not None and one.group is not None:
                one = self._quotes.get(one.group.fullest)
            if one is not None and one.counts:
                found[one.pk] = one
        return list(found.values())

    def _put_with(self, quote: _Quote, other: _Quote, *, is_told: bool = False) -> None:
        """Into the group of the other, or into a new one of both; the fuller of the two stands for it."""
        group = other.group
        if group is None:
            group = _Group(other.pk)
            self._enter(other, group)
        fullest = self._quotes[group.fullest]
        self._enter(quote, group)
        if is_told or quote.size <= fullest.size:
            self._be_lost(quote)
            return
        group.fullest = quote.pk
        self._be_lost(fullest)
        self._be_found(quote)
        self._check(group)

    def _gather(self, quote: _Quote, other: _Quote) -> None:
        """Another that is the same as a quote, too: their groups are one if the fullest of these are."""
        if quote.group is None or other.group is quote.group:
            return
        fullest = self._quotes[quote.group.fullest]
        if fullest is not quote and not other.compared_with(fullest).is_same:
            return
        less, more = sorted((other, fullest), key=lambda one: (one.size, -one.pk))
        some = [less] if less.group is None else self._members(less.group)
        group = more.group or _Group(more.pk)
        self._decided.load([one.pk for one in some])
        if any(self._is_apart(one, group, more) for one in some):
            return
        if more.group is None:
            self._enter(more, group)
        for one in some:
            self._leave(one)
            self._enter(one, group)
            self._be_lost(one)
        self._check(group)

    def _told(self, quote: _Quote) -> _Quote | None:
        """What an editor said a quote is the same as."""
        pk = self._decided.same_as(quote.pk)
        if pk is not None:
            self._load([pk])
        return None if pk is None else self._quotes.get(pk)

    def _is_apart(self, quote: _Quote, group: _Group | None, other: _Quote | None = None) -> bool:
        """Whether an editor said that a quote is not the same as another, or as one of a group."""
        apart = self._decided.apart_from(quote.pk)
        self._load(apart)
        return (other is not None and other.pk in apart) or (
            group is not None and any(self._quotes[pk].group is group for pk in apart if pk in self._quotes)
        )

    # What changes

    def _enter(self, quote: _Quote, group: _Group) -> None:
        quote.group = group
        group.members.add(quote.pk)
        if quote.speaker is not None:
            group.speakers[quote.speaker] += 1
        self._touched.add(group)
        self._moved.add(quote.pk)

    def _leave(self, quote: _Quote) -> None:
        if quote.group is not None:
            quote.group.members.discard(quote.pk)
            if quote.speaker is not None:
                quote.group.speakers[quote.speaker] -= 1
            self._touched.add(quote.group)
        quote.group, quote.is_contrary = None, False
        self._moved.add(quote.pk)

    def _is_said_to_be(self, quote: _Quote, evidence: Evidence) -> None:
        is_contrary = evidence.outcome == Outcome.CONTRARY
        if quote.is_contrary != is_contrary:
            quote.is_contrary = is_contrary
            self._moved.add(quote.pk)

    def _be_found(self, quote: _Quote) -> None:
        self._found.add(quote.pk)
        self._lost.discard(quote.pk)
        for key in quote.keys.stored:
            if quote.pk not in self._holders[key]:
                self._holders[key].append(quote.pk)

    def _be_lost(self, quote: _Quote) -> None:
        self._lost.add(quote.pk)
        self._found.discard(quote.pk)
        for key in quote.keys.stored:
            if quote.pk in self._holders[key]:
                self._holders[key].remove(quote.pk)

    # Writing it

    def _write(self) -> None:
        new = [group for group in self._touched if group.row is None and len(group.members) > 1]
        new.sort(key=lambda group: group.fullest)
        rows = SameWords.objects.bulk_create(SameWords(fullest_id=group.fullest) for group in new)
        for group, row in zip(new, rows, strict=True):
            group.row = row
        self._write_wordings()
        words_keys.drop((key, pk) for pk in self._lost for key in self._quotes[pk].keys.stored)
        words_keys.store(
            (key, pk)
            for pk in self._found
            for key in self._quotes[pk].keys.stored
            # One more than is of use: so it is known that it tells nothing.
            if pk in self._holders[key][: _COMMON + 1]
        )
        self._write_groups([group.row for group in self._touched if group.row is not None])

    def _write_wordings(self) -> None:
        moved = [self._quotes[pk] for pk in sorted(self._moved)]
        gone = [one.pk for one in moved if one.group is None or one.group.row is None]
        for some in _parts(gone):
            Wording.objects.filter(pk__in=some).delete()
        Wording.objects.bulk_create(
            [
                Wording(quote_id=one.pk, same_words=one.group.row, is_contrary=one.is_contrary)
                for one in moved
                if one.group is not None and one.group.row is not None
            ],
            batch_size=_READ_AT_ONCE // 3,
            update_conflicts=True,
            unique_fields=["quote"],
            update_fields=["same_words", "is_contrary"],
        )

    def _write_groups(self, rows: Sequence[SameWords]) -> None:
        """A group of one is none; who is named in the others."""
        fullest = {group.row: group.fullest for group in self._touched if group.row is not None}
        keys = [row.pk for row in rows]
        counted: dict[int, int] = {}
        named: defaultdict[int, set[Speaker]] = defaultdict(set)
        for some in _parts(keys):
            wordings = Wording.objects.filter(same_words__in=some).order_by()
            counted |= dict(wordings.values_list("same_words").annotate(n=Count("pk")))
            speakers = wordings.filter(quote__speaker__isnull=False).values_list(
                "same_words", "quote__speaker", "quote__speaker__name", "quote__speaker__kind"
            )
            for pk, speaker, name, kind in speakers.distinct():
                named[pk].add(Speaker(speaker, name, kind))
        changed = []
        for row in rows:
            if counted.get(row.pk, 0) < 2:
                continue
            differ = name_several(named[row.pk])
            if (row.fullest_id, row.speakers_differ) != (fullest[row], differ):
                row.fullest_id, row.speakers_differ = fullest[row], differ
                changed.append(row)
        SameWords.objects.bulk_update(changed, ["fullest", "speakers_differ"], batch_size=_READ_AT_ONCE // 5)
        alone = [row.pk for row in rows if counted.get(row.pk, 0) < 2]
        if alone:
            left = Wording.objects.filter(same_words__in=alone).values_list("quote_id", flat=True)
            self._again.update(left)
            SameWords.objects.filter(pk__in=alone).delete()


class _Decisions:
    """What editors said of quotes, pair by pair: of a pair the latest word that stands."""

    def __init__(self) -> None:
        self._pairs: dict[frozenset[int], SameWordsDecision] = {}
        self._loaded: set[int] = set()
        self._standing = SameWordsDecision.objects.filter(undone_at__isnull=True)
        self._are_any = self._standing.exists()

    def load(self, keys: Collection[int]) -> None:
        missing = sorted(set(keys).difference(self._loaded)) if self._are_any else []
        self._loaded.update(missing)
        for some in _parts(missing):
            theirs = self._standing.filter(Q(quote__in=some) | Q(other__in=some)).order_by("pk")
            for one in theirs:
                pair = frozenset((one.quote_id, one.other_id))
                known = self._pairs.get(pair)
                if known is None or known.pk < one.pk:
                    self._pairs[pair] = one

    def same_as(self, pk: int) -> int | None:
        """What a quote was said to be the same as, last."""
        told = [one for one in self._pairs.values() if one.is_same and one.quote_id == pk]
        return max(told, key=lambda one: one.pk).other_id if told else None

    def apart_from(self, pk: int) -> set[int]:
        """What a quote was said not to be the same as."""
        pairs = (pair for pair, one in self._pairs.items() if pk in pair and not one.is_same)
        return {other for pair in pairs for other in pair if other != pk}


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + _READ_AT_ONCE // 2] for start in range(0, len(keys), _READ_AT_ONCE // 2))
