"""Names: runs of capitalised words, with titles, particles, initials and suffixes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from . import kinds, lexicon
from .stream import Sentence, Stream, Token
from .types import SpeakerKind

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
_NO_NAMES = lexicon.words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan. feb. aug. sept. oct. nov. dec. street avenue road
    boulevard highway
    """
)
_PARTY_CODE = re.compile(r"[RDIL]-[A-Z]|[RDI]$")
_NICKNAME = 24  # characters
_DATELINE = 10  # tokens


@dataclass(frozen=True, slots=True)
class Name:
    """A named mention: tokens first..last with titles; `full_first` takes in a role before it."""

    first: int
    last: int
    full_first: int
    name: str
    kind: SpeakerKind
    description: str = ""
    gender: str = ""
    plural: bool = False
    titled: bool = False
    embedded: bool = False
    bare: int = -1  # first token of `name`
    sure: bool = False  # the kind follows from a title, a list or the word itself


def bare_runs(stream: Stream) -> list[tuple[int, int]]:
    """Runs of capitals without titles, as find_names sees them before it asks for their kind."""
    surnames = _titles_as_surnames(stream)
    found = []
    for first, last in _all_runs(stream):
        core = _bare_start(stream, first, last, surnames)
        if core < last:
            found.append((core, last))
    return found


def _all_runs(stream: Stream) -> Iterator[tuple[int, int]]:
    inner, lowers = _evidence(stream)
    for sentence in stream.sentences:
        known = inner if sentence.paragraph in stream.headlines else None
        dateline = _dateline_end(stream, sentence)
        for first, last in _runs(stream, sentence):
            if last > dateline:
                yield from _trim_run(stream, sentence, first, last, inner, lowers, known)


def find_names(stream: Stream) -> list[Name]:
    """Names in order. Runs in a headline count only where the body bears them out."""
    surnames = _titles_as_surnames(stream)
    found = [_name(stream, first, last, surnames) for first, last in _all_runs(stream)]
    return _judged(stream, [name for name in found if name is not None])


def _judged(stream: Stream, names: list[Name]) -> list[Name]:
    """The names after the trained model has had its say about what the rules only guessed."""
    model = kinds.load()
    if model is None or not names:
        return names
    chances = model.probabilities(kinds.features(stream, [(name.bare, name.last) for name in names]))
    judged = [
        name if name.sure else _reconsidered(stream, name, row)
        for name, row in zip(names, chances.tolist(), strict=True)
    ]
    kept = [name for name in judged if name is not None]
    surnames = {
        name.name.split()[-1] for name in kept if name.kind is SpeakerKind.PERSON and " " in name.name
    }
    return [
        replace(name, kind=SpeakerKind.PERSON)
        if name.kind is SpeakerKind.ORGANIZATION and not name.sure and name.name in surnames
        else name
        for name in kept
    ]


def _reconsidered(stream: Stream, name: Name, chances: Sequence[float]) -> Name | None:
    person, organization, place, other = chances
    if name.kind is SpeakerKind.PERSON:
        if person >= (_DOUBTED if name.last - name.bare == 1 else _DOUBTED_OF_SEVERAL):
            return name
        if other > _NOBODY and not _speaks(stream, name):
            return None
        return replace(name, kind=SpeakerKind.ORGANIZATION, gender="")
    if person > _BELIEVED and organization < _UNLIKELY:
        return replace(name, kind=SpeakerKind.PERSON, gender=first_name_gender(name.name.lower()))
    return None if other > _NOBODY and place < _UNLIKELY and not _speaks(stream, name) else name


_DOUBTED, _DOUBTED_OF_SEVERAL, _BELIEVED, _NOBODY, _UNLIKELY = 0.25, 0.12, 0.75, 0.85, 0.2


def _speaks(stream: Stream, name: Name) -> bool:
    """Whether a verb of saying, a colon or "according to" stands next to the name."""
    before, after = stream.lower(name.first - 1), stream.lower(name.last)
    if after in (":", "'s") or before == "to":
        return True
    return any(word in lexicon.CUE_VERBS for word in (before, after, stream.lower(name.last + 1)))


def _dateline_end(stream: Stream, sentence: Sentence) -> int:
    """Where the dateline that the sentence opens with ends ("DUNMORE SPRINGS, Neb. — "), else 0."""
    opening = stream.tokens[sentence.first : sentence.first + _DATELINE]
    if not opening or not (opening[0].text.isupper() and len(opening[0].text) > 1):
        return 0
    dash = next((i for i, token in enumerate(opening) if token.text in ("—", "–", "-", "--")), 0)
    named = dash and all(t.is_capital or t.text in (",", "(", ")", ".") for t in opening[:dash])
    return sentence.first + dash if named else 0


def _titles_as_surnames(stream: Stream) -> frozenset[str]:
    """Surnames of this article that are titles elsewhere ("Howard Dean")."""
    return frozenset(
        token.lower
        for index, token in enumerate(stream.tokens)
        if token.is_capital
        and token.lower in lexicon.TITLES
        and index
        and stream.lower(index - 1) in lexicon.FIRST_NAMES
    )


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
        if not _starts(stream.tokens[index]):
            index += 1
            continue
        end = index + 1
        while (step := _extension(stream, sentence, index, end)) > 0:
            end += step
        yield index, end
        index = end


def _starts(token: Token) -> bool:
    if token.text[0] == "@" and len(token.text) > 2:
        return True
    return token.is_capital and token.lower not in ("i", "i'm", "i've", "i'd", "i'll")


def _extension(stream: Stream, sentence: Sentence, first: int, end: int) -> int:
    """How many more tokens belong to the run that stands at first..end."""
    if end >= sentence.last:
        return 0
    token, last = stream.tokens[end], stream.tokens[end - 1]
    if _starts(token) and token.text[0] != "@":
        return 0 if last.lower in lexicon.COMMON_OPENERS and end - 1 == first == sentence.first else 1
    if end + 1 >= sentence.last:
        return 0
    following = stream.tokens[end + 1]
    if token.lower in lexicon.PARTICLES and _starts(following) and end > first:
        return 2
    if token.lower in ("de", "van", "von", "bin") and following.lower in lexicon.PARTICLES:
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
    if token.text == "&" and _starts(following):
        return 2
    if token.lower == "'s" and last.lower in _POSSESSED and _starts(following):
        return 2
    if token.lower == "," and following.lower in lexicon.SUFFIXES and end > first + 1:
        return 2
    if token.is_quote and _is_nickname(stream, token, following):
        return 2
    return 0


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
    while first < last and stream.lower(first) in ("the", "a", "an", "i"):
        first += 1
    if first < last:
        yield first, last


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
    if last > first + 1 and (
        word in _ADJECTIVES or " ".join((word, stream.lower(first + 1))) in lexicon.PLACES
    ):
        return first
    if word in lexicon.COMMON_OPENERS:
        return first + 1
    if word in lexicon.TITLES or word in lexicon.FIRST_NAMES:
        return first
    single = last == first + 1
    if word in lexicon.PLACES or word in lexicon.PLACE_GOVERNMENTS:
        return first
    if inner[word] >= max(1, lowers[word]):
        return first
    if lowers[word] or (single and word.endswith(("ing", "ly", "ed"))):
        return first + 1
    if single and word in lexicon.PREPOSITIONS | lexicon.DETERMINERS | lexicon.CONJUNCTIONS:
        return first + 1
    return first if not single or _acts(stream, last) or not word.islower() else first + 1


def _acts(stream: Stream, index: int) -> bool:
    word = stream.lower(index)
    return (
        word in lexicon.CUE_VERBS
        or word in lexicon.AUXILIARIES
        or word in lexicon.COMMON_VERBS
        or word in ("'s", ",", "(")
    )


def _name(stream: Stream, first: int, last: int, surnames: frozenset[str]) -> Name | None:
    words = [stream.tokens[index] for index in range(first, last)]
    core = _bare_start(stream, first, last, surnames) - first
    if core == len(words):  # only titles: "the President" is a role
        return None
    phrase = " ".join(token.lower for token in words[core:])
    if words[core].text[0] == "@":
        return Name(first, last, first, words[core].text, SpeakerKind.PERSON, sure=True)
    honorific = [token.lower for token in words[:core] if token.lower in lexicon.HONORIFICS]
    kind = _kind(stream, first, words[core:], phrase, titled=core > 0)
    if kind is None:
        return None
    gender = next((lexicon.HONORIFICS[word] for word in honorific if lexicon.HONORIFICS[word]), "")
    return Name(
        first=first,
        last=last,
        full_first=first,
        name=stream.slice(first + core, last),
        kind=kind,
        description=stream.slice(first, first + core) if core and not set(honorific) & _PLAIN else "",
        gender=gender or (first_name_gender(phrase) if kind is SpeakerKind.PERSON else ""),
        plural=kind is SpeakerKind.GROUP,
        titled=core > 0,
        bare=first + core,
        sure=core > 0 or _is_sure(words[core:], phrase, kind),
    )


def _is_sure(core: Sequence[Token], phrase: str, kind: SpeakerKind) -> bool:
    """Whether the words themselves tell the kind."""
    if phrase in lexicon.PLACE_GOVERNMENTS or phrase in lexicon.COUNTRIES or kind is SpeakerKind.GROUP:
        return True
    last = core[-1].lower
    if last in lexicon.SUFFIXES and len(core) > 1:
        return True
    plain = len(core) in (2, 3) and core[0].lower in lexicon.FIRST_NAMES and core[0].lower != last
    return plain and kind is SpeakerKind.PERSON and last not in _COMMON_LAST


_COMMON_LAST = (
    lexicon.ORG_NOUNS
    | lexicon.DOCUMENT_NOUNS
    | lexicon.PREPOSITIONS
    | lexicon.DETERMINERS
    | lexicon.PLURAL_GROUPS
    | lexicon.words("show act island hill road street award prize day panthers park stadium gazette war")
)


def _bare_start(stream: Stream, first: int, last: int, surnames: frozenset[str]) -> int:
    """The first token of the bare name, `last` where there is none."""
    words = [stream.tokens[index] for index in range(first, last)]
    if _PARTY_CODE.match(words[0].text):
        return last
    core = _core_start(words)
    if core == len(words) and words[-1].lower in surnames and stream.lower(first - 1) != "the":
        before = [index for index, token in enumerate(words[:-1]) if token.lower in lexicon.TITLES]
        core = before[-1] + 1 if before else 0
    return first + core


_PLAIN = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss"})


def _core_start(words: list[Token]) -> int:
    """Index of the first word of the bare name, after titles, parties and nationalities."""
    if words[-1].lower in lexicon.ORG_WORDS or any(word.text == "&" for word in words):
        return 0
    core = 0
    for index, token in enumerate(words):
        if token.lower in lexicon.TITLES or token.lower in lexicon.NATIONALITIES:
            core = index + 1
            if words[index + 1 : index + 2] and words[index + 1].lower == "of":  # Secretary of State
                core = min(len(words), index + 3)
        elif token.lower in ("universe", "world") and index and words[index - 1].lower == "miss":
            core = index + 1
        elif index > core + 2:
            break
    return core


def _kind(stream: Stream, first: int, core: list[Token], phrase: str, *, titled: bool) -> SpeakerKind | None:
    """What bears the name; None for days, months and adjectives of place."""
    last = core[-1].lower
    if phrase in lexicon.PLACE_GOVERNMENTS:
        return SpeakerKind.ORGANIZATION
    if phrase in lexicon.COUNTRIES:
        return SpeakerKind.ORGANIZATION
    if phrase in lexicon.PLACES or last in _NO_NAMES:
        return None
    if last in lexicon.ORG_WORDS or any(
        token.lower in lexicon.ORG_WORDS or token.text == "&" for token in core[1:]
    ):
        return SpeakerKind.ORGANIZATION
    if titled:
        return SpeakerKind.PERSON
    if len(core) == 1 and last in _PEOPLES:
        return SpeakerKind.GROUP
    if core[0].lower in lexicon.FIRST_NAMES:
        return SpeakerKind.PERSON
    if len(core) == 1 and (core[0].text.isupper() and len(core[0].text) > 1):
        return SpeakerKind.ORGANIZATION
    if stream.lower(first - 1) in ("the", "in", "at", "near"):
        return SpeakerKind.ORGANIZATION
    return SpeakerKind.PERSON


_PEOPLES = frozenset(
    lexicon.plural(word) for word in lexicon.NATIONALITIES | lexicon.ROLE_NOUNS
) | lexicon.words(
    "islamists mps msps meps unionists sikhs hindus buddhists protestants britons londoners new-yorkers"
)


def first_name_gender(phrase: str) -> str:
    """ "m" or "f" from the first name of a name of two or more words, "" if it does not tell."""
    words = phrase.split()
    if len(words) < 2:
        return ""
    if words[0] in lexicon.MALE_NAMES:
        return "m"
    return "f" if words[0] in lexicon.FEMALE_NAMES else ""
