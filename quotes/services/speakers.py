"""Speakers and the names they go by."""

from itertools import count

from django.db import transaction
from django.utils.text import slugify

from quotes.folding import fold_name
from quotes.models import Speaker, SpeakerAlias

_LONGEST_NAME = 200


@transaction.atomic
def save_speaker(*, speaker: Speaker) -> Speaker:
    """Save a new or an edited speaker, found by that name from now on.

    A new one gets a readable slug of its own; a known one keeps its slug, and its old names as aliases, so
    that links hold. Raises IntegrityError when another process takes the same slug at the same moment.
    """
    speaker.slug = speaker.slug or _free_slug(speaker.name)
    speaker.save()
    add_alias(speaker=speaker, name=speaker.name)
    return speaker


@transaction.atomic
def add_alias(*, speaker: Speaker, name: str) -> None:
    """Let `speaker` be found by `name` too. A name of marks alone is no name, and adds nothing."""
    if folded := fold_name(name)[:250]:
        SpeakerAlias.objects.get_or_create(
            speaker=speaker, folded=folded, defaults={"name": name[:_LONGEST_NAME]}
        )


@transaction.atomic
def remove_alias(*, alias: SpeakerAlias) -> None:
    """Let the speaker no longer be found by this name; by the main name it always is."""
    if alias.folded != fold_name(alias.speaker.name)[:250]:
        alias.delete()


def _free_slug(name: str) -> str:
    base = slugify(name)[:200].strip("-") or "speaker"
    if not Speaker.objects.filter(slug=base).exists():
        return base
    taken = set(Speaker.objects.filter(slug__startswith=f"{base}-").values_list("slug", flat=True))
    return next(slug for n in count(2) if (slug := f"{base}-{n}") not in taken)
