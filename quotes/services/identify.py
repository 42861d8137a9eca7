"""A speaker of one article -> the Speaker record, across articles.

Only an unambiguous match is accepted (`quotes.linking.decide`). A name that could be anybody's (a bare
surname, "a spokesman", "residents") is nobody known: it stands for one record an article. Each decision is
kept as a Link, and holds at every later reading of the article.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction

from quotes.directory import Directory
from quotes.extraction import ResolvedSpeaker, SpeakerKind
from quotes.folding import fold, fold_name
from quotes.linking.decide import Decision, Named, Outcome, decide
from quotes.linking.likeness import likeness
from quotes.linking.mentions import is_name_of
from quotes.linking.person_names import Likeness
from quotes.models import Article, Link, RoleStatement, Speaker, SpeakerAlias
from quotes.selectors import resolve_redirects
from quotes.services.speakers import (
    free_slug,
    free_slugs,
    learn_names,
    make_speakers,
    save_speaker,
    slug_of,
    taken_slugs,
)

_Key = tuple[str, str]  # of a name in an article: kind and folded name
_Asked = dict[_Key, ResolvedSpeaker]
_Linked = dict[_Key, tuple[Speaker, Decision]]
_New = dict[_Key, tuple[ResolvedSpeaker, Decision]]

_TRIES = 20
_SHOWN = 10  # candidates kept for an editor
_LONGEST_NAME, _LONGEST_ROLE, _LONGEST_FOLDED = 200, 300, 350


@transaction.atomic
def identify(*, article: Article, speaker: ResolvedSpeaker) -> Speaker:
    """The record of `speaker`, who is quoted in `article`; made when there is none."""
    return identify_all(article=article, speakers=[speaker])[0]


@transaction.atomic(savepoint=False)
def identify_all(
    *,
    article: Article,
    speakers: Sequence[ResolvedSpeaker],
    mentions: Mapping[ResolvedSpeaker, Collection[str]] | None = None,
) -> list[Speaker]:
    """The records of all who are quoted in `article`, in the order of `speakers`.

    `mentions`: the words by which the article means them, from which names are learned ("Mr Putin").
    Made in the order of their names, so that two processes that make the same ones never wait for each other.
    """
    known = _linked_already(article)
    read_before = bool(known) or article.extractor_version != ""
    asked = {key: one for key, one in sorted((_key(one), one) for one in speakers) if key not in known}
    before = _linked_before(article, asked) if read_before else {}
    linked = _linked_now(article, {key: one for key, one in asked.items() if key not in before})
    _keep_links(article, asked, linked)
    found = known | before | {key: speaker for key, (speaker, _) in linked.items()}
    roles = [(found[_key(one)], role) for one in speakers for role in (one.description, *one.roles)]
    _state_roles(article, roles)
    by_name, by_mention = SpeakerAlias.Origin.ARTICLE, SpeakerAlias.Origin.MENTION
    named = [
        (found[key], name, by_name)
        for key, one in asked.items()
        for name in (one.name, one.name[:_LONGEST_NAME])  # the main name of a new record is cut
    ]
    said = [
        (found[_key(one)], word, by_mention)
        for one, words in (mentions or {}).items()
        for word in words
        if is_name_of(word, one)
    ]
    learn_names(names=named + said, count=not read_before)
    return [found[_key(one)] for one in speakers]


def is_telling(speaker: ResolvedSpeaker) -> bool:
    """Whether the name alone says who it is, in whichever article it stands."""
    if speaker.members:
        return all(is_telling(member) for member in speaker.members)
    if speaker.kind is SpeakerKind.PERSON:
        return len(fold_name(speaker.name).split()) > 1
    return speaker.kind is SpeakerKind.ORGANIZATION and speaker.name != speaker.name.lower()


def _linked_already(article: Article) -> dict[_Key, Speaker]:
    """Whom an earlier reading took the names for."""
    links = Link.objects.filter(article=article).select_related("speaker__merged_into")
    return {(link.kind, link.folded): resolve_redirects(link.speaker) for link in links}


def _linked_before(article: Article, asked: _Asked) -> dict[_Key, Speaker]:
    """Whom a reading of the same article took these names for before links were kept.

    Two who are quoted there may go by one since an editor renamed one: then who went by it first.
    """
    named = SpeakerAlias.objects.filter(
        folded__in={folded for _, folded in asked}, speaker__quotes__revision__article=article
    ).exclude(origin=SpeakerAlias.Origin.MENTION)
    found: dict[_Key, Speaker] = {}
    for alias in named.select_related("speaker__merged_into").order_by("pk"):
        found.setdefault((alias.speaker.kind, alias.folded), resolve_redirects(alias.speaker))
    return {key: speaker for key, speaker in found.items() if key in asked}


def _linked_now(article: Article, asked: _Asked) -> _Linked:
    """The speaker of each name, and how that was decided."""
    # The slugs before the decisions: whoever makes the same speaker meanwhile is either seen by the
    # decision, or has taken the slug.
    taken = taken_slugs({slug_of(one.name[:_LONGEST_NAME]) for one in asked.values()})
    linked, new = _decided(article, asked)
    alone = {
        key: found
        for key, found in new.items()
        if not any(_is_like(found[0], other) for other, _ in new.values() if other is not found[0])
    }
    linked |= _made_at_once(article, alone, taken)
    # Names of one article that are like each other, and those that another process makes just now.
    for key, (one, _) in new.items():
        if key not in linked:
            linked[key] = _made(article, one)
    return linked


def _decided(article: Article, asked: _Asked) -> tuple[_Linked, _New]:
    """The names of known speakers, and the other names."""
    directory = Directory([one for one in asked.values() if _is_linkable(one)])
    linked: _Linked = {}
    new: _New = {}
    for key, one in asked.items():
        decision = _decide(article, one, directory)
        if decision.key is not None:
            linked[key] = (directory.record(decision.key), decision)
        else:
            new[key] = (one, decision)
    return linked, new


def _made_at_once(article: Article, new: _New, taken: Collection[str]) -> _Linked:
    """As `_made`, for names of which none can be another's; empty when another process comes in between."""
    slugs = {key: slug_of(one.name[:_LONGEST_NAME]) for key, (one, _) in new.items()}
    counts = Counter(slugs.values())
    numbered = {key: new[key][0] for key, slug in slugs.items() if slug in taken or counts[slug] > 1}
    free = free_slugs([one.name[:_LONGEST_NAME] for one in numbered.values()])
    slugs |= dict(zip(numbered, free, strict=True))
    # A number was found only now: decided again.
    linked, again = _decided(article, {key: one for key, one in numbered.items() if _is_linkable(one)})
    left = {key: found for key, found in (new | again).items() if key not in linked}
    made = {key: _speaker(one, slugs[key]) for key, (one, _) in left.items()}
    try:
        if made:
            make_speakers(speakers=list(made.values()))
    except IntegrityError:
        return {}
    return linked | {key: (made[key], decision) for key, (_, decision) in left.items()}


def _made(article: Article, speaker: ResolvedSpeaker) -> tuple[Speaker, Decision]:
    for _ in range(_TRIES):
        # The slug before the decision: whoever makes the same speaker meanwhile is either seen by the
        # decision, or has taken the slug.
        slug = free_slug(speaker.name[:_LONGEST_NAME])
        directory = Directory([speaker] if _is_linkable(speaker) else [])
        decision = _decide(article, speaker, directory)
        if decision.key is not None:
            return directory.record(decision.key), decision
        try:
            return save_speaker(speaker=_speaker(speaker, slug)), decision
        except IntegrityError:
            continue  # another process made a speaker of this name just now: the same one, perhaps
    raise IntegrityError(f"no slug for {speaker.name!r} was free in {_TRIES} tries: run it again")


def _speaker(speaker: ResolvedSpeaker, slug: str) -> Speaker:
    return Speaker(
        name=speaker.name[:_LONGEST_NAME],
        slug=slug,
        kind=speaker.kind.value,
        description=speaker.description[:_LONGEST_ROLE],
    )


def _keep_links(article: Article, asked: _Asked, linked: _Linked) -> None:
    """How each name came to be a speaker."""
    links = [
        Link(
            article=article,
            speaker=speaker,
            name=asked[key].name[:_LONGEST_NAME],
            folded=key[1],
            kind=key[0],
            outcome=Link.Outcome(decision.outcome.value),
            reason=decision.reason[:500],
        )
        for key, (speaker, decision) in linked.items()
    ]
    Link.objects.bulk_create(links)
    between = Link.candidates.through
    between.objects.bulk_create(
        between(link=link, speaker_id=rival)
        for link, (_, decision) in zip(links, linked.values(), strict=True)
        if decision.outcome is Outcome.AMBIGUOUS
        for rival in decision.rivals[:_SHOWN]
    )


def _is_like(one: ResolvedSpeaker, other: ResolvedSpeaker) -> bool:
    return one.kind is other.kind and likeness(one.name, other.name, one.kind) is not Likeness.OTHER


def _is_linkable(speaker: ResolvedSpeaker) -> bool:
    """Whether the name may be known from another article; a surname may, by the office beside it."""
    return speaker.kind is SpeakerKind.PERSON or is_telling(speaker)


def _decide(article: Article, speaker: ResolvedSpeaker, directory: Directory) -> Decision:
    if not _is_linkable(speaker):
        return Decision(Outcome.NEW, None, (), "a description stands for one record an article")
    if directory.is_crowded(speaker):
        return Decision(
            Outcome.AMBIGUOUS, None, (), "so many go by such a name that nobody can be picked out"
        )
    named = Named(speaker.name, speaker.kind, speaker.description, speaker.roles)
    decision = decide(named, directory.candidates(speaker))
    if decision.outcome is not Outcome.AMBIGUOUS:
        return decision
    return decide(named, directory.candidates(speaker, outlet=article.source_id))


def _state_roles(article: Article, roles: Iterable[tuple[Speaker, str]]) -> None:
    """Keep what the article says that the speakers are."""
    rows = [
        RoleStatement(
            speaker=speaker,
            article=article,
            folded=fold(role)[:_LONGEST_FOLDED],
            role=role[:_LONGEST_ROLE],
            dated_at=article.published_at or article.created_at,
        )
        for speaker, role in roles
        if fold(role)
    ]
    if rows:
        RoleStatement.objects.bulk_create(rows, ignore_conflicts=True)


def _key(speaker: ResolvedSpeaker) -> tuple[str, str]:
    return speaker.kind.value, _folded(speaker.name)


def _folded(name: str) -> str:
    return fold_name(name)[:250]
