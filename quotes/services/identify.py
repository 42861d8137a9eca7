"""A speaker of one article -> the Speaker record, across articles.

Only an unambiguous match is accepted (`quotes.linking.decide`). A name that could be anybody's (a bare
surname, "a spokesman", "residents") is nobody known: it stands for one record an article. Each decision is
kept as a Link, and holds at every later reading of the article.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from quotes.extraction import ResolvedSpeaker, SpeakerKind
from quotes.folding import fold, fold_name
from quotes.linking.decide import Candidate, Decision, Named, Outcome, decide
from quotes.linking.keys import keys_like
from quotes.linking.person_names import person_name
from quotes.models import Article, Link, RoleStatement, Speaker, SpeakerAlias, SpeakerKey
from quotes.selectors import resolve_redirects
from quotes.services.speakers import add_alias, free_slug, save_speaker

_TRIES = 20
_MOST = 200  # who are compared with a name; so many can never be told apart by it
_ROLES = 30  # of a candidate that are looked at
_SHOWN = 10  # candidates kept for an editor
_LONGEST_NAME, _LONGEST_ROLE, _LONGEST_FOLDED = 200, 300, 350


@transaction.atomic
def identify(*, article: Article, speaker: ResolvedSpeaker) -> Speaker:
    """The record of `speaker`, who is quoted in `article`; made when there is none."""
    known = _linked_before(article, speaker) or _match_in_article(article, speaker)
    if known is None:
        known = _link(article, speaker)
    _state_role(article, known, speaker.description)
    return known


def is_telling(speaker: ResolvedSpeaker) -> bool:
    """Whether the name alone says who it is, in whichever article it stands."""
    if speaker.members:
        return all(is_telling(member) for member in speaker.members)
    if speaker.kind is SpeakerKind.PERSON:
        return len(fold_name(speaker.name).split()) > 1
    return speaker.kind is SpeakerKind.ORGANIZATION and speaker.name != speaker.name.lower()


def _linked_before(article: Article, speaker: ResolvedSpeaker) -> Speaker | None:
    link = (
        Link.objects.filter(article=article, kind=speaker.kind.value, folded=_folded(speaker.name))
        .select_related("speaker__merged_into")
        .first()
    )
    return resolve_redirects(link.speaker) if link else None


def _match_in_article(article: Article, speaker: ResolvedSpeaker) -> Speaker | None:
    """Whom a reading of the same article took this name for before links were kept.

    Two who are quoted there may go by it since an editor renamed one: then who went by it first.
    """
    named = SpeakerAlias.objects.filter(
        folded=_folded(speaker.name), speaker__kind=speaker.kind, speaker__quotes__revision__article=article
    )
    first = named.select_related("speaker__merged_into").order_by("pk").first()
    return resolve_redirects(first.speaker) if first else None


def _link(article: Article, speaker: ResolvedSpeaker) -> Speaker:
    for _ in range(_TRIES):
        # The slug before the decision: whoever makes the same speaker meanwhile is either seen by the
        # decision, or has taken the slug.
        slug = free_slug(speaker.name[:_LONGEST_NAME])
        decision = _decide(article, speaker)
        try:
            with transaction.atomic():
                return _record(article, speaker, decision, slug)
        except IntegrityError:
            continue  # another process made a speaker of this name just now: the same one, perhaps
    raise IntegrityError(f"no slug for {speaker.name!r} was free in {_TRIES} tries: run it again")


def _record(article: Article, speaker: ResolvedSpeaker, decision: Decision, slug: str) -> Speaker:
    if decision.key is not None:
        found = Speaker.objects.get(pk=decision.key)
    else:
        found = save_speaker(
            speaker=Speaker(
                name=speaker.name[:_LONGEST_NAME],
                slug=slug,
                kind=speaker.kind.value,
                description=speaker.description[:_LONGEST_ROLE],
            )
        )
    add_alias(speaker=found, name=speaker.name, used=True)
    link = Link.objects.create(
        article=article,
        speaker=found,
        name=speaker.name[:_LONGEST_NAME],
        folded=_folded(speaker.name),
        kind=speaker.kind.value,
        outcome=Link.Outcome(decision.outcome.value),
        reason=decision.reason[:500],
    )
    if decision.outcome is Outcome.AMBIGUOUS:
        link.candidates.set(decision.rivals[:_SHOWN])
    return found


def _decide(article: Article, speaker: ResolvedSpeaker) -> Decision:
    named = Named(speaker.name, speaker.kind, speaker.description)
    if speaker.kind is not SpeakerKind.PERSON and not is_telling(speaker):
        return Decision(Outcome.NEW, None, (), "a description stands for one record an article")
    speakers = _like(speaker)
    decision = decide(named, _candidates(speakers, frozenset()))
    if decision.outcome is not Outcome.AMBIGUOUS:
        return decision
    before = Link.objects.filter(speaker__in=speakers, article__source=article.source)
    return decide(named, _candidates(speakers, frozenset(before.values_list("speaker", flat=True))))


def _like(speaker: ResolvedSpeaker) -> dict[int, Speaker]:
    """Record -> who it is after all merges, of those who go by such a name."""
    keys = keys_like(speaker.name, speaker.kind)
    kind = speaker.kind.value
    exact = SpeakerAlias.objects.filter(folded=_folded(speaker.name), speaker__kind=kind)
    found = set(exact.values_list("speaker", flat=True)[:_MOST])
    if keys:
        alike = SpeakerKey.objects.filter(key__in=sorted(keys), speaker__kind=kind)
        found |= set(alike.values_list("speaker", flat=True).distinct()[:_MOST])
    speakers = Speaker.objects.filter(pk__in=found).select_related("merged_into")
    return {one.pk: resolve_redirects(one) for one in speakers}


def _candidates(speakers: dict[int, Speaker], quoted: frozenset[int]) -> list[Candidate]:
    """quoted   records that the outlet has quoted before"""
    names: defaultdict[int, list[str]] = defaultdict(list)
    for pk, name in SpeakerAlias.objects.filter(speaker__in=speakers).values_list("speaker", "name"):
        names[speakers[pk].pk].append(name)
    roles: defaultdict[int, list[str]] = defaultdict(list)
    told = RoleStatement.objects.filter(speaker__in=speakers).order_by("-dated_at", "-pk")
    for pk, role in told.values_list("speaker", "role")[: _ROLES * len(speakers)]:
        roles[speakers[pk].pk].append(role)
    outlets = {speakers[pk].pk for pk in quoted}
    return [
        Candidate(
            one.pk,
            _telling(names[one.pk], one.kind),
            tuple(dict.fromkeys((*roles[one.pk], one.description))),
            one.pk in outlets,
        )
        for one in {one.pk: one for one in speakers.values()}.values()
    ]


def _telling(names: Iterable[str], kind: str) -> tuple[str, ...]:
    """The names by which somebody can be told: of people, surnames alone only where there is no other."""
    every = tuple(names)
    if kind != Speaker.Kind.PERSON:
        return every
    return tuple(name for name in every if not person_name(name).is_bare) or every


def _state_role(article: Article, speaker: Speaker, role: str) -> None:
    """Keep what the article says that the speaker is."""
    if not (folded := fold(role)[:_LONGEST_FOLDED]):
        return
    RoleStatement.objects.get_or_create(
        speaker=speaker,
        article=article,
        folded=folded,
        defaults={
            "role": role[:_LONGEST_ROLE],
            "dated_at": article.published_at or article.created_at,
        },
    )


def _folded(name: str) -> str:
    return fold_name(name)[:250]
