"""Noun phrases beside a verb of saying, whatever the noun: "one user wrote", "said the flyhalf"."""

from collections.abc import Callable, Collection, Iterator, Mapping

from quotes.english import lexicon, nouns
from quotes.extraction.names.ruled_names import Name
from quotes.extraction.roles.ends import noun_phrase_end, right_edge
from quotes.extraction.roles.finder import Role
from quotes.extraction.roles.nouns import noun_gender, noun_kind
from quotes.extraction.text.stream import Sentence, Stream
from quotes.extraction.types import SpeakerKind

_LONGEST = 12  # tokens of a phrase before its verb
_LIGHT = lexicon.AUXILIARIES | lexicon.words(
    """
    also then later once just still even again now first recently often never always soon not only since
    ever too further jointly all both had been rather
    """
)
_DAYS = lexicon.words("monday tuesday wednesday thursday friday saturday sunday today yesterday")
_QUANTIFIERS = (
    nouns.INDEFINITE_ONE
    | nouns.INDEFINITE_MANY
    | lexicon.words("multiple numerous various countless six seven eight nine ten eleven twelve more fewer")
)
_STARTERS = (lexicon.DETERMINERS | _QUANTIFIERS | (lexicon.POSSESSIVES - {"'s"}) | {"much"}) - {"that"}
_ALONE = (nouns.INDEFINITE_ONE | nouns.INDEFINITE_MANY | {"those"}) - {"half"}
_ARTICLES = frozenset({"the", "a", "an", "one", "some", "another", "those", "these", "this"})
_FLOATING = frozenset({"all", "both", "each", "some", "none", "neither"})
_INSIDE = frozenset({"of", "in", "for", "from", "at", "near", "behind", "on", "with", "among"})
_CLAUSE_OPENERS = lexicon.CONJUNCTIONS | lexicon.words("what which whom how that than")
_STOP = (
    lexicon.PREPOSITIONS
    | lexicon.CONJUNCTIONS
    | lexicon.AUXILIARIES
    | lexicon.SUBJECT_PRONOUNS
    | lexicon.words("him them us me not also then there here what that to")
) - _STARTERS
_AFTER_NOUN_LIKE = frozenset({",", ":", "him", "them"})
_TRIGGERS = frozenset(lexicon.CUE_VERBS) | {"to", "of", "by"}
_DASHES = frozenset({",", "-", "–", "—", "--"})
_THINGS = tuple(lexicon.words("tion sion ment ness ity ism ance ence ship age ing ics phy ogy dom hood"))


def find_phrases(stream: Stream, covered: Collection[int], names_by_end: Mapping[int, Name]) -> list[Role]:
    """Phrases that no name and no role covers, in order."""
    found: list[Role] = []
    for sentence in stream.sentences:
        if sentence.paragraph in stream.headlines:
            continue
        quoted = any(token.quote >= 0 for token in stream.tokens[sentence.first : sentence.last])
        for index in range(sentence.first, sentence.last):
            if stream.tokens[index].lower not in _TRIGGERS:
                continue
            finder = _finder(stream, sentence, index, quoted=quoted)
            for role in finder(stream, sentence, index, covered, names_by_end) if finder else ():
                if not found or role.first >= found[-1].last:
                    found.append(role)
    return found


_Finder = Callable[[Stream, Sentence, int, Collection[int], Mapping[int, Name]], Iterator[Role]]


def _finder(stream: Stream, sentence: Sentence, index: int, *, quoted: bool) -> _Finder | None:
    word = stream.lower(index)
    if word == "to" and stream.lower(index - 1) == "according":
        return _ahead
    if word in ("of", "by"):
        told = quoted and (word == "by" or stream.lower(index - 1) == "words")
        return _ahead if told and _after_cue(stream, sentence, index) else None
    token = stream.tokens[index]
    if word not in lexicon.CUE_VERBS or not token.text.islower():
        return None
    if word not in lexicon.SAY_VERBS and not quoted:
        return None
    if word not in lexicon.SAY_VERBS and word.endswith("ed") and stream.lower(index + 1) in ("by", "to"):
        return None  # "an option favoured by"
    if word in lexicon.NOUN_LIKE and not _is_used_as_verb(stream, sentence, index):
        return None
    return _beside


def _after_cue(stream: Stream, sentence: Sentence, index: int) -> bool:
    """ "described by one participant", "called it a fake by"."""
    if stream.lower(index) == "of":
        return True
    return any(
        stream.lower(before) in lexicon.CUE_VERBS for before in range(max(sentence.first, index - 3), index)
    )


def _is_used_as_verb(stream: Stream, sentence: Sentence, index: int) -> bool:
    """Of a word that may be a noun: by what follows it, and by its number."""
    if _follows_quote(stream, index):
        return True
    following = index + 1
    if following >= sentence.last:
        return False
    word, before, after = stream.lower(index), stream.lower(index - 1), stream.lower(following)
    clause = after == "that" and word in ("states", "notes", "claims")
    if not stream.tokens[following].is_quote and after not in _AFTER_NOUN_LIKE and not clause:
        return False
    if word == lexicon.CUE_VERBS[word]:
        return _is_plural(before) or before in nouns.INDEFINITE_MANY or word == "read"
    return not (word.endswith("s") and _is_plural(before))


def _follows_quote(stream: Stream, index: int) -> bool:
    before = index - 1
    if before >= 0 and stream.lower(before) in _DASHES:
        before -= 1
    return before >= 0 and stream.tokens[before].is_quote


def _beside(
    stream: Stream, sentence: Sentence, index: int, covered: Collection[int], names_by_end: Mapping[int, Name]
) -> Iterator[Role]:
    role = None
    if not stream.lower(index).endswith("ing"):
        role = _before(stream, sentence, index, covered, names_by_end)
        if role is None and _follows_quote(stream, index):
            yield from _ahead(stream, sentence, index, covered, names_by_end)
    if role is not None:
        yield role


def _before(
    stream: Stream, sentence: Sentence, verb: int, covered: Collection[int], names_by_end: Mapping[int, Name]
) -> Role | None:
    """The subject that ends where the verb, its auxiliaries and adverbs begin."""
    end = _subject_end(stream, sentence, verb)
    if end is None or end - 1 in covered:
        return None
    start, bare, head = None, end, end - 1
    index = end - 1
    while index >= max(sentence.first, end - _LONGEST):
        token, word = stream.tokens[index], stream.lower(index)
        if word in ("'s", "'") and index in names_by_end:
            start = names_by_end[index].first
            break
        if not token.is_word or index in covered or _is_barrier(word):
            break
        if word in _INSIDE:
            head = index - 1
        elif word in _STARTERS or word[0].isdigit():
            start = index
            if stream.lower(index - 1) not in _INSIDE:
                break
        bare = index
        index -= 1
    if start is not None and (head < start or _is_governed(stream, sentence, start)):
        return None  # "a clerk in the room": another mention's place
    if start is None:
        start = bare if head == end - 1 and _stands_bare(stream, sentence, bare, end) else None
    return _phrase(stream, start, end, min(head, end - 1)) if start is not None else None


def _is_governed(stream: Stream, sentence: Sentence, first: int) -> bool:
    """Whether the phrase is the object of a preposition or of a verb."""
    if first == sentence.first:
        return False
    word = stream.lower(first - 1)
    if word in lexicon.CONJUNCTIONS or word in _ABOUT:
        return False
    return word in lexicon.PREPOSITIONS or word in lexicon.COMMON_VERBS or word == "to" or _is_cue(word)


_ABOUT = lexicon.words("about over under around like say says said")  # "about 4 in 10"


def _subject_end(stream: Stream, sentence: Sentence, verb: int) -> int | None:
    end = verb
    while end > sentence.first:
        word = stream.lower(end - 1)
        if word in lexicon.BE_FORMS and stream.lower(verb).endswith("ed"):
            return None  # was called
        if word in _LIGHT or word.endswith("ly"):
            if word in _NOT_LIGHT and _opens(stream, sentence, end - 1, word):
                break
            end -= 1
        elif word in _DAYS:
            end -= 2 if stream.lower(end - 2) == "on" else 1
        else:
            break
    return end if end > sentence.first else None


_NO_ADVERBS = frozenset({"ally", "family", "assembly", "bully", "supply", "reply", "monopoly", "weekly"})


_NOT_LIGHT = _FLOATING | _NO_ADVERBS


def _opens(stream: Stream, sentence: Sentence, index: int, word: str) -> bool:
    """Whether "all" is the subject itself; whether "ally" is the noun it always is."""
    return word in _NO_ADVERBS or index == sentence.first or not stream.tokens[index - 1].is_word


def _is_barrier(word: str) -> bool:
    if word in _INSIDE or word in _STARTERS:
        return False
    return word in _STOP or word in lexicon.COMMON_VERBS or _is_cue(word)


def _is_cue(word: str) -> bool:
    return word in lexicon.CUE_VERBS and word not in lexicon.NOUN_LIKE and not word.endswith(("ed", "ing"))


def _stands_bare(stream: Stream, sentence: Sentence, first: int, end: int) -> bool:
    """ "former employees called it": a plural, right at the start of its clause."""
    if first >= end:
        return False
    word = stream.lower(end - 1)
    before = stream.lower(first - 1)
    opens = first == sentence.first or not stream.tokens[first - 1].is_word or before in _CLAUSE_OPENERS
    plural = word in lexicon.PLURAL_GROUPS or (_is_plural(word) and stream.tokens[end - 1].text.islower())
    return opens and plural


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def _ahead(
    stream: Stream, sentence: Sentence, index: int, covered: Collection[int], names_by_end: Mapping[int, Name]
) -> Iterator[Role]:
    """The phrase right after "said", "according to", "in the words of"."""
    first = index + 1
    if first >= sentence.last or first in covered or not stream.tokens[first].is_word:
        return
    word = stream.lower(first)
    noun_follows = first + 1 < sentence.last and stream.tokens[first + 1].is_word
    if word in _ALONE and not (noun_follows and word in lexicon.DETERMINERS):
        role = _phrase(stream, first, first + 1, first)
        if role is not None:
            yield role
        return
    opens = word in _STARTERS or word[0].isdigit() or _is_plural(word)
    end = noun_phrase_end(stream, first + (word in _STARTERS), sentence.last)
    if not opens or end <= first or (word in _STARTERS and end == first + 1):
        return
    if any(token in covered for token in range(first, end)):
        return
    role = _phrase(stream, first, right_edge(stream, end - 1), end - 1)
    if role is not None:
        yield role


def _phrase(stream: Stream, first: int, last: int, head: int) -> Role | None:
    word = stream.lower(head)
    if last - first == 1 and word in _STARTERS and (word not in _ALONE or _floats(stream, first)):
        return None
    if word in _DAYS or word.endswith("ly"):
        return None
    article = stream.lower(first) in _ARTICLES and first < head and stream.lower(first + 1) != "of"
    start = first + 1 if article else first
    kind = _kind_of(stream, first, head)
    return Role(
        first=first,
        last=last,
        name=stream.slice(start, last),
        kind=kind,
        gender=noun_gender(word),
        plural=kind is SpeakerKind.GROUP,
    )


def _floats(stream: Stream, index: int) -> bool:
    """The "all" of "they all said"."""
    return stream.lower(index) in _FLOATING and index > 0 and stream.tokens[index - 1].is_word


_SHARES = lexicon.words("percent those majority minority third quarter number")


def _counts(stream: Stream, first: int) -> bool:
    """Whether a number opens the phrase, and no age: "the 75 year-old"."""
    aged = stream.lower(first).endswith("-old") or stream.lower(first + 1).startswith("year")
    return stream.lower(first)[0].isdigit() and not aged


def _kind_of(stream: Stream, first: int, head: int) -> SpeakerKind:
    word = stream.lower(head)
    if word in nouns.INDEFINITE_ONE:
        return SpeakerKind.PERSON
    if word in nouns.INDEFINITE_MANY or _counts(stream, first) or word in _SHARES:
        return SpeakerKind.GROUP
    if word in lexicon.COLLECTIVES:
        return SpeakerKind.GROUP
    known = noun_kind(word)
    if known is not None:
        return known
    if word in nouns.PEOPLE:
        return SpeakerKind.PERSON
    if word in nouns.ORGANISATIONS:
        return SpeakerKind.ORGANIZATION
    if word in nouns.DOCUMENTS or word.endswith(_THINGS):
        return SpeakerKind.DOCUMENT
    return SpeakerKind.GROUP if _is_plural(word) else SpeakerKind.PERSON
