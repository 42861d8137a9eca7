"""Quoted words that nobody says: titles of works, nicknames, terms, signs."""

import re
from enum import Enum

from quotes.english import lexicon
from quotes.extraction.attribution.candidates import SpanContext, span_context
from quotes.extraction.mentions.clauses import opinion_start
from quotes.extraction.text.stream import Stream


class SpanType(Enum):
    SPEECH = "speech"
    TERM = "term"  # kept, without a speaker
    DROP = "drop"  # no quote at all


_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL = lexicon.words("a an the of and or for in on at to with from by is vs into de la le el y")
_STAGE = re.compile(r"[(\[][A-Z\s.,]+[)\]]\.?")  # (CROSSTALK.)
_TITLE_WORDS = 9
_BEFORE_TITLE = frozenset(
    {"'s", "on", "in", "of", "his", "her", "their", "from", "for", "the", "with", "to", "and", "titled", ","}
)
_LISTED = 6  # terms of a list that are looked back over
_LISTED_WORDS = 4


def judge(stream: Stream, context: SpanContext) -> SpanType:
    """Whether the span can be speech at all, by its own words and its neighbours; in a list by the first."""
    span_type, listed = _judge(stream, context), context
    for _ in range(_LISTED):
        span = _listed_before(stream, listed.token)
        if span_type is not SpanType.SPEECH or span is None or not _may_be_listed(context):
            break
        listed = span_context(stream, span)
        span_type = _judge(stream, listed) if _may_be_listed(listed) else SpanType.SPEECH
    return span_type


def _may_be_listed(context: SpanContext) -> bool:
    return len(context.words.split()) <= _LISTED_WORDS and context.words[-1] not in "!?"


def _listed_before(stream: Stream, token: int) -> int | None:
    """The span before in a list: "A," "B" and "C"."""
    before = token - 1
    if stream.lower(before) in ("and", "or"):
        before -= 1
    if stream.lower(before) == ",":
        before -= 1
    if before < 0 or not stream.tokens[before].is_quote:
        return None
    parted = before < token - 1 or "," in stream.tokens[before].text[-2:]  # within the marks
    return (
        stream.tokens[before].quote
        if parted and stream.sentence_of[before] == stream.sentence_of[token]
        else None
    )


def _judge(stream: Stream, context: SpanContext) -> SpanType:
    """As by `judge`, the span before left out."""
    if _STAGE.fullmatch(context.words) or _inside_name(stream, context.token):
        return SpanType.DROP
    first = stream.sentences[context.sentence].first
    before = [stream.lower(at) if at >= first else "" for at in range(context.token - 3, context.token)]
    if is_title(context.words) and _names_a_work(stream, context.token, before):
        return SpanType.DROP
    if _is_named(stream, context, before) or _is_sign(before) or _is_modifier(stream, context):
        return SpanType.TERM
    if _is_made(stream, context) or _names_what_follows(stream, context, before):
        return SpanType.TERM
    return SpanType.SPEECH


def is_title(words: str) -> bool:
    """Title Case of a few words, without a full stop or comma that speech would carry."""
    found: list[str] = _WORD.findall(words)
    if not found or len(found) > _TITLE_WORDS:
        return False
    if any(not w[0].isupper() and not w[0].isdigit() and w.lower() not in _SMALL for w in found):
        return False
    return found[0][0].isupper() or found[0][0].isdigit()


def _inside_name(stream: Stream, token: int) -> bool:
    """Dwayne "The Rock" Johnson."""
    if not 0 < token < len(stream.tokens) - 1:
        return False
    before, after = stream.tokens[token - 1], stream.tokens[token + 1]
    words = stream.tokens[token].text
    return bool(
        before.is_capital
        and after.is_capital
        and after.lower not in lexicon.COMMON_OPENERS
        and stream.sentence_of[token - 1] == stream.sentence_of[token + 1]
        and len(words) <= 26
        and words[-2] not in ",.!?"
    )


def _names_a_work(stream: Stream, token: int, before: list[str]) -> bool:
    after = stream.lower(token + 1)
    if after in lexicon.WORK_NOUNS or before[-1] in lexicon.WORK_NOUNS:
        return True
    if before[-1] == "," and before[-2] in lexicon.WORK_NOUNS:
        return True
    if before[-1] in _ENJOYS:
        return True
    if before[-1] in _BEFORE_TITLE and before[-1] != ",":
        return not (before[-1] in ("to", "the", "of") and len(stream.tokens[token].text.split()) < 2)
    return False


def _is_named(stream: Stream, context: SpanContext, before: list[str]) -> bool:
    token = context.token
    if before[-1] in (":", ",", "is", "was") and before[-2] in _LABELLED:
        return True
    if _is_known_as(stream, token) or _bears_a_name(stream, token) or _is_translated(before):
        return True
    last = before[-1]
    phrases = (last, " ".join(before[-2:]), " ".join(before))
    if any(phrase in lexicon.NAMING_PHRASES for phrase in phrases):
        return last not in lexicon.WORK_NOUNS or not context.words[0].islower()  # said the play "is long"
    if last in ("called", "named", "dubbed", "termed"):
        if is_title(context.words) and (last == "named" or _is_owned_or_apart(stream, token - 1)):
            return True
        return not _has_subject(stream, token - 1)
    return last in lexicon.NAMING and last not in ("labeled", "labelled", "termed", "dubbed", "styled")


def _is_translated(before: list[str]) -> bool:
    """the Welsh word for, translates roughly as, literally means; the idea of a"""
    words = before[:-1] if before[-1] in _ARTICLES else before
    last, earlier = words[-1], words[-2]
    if last in ("means", "meaning"):
        return earlier in _ROUGHLY
    if last == "for":
        return earlier in _WORDS_FOR
    if last == "of":
        return earlier in _IDEAS
    near = {earlier, words[0] if earlier in _ROUGHLY else ""}
    return last in ("as", "to", "into") and any(word.startswith("translat") for word in near)


_ROUGHLY = lexicon.words("roughly literally loosely")
_WORDS_FOR = lexicon.words("word term name phrase expression slang shorthand latin greek arabic hebrew")
_IDEAS = lexicon.words("idea notion issue system")


def _is_owned_or_apart(stream: Stream, participle: int) -> bool:
    """ "a print by Ann Lee called", "the scheme, called": whose name stands before the verb names nothing."""
    index = participle - 1
    if stream.lower(index) == ",":
        return stream.lower(index - 1).islower() and not stream.tokens[index - 1].is_capital
    while index > 0 and stream.tokens[index].is_capital:
        index -= 1
    for position in range(index, max(-1, index - _OWNER), -1):
        word = stream.lower(position)
        if word in ("by", "from", "in", "at"):
            return not {"what", "which"} & {stream.lower(i) for i in range(position - _OWNER, position)}
        if not stream.tokens[position].is_word or word in _NO_NOUNS or word in lexicon.CUE_VERBS:
            return False
    return False


_OWNER = 5  # tokens


def _bears_a_name(stream: Stream, token: int) -> bool:
    """the campaign "Ships for all", not "told the group "We sail"" """
    words = stream.tokens[token].text[1:-1].split()
    if stream.lower(token - 1) not in lexicon.NAMED_NOUNS or not 0 < len(words) <= _NAME_WORDS:
        return False
    if not words[0][0].isupper() or not words[-1][-1].isalnum():
        return False
    return stream.lower(token - 2) in _ARTICLES and stream.lower(token - 3) not in lexicon.CUE_VERBS


_NAME_WORDS = 6


def _is_known_as(stream: Stream, token: int) -> bool:
    """known as, known locally as the"""
    index = token - 1 - (stream.lower(token - 1) in _ARTICLES)
    if stream.lower(index) != "as":
        return False
    index -= 1 + stream.lower(index - 1).endswith(("ly", "there", "here"))
    return stream.lower(index) in ("known", "billed")


_LABELLED = frozenset({"theme", "tagline", "slogan", "motto", "proverb", "adage"})


def _has_subject(stream: Stream, index: int) -> bool:
    """ "Lee called ...", "what the crew called ..." against "a plan called ..." """
    if {"what", "which"} & {stream.lower(index - back) for back in range(2, 6)}:
        return True
    before = stream.tokens[index - 1] if index else None
    if before is None:
        return False
    return before.is_capital or before.lower in lexicon.SUBJECT_PRONOUNS | lexicon.AUXILIARIES | {
        "and",
        "also",
        ",",
    }


def _is_modifier(stream: Stream, context: SpanContext) -> bool:
    """A "no limits" partnership, where the sentence has no verb of saying or thinking at all."""
    words = context.words.split()
    after = stream.tokens[context.token + 1] if context.token + 1 < len(stream.tokens) else None
    if len(words) > _MODIFIER_WORDS or not context.words[-1].isalpha() or after is None:
        return False
    before = (stream.lower(context.token - 1), stream.lower(context.token - 2))
    adjective = before[0].isalpha() and before[0] not in _NO_NOUNS | lexicon.CUE_VERBS.keys()
    if before[0] not in _ARTICLES and not (adjective and before[1] in _ARTICLES):
        return False
    if not after.is_word or not after.text.islower() or after.lower in _NO_NOUNS:
        return False
    sentence = stream.sentences[context.sentence]
    if opinion_start(stream, sentence) is not None:
        return False  # To Ann Lee, he is the "kind and caring" man of the mill
    others = (stream.lower(index) for index in range(sentence.first, sentence.last))
    return not any(word in lexicon.CUE_VERBS or word == "according" for word in others)


def _is_made(stream: Stream, context: SpanContext) -> bool:
    """ "The Day She Left" was directed by Ann Lee."""
    token = context.token
    if stream.lower(token + 1) not in ("is", "was", "were") or not is_title(context.words):
        return False
    return any(stream.lower(index) in _MADE for index in (token + 2, token + 3))


_MADE = lexicon.words(
    """
    directed written produced published released composed performed painted designed recorded filmed staged
    created premiered sung
    """
)
_ENJOYS = lexicon.words(
    """
    watch watches watched watching enjoy enjoys enjoyed like likes liked love loves loved hosts hosted
    directed produced composed recorded sang sing sings singing performed performs performing
    """
)


def _names_what_follows(stream: Stream, context: SpanContext, before: list[str]) -> bool:
    """her “Who pays?” section, “Girl Power” signs, “special adviser” Ann Lee; not “I quit” Lee said"""
    words, after = context.words.split(), context.token + 1
    if len(words) > _TITLE_WORDS or context.words[-1] in ",.!;:" or before[-1] in lexicon.SAY_VERBS:
        return False
    if not before[-1] or stream.sentence_of[after : after + 1] != (context.sentence,):
        return False
    if _is_job(stream, context, words):
        return True
    if words[0].islower() and words[-1] in lexicon.ROLE_NOUNS:
        owned = before[-1] in lexicon.POSSESSIVES or before[-1] in lexicon.CUE_VERBS  # her “dear friend” Bo
        return stream.tokens[after].is_capital and not owned
    nouns = _LETTERED if words[0][0].islower() else _NAMED
    word = stream.lower(after)
    adjective = word not in lexicon.DETERMINERS and word not in _NO_NOUNS  # advertising campaign
    return word in nouns or (adjective and stream.lower(after + 1) in nouns)


def _is_job(stream: Stream, context: SpanContext, words: list[str]) -> bool:
    """works as a “happiness officer”, not "described her as a “great leader”" """
    first = context.token - 1 - (stream.lower(context.token - 1) in _ARTICLES)
    if words[-1] not in lexicon.ROLE_NOUNS or stream.lower(first) != "as":
        return False
    return any(stream.lower(index) in _WORKS for index in range(first - _OWNER, first))


_WORKS = lexicon.words(
    """
    work works worked working serve serves served serving hired employed appointed job role post position
    posing trained training
    """
)


_LETTERED = (lexicon.SIGN_NOUNS - {"reading"}) | lexicon.words("vote votes box")
_NAMED = (
    _LETTERED
    | lexicon.NAMED_NOUNS
    | lexicon.words(
        """
    section segment slot pledge challenge rule act bill law programme program tour event forum referendum
    award awards contest campaigns clause amendment list
    """
    )
)


_ARTICLES = frozenset({"a", "an", "the", "this", "that", "their", "its"})
_MODIFIER_WORDS = 3
_NO_NOUNS = lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | lexicon.AUXILIARIES | lexicon.COMMON_VERBS


def _is_sign(before: list[str]) -> bool:
    return (
        before[-1] in lexicon.SIGN_NOUNS
        or (before[-1] in ("that", "reading", "saying") and before[-2] in lexicon.SIGN_NOUNS)
        or (
            before[-1] in ("read", "reads", "said", "says")
            and before[-2] in ("that", "which")
            and before[-3] in lexicon.SIGN_NOUNS
        )
    )
