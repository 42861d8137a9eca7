"""Speakers and the names they go by."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from django.db import transaction
from django.db.models import Case, F, QuerySet, When
from django.utils.text import slugify

from quotes.extraction import SpeakerKind
from quotes.folding import fold, fold_name
from quotes.linking.keys import keys_of
from quotes.linking.words import name_words, slips
from quotes.models import By, FormerSlug, Quote, Speaker, SpeakerAlias, SpeakerKey, SpeakerWord, WordSlip
from quotes.services import publications
from quotes.services.deadlocks import transactional

_LONGEST_NAME, _LONGEST_FOLDED = 200, 250
_SHOWN = ("name", "slug", "kind", "wikidata_id")  # of the speaker of a quote

Name = tuple[Speaker, str, SpeakerAlias.Origin]  # whose, the name, and where it is from
_Key = tuple[int, str]  # of a name: whose, and folded

# The weakest first.
_ORIGINS = (SpeakerAlias.Origin.MENTION, SpeakerAlias.Origin.ARTICLE, SpeakerAlias.Origin.EDITOR)


@transactional
def save_speaker(*, speaker: Speaker) -> Speaker:
    """Save a new or an edited speaker, found by that name from now on.

    A new one gets a readable slug of its own; a known one keeps its slug, and its old names as aliases, so
    that links hold. Raises IntegrityError when another process takes the same slug at the same moment.
    """
    before = Speaker.objects.filter(pk=speaker.pk).values(*_SHOWN).first() if speaker.pk else None
    speaker.slug = speaker.slug or free_slug(speaker.name)
    speaker.save()
    add_alias(speaker=speaker, name=speaker.name)
    if before is not None:
        _keep_keys(speaker)  # they follow from the kind, too
        if any(getattr(speaker, name) != value for name, value in before.items()):
            publications.refresh(quotes=Quote.objects.filter(speaker=speaker), by=By.EDITOR)
    return speaker


@transaction.atomic
def make_speakers(*, speakers: Sequence[Speaker]) -> None:
    """Save new speakers, with slugs, at once. They are found by no name yet: that is to follow.

    Raises IntegrityError when another process takes one of the slugs at the same moment.
    """
    Speaker.objects.bulk_create(speakers)


@transaction.atomic(savepoint=False)
def add_alias(
    *, speaker: Speaker, name: str, origin: SpeakerAlias.Origin = SpeakerAlias.Origin.ARTICLE
) -> None:
    """Let `speaker` be found by `name` too. A name of marks alone is no name, and adds nothing."""
    _keep_names([(speaker, name, origin)])


@transaction.atomic(savepoint=False)
def add_main_names(*, speakers: Iterable[Speaker]) -> None:
    """Let these be found by their main names."""
    _keep_names((one, one.name, SpeakerAlias.Origin.ARTICLE) for one in speakers)


@transaction.atomic(savepoint=False)
def learn_names(*, used: Sequence[tuple[Collection[Name], bool]]) -> None:
    """Let speakers be found by the names that articles use.

    In one order for everybody, and last in a transaction, so that no two processes wait for each other.
    used    of each article the names, and whether it is one more that uses them
    """
    known = _keep_names([name for names, _ in used for name in names])
    counts = Counter(
        key for names, is_counted in used if is_counted for key in {_key(name) for name in names}
    )
    if new := counts.keys() - known.keys():
        added = _aliases(new).order_by("speaker", "folded").select_for_update(of=("self",))
        known |= {(one.speaker_id, one.folded): one.pk for one in added}
    by_count: defaultdict[int, list[int]] = defaultdict(list)
    for key, count in counts.items():
        if key in known:  # marks alone are no name
            by_count[count].append(known[key])
    if by_count:
        more = Case(*(When(pk__in=aliases, then=count) for count, aliases in by_count.items()))
        SpeakerAlias.objects.filter(pk__in=list(chain(*by_count.values()))).update(count=F("count") + more)


@transactional
def remove_alias(*, alias: SpeakerAlias) -> None:
    """Let the speaker no longer be found by this name; by the main name it always is."""
    speaker = alias.speaker
    if alias.folded == fold_name(speaker.name)[:_LONGEST_FOLDED]:
        return
    alias.delete()
    _keep_keys(speaker)
    left = {word for name in speaker.aliases.values_list("name", flat=True) for word in name_words(name)}
    SpeakerWord.objects.filter(speaker=speaker).exclude(word__in=left).delete()


def free_slug(name: str) -> str:
    """A readable slug that no speaker has or ever had."""
    return free_slugs([name])[0]


def free_slugs(names: Sequence[str]) -> list[str]:
    """A slug for each name that no speaker, and none of the others, has or ever had."""
    if not names:
        return []
    taken = taken_slugs({slug_of(name) for name in names})
    numbers = _free_numbers({slug_of(name) for name in names} & taken)
    found: list[str] = []
    for name in names:
        base = slug = slug_of(name)
        while slug in taken:
            slug = f"{base}-{numbers.setdefault(base, 2)}"
            numbers[base] += 1
        taken.add(slug)
        found.append(slug)
    return found


def _free_numbers(bases: Collection[str]) -> dict[str, int]:
    """For each slug a number from which on it is free: low if not the lowest, for thousands may be taken."""
    low = dict.fromkeys(bases, 1)
    points = {base: [2**power for power in range(1, 31)] for base in bases}
    found: dict[str, int] = {}
    while points:
        taken = taken_slugs({f"{base}-{point}" for base, some in points.items() for point in some})
        for base, some in list(points.items()):
            high = next(point for point in some if f"{base}-{point}" not in taken)
            low[base] = max([low[base], *(point for point in some if point < high)])
            between = range(low[base] + 1, high, max((high - low[base]) // 32, 1))
            points[base] = [*between, high]
            if not between:
                found[base] = high
                del points[base]
    return found


def taken_slugs(slugs: Collection[str]) -> set[str]:
    """Those of `slugs` that are or were in use."""
    if not slugs:
        return set()
    speakers = Speaker.objects.filter(slug__in=slugs).values_list("slug", flat=True)
    former = FormerSlug.objects.filter(slug__in=slugs).values_list("slug", flat=True)
    return set(speakers.order_by().union(former.order_by(), all=True))


def slug_of(name: str) -> str:
    """The slug that a name would like to have."""
    return slugify(fold(name))[:200].strip("-") or "speaker"


def _keep_names(names: Iterable[Name]) -> dict[_Key, int]:
    """Let speakers be found by these names. Returns the primary keys of those known before, locked now."""
    wanted: dict[_Key, Name] = {}
    for name in names:
        key = _key(name)
        if key[1] and (key not in wanted or _ORIGINS.index(wanted[key][2]) < _ORIGINS.index(name[2])):
            wanted[key] = name
    there = _aliases(wanted).order_by("speaker", "folded").select_for_update(of=("self",))
    known = {key: one for one in there if (key := (one.speaker_id, one.folded)) in wanted}
    new = {key: wanted[key] for key in sorted(wanted.keys() - known.keys())}
    raised = {
        key: wanted[key]
        for key in sorted(wanted.keys() & known.keys())
        if _ORIGINS.index(SpeakerAlias.Origin(known[key].origin)) < _ORIGINS.index(wanted[key][2])
    }
    for key, (_, _, origin) in raised.items():
        SpeakerAlias.objects.filter(pk=known[key].pk).update(origin=origin)
    if new:
        # Another process may add them, too.
        SpeakerAlias.objects.bulk_create(
            (
                SpeakerAlias(speaker=speaker, folded=folded, name=name[:_LONGEST_NAME], origin=origin)
                for (_, folded), (speaker, name, origin) in new.items()
            ),
            ignore_conflicts=True,
        )
        _add_words([(speaker, name) for speaker, name, _ in new.values()])
    _add_keys(
        (speaker, key)
        for speaker, name, origin in (*new.values(), *raised.values())
        if origin != SpeakerAlias.Origin.MENTION
        for key in keys_of(name, SpeakerKind(speaker.kind))
    )
    return {key: one.pk for key, one in known.items()}


def _key(name: Name) -> _Key:
    return name[0].pk, fold_name(name[1])[:_LONGEST_FOLDED]


def _aliases(keys: Collection[_Key]) -> QuerySet[SpeakerAlias]:
    """The names of these speakers that are among these, and perhaps one's that is another's."""
    return SpeakerAlias.objects.filter(
        speaker__in={speaker for speaker, _ in keys}, folded__in={folded for _, folded in keys}
    )


def _keep_keys(speaker: Speaker) -> None:
    """Bring the keys into line with the names."""
    names = speaker.aliases.exclude(origin=SpeakerAlias.Origin.MENTION).values_list("name", flat=True)
    keys = {key for name in names for key in keys_of(name, SpeakerKind(speaker.kind))}
    SpeakerKey.objects.filter(speaker=speaker).exclude(key__in=keys).delete()
    _add_keys((speaker, key) for key in keys)


def _add_keys(keys: Iterable[tuple[Speaker, str]]) -> None:
    """In one order, as everybody does."""
    rows = sorted({(speaker.pk, key) for speaker, key in keys})
    if rows:
        SpeakerKey.objects.bulk_create(
            (SpeakerKey(speaker_id=speaker, key=key) for speaker, key in rows), ignore_conflicts=True
        )


def _add_words(names: Iterable[tuple[Speaker, str]]) -> None:
    rows = sorted({(speaker.pk, word) for speaker, name in names for word in name_words(name)})
    SpeakerWord.objects.bulk_create(
        (SpeakerWord(speaker_id=speaker, word=word) for speaker, word in rows), ignore_conflicts=True
    )
    words = {word for _, word in rows}
    known = set(WordSlip.objects.filter(form__in=words, word=F("form")).values_list("word", flat=True))
    WordSlip.objects.bulk_create(
        WordSlip(form=form, word=word) for word in sorted(words - known) for form in sorted(slips(word))
    )
