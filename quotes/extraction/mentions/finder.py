"""Who could be speaking: names, pronouns and role phrases in the reporter's words."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quotes.english import lexicon
from quotes.extraction.names.finder import find_names
from quotes.extraction.names.ruled_names import Name
from quotes.extraction.roles.finder import Role, find_roles
from quotes.extraction.roles.phrases import find_phrases
from quotes.extraction.roles.starts import DETERMINERS_AND_OWNERS
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind


class MentionKind(StrEnum):
    NAME = "name"
    PRONOUN = "pronoun"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Mention:
    """A candidate speaker.

    first, last   tokens, half open
    start, end    code points, half open
    name          the bare name ("Xi", "Kremlin"), the pronoun, or the role phrase without its article
    description   the role that stands with a name ("campaign manager")
    gender        "m", "f" or "" (unknown)
    oblique       after a preposition, or a possessor: hardly the subject of a verb
    embedded      inside an apposition or brackets that belong to another mention
    possessive    followed by 's
    full_first    first token of the role before a name ("campaign manager Ann Lee"), else `first`
    certainty     0..1, of the edges and kind of a name
    """

    first: int
    last: int
    start: int
    end: int
    kind: MentionKind
    speaker_kind: SpeakerKind
    name: str
    description: str = ""
    gender: str = ""
    plural: bool = False
    titled: bool = False
    oblique: bool = False
    embedded: bool = False
    possessive: bool = False
    full_first: int = -1
    certainty: float = 1.0

    @property
    def begin(self) -> int:
        """First token, the role before a name taken in."""
        return self.first if self.full_first < 0 else self.full_first

    def text(self, stream: Stream) -> str:
        return stream.text[self.start : self.end]


class MentionIndex:
    """All mentions in order, and quick look-up by token.

    `inside`: names within role phrases ("the family of Ann Lee"): no mentions, but they tell full names.
    """

    def __init__(self, mentions: Sequence[Mention], inside: Sequence[Mention] = ()) -> None:
        self.all = tuple(mentions)
        self.inside = tuple(sorted(inside, key=lambda mention: mention.first))
        self._firsts = [mention.first for mention in mentions]
        self._firsts_inside = [mention.first for mention in self.inside]

    def between(self, first: int, last: int) -> tuple[Mention, ...]:
        """Mentions that start at a token in first..last (half open)."""
        numbers = self.numbers(first, last)
        return self.all[numbers.start : numbers.stop]

    def numbers(self, first: int, last: int) -> range:
        """Where those of `between` stand in `all`."""
        return range(bisect_left(self._firsts, first), bisect_left(self._firsts, last))

    def inside_between(self, first: int, last: int) -> tuple[Mention, ...]:
        """Names within role phrases that start at a token in first..last (half open)."""
        firsts = self._firsts_inside
        return self.inside[bisect_left(firsts, first) : bisect_left(firsts, last)]

    def at(self, token: int) -> Mention | None:
        """The mention that starts at `token`."""
        found = self.between(token, token + 1)
        return found[0] if found else None

    def ending_at(self, last: int) -> Mention | None:
        """The mention whose last token is just before `last`."""
        for mention in reversed(self.between(max(0, last - 14), last)):
            if mention.last == last:
                return mention
        return None


_PLURAL_PRONOUNS = frozenset({"they", "we", "them", "their", "us"})
_PRONOUNS = frozenset(
    {"he", "she", "they", "i", "we", "it", "who", "him", "her", "his", "their", "them", "which"}
)


def find_mentions(stream: Stream) -> MentionIndex:
    """Every candidate speaker of the article, none inside quoted words, none overlapping another."""
    names = find_names(stream)
    taken = {token for name in names for token in range(name.first, name.last)}
    roles = find_roles(stream, taken, {name.last: name for name in names})
    covered = taken.union(token for role in roles for token in range(role.first, role.last))
    phrases = find_phrases(stream, covered, {name.last: name for name in names})
    names, roles = _join_appositions(stream, names, roles)
    found = [_from_name(stream, name) for name in names]
    found += [_from_role(stream, role) for role in (*roles, *phrases)]
    covered = {token for mention in found for token in range(mention.first, mention.last)}
    found += _pronouns(stream, covered)
    ordered = _without_overlaps(sorted(found, key=lambda m: (m.first, -m.last)))
    apart = {mention.first for mention in ordered if mention.kind is MentionKind.NAME}
    inside = [m for m in found if m.kind is MentionKind.NAME and m.first not in apart]
    return MentionIndex(_coordinated(stream, ordered), inside)


def _coordinated(stream: Stream, mentions: Sequence[Mention]) -> list[Mention]:
    """In "in Iraq and Libya" both are governed by the preposition; brackets embed what stands in them."""
    result: list[Mention] = []
    for mention in mentions:
        before = mention.begin - 1
        if result and stream.lower(before) == "and" and _is_one_person(stream, result[-1], mention):
            result.append(_joined(result.pop(), mention))
            continue
        listed = stream.lower(before) in ("and", "or") or stream.lower(before) == ","
        if (
            listed
            and result
            and result[-1].last == before
            and result[-1].oblique
            and not _is_acting(stream, mention)
        ):
            mention = replace(mention, oblique=True)
        elif stream.lower(before) == "(":
            mention = replace(mention, embedded=True)
        result.append(mention)
    return result


def _is_one_person(stream: Stream, role: Mention, other: Mention) -> bool:
    """ "lawyer and policy expert Ann Lee", "the former minister and party leader": one article for both."""
    if role.kind is not MentionKind.ROLE or role.last != other.begin - 1:
        return False
    if any(m.plural or m.speaker_kind is not SpeakerKind.PERSON for m in (role, other)):
        return False
    if stream.lower(other.begin) in DETERMINERS_AND_OWNERS or stream.lower(other.last) in _OF_SEVERAL:
        return False
    opening = stream.lower(role.first)
    if other.kind is MentionKind.ROLE:
        return opening in _OF_ONE or stream.lower(role.first + 1) in _ONCE
    named = other.kind is MentionKind.NAME and bool(other.description)
    return named and (opening not in lexicon.DETERMINERS or opening in _OF_ONE)


_OF_ONE = frozenset({"a", "an"})
_ONCE = frozenset({"former", "longtime", "one-time"})
_OF_SEVERAL = lexicon.words("are were have both each")


def _joined(role: Mention, other: Mention) -> Mention:
    """The name with both roles before it, or one phrase of both."""
    if other.kind is MentionKind.ROLE:
        return replace(role, last=other.last, end=other.end, possessive=other.possessive)
    roles = f"{role.name} and {other.description}"
    return replace(other, full_first=role.first, description=roles, oblique=role.oblique)


def _is_acting(stream: Stream, mention: Mention) -> bool:
    word = stream.lower(mention.last)
    return word in lexicon.CUE_VERBS or word in lexicon.AUXILIARIES or word in lexicon.COMMON_VERBS


def _without_overlaps(mentions: Sequence[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.first >= kept[-1].last:
            kept.append(mention)
    return kept


def _from_name(stream: Stream, name: Name) -> Mention:
    return Mention(
        first=name.first,
        last=name.last,
        start=stream.tokens[name.first].start,
        end=stream.tokens[name.last - 1].end,
        kind=MentionKind.NAME,
        speaker_kind=name.kind,
        name=name.name,
        description=name.description,
        gender=name.gender,
        plural=name.plural,
        titled=name.titled,
        oblique=_is_oblique(stream, name.full_first),
        embedded=name.embedded,
        full_first=name.full_first,
        certainty=name.certainty,
        possessive=stream.lower(name.last) in ("'s", "'")
        and stream.tokens[name.last].start == stream.tokens[name.last - 1].end,
    )


def _from_role(stream: Stream, role: Role) -> Mention:
    return Mention(
        first=role.first,
        last=role.last,
        start=stream.tokens[role.first].start,
        end=stream.tokens[role.last - 1].end,
        kind=MentionKind.ROLE,
        speaker_kind=role.kind,
        name=role.name,
        gender=role.gender,
        plural=role.plural,
        oblique=_is_oblique(stream, role.first),
        embedded=role.embedded,
        possessive=stream.lower(role.last) in ("'s", "'"),
    )


def _pronouns(stream: Stream, covered: set[int]) -> list[Mention]:
    found: list[Mention] = []
    for index, token in enumerate(stream.tokens):
        if token.is_quote or index in covered or token.lower not in _PRONOUNS:
            continue
        if token.lower in ("his", "her", "their") and not _stands_alone(stream, index):
            continue
        if token.text == "US" or (token.lower == "us" and token.is_capital):
            continue
        gender = (
            "m"
            if token.lower in lexicon.MALE_PRONOUNS
            else "f"
            if token.lower in lexicon.FEMALE_PRONOUNS
            else ""
        )
        subject = token.lower in lexicon.SUBJECT_PRONOUNS
        found.append(
            Mention(
                first=index,
                last=index + 1,
                start=token.start,
                end=token.end,
                kind=MentionKind.PRONOUN,
                speaker_kind=SpeakerKind.ORGANIZATION
                if token.lower in ("it", "which")
                else SpeakerKind.PERSON,
                name=token.lower,
                gender=gender,
                plural=token.lower in _PLURAL_PRONOUNS,
                oblique=not subject
                or (_is_oblique(stream, index) and token.lower not in ("he", "she", "they", "i", "we")),
            )
        )
    return found


def _stands_alone(stream: Stream, index: int) -> bool:
    """ "his" before a quote or a noun of saying ("his claim") is a possessor; the rest is left out."""
    following = stream.tokens[index + 1 : index + 4]
    return any(
        token.is_quote or token.lower in lexicon.SPEECH_NOUNS or token.lower in lexicon.DOCUMENT_NOUNS
        for token in following
    )


def _is_oblique(stream: Stream, first: int) -> bool:
    """After a preposition that governs it."""
    before = first - 1
    floor = max(stream.sentences[stream.sentence_of[first]].first, first - _REACH)
    while before >= floor and _is_transparent(stream, before):
        before -= 1
    if before < floor:
        return False
    return stream.lower(before) in _GOVERNING


def _is_transparent(stream: Stream, index: int) -> bool:
    """Articles and possessors between a preposition and its noun."""
    if stream.lower(index) in lexicon.DETERMINERS or stream.lower(index) in _OWNS:
        return True
    if stream.lower(index + 1) in _OWNS:
        return True
    adjective = stream.tokens[index].text.islower() and stream.tokens[index].is_word
    return (
        adjective and stream.lower(index - 1) in lexicon.DETERMINERS and stream.lower(index) not in _GOVERNING
    )


_REACH = 6  # tokens
_OWNS = frozenset({"'s", "'"})
_GOVERNING = lexicon.PREPOSITIONS - frozenset({"than", "as", "before", "after", "since", "until"})


def _join_appositions(
    stream: Stream, names: Sequence[Name], roles: Sequence[Role]
) -> tuple[list[Name], list[Role]]:
    """ "a lawyer, Ann Lee," and "Ann Lee, a lawyer," are one candidate each: the name."""
    by_first = {name.first: position for position, name in enumerate(names)}
    by_last = {name.last: position for position, name in enumerate(names)}
    result = list(names)
    kept: list[Role] = []
    ends: dict[int, int] = {}
    for role in roles:
        previous = _listed_after(stream, role, ends)
        if previous is not None:  # Ann Lee, a director of A and a professor at B,
            _embed_inside(result, role, previous)
            ends[role.last] = previous
            continue
        owner = _apposed_name(stream, role, by_first, by_last, result)
        if owner is None:
            kept.append(role)
            continue
        name = result[owner]
        ends[role.last] = owner
        result[owner] = replace(
            name,
            description=name.description or role.name,
            gender=name.gender or role.gender,
            full_first=min(name.full_first, role.first) if role.first < name.first else name.full_first,
            kind=SpeakerKind.PERSON if role.kind is SpeakerKind.PERSON else name.kind,
        )
        _embed_inside(result, role, owner)
    return result, _without_doubled(stream, result, kept)


def _without_doubled(stream: Stream, names: list[Name], roles: Sequence[Role]) -> list[Role]:
    """ "The market's oldest trader, the fishmonger Ann Lee," is Ann Lee, too; `names` is changed."""
    presented = {name.full_first: index for index, name in enumerate(names) if name.full_first < name.first}
    kept = []
    for role in roles:
        index = presented.get(role.last + 1) if stream.lower(role.last) == "," else None
        name = None if index is None else names[index]
        is_one = name is not None and name.kind is role.kind and stream.lower(name.last) in (",", ".")
        if index is None or name is None or not is_one or role.plural:
            kept.append(role)
        else:
            names[index] = replace(name, full_first=role.first)
    return kept


def _listed_after(stream: Stream, role: Role, ends: dict[int, int]) -> int | None:
    before = role.first - 1
    if stream.lower(before) != "and":
        return None
    return ends.get(before, ends.get(before - 1) if stream.lower(before - 1) == "," else None)


def _embed_inside(names: list[Name], role: Role, owner: int) -> None:
    for position in range(max(0, owner - 4), min(len(names), owner + 5)):
        if position != owner and role.first <= names[position].first < role.last:
            names[position] = replace(names[position], embedded=True)


def _apposed_name(
    stream: Stream, role: Role, by_first: dict[int, int], by_last: dict[int, int], names: Sequence[Name]
) -> int | None:
    after = role.last
    if after in by_first and not role.plural:  # campaign manager Ann Lee
        return by_first[after] if stream.paragraph(after) == stream.paragraph(role.first) else None
    if role.kind not in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION) or role.plural:
        return None
    apposed = after + 1 + (stream.lower(after + 1) == "the")
    if stream.lower(after) == "," and apposed in by_first:  # the manager, Ann Lee,; a union, the RMT,
        position = by_first[apposed]
        end = names[position].last
        posts = end < len(stream.tokens) and stream.tokens[end].text in lexicon.POSTNOMINALS
        closes = stream.lower(end + 1 if posts else end)
        if names[position].kind is role.kind and closes in (",", ".", "'s", "(", ")", ":", ""):
            return position
    speaks = stream.lower(after) in lexicon.SAY_VERBS  # Asked about Ann Lee, the manager said
    if (
        stream.lower(role.first - 1) == "," and role.first - 1 in by_last and not speaks
    ):  # Ann Lee, the manager,
        position = by_last[role.first - 1]
        if names[position].kind is role.kind and stream.lower(role.first) not in ("his", "her"):
            return position
    return None
