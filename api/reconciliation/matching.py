"""Who may be meant by a name that somebody has in a table, how likely, and whether that is sure.

A score is from 0 to 100. A match is declared only when nobody else comes near: a wrong one costs more than a
click.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db.models import Q

from api.reconciliation.questions import Query
from quotes.directory import Directory
from quotes.extraction import ResolvedSpeaker, SpeakerKind
from quotes.folding import fold_name
from quotes.linking.likeness import likeness, telling_names
from quotes.linking.person_names import Likeness, person_name
from quotes.linking.roles import Fit, best_fit
from quotes.models import Speaker, SpeakerAlias
from quotes.search import find_speakers
from quotes.selectors import public_speakers, resolve_redirects, roles_of, with_quote_count

_SURE = 80.0  # from which a candidate may be the one that is meant
_AHEAD = 25.0  # of everybody else
_SCORES = {
    Likeness.SAME: 100.0,
    Likeness.FULLER: 85.0,
    Likeness.LOOSE: 60.0,
    Likeness.WEAK: 45.0,
    Likeness.FAINT: 35.0,
    Likeness.OTHER: 0.0,
}
_SPELT_ALIKE = 50.0  # for letters that agree where the names do not
_ROLE_AGREES, _ROLE_CLASHES = 5.0, -30.0
_ANOTHER_ITEM = 0.2  # of the score is left where Wikidata says that it is somebody else
_LOOKED_AT = 50
_ROLES = 50  # of a speaker
_COURTESY = re.compile(r"^(?:mr|mrs|ms|miss|mx)\.?\s+(?=\S)", re.IGNORECASE)
_WIKIDATA = re.compile(
    r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]{0,15})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """`likeness`: of the names, 0 to 100. `is_known`: by the id or the Wikidata item that was given."""

    speaker: Any  # with `quote_count`
    score: float
    likeness: float
    is_known: bool
    is_match: bool = False


def match_all(queries: Sequence[Query]) -> list[list[Candidate]]:
    """The candidates of each query, the likeliest first."""
    names = [name if person_name(name).surname else "" for name in (_plain(query.name) for query in queries)]
    directory = Directory([_as(kind, name) for name in names if name for kind in _LINKED])
    by_id = {text: one.pk for text, one in speakers_by_id(query.name for query in queries).items()}
    found = [_found(query, name, directory) for query, name in zip(queries, names, strict=True)]
    keys = {key for keys in found for key in keys} | set(by_id.values())
    by_key = {one.pk: one for one in known_speakers(Q(pk__in=keys))}
    ranked: list[list[Candidate]] = []
    for query, name, some in zip(queries, names, found, strict=True):
        named = by_id.get(query.name)
        speakers = [by_key[key] for key in some | {named} if key in by_key]
        ranked.append(_ranked(query, name, speakers, directory, named=named))
    return ranked


def known_speakers(condition: Q) -> list[Any]:
    """Public speakers, each with `quote_count`, aliases and `roles`: all that it is or was said to be."""
    known: list[Any] = list(with_quote_count(public_speakers().filter(condition)).prefetch_related("aliases"))
    roles = roles_of([one.pk for one in known], _ROLES)
    for one in known:
        told = roles.get(one.pk, [])
        one.roles = told + [one.description] * bool(one.description and one.description not in told)
    return known


def speakers_by_id(ids: Iterable[str]) -> dict[str, Any]:
    """By id, in either form, the speaker that it leads to now, after merges. Unknown ids are left out."""
    asked = {one: key for one in ids if (key := _uuid(one))}
    records = Speaker.objects.filter(public_id__in=asked.values()).select_related("merged_into")
    now = {one.public_id: resolve_redirects(one).pk for one in records}
    by_key = {one.pk: one for one in known_speakers(Q(pk__in=now.values()))}
    return {one: by_key[now[key]] for one, key in asked.items() if now.get(key) in by_key}


_LINKED = (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)  # whose names are told by their structure


def _as(kind: SpeakerKind, name: str) -> ResolvedSpeaker:
    return ResolvedSpeaker(name, kind)


def _plain(name: str) -> str:
    """As articles have it: without Mr, and with the surname last where a comma says that it stands first."""
    surname, comma, given = name.partition(",")
    turned = f"{given} {surname}" if comma and given.strip() and "," not in given else name
    return _COURTESY.sub("", " ".join(turned.split()))


def _found(query: Query, name: str, directory: Directory) -> set[int]:
    """Keys of whoever may be meant: by item, by words, and by what names have in common."""
    keys: set[int] = set()
    items = {item for text in (query.name, query.wikidata_id) if (item := _item(text))}
    if items:
        keys |= set(Speaker.objects.filter(wikidata_id__in=items).values_list("pk", flat=True))
    if name:
        speakers = public_speakers()
        if query.types:
            speakers = speakers.filter(kind__in=query.types)
        keys |= {one.pk for one in find_speakers(speakers, name, most=_LOOKED_AT)}
        for kind in _LINKED:
            if not query.types or kind.value in query.types:
                keys |= {one.key for one in directory.candidates(_as(kind, name))}
    return keys


def _ranked(
    query: Query, name: str, speakers: list[Any], directory: Directory, *, named: int | None
) -> list[Candidate]:
    wanted = [one for one in speakers if not query.types or one.kind in query.types]
    judged = [_judged(query, name, one, is_named=one.pk == named) for one in wanted]
    judged.sort(key=lambda one: (-one.score, not one.is_known, -one.speaker.quote_count, one.speaker.slug))
    if judged and _is_unmistakable(name, judged, directory):
        best = judged[0]
        judged[0] = Candidate(best.speaker, best.score, best.likeness, best.is_known, is_match=True)
    return judged[: query.limit]


def _judged(query: Query, name: str, speaker: Any, *, is_named: bool) -> Candidate:
    like = _likeness(name, speaker)
    item, given = speaker.wikidata_id, _item(query.wikidata_id)
    is_item = bool(item) and item in {given, _item(query.name)}
    score = like
    if query.roles and like:
        fit = best_fit(query.roles, speaker.roles)
        score += _ROLE_AGREES if fit > Fit.ALLIED else _ROLE_CLASHES if fit is Fit.CLASH else 0.0
    if item and given and not is_item:
        score *= _ANOTHER_ITEM
    score = 100.0 if is_item or is_named else min(max(score, 0.0), 100.0)
    return Candidate(speaker, round(score, 1), round(like, 1), is_item or is_named)


def _likeness(name: str, speaker: Any) -> float:
    """Of the name that is asked for and the nearest of the speaker's."""
    if not name:
        return 0.0
    kind = SpeakerKind(speaker.kind)
    aliases = [alias.name for alias in speaker.aliases.all() if alias.origin != SpeakerAlias.Origin.MENTION]
    names = telling_names([speaker.name, *aliases], kind)
    asked = fold_name(name)
    alike = max(SequenceMatcher(None, asked, fold_name(one)).ratio() for one in names)
    return max(_SCORES[max(likeness(name, one, kind) for one in names)], _SPELT_ALIKE * alike)


def _is_unmistakable(name: str, judged: Sequence[Candidate], directory: Directory) -> bool:
    best = judged[0]
    rival = judged[1].score if len(judged) > 1 else 0.0
    if best.is_known:
        return True
    if best.score < _SURE or best.score - rival < _AHEAD:
        return False
    kind = SpeakerKind(best.speaker.kind)
    if kind not in _LINKED:
        return False  # “residents” of one article are not those of another
    if kind is SpeakerKind.PERSON and person_name(name).is_bare:
        return False  # a surname alone is the name of many, whoever is known so far
    return not directory.is_crowded(_as(kind, name))


def _item(text: str) -> str:
    found = _WIKIDATA.fullmatch(text.strip())
    return found[1].upper() if found else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.removeprefix("urn:uuid:")) if len(text) <= 45 else None
    except ValueError:
        return None
