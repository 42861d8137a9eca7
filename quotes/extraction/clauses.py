"""Verbs of saying and their subjects, sentence by sentence, without a parser."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from . import lexicon
from .mentions import Mention, MentionIndex, MentionKind
from .stream import Sentence, Stream, Token


class CueKind(StrEnum):
    SAY = "say"  # said, wrote, tweeted
    ACT = "act"  # blasted, described, praised
    THINK = "think"  # believes, hopes
    ACCORDING = "according"  # according to


@dataclass(frozen=True, slots=True)
class Predicate:
    """A cue and who its subject is.

    first, last   tokens of the cue, half open
    cost          how far-fetched the subject is: 0 next to the cue, more with distance and doubt
    inverted      the subject follows the cue ("said Ann Lee")
    """

    first: int
    last: int
    kind: CueKind
    lemma: str
    subject: Mention
    cost: float
    inverted: bool = False


_ADVERBS = lexicon.words(
    """
    also then later once just still even again now first recently often never always soon both all not
    only has have had would will was were is are could may might must can did does do been being be
    himself herself themselves ever repeatedly too went further went on goes on 's 've 'd 'll
    """
)
_PASSIVE_AFTER = frozenset(
    {"about", "if", "whether", "by", "why", "how", "what", "to", "when", "on", "for", "in", "as"}
)
_ROLE_REACH = 12  # tokens between the cue and a name with its role before it
_FOLLOWS_INVERTED = 3  # tokens between the cue and an inverted subject
_NEVER_SUBJECT = frozenset({"him", "her", "his", "their", "them"})
_CLAUSE_STARTS = lexicon.CONJUNCTIONS | frozenset({",", ";", ":", "-", "—", "–", "(", "―", "'", '"'})
_PAST_PARTICIPLE_NOUNS = frozenset({"statement", "letter", "report", "tweet", "interview", "post"})


def predicates(stream: Stream, mentions: MentionIndex, sentence: Sentence) -> list[Predicate]:
    """Cues of the sentence that have a subject, in order."""
    found: list[Predicate] = []
    for index in range(sentence.first, sentence.last):
        predicate = (
            _according(stream, mentions, sentence, index)
            or _verb(stream, mentions, sentence, index)
            or _noun(stream, mentions, sentence, index)
        )
        if predicate is not None:
            found.append(predicate)
    return found


def _according(stream: Stream, mentions: MentionIndex, sentence: Sentence, index: int) -> Predicate | None:
    """according to X; in the words of X; as told to; per X."""
    width = 2 if stream.lower(index) == "according" and stream.lower(index + 1) == "to" else 0
    if stream.lower(index) == "in" and stream.lower(index + 2) == "words" and stream.lower(index + 3) == "of":
        width = 4
    if not width:
        return None
    subject = _first_after(mentions, index + width, sentence.last, reach=6)
    if subject is None:
        return None
    return Predicate(index, index + width, CueKind.ACCORDING, "according to", subject, 0.0)


def _noun(stream: Stream, mentions: MentionIndex, sentence: Sentence, index: int) -> Predicate | None:
    """Lee's claim that "...", his description of it as "..."."""
    if stream.lower(index) not in lexicon.SPEECH_NOUNS:
        return None
    following = stream.tokens[index + 1 : min(sentence.last, index + 1 + _NOUN_REACH)]
    upto = next((place for place, token in enumerate(following) if token.is_quote), -1)
    if upto < 0 or any(_judges(stream, index, token) for token in following[:upto]):
        return None
    for position in (index - 1, index - 2, index - 3):
        if stream.lower(position) in ("'s", "'"):
            owner = mentions.ending_at(position)
        elif stream.lower(position) in ("his", "her", "their"):
            owner = mentions.at(position)
        else:
            continue
        return Predicate(index, index + 1, CueKind.ACT, stream.lower(index), owner, 1.0) if owner else None
    return None


def _judges(stream: Stream, index: int, token: Token) -> bool:
    """ "his claim was "false" " is somebody else's judgement; "his claim that it was "false" " is not."""
    return token.lower in lexicon.BE_FORMS and stream.lower(index + 1) == token.lower


_NOUN_REACH = 6  # tokens from a noun of saying to the quote


def _first_after(mentions: MentionIndex, first: int, last: int, reach: int) -> Mention | None:
    found = mentions.between(first, min(last, first + reach))
    return next((mention for mention in found if not mention.embedded), None)


def _verb(stream: Stream, mentions: MentionIndex, sentence: Sentence, index: int) -> Predicate | None:
    token = stream.tokens[index]
    lemma = lexicon.CUE_VERBS.get(token.lower)
    headline = sentence.paragraph in stream.headlines
    if lemma is None or token.is_quote or (token.is_capital and index > sentence.first and not headline):
        return None
    if _is_noun(stream, sentence, index) or mentions_cover(mentions, index):
        return None
    kind = _cue_kind(token.lower)
    passive = _is_passive(stream, sentence, index)
    if passive or _is_reduced_passive(stream, sentence, index):
        return _agent(stream, mentions, sentence, index, kind, lemma)
    inverted = _inverted(stream, mentions, sentence, index)
    before = _subject_before(stream, mentions, sentence, index)
    if inverted is not None and (before is None or before[1] > 0.0 or _after_quote(stream, index)):
        return Predicate(index, index + 1, kind, lemma, inverted, 0.0, inverted=True)
    if before is None:
        return None
    return Predicate(index, index + 1, kind, lemma, before[0], before[1])


def mentions_cover(mentions: MentionIndex, index: int) -> bool:
    return any(mention.first <= index < mention.last for mention in mentions.between(index - 14, index + 1))


def _cue_kind(word: str) -> CueKind:
    if word in lexicon.SAY_VERBS:
        return CueKind.SAY
    return CueKind.ACT if word in lexicon.ACT_VERBS else CueKind.THINK


_ADJECTIVE_PLACES = (lexicon.PREPOSITIONS | lexicon.DETERMINERS | lexicon.POSSESSIVES) - {
    "all",
    "both",
    "'s",
    "that",
}


def _is_noun(stream: Stream, sentence: Sentence, index: int) -> bool:
    word = stream.lower(index)
    before = stream.lower(index - 1) if index > sentence.first else ""
    if word.endswith(("ed", "ing")) and before in _ADJECTIVE_PLACES:
        return True
    if word not in lexicon.NOUN_LIKE:
        return False
    if before in lexicon.DETERMINERS or before in lexicon.POSSESSIVES:
        return True
    if before in lexicon.PREPOSITIONS and before != "to":
        return True
    return stream.lower(index + 1) in ("of", "from") or index == sentence.first


def _is_passive(stream: Stream, sentence: Sentence, index: int) -> bool:
    word = stream.lower(index)
    if word.endswith("ing") or word == lexicon.CUE_VERBS[word]:
        return False
    position = index - 1
    while position > sentence.first and (
        stream.lower(position).endswith("ly")
        or stream.lower(position) in ("also", "not", "once", "often", "being", "been")
    ):
        if stream.lower(position) in ("being", "been"):
            return True
        position -= 1
    return stream.lower(position) in lexicon.BE_FORMS or stream.lower(position) in ("being", "been")


def _is_reduced_passive(stream: Stream, sentence: Sentence, index: int) -> bool:
    """ "Asked about the vote, she said", "a plan called ...", "the man accused of": no active verb."""
    word = stream.lower(index)
    if not word.endswith(("ed", "written", "known", "sung", "told")) or word not in lexicon.CUE_VERBS:
        return False
    following = stream.lower(index + 1)
    if following == "by":
        return True
    opens = index == sentence.first or (
        stream.lower(index - 1) in (",", "when", "if", "and") and word in ("asked", "told", "quoted")
    )
    if opens and (following in _PASSIVE_AFTER or index == sentence.first):
        return following != "to" or word != "asked"
    return False


def _agent(
    stream: Stream, mentions: MentionIndex, sentence: Sentence, index: int, kind: CueKind, lemma: str
) -> Predicate | None:
    """The X of "was described by X as"."""
    for position in range(index + 1, min(sentence.last, index + 9)):
        if stream.tokens[position].is_quote:
            continue
        if stream.lower(position) == "by":
            subject = _first_after(mentions, position + 1, sentence.last, reach=5)
            return Predicate(index, index + 1, kind, lemma, subject, 0.5) if subject else None
    return None


def _after_quote(stream: Stream, index: int) -> bool:
    previous = index - 1
    if stream.lower(previous) in (",", "-", "—", "–"):
        previous -= 1
    return previous >= 0 and stream.tokens[previous].is_quote


def _inverted(stream: Stream, mentions: MentionIndex, sentence: Sentence, index: int) -> Mention | None:
    """The X of "said X", only after a quote, a comma or an opening "as"."""
    word = stream.lower(index)
    if word.endswith("ing") or lexicon.CUE_VERBS[word] in (
        "tell",
        "quote",
        "call",
        "describe",
        "inform",
        "remind",
        "assure",
    ):
        return None
    comma = index > sentence.first and stream.lower(index - 1) in (",", "—", "–", "-")
    if not _after_quote(stream, index) and not comma:
        return None
    subject = _first_after(mentions, index + 1, sentence.last, reach=_ROLE_REACH)
    if subject is None or subject.name in _NEVER_SUBJECT or subject.oblique:
        return None
    between = range(index + 1, subject.begin)
    if len(between) >= _FOLLOWS_INVERTED:
        return None
    if any(stream.tokens[i].is_quote or stream.lower(i) in (",", "that", ":") for i in between):
        return None
    if comma and not _after_quote(stream, index) and not _closes(stream, sentence, subject.last):
        return None
    return subject


def _closes(stream: Stream, sentence: Sentence, index: int) -> bool:
    return index >= sentence.last or stream.lower(index) in (
        ",",
        ".",
        ";",
        "in",
        "on",
        "at",
        "of",
        "who",
        "(",
    )


def _subject_before(
    stream: Stream, mentions: MentionIndex, sentence: Sentence, index: int
) -> tuple[Mention, float] | None:
    best: tuple[Mention, float] | None = None
    barrier = 0.0
    gerund = stream.lower(index).endswith("ing")
    participle = gerund and stream.lower(index - 1) in _PARTICIPLE_OPENERS
    for mention in _leftward(mentions, sentence, index):
        if mention.last > index or mention.name in _NEVER_SUBJECT or mention.name == "we":
            continue
        if gerund and mention.last == index and not mention.possessive:  # footage of Lee saying
            return mention, 0.5
        cost = _subject_cost(stream, sentence, mention, index, participle=participle) + barrier
        if best is None or cost < best[1]:
            best = (mention, cost)
        if not mention.oblique and not mention.embedded and not participle:
            barrier += 0.8
        if barrier > 4:
            break
    if best is None or best[1] > _TOO_FAR:
        return None
    return best


_PARTICIPLE_OPENERS = frozenset(
    {",", "and", "while", "by", "-", "—", "–", "when", "after", "before", "in", "also", "or"}
)
_TOO_FAR = 8.0


def _leftward(mentions: MentionIndex, sentence: Sentence, index: int) -> Iterator[Mention]:
    yield from reversed(mentions.between(max(sentence.first, index - 60), index))


def _subject_cost(
    stream: Stream, sentence: Sentence, mention: Mention, index: int, *, participle: bool
) -> float:
    gap = [stream.tokens[i] for i in range(mention.last, index)]
    cost = 0.0
    if all(_is_light(token.lower) and not token.is_quote for token in gap):
        cost += 0.0 if not participle or not gap else 0.5
    elif (
        gap[-1].text in (",", ")", "—", "–", "-")
        and gap[0].text in (",", "(", "—", "–", "-")
        and len(gap) > 1
    ):
        cost += 1.0 + 0.02 * len(gap)
    elif participle:
        cost += 0.5 + 0.02 * len(gap)
    else:
        cost += 2.0 + 0.08 * len(gap)
        if stream.lower(index - 1) == "to":
            cost += 0.5 if mention.name != "it" else 6.0
    if mention.oblique:
        cost += 3.5
    if mention.embedded:
        cost += 2.5
    if mention.possessive:
        cost += 4.0
    if mention.speaker_kind.value == "document" and participle:
        cost += 1.0
    return cost + _position_cost(stream, sentence, mention)


def is_subject(stream: Stream, mention: Mention) -> bool:
    """Whether the mention looks like the subject of a verb."""
    before = mention.begin - 1
    if stream.lower(before) == "to" and stream.lower(before - 1) == "according":
        return True
    if mention.oblique or mention.embedded or mention.possessive or mention.name in _NEVER_SUBJECT:
        return False
    if stream.lower(before) in lexicon.SAY_VERBS and _after_quote(stream, before):
        return True
    sentence = stream.sentences[stream.sentence_of[mention.first]]
    return _position_cost(stream, sentence, mention) == 0.0


def _position_cost(stream: Stream, sentence: Sentence, mention: Mention) -> float:
    """Subjects open a clause and have a verb after them."""
    start = mention.begin - 1
    while start >= sentence.first and stream.lower(start) in lexicon.DETERMINERS:
        start -= 1
    opens = start < sentence.first or stream.lower(start) in _CLAUSE_STARTS or stream.tokens[start].is_quote
    acts = _acts(stream.lower(mention.last))
    return (0.0 if opens else 0.7) + (0.0 if acts else 0.5)


def _acts(word: str) -> bool:
    return (
        word in lexicon.CUE_VERBS
        or word in lexicon.AUXILIARIES
        or word in lexicon.COMMON_VERBS
        or word in (",", "(", "who")
        or word.endswith("ed")
        or _is_light(word)
    )


def _is_light(word: str) -> bool:
    return word in _ADVERBS or word.endswith("ly")


def main_subject(stream: Stream, mentions: MentionIndex, sentence: Sentence) -> Mention | None:
    """The mention that most looks like the subject of the sentence's main clause."""
    best: tuple[float, Mention] | None = None
    for rank, mention in enumerate(mentions.between(sentence.first, sentence.last)):
        if mention.name in _NEVER_SUBJECT or mention.name in ("who", "which", "it"):
            continue
        cost = _position_cost(stream, sentence, mention) + 0.4 * rank
        cost += 3.0 * mention.oblique + 2.5 * mention.embedded + 3.0 * mention.possessive
        if mention.kind is MentionKind.ROLE and mention.speaker_kind.value == "document":
            cost += 1.5
        if best is None or cost < best[0]:
            best = (cost, mention)
    return best[1] if best and best[0] < 4.0 else None
