"""Runs of capitalised words that may be names: where they begin and end."""

import re
from collections import Counter
from collections.abc import Iterator

from quotes.english import lexicon
from quotes.extraction.names.run_edges import KNOWN_PLACES, acts, opens_name, trim_run
from quotes.extraction.text.stream import Sentence, Stream, Token

_OF_HEADS = lexicon.words(
    """
    department secretary ministry minister university college school bank bureau board institute court
    house duke duchess prince princess earl council chamber association federation academy church city
    county state league museum district society union office bishop archbishop king queen club
    commission committee ministry organization organisation confederation centre center hospital guild
    order brotherhood daughters sons army governor superintendent commissioner inspector
    administration authority agency directorate secretariat theatre theater party parliament assembly embassy
    consulate delegation orchestra library archive archives congress front movement coalition alliance fund
    trust foundation faculty corporation
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
_HEADS = _OF_HEADS | _FOR_HEADS
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
_FIRST_PERSON = frozenset({"i"})
_NICKNAME = 24  # characters
_DATELINE = 10  # tokens


def capital_runs(stream: Stream) -> Iterator[tuple[int, int]]:
    inner, lowers = _evidence(stream)
    for sentence in stream.sentences:
        known = inner if sentence.paragraph in stream.headlines else None
        dateline = dateline_end(stream, sentence)
        for first, last in _runs(stream, sentence):
            if last <= dateline:
                continue
            for start, end in _without_times(stream, after_field(stream, first, last), last):
                found = trim_run(stream, sentence, start, end, inner, lowers, known)
                yield from (run for run in found if not _is_pronoun(stream, *run))


def _is_pronoun(stream: Stream, first: int, last: int) -> bool:
    """Whether "He" opens a sentence, even where a mark before it hides that."""
    opens = not first or not stream.tokens[first - 1].is_word
    return last == first + 1 and stream.lower(first) == "he" and opens


def after_field(stream: Stream, first: int, last: int) -> int:
    """Where the name begins in "Minister for Public Works Anna Brandt", "Mayor of Brackley Ann Lee"."""
    if stream.lower(first - 1) not in ("for", "of") or stream.lower(first - 2) not in _HOLDERS:
        return first
    plain = stream.lower(last - 1) not in lexicon.ORG_WORDS | lexicon.ORG_NOUNS
    for index in range(first + 1, last - 1):
        if plain and stream.lower(index) in lexicon.FIRST_NAMES:
            return first if stream.lower(index - 1) in lexicon.TITLES else index  # for Mayor Ann Lee
    return last - 2 if last - first > 2 and plain and stream.lower(first) in _FIELDS else first


_HOLDERS = lexicon.words(
    """
    minister secretary state commissioner spokesman spokeswoman spokesperson critic mayor bishop archbishop
    governor premier sheriff provost
    """
)
_FIELDS = lexicon.words(
    """
    health housing transport education finance justice defence defense environment agriculture culture
    sport energy climate trade business industry labour labor employment children women tourism science
    technology innovation development foreign home external public social rural regional local
    """
)


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


def dateline_end(stream: Stream, sentence: Sentence) -> int:
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
        return token.lower not in _FIRST_PERSON and token.lower not in lexicon.CONTRACTIONS
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
        opener = opener and not opens_name(last.lower, token.lower)  # New Kadin Radio
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
    if token.lower in ("of", "for", "on"):
        return _tied(stream, sentence, first, end)
    possessed = token.lower == "'s" and (last.lower in _POSSESSED or following.text == "Office")
    if _starts(following) and (token.text == "&" or possessed):
        return 2
    if token.lower in (",", "and") and (fields := _fields(stream, sentence, first, end)):
        return fields
    if token.text in ("'", "’", "and"):
        return _of_body(stream, sentence, first, end)
    if token.lower == "," and following.lower in lexicon.SUFFIXES and end > first + 1:
        return 2
    if token.is_quote and is_nickname(stream, token, end + 1):
        return 1  # the surname with its particles is the next step
    return 0


def _tied(stream: Stream, sentence: Sentence, first: int, end: int) -> int:
    """The tokens from an "of" or a "for" to what a body is of or for, 0 where it is none."""
    word, following = stream.lower(end), stream.tokens[end + 1]
    if stream.lower(end - 1) in (_OF_HEADS if word == "of" else _FOR_HEADS):
        if _starts(following):
            return 2
        if following.lower == "the" and end + 2 < sentence.last and _starts(stream.tokens[end + 2]):
            return 3
    if word == "of" and following.lower in KNOWN_PLACES and _has_of(stream, first, end):
        return 2  # Secretariat of Roads of Kadin
    return 2 if word == "for" and _is_cause(stream, sentence, first, end) else 0


def _has_of(stream: Stream, first: int, end: int) -> bool:
    inside = range(max(first, end - _LONGEST_BODY) + 1, end)
    return any(stream.lower(index) == "of" and stream.lower(index - 1) in _OF_HEADS for index in inside)


_LONGEST_BODY = 12  # tokens


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
    if {stands_for, two} & KNOWN_PLACES or stands_for in lexicon.FIRST_NAMES | lexicon.TITLES | _TIMES:
        return False
    return following.is_capital and (acts(stream, after) or not _opens_clause(stream, sentence, first))


def _is_people(word: str) -> bool:
    """A plural of people: members, grandparents."""
    return word in lexicon.PLURAL_GROUPS or word.removeprefix("grand") in lexicon.PLURAL_GROUPS | _KIN


_KIN = lexicon.words("citizens women men people mothers fathers americans voters mums moms dads scholars")


def _opens_clause(stream: Stream, sentence: Sentence, first: int) -> bool:
    return first == sentence.first or not stream.tokens[first - 1].is_word


def _fields(stream: Stream, sentence: Sentence, first: int, end: int) -> int:
    """The tokens that are left of "Department for Rivers, Food and Coastal Affairs" from `end` on, else 0."""
    if _lists_fields(stream, sentence, first, end):
        return 2
    inside = range(max(first, end - _LONGEST_BODY) + 1, end)
    preposition = next((index for index in inside if stream.lower(index) in ("of", "for")), 0)
    if not preposition or stream.lower(preposition - 1) not in _WITH_FIELDS:
        return 0
    if not _are_fields(stream, preposition + 1, end):
        return 0
    joiner = end
    while joiner + 1 < sentence.last and stream.lower(joiner) in (",", "and", "&"):
        field = joiner + 1
        if stream.lower(joiner) == "," and stream.lower(field) == "and":
            joiner, field = field, field + 1
        stop = field
        while stop < sentence.last and stream.tokens[stop].is_capital and stop < field + _LONGEST_FIELD:
            stop += 1
        if not _are_fields(stream, field, stop):
            return 0
        if stream.lower(joiner) != ",":
            return stop - end
        joiner = stop
    return 0


def _are_fields(stream: Stream, first: int, last: int) -> bool:
    """Whether words with capitals are what a ministry is for, and neither people, places nor bodies."""
    words = [stream.tokens[index] for index in range(first, last)]
    if not words or words[0].lower in _NO_FIELDS or words[-1].lower in _NO_FIELDS | lexicon.ORG_NOUNS:
        return False
    return all(word.is_capital and word.text[1:].islower() for word in words)


_WITH_FIELDS = lexicon.words(
    """
    department ministry secretariat directorate office bureau committee commission council agency institute
    board administration
    """
)
_LONGEST_FIELD = 4  # words


def _lists_fields(stream: Stream, sentence: Sentence, first: int, end: int) -> bool:
    """The "and" of "Department for Rivers and Coasts": one field each, and no verb for the second alone."""
    if stream.lower(end) != "and" or not _starts(stream.tokens[end + 1]):
        return False
    linked = stream.lower(end - 2) in ("of", "for") and stream.lower(end - 3) in _HEADS
    field, after = stream.lower(end + 1), end + 2
    plain = stream.tokens[end + 1].text[1:].islower() and field not in lexicon.ORG_NOUNS
    ends = after >= sentence.last or not stream.tokens[after].is_capital
    return end - 3 >= first and linked and plain and ends and field not in _NO_FIELDS


_NO_FIELDS = (
    lexicon.FIRST_NAMES | lexicon.TITLES | lexicon.PLACES | lexicon.COUNTRIES | lexicon.ORG_WORDS
) - lexicon.words("justice defence defense trade industry technology health police sport media")


def is_nickname(stream: Stream, token: Token, after: int) -> bool:
    """Dwayne "The Rock" Johnson, Ruud "Lange" van der Hulst."""
    words = stream.spans[token.quote].inner.of(stream.text)
    short = len(words) <= _NICKNAME and words[-1] not in ",.!?"
    while stream.tokens[after].text in lexicon.PARTICLES and after + 1 < len(stream.tokens):
        after += 1
    following = stream.tokens[after]
    return short and _starts(following) and following.lower not in lexicon.COMMON_OPENERS
