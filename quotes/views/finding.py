"""What the address of a page or feed stands for."""

from django.http import Http404

from quotes.models import Speaker
from quotes.selectors import speaker_at, was_ever_public


def speaker_or_404(slug: str) -> Speaker:
    """The speaker of this slug now, after renames and merges, if readers ever saw a quote as his or hers."""
    try:
        speaker = speaker_at(slug)
    except Speaker.DoesNotExist as error:
        raise Http404(f"There is no speaker {slug!r}.") from error
    if not was_ever_public(speaker):
        raise Http404(f"There is no speaker {slug!r}.")
    return speaker
