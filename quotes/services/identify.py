"""A speaker of one article -> the Speaker record, across articles.

Only an unambiguous match is accepted (`quotes.linking.decide`). A name that could be anybody's (a bare
surname, "a spokesman", "residents") is nobody known: it stands for one record an article. Each decision is
kept as a Link, and holds at every later reading of the article.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import F

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
    Name,
    add_main_names,
    free_slug,
    free_slugs,
    learn_names,
    make_speakers,
    save_speaker,
    slug_of,
    taken_slugs,
)

_Key = tuple[str, str, int]  # of a name in an article: kind, folded name, the article
_Asked = dict[_Key, ResolvedSpeaker]
_Linked = dict[_Key, tuple[Speaker, Decision]]
_New = dict[_Key, tuple[ResolvedSpeaker, Decision]]

_TRIES = 20
_JOINT_TRIES = 3
_SHOWN = 10  # candidates kept for an editor
_LONGEST_NAME, _LONGEST_ROLE, _LONGEST_FOLDED = 200, 300, 350


@dataclass(frozen=True, slots=True)
class Quoted:
    """Who is quoted in an article, and the words by which it means each of them ("Mr Putin")."""

    article: Article
    speakers: Sequence[ResolvedSpeaker]
    mentions: Mapping[ResolvedSpeaker, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identified:
    """The records of those who are quoted in an article, in the order of its speakers.

    `names` are those that the article uses, for `learn_names`; `is_new`: it was never read before.
    """

    speakers: list[Speaker]
    names: list[Name]
    is_new: bool


@transaction.atomic
def identify(*, article: Article, speaker: ResolvedSpeaker) -> Speaker:
    """The record of `speaker`, who is quoted in `article`; made when there is none."""
    found = identify_all(quoted=[Quoted(article, [speaker])])
    learn(identified=found)
    return found[0].speakers[0]


@transaction.atomic(savepoint=False)
def identify_all(*, quoted: Sequence[Quoted]) -> list[Identified]:
    """The records of all who are quoted in these articles, made where there are none. `learn` is to follow.

    Made in the order of their names, so that two processes that make the same ones never wait for each other.
    """
    articles = {one.article.pk: one.article for one in quoted}
    known = _linked_already(articles)
    read_before = {article for _, _, article in known}
    read_before |= {pk for pk, article in articles.items() if article.extractor_version != ""}
    speakers = {_key(one.article, speaker): speaker for one in quoted for speaker in one.speakers}
    asked = {key: speakers[key] for key in sorted(speakers.keys() - known.keys())}
    before = _linked_before(asked, read_before) if read_before else {}
    linked = _linked_now(articles, {key: one for key, one in asked.items() if key not in before})
    _keep_links(articles, asked, linked)
    found = known | before | {key: speaker for key, (speaker, _) in linked.items()}
    _state_roles(
        (found[_key(one.article, speaker)], role, one.article)
        for one in quoted
        for speaker in one.speakers
        for role in (speaker.description, *speaker.roles)
    )
    return [
        Identified(
            [found[_key(one.article, speaker)] for speaker in one.speakers],
            _names(one, found, asked),
            one.article.pk not in read_before,
        )
        for one in quoted
    ]


def learn(*, identified: Sequence[Identified]) -> None:
    """Let the speakers be found by the names that the articles use: last in a transaction."""
    learn_names(used=[(one.names, one.is_new) for one in identified])


def _names(quoted: Quoted, found: dict[_Key, Speaker], asked: _Asked) -> list[Name]:
    by_name, by_mention = SpeakerAlias.Origin.ARTICLE, SpeakerAlias.Origin.MENTION
    names: list[Name] = []
    for one in quoted.speakers:
        key = _key(quoted.article, one)
        if key in asked:
            # The main name of a new record is cut.
            names += [(found[key], name, by_name) for name in (one.name, one.name[:_LONGEST_NAME])]
        said = quoted.mentions.get(one, ())
        names += [(found[key], word, by_mention) for word in said if is_name_of(word, one)]
    return names


def is_telling(speaker: ResolvedSpeaker) -> bool:
    """Whether the name alone says who it is, in whichever article it stands."""
    if speaker.members:
        return all(is_telling(member) for member in speaker.members)
    if speaker.kind is SpeakerKind.PERSON:
        return len(fold_name(speaker.name).split()) > 1
    return speaker.kind is SpeakerKind.ORGANIZATION and speaker.name != speaker.name.lower()


def _linked_already(articles: Collection[int]) -> dict[_Key, Speaker]:
    """Whom an earlier reading took the names for."""
    links = Link.objects.filter(article__in=articles).select_related("speaker__merged_into")
    return {(one.kind, one.folded, one.article_id): resolve_redirects(one.speaker) for one in links}


def _linked_before(asked: _Asked, articles: Collection[int]) -> dict[_Key, Speaker]:
    """Whom a reading of the same article took these names for before links were kept.

    Two who are quoted there may go by one since an editor renamed one: then who went by it first.
    """
    named = SpeakerAlias.objects.filter(
        folded__in={folded for _, folded, _ in asked}, speaker__quotes__revision__article__in=articles
    ).exclude(origin=SpeakerAlias.Origin.MENTION)
    named = named.annotate(article=F("speaker__quotes__revision__article")).distinct()
    found: dict[_Key, Speaker] = {}
    for alias in named.select_related("speaker__merged_into").order_by("pk"):
        key = (alias.speaker.kind, alias.folded, alias.article)
        if key in asked:
            found.setdefault(key, resolve_redirects(alias.speaker))
    return found


def _linked_now(articles: dict[int, Article], asked: _Asked) -> _Linked:
    """The speaker of each name, and how that was decided."""
    linked: _Linked = {}
    left = asked
    tries = 0
    while left and tries < _JOINT_TRIES:
        found = _linked_at_once(articles, left)
        tries += not found
        linked |= found
        left = {key: one for key, one in left.items() if key not in found}
    # Names that other processes make just now.
    return linked | {key: _made(articles[key[2]], one) for key, one in left.items()}


def _linked_at_once(articles: dict[int, Article], asked: _Asked) -> _Linked:
    """Known speakers, and new ones; of new ones that are alike the first, whom the others may mean.

    Of new ones none when another process comes in between.
    """
    # The slugs before the decisions: whoever makes the same speaker meanwhile is either seen by the
    # decision, or has taken the slug.
    taken = taken_slugs({slug_of(one.name[:_LONGEST_NAME]) for one in asked.values()})
    linked, new = _decided(articles, asked)
    first = _first_of_alike(new)
    made = _made_at_once(articles, first, taken)
    if len(first) < len(new):
        add_main_names(speakers=[speaker for key, (speaker, _) in made.items()])
    return linked | made


def _first_of_alike(new: _New) -> _New:
    """Without those who may be the same as one before."""
    first: _New = {}
    for key, found in new.items():
        if not _is_linkable(found[0]) or not any(_is_like(found[0], other) for other, _ in first.values()):
            first[key] = found
    return first


def _decided(articles: dict[int, Article], asked: _Asked) -> tuple[_Linked, _New]:
    """The names of known speakers, and the other names."""
    directory = Directory([one for one in asked.values() if _is_linkable(one)])
    linked: _Linked = {}
    new: _New = {}
    for key, one in asked.items():
        decision = _decide(articles[key[2]], one, directory)
        if decision.key is not None:
            linked[key] = (directory.record(decision.key), decision)
        else:
            new[key] = (one, decision)
    return linked, new


def _made_at_once(articles: dict[int, Article], new: _New, taken: Collection[str]) -> _Linked:
    """As `_made`, for names of which none can be another's; empty when another process comes in between."""
    slugs = {key: slug_of(one.name[:_LONGEST_NAME]) for key, (one, _) in new.items()}
    counts = Counter(slugs.values())
    numbered = {key: new[key][0] for key, slug in slugs.items() if slug in taken or counts[slug] > 1}
    free = free_slugs([one.name[:_LONGEST_NAME] for one in numbered.values()])
    slugs |= dict(zip(numbered, free, strict=True))
    # A number was found only now: decided again.
    linked, again = _decided(articles, {key: one for key, one in numbered.items() if _is_linkable(one)})
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


def _keep_links(articles: dict[int, Article], asked: _Asked, linked: _Linked) -> None:
    """How each name came to be a speaker."""
    links = [
        Link(
            article=articles[key[2]],
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


def _state_roles(roles: Iterable[tuple[Speaker, str, Article]]) -> None:
    """Keep what the articles say that the speakers are."""
    rows = [
        RoleStatement(
            speaker=speaker,
            article=article,
            folded=fold(role)[:_LONGEST_FOLDED],
            role=role[:_LONGEST_ROLE],
            dated_at=article.published_at or article.created_at,
        )
        for speaker, role, article in roles
        if fold(role)
    ]
    if rows:
        RoleStatement.objects.bulk_create(rows, ignore_conflicts=True)


def _key(article: Article, speaker: ResolvedSpeaker) -> _Key:
    return speaker.kind.value, fold_name(speaker.name)[:250], article.pk
