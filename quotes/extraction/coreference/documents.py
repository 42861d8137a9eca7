"""Whose statement, letter or report a document is."""

from collections.abc import Callable
from itertools import takewhile

from quotes.english import lexicon
from quotes.english.role_words import role_words
from quotes.extraction.coreference.entity import Entity
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.mentions.subjects import main_subject
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_REACH = 10  # tokens before the document for a verb of publishing
_BACK = 400  # tokens in which the same document may have been spoken of
_SAID_BEFORE = 12  # tokens between a verb of saying and "in a statement"
_ADJECTIVES = 4  # tokens between an article and the noun
_SURE_AUTHOR = 0.5
_FAR = 200  # tokens before a document in which its author may have spoken
_PARAGRAPHS = 2
_CLOSES = frozenset({",", '"', "”", "’", "'", "»"})
_ISSUES = lexicon.words(
    """
    release releases released publish publishes published issue issues issued write writes wrote written post
    posts posted file files filed send sends sent sign signs signed pen penned draft drafted commission
    submit submits submitted produce produced
    """
)
_ISSUED = lexicon.words("released published issued written posted signed sent filed produced")
_MEDIA = frozenset({"in", "on", "via", "through"})
_NEW = frozenset({"a", "an", "another", "new"})
_KNOWN = frozenset({"the", "this", "that", "its", "their"})

ReadAs = Callable[[Mention], tuple[Entity, float] | None]


def author_in_words(
    stream: Stream, mentions: MentionIndex, document: Mention, read_as: ReadAs
) -> Entity | None:
    """The author that the sentence gives: "a report by X", "X published a report", "X said in a statement".

    `read_as`: whom a mention stands for, and how sure that is.
    """
    author = _author_of(stream, mentions, document.first, document.last, read_as)
    if author is not None or stream.lower(document.first) not in ("the", "this", "that"):
        return author
    head, _ = role_words(document.name)
    for index in range(document.first - 1, max(-1, document.first - _BACK), -1):
        if stream.lower(index) != head:
            continue
        first = _opening(stream, index)
        author = _author_of(stream, mentions, first, index + 1, read_as)
        if author is not None or stream.lower(first) in _NEW:
            return author
    return None


def _opening(stream: Stream, noun: int) -> int:
    """The article or possessor of a noun, or the noun itself."""
    for index in range(noun - 1, max(-1, noun - 1 - _ADJECTIVES), -1):
        word = stream.lower(index)
        if word in lexicon.DETERMINERS or word in lexicon.POSSESSIVES:
            return index
        if not stream.tokens[index].is_word:
            break
    return noun


def _author_of(
    stream: Stream, mentions: MentionIndex, first: int, last: int, read_as: ReadAs
) -> Entity | None:
    """The author of the document at first..last, by the words around it."""
    found = _named_after(stream, mentions, last)
    if found is None and stream.lower(first) == "'s":
        found = mentions.ending_at(first)
    if found is None:
        found = _publisher(stream, mentions, first)
    if found is None and stream.lower(first - 1) in _MEDIA:
        found = _sayer(stream, mentions, first) or _introduced(stream, mentions, first, last)
    if found is None or stream.lower(found.begin - 1) in ("and", "&"):
        return None
    read = read_as(found)
    if read is None or read[1] <= _SURE_AUTHOR or read[0].kind is SpeakerKind.DOCUMENT:
        return None
    return read[0]


def _named_after(stream: Stream, mentions: MentionIndex, after: int) -> Mention | None:
    """The X of "by X", "issued by the X", "was filed by X"."""
    passive = stream.lower(after) in lexicon.BE_FORMS and stream.lower(after + 1) in _ISSUED
    after += passive
    issued = stream.lower(after) in _ISSUED
    after += issued
    if stream.lower(after) != "by" and (issued or stream.lower(after) != "from"):
        return None
    after += 1
    return mentions.at(after) or mentions.at(after + (stream.lower(after) == "the"))


def author_before(
    stream: Stream, mentions: MentionIndex, document: Mention, read_as: ReadAs
) -> Entity | None:
    """The body that spoke last before "the report", of which the article does not say whose it is.

    No person: words that are wrongly a body's do less harm.
    """
    if stream.lower(document.first) not in _KNOWN:
        return None
    return body_before(stream, mentions, document, read_as)


def body_before(stream: Stream, mentions: MentionIndex, after: Mention, read_as: ReadAs) -> Entity | None:
    """The body that spoke last in the sentences before a mention, if nobody else spoke since."""
    sentence = stream.sentences[stream.sentence_of[after.first]]
    floor = max(0, after.first - _FAR)
    for mention in reversed(mentions.between(floor, sentence.first)):
        if sentence.paragraph - stream.paragraph(mention.first) > _PARAGRAPHS:
            return None
        if mention.oblique or mention.embedded or not speaks(stream, mention):
            continue
        read = read_as(mention)
        is_body = read is not None and read[1] > _SURE_AUTHOR and read[0].kind is SpeakerKind.ORGANIZATION
        return read[0] if read is not None and is_body else None
    return None


def speaks(stream: Stream, mention: Mention) -> bool:
    """Whether a verb of saying stands next to a mention: "X said", "X also announced", "said X"."""
    after = mention.last
    while stream.lower(after) in lexicon.AUXILIARIES or stream.lower(after) in _ADVERBS:
        after += 1
    if stream.lower(after) in lexicon.CUE_VERBS:
        return True
    before = mention.begin - 1
    before -= stream.lower(before) in lexicon.DETERMINERS
    return stream.lower(before) in lexicon.CUE_VERBS and stream.lower(before - 1) in _CLOSES


def author_in_name(document: Mention, named: Callable[[str], Entity | None]) -> Entity | None:
    """The IMF of "the IMF report", the Ann Lee of "Ann Lee's brief"; a report on Lee is not hers."""
    words = document.name.replace("’", "'").split()
    if words[0].lower() in lexicon.DETERMINERS:
        words = words[1:]
    capitals = list(takewhile(lambda word: word[:1].isupper(), words[:-1]))
    if not capitals:
        return None
    possessive = capitals[-1].endswith("'s")
    entity = named(" ".join(capitals).removesuffix("'s"))
    if entity is None:
        return None
    fits = entity.kind is SpeakerKind.ORGANIZATION or (possessive and entity.is_person)
    return entity if fits else None


def _publisher(stream: Stream, mentions: MentionIndex, first: int) -> Mention | None:
    """The X of "X published a report"."""
    floor = max(stream.sentences[stream.sentence_of[first]].first, first - _REACH)
    for index in range(first - 1, floor - 1, -1):
        if stream.tokens[index].is_quote:
            return None
        if stream.lower(index) in _ISSUES:
            return _subject(mentions, stream, index)
    return None


def _sayer(stream: Stream, mentions: MentionIndex, first: int) -> Mention | None:
    """The X of "X said in a statement"."""
    sentence = stream.sentences[stream.sentence_of[first]]
    for verb in range(first - 1, max(sentence.first, first - _SAID_BEFORE) - 1, -1):
        if stream.lower(verb) not in lexicon.CUE_VERBS or stream.tokens[verb].is_capital:
            continue
        if any(stream.lower(before) in lexicon.BE_FORMS for before in (verb - 1, verb - 2)):
            return None  # was criticised in a report
        found = _subject(mentions, stream, verb)
        after = mentions.at(verb + 1)
        if found is None and after is not None and not after.oblique:
            found = after  # "...," said X in a statement
        return found or main_subject(stream, mentions, sentence)
    return None


def _introduced(stream: Stream, mentions: MentionIndex, first: int, last: int) -> Mention | None:
    """The X of "In a letter to staff, X wrote"."""
    sentence = stream.sentences[stream.sentence_of[first]]
    if first - 1 > sentence.first:
        return None
    comma = next((i for i in range(last, sentence.last) if stream.lower(i) == ","), sentence.last)
    found = mentions.between(comma + 1, sentence.last)
    opens = found and found[0].begin - comma <= 1 + (stream.lower(comma + 1) in lexicon.DETERMINERS)
    return found[0] if opens and found[0].kind is not MentionKind.PRONOUN else None


def _subject(mentions: MentionIndex, stream: Stream, verb: int) -> Mention | None:
    """The mention right before a verb, its auxiliaries and adverbs."""
    last = verb
    while stream.lower(last - 1) in lexicon.AUXILIARIES or stream.lower(last - 1) in _ADVERBS:
        last -= 1
    found = mentions.ending_at(last)
    return None if found is None or found.oblique else found


_ADVERBS = lexicon.words("also later then earlier recently")
