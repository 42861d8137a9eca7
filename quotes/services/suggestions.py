"""Who may be one, and who may be several: searched for, kept for editors, and decided by them.

The search goes along the keys of names, block by block, so that its time grows with the table and not with
its square. Each step is a transaction of its own: what was interrupted goes on where it stopped.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, groupby
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from quotes.extraction import SpeakerKind
from quotes.linking.careers import Statement
from quotes.linking.likeness import telling_names
from quotes.linking.person_names import Likeness
from quotes.linking.suggesting import Profile, Suggested, collision, duplicate, likeness_of
from quotes.models import (
    Distinction,
    Link,
    Quote,
    RoleStatement,
    Speaker,
    SpeakerAlias,
    SpeakerKey,
    Suggestion,
    SuggestionRun,
)
from quotes.services.deadlocks import transactional
from quotes.services.merging import Editor, MergeError, merge_speakers, move_quotes, tell_apart

_STEP = 20_000  # rows that are looked at in a transaction
_CROWD = 40  # who share a key: more are compared only where the whole name is the same
_IN_QUESTION = 0.3  # the score of a name that linking could not tell
_MOST_STATEMENTS = 500
_FEW = 3  # others of one name or link that are suggested
_OTHER_KIND = 0.4  # of the same name as a person and as a body
_KEYS, _KINDS, _ROLES, _LINKS = "keys", "kinds", "roles", "links"

Pair = tuple[int, int]


def amount_of_work() -> int:
    """Rows that a whole search looks at."""
    parts = (SpeakerKey.objects, _of_two_kinds(), RoleStatement.objects, _in_question())
    return sum(part.count() for part in parts)


def suggest(*, anew: bool = False) -> Iterator[int]:
    """Search; yields the number of rows looked at, step by step. Goes on with a search that was interrupted.

    anew   begin again even so
    """
    run = None if anew else SuggestionRun.objects.filter(finished_at__isnull=True).order_by("-pk").first()
    run = run or SuggestionRun.objects.create(position=f"{_KEYS}:")
    phases = {
        _KEYS: _look_at_keys,
        _KINDS: _look_at_kinds,
        _ROLES: _look_at_roles,
        _LINKS: _look_at_links,
    }
    names = list(phases)
    phase, _, after = run.position.partition(":")
    while True:
        with transaction.atomic():
            looked_at, last = phases[phase](after)
            if last is None:
                if phase == names[-1]:
                    run.finished_at = timezone.now()
                    _forget_what_no_longer_holds(run)
                else:
                    phase, last = names[names.index(phase) + 1], ""
            after = last or ""
            run.position = f"{phase}:{after}"
            run.save(update_fields=["position", "finished_at"])
        yield looked_at
        if run.finished_at is not None:
            return


def _forget_what_no_longer_holds(run: SuggestionRun) -> None:
    """What waits and was not found again by this search."""
    Suggestion.objects.filter(status=Suggestion.Status.OPEN, found_at__lt=run.started_at).delete()


def _look_at_keys(after: str) -> tuple[int, str | None]:
    """A step of the blocks of those who share a key: how many rows, and the last key, None at the end."""
    alive = SpeakerKey.objects.filter(speaker__merged_into__isnull=True)
    query = alive.filter(key__gt=after) if after else alive
    rows = list(query.order_by("key", "speaker").values_list("key", "speaker")[:_STEP])
    if not rows:
        return 0, None
    last = rows[-1][0]
    if len(rows) == _STEP and rows[0][0] != last:
        rows = [row for row in rows if row[0] != last]  # the last block may go on
        last = rows[-1][0]
    blocks = [
        sorted({speaker for _, speaker in block})
        for key, block in groupby(rows, key=lambda row: row[0])
        if not key.endswith(":")  # a surname alone
    ]
    names = _names({speaker for block in blocks if len(block) > 1 for speaker in block})
    pairs = {pair for block in blocks for pair in _pairs(block, names)}
    _keep_duplicates(pairs)
    return len(rows), last


def _pairs(block: Sequence[int], names: dict[int, Profile]) -> Iterator[Pair]:
    """The pairs of a block whose names are like each other."""
    groups = [list(block)]
    if len(block) > _CROWD:
        by_name: defaultdict[str, list[int]] = defaultdict(list)
        for key in block:
            if key in names:
                by_name[names[key].names[0].casefold()].append(key)
        groups = [group for group in by_name.values() if len(group) <= _CROWD]
    for group in groups:
        for one, other in combinations(group, 2):
            if one in names and other in names:
                likeness, _ = likeness_of(names[one], names[other])
                if likeness is not Likeness.OTHER:
                    yield one, other


def _names(speakers: Iterable[int]) -> dict[int, Profile]:
    told = SpeakerAlias.objects.filter(speaker__in=set(speakers)).exclude(origin=SpeakerAlias.Origin.MENTION)
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for key, kind, name in told.order_by("pk").values_list("speaker", "speaker__kind", "name"):
        found[key, kind].append(name)
    return {
        key: Profile(key, SpeakerKind(kind), telling_names(names, SpeakerKind(kind)))
        for (key, kind), names in found.items()
    }


def _profiles(speakers: set[int]) -> dict[int, Profile]:
    roles: defaultdict[int, dict[str, None]] = defaultdict(dict)
    outlets: defaultdict[int, set[str]] = defaultdict(set)
    told = RoleStatement.objects.filter(speaker__in=speakers).order_by("-dated_at")
    for key, role in told.values_list("speaker", "role"):
        roles[key][role] = None
    for key, role in Speaker.objects.filter(pk__in=speakers).values_list("pk", "description"):
        roles[key][role] = None
    linked = Link.objects.filter(speaker__in=speakers).values_list("speaker", "article__source__name")
    for key, outlet in linked.distinct():
        outlets[key].add(outlet)
    return {
        key: Profile(key, one.kind, one.names, tuple(roles[key]), frozenset(outlets[key]))
        for key, one in _names(speakers).items()
    }


def _keep_duplicates(pairs: set[Pair]) -> None:
    if not pairs:
        return
    speakers = {key for pair in pairs for key in pair}
    profiles = _profiles(speakers)
    apart = set(Distinction.objects.filter(first__in=speakers).values_list("first", "second"))
    known_ids = Speaker.objects.filter(pk__in=speakers, wikidata_id__isnull=False)
    two = set(known_ids.values_list("pk", flat=True))  # of Wikidata's, each its own
    found = {
        pair: suggested
        for pair in sorted(pairs - apart)
        if not two.issuperset(pair) and (suggested := duplicate(profiles[pair[0]], profiles[pair[1]]))
    }
    known = {
        (one.first_id, one.second_id): one
        for one in Suggestion.objects.filter(kind=Suggestion.Kind.DUPLICATE, first__in=speakers)
    }
    _keep(
        Suggestion.Kind.DUPLICATE,
        [
            ({"first_id": a, "second_id": b}, suggested, known.get((a, b)))
            for (a, b), suggested in found.items()
        ],
    )


def _look_at_kinds(after: str) -> tuple[int, str | None]:
    """A step of bodies that go by the name of a person: one of them may have been misread."""
    bodies = list(_of_two_kinds().filter(pk__gt=int(after or 0)).order_by("pk")[: _STEP // 10])
    if not bodies:
        return 0, None
    people: defaultdict[str, list[int]] = defaultdict(list)
    names = SpeakerAlias.objects.filter(
        _is_full_name(Speaker.Kind.PERSON), folded__in={one.folded for one in bodies}
    )
    for folded, key in names.values_list("folded", "speaker"):
        people[folded].append(key)
    evidence = ("the same name, of a person and of an organization: one may be misread",)
    suggested = Suggested(_OTHER_KIND, evidence)
    found = {
        (min(body.speaker_id, key), max(body.speaker_id, key)): suggested
        for body in bodies
        for key in people[body.folded][:_FEW]
    }
    _keep_pairs(found)
    return len(bodies), str(bodies[-1].pk)


def _of_two_kinds() -> QuerySet[SpeakerAlias]:
    same = SpeakerAlias.objects.filter(_is_full_name(Speaker.Kind.PERSON), folded=OuterRef("folded"))
    return SpeakerAlias.objects.filter(_is_full_name(Speaker.Kind.ORGANIZATION), Exists(same))


def _is_full_name(kind: Speaker.Kind) -> Q:
    mention = SpeakerAlias.Origin.MENTION
    return Q(speaker__kind=kind, speaker__merged_into__isnull=True) & ~Q(origin=mention)


def _look_at_roles(after: str) -> tuple[int, str | None]:
    """A step of those of whom articles say what does not go together."""
    told = RoleStatement.objects.filter(speaker__gt=int(after or 0), speaker__merged_into__isnull=True)
    rows = list(
        told.order_by("speaker", "dated_at").values_list("speaker", "role", "dated_at", "article")[:_STEP]
    )
    if not rows:
        return 0, None
    last = rows[-1][0]
    if len(rows) == _STEP and rows[0][0] != last:
        rows = [row for row in rows if row[0] != last]
        last = rows[-1][0]
    found: dict[int, Suggested] = {}
    for key, theirs in groupby(rows, key=lambda row: row[0]):
        statements = [Statement(role, dated, article) for _, role, dated, article in theirs]
        if suggested := collision(statements[-_MOST_STATEMENTS:]):
            found[key] = suggested
    known = {
        one.first_id: one
        for one in Suggestion.objects.filter(kind=Suggestion.Kind.COLLISION, first__in=list(found))
    }
    _keep(
        Suggestion.Kind.COLLISION,
        [({"first_id": key}, suggested, known.get(key)) for key, suggested in found.items()],
    )
    return len(rows), str(last)


def _look_at_links(after: str) -> tuple[int, str | None]:
    """A step of the names that linking could not tell, with those who came into question."""
    links = list(
        _in_question()
        .filter(pk__gt=int(after or 0))
        .order_by("pk")
        .select_related("speaker")
        .prefetch_related("candidates")[: _STEP // 10]
    )
    if not links:
        return 0, None
    rows: dict[Pair, Suggested] = {}
    for link in links:
        for candidate in [one for one in link.candidates.all() if one.merged_into_id is None][:_FEW]:
            one, other = sorted((link.speaker_id, candidate.pk))
            if one != other:
                rows[one, other] = Suggested(_IN_QUESTION, (f"in question when it was read: {link.reason}",))
    _keep_pairs(rows)
    return len(links), str(links[-1].pk)


def _keep_pairs(found: dict[Pair, Suggested]) -> None:
    """Keep what is no better known already, and say that what is known was found again."""
    keys = {key for pair in found for key in pair}
    apart = set(Distinction.objects.filter(first__in=keys).values_list("first", "second"))
    stored = Suggestion.objects.filter(kind=Suggestion.Kind.DUPLICATE, first__in=keys)
    known = {(one.first_id, one.second_id): one.pk for one in stored}
    again = [pk for pair, pk in known.items() if pair in found]
    Suggestion.objects.filter(pk__in=again).update(found_at=timezone.now())
    _keep(
        Suggestion.Kind.DUPLICATE,
        [
            ({"first_id": a, "second_id": b}, suggested, None)
            for (a, b), suggested in found.items()
            if (a, b) not in apart and (a, b) not in known
        ],
    )


def _in_question() -> QuerySet[Link]:
    return Link.objects.filter(outcome=Link.Outcome.AMBIGUOUS, speaker__merged_into__isnull=True)


def _keep(
    kind: Suggestion.Kind, found: Iterable[tuple[dict[str, Any], Suggested, Suggestion | None]]
) -> None:
    """Add what is new, and bring up to date what is still open; what was decided stays decided."""
    new: list[Suggestion] = []
    for fields, suggested, known in found:
        values = {
            "score": suggested.score,
            "evidence": list(suggested.evidence),
            "parts": [list(part) for part in suggested.parts],
            "found_at": timezone.now(),
        }
        if known is None:
            new.append(Suggestion(kind=kind, **fields, **values))
        elif known.status == Suggestion.Status.OPEN:
            Suggestion.objects.filter(pk=known.pk).update(**values)
    Suggestion.objects.bulk_create(new, ignore_conflicts=True)


@transactional
def accept(*, suggestion: Suggestion, editor: Editor) -> str:
    """Do what is suggested: merge the two, or give the second part's quotes to a new speaker.

    Returns what was done, in words. Raises MergeError when it is decided already, or cannot be done.
    """
    locked = _locked(suggestion)
    why = "; ".join(map(str, locked.evidence))[:500]
    if locked.second is not None:
        source, target = sorted((locked.first, locked.second), key=lambda one: (one.quotes.count(), -one.pk))
        merge_speakers(source=source, target=target, editor=editor, note=why)
        done = f"{source} ({source.slug}) merged into {target} ({target.slug})"
    else:
        quotes = Quote.objects.filter(speaker=locked.first, revision__article__in=locked.parts[-1])
        change = move_quotes(quotes=quotes, target=locked.first.name, editor=editor, note=why)
        done = f"{change.quotes.count()} quotes moved to {change.target} ({change.target.slug})"
    _decide(locked, Suggestion.Status.ACCEPTED, editor)
    return done


@transactional
def refuse(*, suggestion: Suggestion, editor: Editor) -> str:
    """Keep that the two are not the same, or the one no two. Raises MergeError when decided already."""
    locked = _locked(suggestion)
    if locked.second is not None:
        tell_apart(one=locked.first, other=locked.second, editor=editor)
        done = f"{locked.first} ({locked.first.slug}) is not {locked.second} ({locked.second.slug})"
    else:
        done = f"{locked.first} ({locked.first.slug}) is one"
    _decide(locked, Suggestion.Status.REFUSED, editor)
    return done


def _locked(suggestion: Suggestion) -> Suggestion:
    locked = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if locked.status != Suggestion.Status.OPEN:
        raise MergeError(f"this was {locked.status} already")
    return locked


def _decide(suggestion: Suggestion, status: Suggestion.Status, editor: Editor) -> None:
    if editor.pk is None:
        raise MergeError("nobody is logged in: log in first")
    suggestion.status, suggestion.editor_id, suggestion.decided_at = status, editor.pk, timezone.now()
    suggestion.save(update_fields=["status", "editor", "decided_at"])
