"""A speaker of one article -> the Speaker record, across articles.

Only an unambiguous match is accepted (`quotes.linking.decide`). A name that could be anybody's (a bare
surname, "a spokesman", "residents") is nobody known: it stands for one record an article. Each decision is
kept as a Link, and holds at every later reading of the article.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction

from quotes.directory import Directory
from quotes.extraction import ResolvedSpeaker, SpeakerKind
from quotes.folding import fold, fold_name
from quotes.linking.decide import Decision, Named, Outcome, decide
from quotes.linking.mentions import is_name_of
from quotes.models import Article, Link, RoleStatement, Speaker, SpeakerAlias
from quotes.selectors import resolve_redirects
from quotes.services.speakers import free_slug, learn_names, save_speaker

_TRIES = 20
_SHOWN = 10  # candidates kept for an editor
_LONGEST_NAME, _LONGEST_ROLE, _LONGEST_FOLDED = 200, 300, 350


@transaction.atomic
def identify(*, article: Article, speaker: ResolvedSpeaker) -> Speaker:
    """The record of `speaker`, who is quoted in `article`; made when there is none."""
    return identify_all(article=article, speakers=[speaker])[0]


@transaction.atomic
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
    links = Link.objects.filter(article=article).select_related("speaker__merged_into")
    known = {(link.kind, link.folded): resolve_redirects(link.speaker) for link in links}
    read_before = bool(known) or article.extractor_version != ""
    asked = {_key(one): one for one in speakers if _key(one) not in known}
    found = dict(known)
    directory = Directory([one for one in asked.values() if _is_linkable(one)])
    for key in sorted(asked):
        speaker = asked[key]
        one = _match_in_article(article, speaker) if read_before else None
        found[key] = one or _link(article, speaker, directory)
    roles = [(found[_key(one)], role) for one in speakers for role in (one.description, *one.roles)]
    _state_roles(article, roles)
    by_name, by_mention = SpeakerAlias.Origin.ARTICLE, SpeakerAlias.Origin.MENTION
    named = [(found[key], one.name, by_name) for key, one in asked.items()]
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


def _match_in_article(article: Article, speaker: ResolvedSpeaker) -> Speaker | None:
    """Whom a reading of the same article took this name for before links were kept.

    Two who are quoted there may go by it since an editor renamed one: then who went by it first.
    """
    named = SpeakerAlias.objects.filter(
        folded=_folded(speaker.name), speaker__kind=speaker.kind, speaker__quotes__revision__article=article
    ).exclude(origin=SpeakerAlias.Origin.MENTION)
    first = named.select_related("speaker__merged_into").order_by("pk").first()
    return resolve_redirects(first.speaker) if first else None


def _link(article: Article, speaker: ResolvedSpeaker, directory: Directory) -> Speaker:
    decision = _decide(article, speaker, directory)
    if decision.key is not None:
        return _record(article, speaker, decision, "")
    for _ in range(_TRIES):
        # The slug before the decision: whoever makes the same speaker meanwhile is either seen by the
        # decision, or has taken the slug.
        slug = free_slug(speaker.name[:_LONGEST_NAME])
        decision = _decide(article, speaker, Directory([speaker] if _is_linkable(speaker) else []))
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
