"""Runs of capitalised words that may be names: where they begin and end."""

import re
from collections import Counter
from collections.abc import Iterator

from . import lexicon
from .stream import Sentence, Stream, Token

_OF_HEADS = lexicon.words(
    """
    department secretary ministry minister university college school bank bureau board institute court
    house duke duchess prince princess earl council chamber association federation academy church city
    county state league museum district society union office bishop archbishop king queen club
    commission committee ministry organization organisation confederation centre center hospital guild
    order brotherhood daughters sons army governor superintendent commissioner inspector
    """
)
_FOR_HEADS = lexicon.words(
    """
    center centre campaign council association department agency institute committee commission fund
    foundation society coalition office bureau partnership alliance panel conference subcommittee
    """
)
_POSSESSED = lexicon.words(
    """
    people women men children veterans lloyd sotheby christie mcdonald macy moody workers
    """
)
_ADJECTIVES = lexicon.words("new great good first second big old high early people")
_HEADS = _OF_HEADS | _FOR_HEADS
_KNOWN_PLACES = lexicon.PLACES | lexicon.PLACE_GOVERNMENTS
_SMALL = lexicon.PREPOSITIONS | lexicon.DETERMINERS | lexicon.CONJUNCTIONS
_OPENING_PARTICLES = lexicon.PARTICLES - lexicon.words(
    "y el al le la ben abu das dos los las ole av zu e mac nic"
)
_PREFIXED = re.compile(r"(?:al|el|ul|as|an|ad|at|bin|d|l|dell|de|t)[-‑'’][A-ZÀ-Þ]\w")  # al-Khatib, d'Orey
_TIMES = lexicon.words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february july september october november
    december jan. feb. aug. sept. oct. nov. dec. tonight
    """
)
_FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_NICKNAME = 24  # characters
_DATELINE = 10  # tokens


def capital_runs(stream: Stream) -> Iterator[tuple[int, int]]:
    inner, lowers = _evidence(stream)
    for sentence in stream.sentences:
        known = inner if sentence.paragraph in stream.headlines else None
        dateline = _dateline_end(stream, sentence)
        for first, last in _runs(stream, sentence):
            if last <= dateline:
                continue
            for start, end in _without_times(stream, first, last):
                yield from _trim_run(stream, sentence, start, end, inner, lowers, known)


def _without_times(stream: Stream, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The parts of a run between days and months ("Lee Tuesday")."""
    start = first
    for index in range(first, last):
        if stream.lower(index) in _TIMES:
            end = index
            while end > start and not _starts(stream.tokens[end - 1]):
                end -= 1  # the "on" of "Security Council on Friday"
            if start < end:
                yield start, end
            start = index + 1
    if start < last:
        yield start, last


def _dateline_end(stream: Stream, sentence: Sentence) -> int:
    """Where the dateline that the sentence opens with ends ("DUNMORE SPRINGS, Neb. — "), else 0."""
    opening = stream.tokens[sentence.first : sentence.first + _DATELINE]
    if not opening or not (opening[0].text.isupper() and len(opening[0].text) > 1):
        return 0
    dash = next((i for i, token in enumerate(opening) if token.text in ("—", "–", "-", "--")), 0)
    named = dash and all(
        t.is_capital or t.text in (",", "(", ")", ".", "/") or t.text.isdigit() for t in opening[:dash]
    )
    return sentence.first + dash if named else 0


def _evidence(stream: Stream) -> tuple[Counter[str], Counter[str]]:
    """How often each word is seen with a capital inside a sentence of the body, and in lower case."""
    inner: Counter[str] = Counter()
    lowers: Counter[str] = Counter()
    for sentence in stream.sentences:
        if sentence.paragraph in stream.headlines:
            continue
        for index in range(sentence.first, sentence.last):
            token = stream.tokens[index]
            if token.is_capital and (index > sentence.first or _runs_on(stream, sentence, index)):
                inner[token.lower] += 1
            elif token.is_word and token.text.islower():
                lowers[token.lower] += 1
    return inner, lowers


def _runs_on(stream: Stream, sentence: Sentence, index: int) -> bool:
    following = stream.tokens[index + 1] if index + 1 < sentence.last else None
    return (
        following is not None and following.is_capital and stream.lower(index) not in lexicon.COMMON_OPENERS
    )


def _runs(stream: Stream, sentence: Sentence) -> Iterator[tuple[int, int]]:
    index = sentence.first
    while index < sentence.last:
        ahead = _particles(stream, sentence, index)
        if not ahead and not _starts(stream.tokens[index]):
            index += 1
            continue
        end = index + ahead + 1
        while (step := _extension(stream, sentence, index, end)) > 0:
            end += step
        yield index, end
        index = end


_VEHICLES = frozenset({"van"})


def _particles(stream: Stream, sentence: Sentence, index: int) -> int:
    """How many particles in lower case open the name at `index` ("van der Hulst said")."""
    if stream.tokens[index].text not in _OPENING_PARTICLES | _VEHICLES:
        return 0
    count = 0
    while index + count < sentence.last and stream.tokens[index + count].text in lexicon.PARTICLES:
        count += 1
    if count == 1 and stream.tokens[index].text in _VEHICLES:
        return 0  # the driver of the van Swindon police stopped
    following = index + count
    return count if following < sentence.last and stream.tokens[following].is_capital else 0


def _starts(token: Token) -> bool:
    first = token.text[0]
    if token.is_capital:
        return token.lower not in _FIRST_PERSON
    if first == "@":
        return len(token.text) > 2
    return first in "adelbtu" and _PREFIXED.match(token.text) is not None


def _extension(stream: Stream, sentence: Sentence, first: int, end: int) -> int:
    """How many more tokens belong to the run that stands at first..end."""
    if end >= sentence.last:
        return 0
    token, last = stream.tokens[end], stream.tokens[end - 1]
    if _starts(token) and token.text[0] != "@":
        opener = last.lower in lexicon.COMMON_OPENERS and end - 1 == first == sentence.first
        return 0 if opener and last.lower not in lexicon.FIRST_NAMES else 1
    if token.text == "10" and last.lower in ("no", "number") and end == first + 1:
        return 1
    if end + 1 >= sentence.last:
        return 0
    following = stream.tokens[end + 1]
    if token.text in lexicon.PARTICLES and _starts(following) and end > first:
        return 2
    if token.lower in ("de", "van", "von", "bin", "y") and following.lower in lexicon.PARTICLES:
        return 2
    return _joiner(stream, sentence, first, end)


def _joiner(stream: Stream, sentence: Sentence, first: int, end: int) -> int:
    token, last, following = stream.tokens[end], stream.tokens[end - 1], stream.tokens[end + 1]
    if (token.lower == "of" and last.lower in _OF_HEADS) or (
        token.lower in ("for", "on") and last.lower in _FOR_HEADS
    ):
        if _starts(following):
            return 2
        if following.lower == "the" and end + 2 < sentence.last and _starts(stream.tokens[end + 2]):
            return 3
    if token.lower == "for" and _is_cause(stream, sentence, first, end):
        return 2
    if _starts(following) and (token.text == "&" or (token.lower == "'s" and last.lower in _POSSESSED)):
        return 2
    if token.lower == "and" and _starts(following) and _lists_fields(stream, sentence, first, end):
        return 2
    if token.text in ("'", "’", "and"):
        return _of_body(stream, sentence, first, end)
    if token.lower == "," and following.lower in lexicon.SUFFIXES and end > first + 1:
        return 2
    if token.is_quote and _is_nickname(stream, token, following):
        return 2
    return 0


def _of_body(stream: Stream, sentence: Sentence, first: int, end: int) -> int:
    """The tokens from a possessive mark or an "and" to the end of a body's name, 0 where it is none."""
    if stream.tokens[end].text != "and" and stream.tokens[end + 1].text == "and":
        rest = _to_body(stream, sentence, first, end + 1) if end + 2 < sentence.last else 0
        return rest + 1 if rest else 0
    return _to_body(stream, sentence, first, end)


def _to_body(stream: Stream, sentence: Sentence, first: int, end: int) -> int:
    """How many tokens of "Farmers' Rights Forum", "the Shop and Counter Workers' Union" are left, else 0."""
    if not _starts(stream.tokens[end + 1]):
        return 0
    owner = stream.tokens[end].text != "and"
    after = end + 1
    while after < sentence.last and (
        _starts(stream.tokens[after])
        or (stream.lower(after) in ("'", "and") and _starts_at(stream, after + 1))
    ):
        after += 1
    body = stream.lower(after - 1)
    if body not in _BODIES or after == end + 1:
        return 0
    if owner:
        return after - end if stream.lower(end - 1).endswith("s") else 0
    plain = stream.lower(end - 1) not in lexicon.ORG_WORDS | lexicon.FIRST_NAMES and after > end + 2
    named = "the" in (stream.lower(first), stream.lower(first - 1))
    return after - end if plain and named and stream.lower(end + 1) not in lexicon.FIRST_NAMES else 0


def _starts_at(stream: Stream, index: int) -> bool:
    return index < len(stream.tokens) and _starts(stream.tokens[index])


_BODIES = lexicon.words(
    """
    union association federation society council forum guild alliance institute network coalition board
    commission bureau group league club confederation party committee trust authority agency
    """
)


def _is_cause(stream: Stream, sentence: Sentence, first: int, end: int) -> bool:
    """The "for" of "Citizens for Tax Justice": a plural for what is neither a place nor a person."""
    plural, following = stream.lower(end - 1), stream.tokens[end + 1]
    if end != first + 1 or not _is_people(plural) or not following.text[:1].isupper():
        return False
    stands_for = following.lower
    after = end + 1
    while after < sentence.last and stream.tokens[after].is_capital:
        after += 1
    two = " ".join(stream.lower(index) for index in range(end + 1, min(after, end + 3)))
    if {stands_for, two} & _KNOWN_PLACES or stands_for in lexicon.FIRST_NAMES | lexicon.TITLES | _TIMES:
        return False
    return following.is_capital and (_acts(stream, after) or not _opens_clause(stream, sentence, first))


def _is_people(word: str) -> bool:
    """A plural of people: members, grandparents."""
    return word in lexicon.PLURAL_GROUPS or word.removeprefix("grand") in lexicon.PLURAL_GROUPS | _KIN


_KIN = lexicon.words("citizens women men people mothers fathers americans voters mums moms dads scholars")


def _opens_clause(stream: Stream, sentence: Sentence, first: int) -> bool:
    return first == sentence.first or not stream.tokens[first - 1].is_word


def _lists_fields(stream: Stream, sentence: Sentence, first: int, end: int) -> bool:
    """The "and" of "Department for Rivers and Coasts": one field each, and no verb for the second alone."""
    linked = stream.lower(end - 2) in ("of", "for") and stream.lower(end - 3) in _HEADS
    field, after = stream.lower(end + 1), end + 2
    plain = stream.tokens[end + 1].text[1:].islower() and field not in lexicon.ORG_NOUNS
    ends = after >= sentence.last or not stream.tokens[after].is_capital
    return end - 3 >= first and linked and plain and ends and field not in _NO_FIELDS


_NO_FIELDS = (
    lexicon.FIRST_NAMES | lexicon.TITLES | lexicon.PLACES | lexicon.COUNTRIES | lexicon.ORG_WORDS
) - lexicon.words("justice defence defense trade industry technology health police sport media")


def _is_nickname(stream: Stream, token: Token, following: Token) -> bool:
    """Dwayne "The Rock" Johnson."""
    words = stream.spans[token.quote].inner.of(stream.text)
    short = len(words) <= _NICKNAME and words[-1] not in ",.!?"
    return short and _starts(following) and following.lower not in lexicon.COMMON_OPENERS


def _trim_run(
    stream: Stream,
    sentence: Sentence,
    first: int,
    last: int,
    inner: Counter[str],
    lowers: Counter[str],
    known: Counter[str] | None,
) -> Iterator[tuple[int, int]]:
    if known is not None:
        yield from _known_parts(stream, first, last, known, lowers)
        return
    before = stream.tokens[first - 1] if first > sentence.first else None
    if before is None or (not before.is_word and before.text not in ",(&"):
        first = _without_opener(stream, first, last, inner, lowers)
    while first < last and stream.lower(first) in _BEFORE_NAMES:
        first += 1
    while last > first + 2 and stream.tokens[last - 1].text in lexicon.POSTNOMINALS:
        last -= 1
    if first < last and not (last == first + 1 and stream.lower(first) in _NEVER_ALONE):
        yield first, last


_BEFORE_NAMES = frozenset({"the", "a", "an", "i"})
_NEVER_ALONE = frozenset({"she", "it", "they", "we", "you", "her", "him", "his", "their", "them"})


def _known_parts(
    stream: Stream, first: int, last: int, known: Counter[str], lowers: Counter[str]
) -> Iterator[tuple[int, int]]:
    """Stretches of a headline whose words are names in the body."""
    start = None
    for index in range(first, last + 1):
        good = index < last and _is_known(stream, index, last, known, lowers)
        if good and start is None:
            start = index
        elif not good and start is not None:
            yield start, index
            start = None


def _is_known(stream: Stream, index: int, last: int, known: Counter[str], lowers: Counter[str]) -> bool:
    """A name of the body, or the first name right before one."""
    word, following = stream.lower(index), stream.lower(index + 1)
    if word in lexicon.COMMON_OPENERS:
        return False
    if known[word] > lowers[word]:
        return True
    return word in lexicon.FIRST_NAMES and index + 1 < last and known[following] > lowers[following]


def _without_opener(stream: Stream, first: int, last: int, inner: Counter[str], lowers: Counter[str]) -> int:
    """Skip a word that has its capital only because the sentence starts with it."""
    word = stream.lower(first)
    if last > first + 1 and _opens_name(word, stream.lower(first + 1)):
        return first
    if word in lexicon.COMMON_OPENERS:
        return first if _is_surname(stream, first, last, inner) else first + 1
    if word in _NEVER_NAMES or (word in _BEFORE_PEOPLE and stream.lower(first + 1) in lexicon.FIRST_NAMES):
        return first + 1
    if word in lexicon.TITLES or word in lexicon.FIRST_NAMES:
        return first
    single = last == first + 1
    if word in lexicon.PLACES or word in lexicon.PLACE_GOVERNMENTS:
        return first
    if inner[word] >= max(1, lowers[word]):
        return first
    if single and word in lexicon.BARE_GROUPS:
        return first + 1
    if lowers[word] or (single and word.endswith(("ing", "ly", "ed"))):
        return first + 1
    if single and word in _SMALL:
        return first + 1
    return first if not single or _acts(stream, last) or not word.islower() else first + 1


def _opens_name(word: str, following: str) -> bool:
    """New Haven, Los Angeles, Van den Berg."""
    particles = word in lexicon.PARTICLES and following in lexicon.PARTICLES
    return particles or word in _ADJECTIVES or f"{word} {following}" in _KNOWN_PLACES


_BEFORE_PEOPLE = lexicon.words(
    "ask meet see tell call watch give take enter center centre forward guard tackle back winger striker"
)
_NEVER_NAMES = lexicon.words("following retired amid despite including regarding")


def _is_surname(stream: Stream, first: int, last: int, inner: Counter[str]) -> bool:
    """The From of "From said", where the article has a capital From inside its sentences too."""
    word = stream.lower(first)
    if last > first + 1:  # Will Dunham
        return word in lexicon.FIRST_NAMES and stream.lower(first + 1) != "day"
    return inner[word] > 0 and stream.lower(last) in lexicon.SAY_VERBS


def _acts(stream: Stream, index: int) -> bool:
    word = stream.lower(index)
    return (
        word in lexicon.CUE_VERBS
        or word in lexicon.AUXILIARIES
        or word in lexicon.COMMON_VERBS
        or word in ("'s", ",", "(")
        or (word == ":" and index + 1 < len(stream.tokens) and stream.tokens[index + 1].is_quote)
    )
