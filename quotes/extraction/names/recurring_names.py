"""What other places of the article tell of a name: a surname by its fuller name, a headline by the body."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from quotes.english import lexicon
from quotes.extraction.names.tagger import LIKELY, SURE, TaggedName
from quotes.extraction.text.stream import Sentence, Stream


def with_headlines(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """In a headline, where each word has a capital, those are names that are some in the body."""
    found = [one for one in tagged if not stream.in_headline(one.first)]
    known: dict[tuple[str, ...], str] = {}
    for one in found:
        words = one.words(stream)
        known.setdefault(words, one.type)
        if one.is_person:
            known.setdefault(words[-1:], one.type)
    longest = max(map(len, known), default=0)
    for sentence in stream.sentences:
        if sentence.paragraph in stream.headlines:
            found += _known_names(stream, sentence, known, longest)
    return sorted(found, key=lambda one: one.first)


def _known_names(
    stream: Stream, sentence: Sentence, known: Mapping[tuple[str, ...], str], longest: int
) -> Iterator[TaggedName]:
    index = sentence.first
    while index < sentence.last:
        for size in range(min(longest, sentence.last - index), 0, -1):
            kind = known.get(tuple(stream.lower(at) for at in range(index, index + size)))
            if kind is not None and stream.tokens[index].is_capital:
                yield TaggedName(index, index + size, kind, 1.0)
                index += size - 1
                break
        index += 1


def alone_names(stream: Stream, tagged: Sequence[TaggedName]) -> set[str]:
    """Words that are a person's name by themselves."""
    return {
        stream.lower(one.first) for one in tagged if one.is_person and one.size == 1 and one.sure > LIKELY
    }


def consistent(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """A surname alone is a person's wherever the article has one fuller name that ends with it."""
    alone = alone_names(stream, tagged)
    tails = {one.words(stream)[1:] for one in tagged if one.is_person and one.size > _FULL}
    tagged = [_by_surname(stream, one, alone, tails) for one in tagged]
    family, bodies = _last_words(stream, tagged)
    found = [_by_last_word(stream, one, family, bodies) for one in tagged]
    covered = {index for one in tagged for index in range(one.first, one.last)}
    for index, token in enumerate(stream.tokens):
        again = token.is_capital and token.lower in family and index not in covered
        if again and not _before_capital(stream, index) and not stream.in_headline(index):
            found.append(TaggedName(index, index + 1, "person", _AGAIN))
    return sorted(found, key=lambda one: one.first)


_FULL = 2  # words of a plain full name
_AGAIN = 0.8  # how sure a surname is that only its fuller name tells


def _by_surname(
    stream: Stream, one: TaggedName, alone: Collection[str], tails: Collection[tuple[str, ...]]
) -> TaggedName:
    """Halvard Eikeland is no place, if he is called Eikeland; nor is Ruiz Ortega, beside Ana Ruiz Ortega.

    alone   words that are a person's name by themselves
    tails   what people's longer names are without the first name
    """
    if one.is_person or one.size == 1 or one.sure >= SURE:
        return one
    words = one.words(stream)
    return replace(one, type="person") if words[-1] in alone or words in tails else one


def _last_words(stream: Stream, tagged: Sequence[TaggedName]) -> tuple[set[str], set[str]]:
    """Words that end full names: only people's, and bodies' but no people's."""
    people: set[str] = set()
    bodies: set[str] = set()
    others: set[str] = set()  # all words of what is no person's
    for one in tagged:
        words = one.words(stream)
        if one.is_full_person:
            people.add(words[-1])
        elif one.size > 1:
            others.update(words)
            bodies.update(words[-1:] if one.type == "organization" else ())
    return people - others - lexicon.COMMON_OPENERS - lexicon.PLACES - lexicon.SUFFIXES, bodies - people


def _by_last_word(
    stream: Stream, one: TaggedName, family: Collection[str], bodies: Collection[str]
) -> TaggedName:
    """A name of one word is of the type of the fuller names that end with it."""
    word = stream.lower(one.first)
    if one.size > 1:
        return one
    if word in family and not one.is_person:
        return replace(one, type="person")
    if word in bodies and word not in family and one.is_person:
        return replace(one, type="organization")  # the Gulls are the Harbour Gulls
    return one


def _before_capital(stream: Stream, index: int) -> bool:
    following = index + 1
    if following >= len(stream.tokens) or stream.sentence_of[index] != stream.sentence_of[following]:
        return False
    return stream.tokens[following].is_capital
