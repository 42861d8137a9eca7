"""Speakers and the names they go by."""

from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from quotes.extraction import SpeakerKind
from quotes.folding import fold_name
from quotes.linking.keys import keys_of
from quotes.models import Speaker, SpeakerAlias, SpeakerKey

_LONGEST_NAME = 200


@transaction.atomic
def save_speaker(*, speaker: Speaker) -> Speaker:
    """Save a new or an edited speaker, found by that name from now on.

    A new one gets a readable slug of its own; a known one keeps its slug, and its old names as aliases, so
    that links hold. Raises IntegrityError when another process takes the same slug at the same moment.
    """
    speaker.slug = speaker.slug or free_slug(speaker.name)
    speaker.save()
    add_alias(speaker=speaker, name=speaker.name)
    return speaker


@transaction.atomic
def add_alias(
    *,
    speaker: Speaker,
    name: str,
    origin: SpeakerAlias.Origin = SpeakerAlias.Origin.ARTICLE,
    used: bool = False,
) -> None:
    """Let `speaker` be found by `name` too. A name of marks alone is no name, and adds nothing.

    used   one more article calls the speaker so
    """
    if not (folded := fold_name(name)[:250]):
        return
    known = SpeakerAlias.objects.filter(speaker=speaker, folded=folded)
    changes: dict[str, Any] = {"count": F("count") + 1} if used else {}
    if origin == SpeakerAlias.Origin.EDITOR:
        changes["origin"] = origin
    if known.update(**changes) if changes else known.exists():
        return
    SpeakerAlias.objects.create(
        speaker=speaker, folded=folded, name=name[:_LONGEST_NAME], origin=origin, count=int(used)
    )
    keys = keys_of(name, SpeakerKind(speaker.kind))
    rows = [SpeakerKey(speaker=speaker, key=key) for key in sorted(keys)]
    SpeakerKey.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def remove_alias(*, alias: SpeakerAlias) -> None:
    """Let the speaker no longer be found by this name; by the main name it always is."""
    speaker = alias.speaker
    if alias.folded == fold_name(speaker.name)[:250]:
        return
    alias.delete()
    kind = SpeakerKind(speaker.kind)
    left = {key for name in speaker.aliases.values_list("name", flat=True) for key in keys_of(name, kind)}
    SpeakerKey.objects.filter(speaker=speaker).exclude(key__in=left).delete()


def free_slug(name: str) -> str:
    """A readable slug for a new speaker that nobody has yet."""
    base = slugify(name)[:200].strip("-") or "speaker"
    if not Speaker.objects.filter(slug=base).exists():
        return base
    taken = set(Speaker.objects.filter(slug__startswith=f"{base}-").values_list("slug", flat=True))
    return next(slug for n in count(2) if (slug := f"{base}-{n}") not in taken)
