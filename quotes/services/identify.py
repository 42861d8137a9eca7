"""A speaker of one article -> the Speaker record, across articles.

Only an unambiguous match is accepted. A name that could be anybody's (a bare surname, "a spokesman",
"residents") is nobody known: it stands for one record an article.
"""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from quotes.extraction import ResolvedSpeaker, SpeakerKind
from quotes.folding import fold_name
from quotes.models import Article, Speaker, SpeakerAlias
from quotes.selectors import resolve_redirects
from quotes.services.speakers import save_speaker

_TRIES = 20


def identify(*, article: Article, speaker: ResolvedSpeaker) -> Speaker:
    """The record of `speaker`, who is quoted in `article`; made when there is none."""
    known = _match_in_article(article, speaker)
    if known is None and is_telling(speaker):
        known = _match_anywhere(speaker)
    return known or _create(speaker)


def is_telling(speaker: ResolvedSpeaker) -> bool:
    """Whether the name alone says who it is, in whichever article it stands."""
    if speaker.members:
        return all(is_telling(member) for member in speaker.members)
    if speaker.kind is SpeakerKind.PERSON:
        return len(fold_name(speaker.name).split()) > 1
    return speaker.kind is SpeakerKind.ORGANIZATION and speaker.name != speaker.name.lower()


def _match_in_article(article: Article, speaker: ResolvedSpeaker) -> Speaker | None:
    """Whom an earlier reading of the same article took this name for.

    Two who are quoted there may go by it since an editor renamed one: then who went by it first.
    """
    named = SpeakerAlias.objects.filter(
        folded=fold_name(speaker.name), speaker__kind=speaker.kind, speaker__quotes__revision__article=article
    )
    first = named.select_related("speaker__merged_into").order_by("pk").first()
    return resolve_redirects(first.speaker) if first else None


def _match_anywhere(speaker: ResolvedSpeaker) -> Speaker | None:
    named = SpeakerAlias.objects.filter(folded=fold_name(speaker.name), speaker__kind=speaker.kind)
    return _only(Speaker.objects.filter(pk__in=named.values("speaker")))


def _only(speakers: QuerySet[Speaker]) -> Speaker | None:
    """The one person that `speakers` are after all merges; None for nobody and for several."""
    found = {resolve_redirects(speaker) for speaker in speakers.distinct()[:50]}
    return found.pop() if len(found) == 1 else None


def _create(speaker: ResolvedSpeaker) -> Speaker:
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                return save_speaker(
                    speaker=Speaker(
                        name=speaker.name[:200],
                        kind=speaker.kind.value,
                        description=speaker.description[:300],
                    )
                )
        except IntegrityError:
            # Another process made a speaker of this name just now: the same one, if the name is telling.
            if is_telling(speaker) and (found := _match_anywhere(speaker)):
                return found
    raise IntegrityError(f"no slug for {speaker.name!r} was free in {_TRIES} tries: run it again")
