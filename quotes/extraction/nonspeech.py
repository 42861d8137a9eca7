"""Quoted words that nobody says: titles of works, nicknames, terms, signs."""

import re
from enum import Enum

from . import lexicon
from .candidates import SpanContext
from .stream import Stream


class Verdict(Enum):
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


def judge(stream: Stream, context: SpanContext) -> Verdict:
    """Whether the span can be speech at all, by its own words and its neighbours."""
    if _STAGE.fullmatch(context.words) or _inside_name(stream, context.token):
        return Verdict.DROP
    before = [stream.lower(context.token - back) for back in (3, 2, 1)]
    if is_title(context.words) and _names_a_work(stream, context.token, before):
        return Verdict.DROP
    if _is_named(stream, context.token, before) or _is_sign(before) or _is_modifier(stream, context):
        return Verdict.TERM
    return Verdict.SPEECH


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
    if before[-1] in _BEFORE_TITLE and before[-1] != ",":
        return not (before[-1] in ("to", "the", "of") and len(stream.tokens[token].text.split()) < 2)
    return False


def _is_named(stream: Stream, token: int, before: list[str]) -> bool:
    if before[-1] in (":", ",", "is", "was") and before[-2] in _LABELLED:
        return True
    if _is_known_as(stream, token) or _bears_a_name(stream, token):
        return True
    last = before[-1]
    phrases = (last, " ".join(before[-2:]), " ".join(before))
    if any(phrase in lexicon.NAMING_PHRASES for phrase in phrases):
        return True
    if last in ("called", "named", "dubbed", "termed"):
        return not _has_subject(stream, token - 1)
    return last in lexicon.NAMING and last not in ("labeled", "labelled", "termed", "dubbed", "styled")


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


_LABELLED = frozenset({"theme", "tagline", "slogan", "motto"})


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
    others = (stream.lower(index) for index in range(sentence.first, sentence.last))
    return not any(word in lexicon.CUE_VERBS or word == "according" for word in others)


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
