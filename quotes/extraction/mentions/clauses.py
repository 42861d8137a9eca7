"""Verbs of saying and their subjects, sentence by sentence, without a parser."""

from dataclasses import dataclass
from enum import StrEnum

from quotes.english import lexicon
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.mentions.subjects import NEVER_SUBJECT, after_quote, subject_before
from quotes.extraction.text.stream import Sentence, Stream, Token


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


_PASSIVE_AFTER = frozenset(
    {"about", "if", "whether", "by", "why", "how", "what", "to", "when", "on", "for", "in", "as"}
)
_ROLE_REACH = 12  # tokens between the cue and a name with its role before it
_FOLLOWS_INVERTED = 3  # tokens between the cue and an inverted subject


_CUES = lexicon.SPEECH_NOUNS | {"according", "in", "per", *lexicon.CUE_VERBS}


def predicates(stream: Stream, mentions: MentionIndex, sentence: Sentence) -> list[Predicate]:
    """Cues of the sentence that have a subject, in order."""
    opinion = _opinion(stream, mentions, sentence)
    found: list[Predicate] = [opinion] if opinion is not None else []
    for index in range(sentence.first, sentence.last):
        if stream.tokens[index].lower not in _CUES:
            continue
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
    if _is_per_somebody(stream, mentions, sentence, index):
        width = 1
    if not width:
        return None
    subject = _first_after(mentions, index + width, sentence.last, reach=6)
    if subject is None or any(stream.lower(i) == "by" for i in range(index + width, subject.begin)):
        return None  # "according to a copy obtained by the Gazette": whose copy is not said
    return Predicate(index, index + width, CueKind.ACCORDING, "according to", subject, 0.0)


def _is_per_somebody(stream: Stream, mentions: MentionIndex, sentence: Sentence, index: int) -> bool:
    """ "Per Vale Water, it rained", not "per day" """
    opens = index == sentence.first or stream.lower(index - 1) == ","
    named = mentions.at(index + 1) if opens and stream.lower(index) == "per" else None
    return named is not None and named.kind is MentionKind.NAME and stream.lower(named.last) == ","


def _opinion(stream: Stream, mentions: MentionIndex, sentence: Sentence) -> Predicate | None:
    """ "For Ann Lee, the mill is a "joke" ", where no verb of saying tells whose words they are."""
    index = opinion_start(stream, sentence)
    whose = next(iter(mentions.between(index + 1, index + 3)), None) if index is not None else None
    if index is None or whose is None or stream.lower(whose.last) != ",":
        return None
    if any(stream.lower(i) in lexicon.CUE_VERBS for i in range(whose.last, sentence.last)):
        return None
    return Predicate(index, index + 1, CueKind.ACCORDING, stream.lower(index), whose, 0.0)


def opinion_start(stream: Stream, sentence: Sentence) -> int | None:
    """The "for" or "to" that opens the sentence, if one does."""
    index = sentence.first + (stream.lower(sentence.first) in ("but", "and", "yet"))
    return index if stream.lower(index) in ("for", "to") else None


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
        if owner is None or stream.lower(owner.begin - 1) in _JUDGING:
            return None
        return Predicate(index, index + 1, CueKind.ACT, stream.lower(index), owner, 1.0)
    return None


_JUDGING = lexicon.words(  # called his remarks "...": somebody else's word for them
    """
    call calls called calling brand branded branding label labelled labeled labelling labeling describe
    describes described describing dub dubbed term termed deem deemed find found
    """
)


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
    if is_noun(stream, sentence, index) or _mentions_cover(mentions, index):
        return None
    kind = _cue_kind(token.lower)
    passive = _is_passive(stream, sentence, index)
    if passive or _is_reduced_passive(stream, sentence, index):
        return _agent(stream, mentions, sentence, index, kind, lemma)
    inverted = _inverted(stream, mentions, sentence, index)
    before = subject_before(stream, mentions, sentence, index)
    if inverted is not None and (before is None or before[1] > 0.0 or after_quote(stream, index)):
        return Predicate(index, index + 1, kind, lemma, inverted, 0.0, inverted=True)
    if before is None:
        return None
    return Predicate(index, index + 1, kind, lemma, before[0], before[1])


def _mentions_cover(mentions: MentionIndex, index: int) -> bool:
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


def is_noun(stream: Stream, sentence: Sentence, index: int) -> bool:
    """Whether a form of a verb of saying is a noun or an adjective here."""
    word = stream.lower(index)
    before = stream.lower(index - 1) if index > sentence.first else ""
    if word.endswith(("ed", "ing")) and before in _ADJECTIVE_PLACES:
        return before != "as" or word not in lexicon.SAY_VERBS  # "quoted Lee as saying"
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
    if not after_quote(stream, index) and (not comma or _cue_kind(word) is CueKind.ACT):
        return None  # Ron Able, the leader, accused the Greens
    subject = _first_after(mentions, index + 1, sentence.last, reach=_ROLE_REACH)
    if subject is None or subject.name in NEVER_SUBJECT or subject.oblique:
        return None
    between = range(index + 1, subject.begin)
    if len(between) >= _FOLLOWS_INVERTED:
        return None
    if any(stream.tokens[i].is_quote or stream.lower(i) in (",", "that", ":") for i in between):
        return None
    if comma and not after_quote(stream, index) and not _closes(stream, sentence, subject.last):
        return None
    return _owned_by(stream, mentions, subject) or _borne_by(stream, mentions, subject) or subject


def _owned_by(stream: Stream, mentions: MentionIndex, subject: Mention) -> Mention | None:
    """The Ann Lee of "said the Gazette's Ann Lee"."""
    found = next(iter(mentions.between(subject.last, subject.last + _ROLE_REACH)), None)
    if not subject.possessive or found is None or found.begin != subject.last + 1 or found.possessive:
        return None
    return found if found.kind is MentionKind.NAME else None


def _borne_by(stream: Stream, mentions: MentionIndex, subject: Mention) -> Mention | None:
    """The Ivo Lind of "Harbour master Ivo Lind": a name, a word in lower case, and whose role that is."""
    bearer = mentions.at(subject.last + 1)
    if subject.kind is not MentionKind.NAME or bearer is None or bearer.kind is not MentionKind.NAME:
        return None
    word = stream.tokens[subject.last]
    known = lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | lexicon.AUXILIARIES | lexicon.COMMON_VERBS
    return bearer if word.is_word and word.text.islower() and word.lower not in known else None


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
