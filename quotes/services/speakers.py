"""Speakers and the names they go by."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from quotes.extraction import SpeakerKind
from quotes.folding import fold, fold_name
from quotes.linking.keys import keys_of
from quotes.linking.words import name_words, slips
from quotes.models import FormerSlug, Speaker, SpeakerAlias, SpeakerKey, SpeakerWord, WordSlip

_LONGEST_NAME = 200
_ORIGINS = (SpeakerAlias.Origin.MENTION, SpeakerAlias.Origin.ARTICLE, SpeakerAlias.Origin.EDITOR)


@transaction.atomic
def save_speaker(*, speaker: Speaker) -> Speaker:
    """Save a new or an edited speaker, found by that name from now on.

    A new one gets a readable slug of its own; a known one keeps its slug, and its old names as aliases, so
    that links hold. Raises IntegrityError when another process takes the same slug at the same moment.
    """
    is_known = speaker.pk is not None
    speaker.slug = speaker.slug or free_slug(speaker.name)
    speaker.save()
    add_alias(speaker=speaker, name=speaker.name)
    if is_known:
        _keep_keys(speaker)  # they follow from the kind, too
    return speaker


@transaction.atomic
def add_alias(
    *, speaker: Speaker, name: str, origin: SpeakerAlias.Origin = SpeakerAlias.Origin.ARTICLE
) -> None:
    """Let `speaker` be found by `name` too. A name of marks alone is no name, and adds nothing."""
    if not (folded := fold_name(name)[:250]):
        return
    known = SpeakerAlias.objects.filter(speaker=speaker, folded=folded).first()
    if known is not None and _ORIGINS.index(SpeakerAlias.Origin(known.origin)) >= _ORIGINS.index(origin):
        return
    if known is not None:
        SpeakerAlias.objects.filter(pk=known.pk).update(origin=origin)
    else:
        alias = SpeakerAlias(speaker=speaker, folded=folded, name=name[:_LONGEST_NAME], origin=origin)
        SpeakerAlias.objects.bulk_create([alias], ignore_conflicts=True)  # another process may add it, too
        _add_words(speaker, name)
    if origin != SpeakerAlias.Origin.MENTION:
        _add_keys(speaker, keys_of(name, SpeakerKind(speaker.kind)))


@transaction.atomic
def learn_names(*, names: Iterable[tuple[Speaker, str, SpeakerAlias.Origin]], count: bool) -> None:
    """Let speakers be found by the names that an article uses.

    In one order for everybody, and last in a transaction, so that no two processes wait for each other.
    count   it is one more article that uses them
    """
    rows = {(speaker.pk, fold_name(name)[:250], origin): (speaker, name) for speaker, name, origin in names}
    for key, (speaker, name) in sorted(rows.items(), key=lambda row: row[0]):
        add_alias(speaker=speaker, name=name, origin=key[2])
        if count:
            SpeakerAlias.objects.filter(speaker=speaker, folded=key[1]).update(count=F("count") + 1)


@transaction.atomic
def remove_alias(*, alias: SpeakerAlias) -> None:
    """Let the speaker no longer be found by this name; by the main name it always is."""
    speaker = alias.speaker
    if alias.folded == fold_name(speaker.name)[:250]:
        return
    alias.delete()
    _keep_keys(speaker)
    left = {word for name in speaker.aliases.values_list("name", flat=True) for word in name_words(name)}
    SpeakerWord.objects.filter(speaker=speaker).exclude(word__in=left).delete()


def free_slug(name: str) -> str:
    """A readable slug that no speaker has or ever had.

    Speakers are looked at first: a slug that one gives up meanwhile is a former one by then.
    """
    base = slug_of(name)
    if not _is_taken(base):
        return base
    taken: set[str] = set()
    for holder in (Speaker, FormerSlug):
        slugs: Any = holder.objects.filter(slug__startswith=f"{base}-")
        taken |= set(slugs.values_list("slug", flat=True))
    return next(slug for n in count(2) if (slug := f"{base}-{n}") not in taken)


def slug_of(name: str) -> str:
    """The slug that a name would like to have."""
    return slugify(fold(name))[:200].strip("-") or "speaker"


def _is_taken(slug: str) -> bool:
    return Speaker.objects.filter(slug=slug).exists() or FormerSlug.objects.filter(slug=slug).exists()


def _keep_keys(speaker: Speaker) -> None:
    """Bring the keys into line with the names."""
    names = speaker.aliases.exclude(origin=SpeakerAlias.Origin.MENTION).values_list("name", flat=True)
    keys = {key for name in names for key in keys_of(name, SpeakerKind(speaker.kind))}
    SpeakerKey.objects.filter(speaker=speaker).exclude(key__in=keys).delete()
    _add_keys(speaker, keys)


def _add_keys(speaker: Speaker, keys: Iterable[str]) -> None:
    rows = [SpeakerKey(speaker=speaker, key=key) for key in sorted(keys)]
    SpeakerKey.objects.bulk_create(rows, ignore_conflicts=True)


def _add_words(speaker: Speaker, name: str) -> None:
    words = name_words(name)
    rows = [SpeakerWord(speaker=speaker, word=word) for word in words]
    SpeakerWord.objects.bulk_create(rows, ignore_conflicts=True)
    known = set(WordSlip.objects.filter(form__in=words, word=F("form")).values_list("word", flat=True))
    new = [
        WordSlip(form=form, word=word) for word in words if word not in known for form in sorted(slips(word))
    ]
    WordSlip.objects.bulk_create(new)
