"""All that an article gives to one somebody, given to somebody else at once."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.db import models

from quotes.folding import fold
from quotes.models import Article, By, Quote, ReviewDecision, Speaker
from quotes.selectors import resolve_redirects
from quotes.services import publications
from quotes.services.deadlocks import transactional
from quotes.services.review import Guard, ReviewError, give, no_guard
from quotes.services.wording import locked_with_articles


class Same(models.TextChoices):
    """Which quotes of the article are meant."""

    SPEAKER = "speaker"  # all that the extractor tied to the same somebody
    MENTION = "mention"  # of these, those by the same words: "Marlowe", and not "she"


class Kept(models.TextChoices):
    """Why a quote was left as it is."""

    EDITOR = "an editor chose its speaker"
    CLOSED = "it is rejected or retracted"
    DISPUTED = "it is disputed"
    GONE = "its words have left the article"
    SAME = "it is so already"


@dataclass(frozen=True, slots=True)
class Reassigned:
    """What became of each quote that was meant, in the order of the text."""

    changed: tuple[Quote, ...]
    kept: tuple[tuple[Quote, Kept], ...]


@transactional
def attribute_all(
    *,
    quote: Quote,
    speaker: Speaker,
    editor: User | AnonymousUser,
    same: Same = Same.SPEAKER,
    note: str = "",
    guard: Guard = no_guard,
) -> Reassigned:
    """Give `speaker` this quote, and those of its article that the extractor had tied to the same somebody.

    All are approved, in one step. What an editor has decided otherwise stays, and is answered with why.
    Raises ReviewError where the extractor had tied this one to nobody.
    """
    article = Article.objects.select_for_update(of=("self",)).get(pk=quote.revision.article_id)
    theirs = Quote.objects.filter(revision__article=article)
    locked = locked_with_articles(theirs, lambda one: guard(one) if one.pk == quote.pk else None)
    found = _tied(locked)
    chosen = next(one for one in locked if one.pk == quote.pk)
    whose = found[chosen.pk]
    if whose is None:
        raise ReviewError("the extractor tied it to nobody: give each quote to somebody by itself")
    meant = [one for one in locked if found[one.pk] == whose and _is_meant(one, chosen, same)]
    batch = uuid.uuid4()
    changed: list[Quote] = []
    kept: list[tuple[Quote, Kept]] = []
    for one in sorted(meant, key=lambda one: (one.start, one.pk)):
        why = _why_kept(one, speaker, is_chosen=one.pk == chosen.pk)
        if why is None and give(one, speaker, editor, note=note, batch=batch):
            changed.append(one)
        else:
            kept.append((one, why or Kept.SAME))
    publications.refresh(quotes=Quote.objects.filter(pk__in=[one.pk for one in changed]), by=By.EDITOR)
    return Reassigned(tuple(changed), tuple(kept))


def _is_meant(one: Quote, chosen: Quote, same: Same) -> bool:
    if one.pk == chosen.pk:
        return True
    return same == Same.SPEAKER or fold(one.mention_text) == fold(chosen.mention_text)


def _why_kept(quote: Quote, speaker: Speaker, *, is_chosen: bool) -> Kept | None:
    if quote.speaker_id == speaker.pk and quote.review_status == Quote.Status.APPROVED:
        return Kept.SAME
    if is_chosen:
        return None
    if quote.gone_at is not None:
        return Kept.GONE
    if quote.review_status in {Quote.Status.REJECTED, Quote.Status.RETRACTED}:
        return Kept.CLOSED
    if quote.review_status == Quote.Status.DISPUTED:
        return Kept.DISPUTED
    return Kept.EDITOR if quote.attributed_by == By.EDITOR else None


def _tied(quotes: Iterable[Quote]) -> dict[int, int | None]:
    """Whom the extractor gave each to, before editors did, and who that is after all merges."""
    found: dict[int, Speaker | None] = {quote.pk: quote.speaker for quote in quotes}
    editors = [quote.pk for quote in quotes if quote.attributed_by == By.EDITOR]
    found |= dict.fromkeys(editors)
    steps = ReviewDecision.objects.filter(quote__in=editors, from_confidence__isnull=False)
    for step in steps.select_related("from_speaker__merged_into").order_by("pk"):
        found[step.quote_id] = step.from_speaker
    return {key: resolve_redirects(speaker).pk if speaker else None for key, speaker in found.items()}
