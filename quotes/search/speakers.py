"""Speakers by name, as somebody types it: the beginnings of words, without accents, with slips.

Words are looked up in an index of their own, on both engines: a word that no name begins with stands for the
words that are one error apart from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from quotes.folding import is_one_error_apart
from quotes.linking.words import name_words, slips
from quotes.models import Quote, RoleStatement, Speaker, SpeakerWord, WordSlip
from quotes.selectors import with_quote_count

_MOST_WORDS = 8  # of a question that are looked at
_LOOKED_AT = 200  # who are put in order
_CORRECTIONS = 50


def speakers_named(speakers: QuerySet[Speaker], name: str) -> QuerySet[Speaker]:
    """Those of `speakers` with words that begin with those of `name`, or like them where none does."""
    words = name_words(name)[:_MOST_WORDS]
    if not words:
        return speakers.none()
    for word in words:
        speakers = speakers.filter(_has(_beginning(word) if _is_known(word) else _corrected(word)))
    return speakers


def find_speakers(speakers: QuerySet[Speaker], name: str, *, most: int = 20) -> list[Speaker]:
    """The likeliest of `speakers` for `name`, the best first, each with `quote_count`."""
    words = name_words(name)[:_MOST_WORDS]
    if not words:
        return []
    whole = speakers
    for word in words:
        whole = whole.filter(_has(Q(word=word)))
    found = list(whole.values_list("pk", flat=True)[:_LOOKED_AT])
    if len(found) < _LOOKED_AT:
        found += speakers_named(speakers, name).values_list("pk", flat=True)[:_LOOKED_AT]
    counted = with_quote_count(Speaker.objects.filter(pk__in=found)).prefetch_related("aliases")
    return sorted(counted, key=lambda one: _place(one, words))[:most]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have said it, with what tells namesakes apart: the latest role, the latest outlet."""

    speaker: Speaker
    quotes: int
    role: str
    outlet: str


def speakers_like(name: str, *, most: int = 12) -> list[Candidate]:
    """Who `name` may mean, the likeliest first, whether readers know of them or not."""
    found = find_speakers(Speaker.objects.filter(merged_into__isnull=True), name, most=most)
    roles = RoleStatement.objects.filter(speaker=OuterRef("pk")).order_by("-dated_at", "-pk")
    quotes = Quote.objects.filter(speaker=OuterRef("pk")).order_by("-dated_at", "-pk")
    latest = {
        speaker: (role or "", outlet or "")
        for speaker, role, outlet in Speaker.objects.filter(pk__in=[one.pk for one in found]).values_list(
            "pk", Subquery(roles.values("role")[:1]), Subquery(quotes.values("source__name")[:1])
        )
    }
    return [Candidate(one, getattr(one, "quote_count", 0), *latest.get(one.pk, ("", ""))) for one in found]


def _place(speaker: Speaker, words: Sequence[str]) -> tuple[int, int, int, str]:
    """The lower, the better: whole names, then whole words, then beginnings; then who is quoted most."""
    names = [alias.folded.split() for alias in speaker.aliases.all()]
    missing = min((sum(word not in name for word in words) for name in names), default=len(words))
    extra = min((abs(len(name) - len(words)) for name in names if set(words) <= set(name)), default=9)
    return missing, min(extra, 1), -int(getattr(speaker, "quote_count", 0)), speaker.slug


def _has(condition: Q) -> Q:
    """The condition under which a word of a speaker's meets `condition`."""
    words = SpeakerWord.objects.filter(condition)
    if connection.vendor == "postgresql":
        return Q(Exists(words.filter(speaker=OuterRef("pk"))))
    return Q(pk__in=words.values("speaker"))  # SQLite would ask it of one speaker after the other


def _is_known(word: str) -> bool:
    return SpeakerWord.objects.filter(_beginning(word)).exists()


def _beginning(word: str) -> Q:
    """The condition for words that begin with `word`, put so that the engine can use its index."""
    if connection.vendor == "postgresql":
        return Q(word__startswith=word)
    return Q(word__gte=word, word__lt=f"{word}\U0010ffff")


def _corrected(word: str) -> Q:
    return Q(word__in=_corrections(word))


def _corrections(word: str) -> Iterable[str]:
    alike = WordSlip.objects.filter(form__in=slips(word)).values_list("word", flat=True).distinct()
    return sorted(one for one in alike[: 20 * _CORRECTIONS] if is_one_error_apart(word, one))[:_CORRECTIONS]
