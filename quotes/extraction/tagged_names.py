"""What the tagger finds, mended by what rules know of runs of capitals, headlines and the whole article."""

import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from . import lexicon, nouns
from .name_forms import abbreviates
from .name_runs import is_nickname
from .name_titles import LEGAL_FORMS, PEOPLES_TITLES, bare_start, goes_before_names, is_all_body, opens_person
from .ruled_names import PLAIN_TITLES, is_one_person, is_plain_person, ruled_name
from .stream import Sentence, Stream
from .tagger import TaggedName, has_capital
from .types import SpeakerKind


def joined(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """Names that begin and end with a capital; parts of one name that stand side by side as one."""
    found: list[TaggedName] = []
    for one in tagged:
        trimmed = _trimmed(stream, _without_field(stream, one))
        before = found[-1] if found else None
        if trimmed is not None and before is not None and _goes_on(stream, before, trimmed):
            found[-1] = replace(before, last=trimmed.last, type=trimmed.type)
        elif trimmed is not None:
            found.append(trimmed)
    return found


def _trimmed(stream: Stream, one: TaggedName) -> TaggedName | None:
    """From its first word to its last capital, and no further than quoted words that are no nickname."""
    last = one.last
    for index in range(one.first, one.last):
        token = stream.tokens[index]
        if token.text == "of" and index > one.first + 1 and one.type == "person":
            last = index  # Ann Lee of Kadin
            break
        if token.is_quote and not (index + 1 < one.last and is_nickname(stream, token, index + 1)):
            last = index
            break
    while last > one.first and not has_capital(stream.tokens[last - 1]):
        last -= 1
    return _within(one, one.first, last) if last > one.first else None


def _without_field(stream: Stream, one: TaggedName) -> TaggedName:
    """Ann Lee of "Mayor of Kadin Ann Lee", "Secretary of Defence Ann Lee"; and of "But Ann Lee" at first."""
    first = one.first
    if one.type != "person" or one.last - first < 2:
        return one
    opens = first == stream.sentences[stream.sentence_of[first]].first
    if opens and stream.lower(first) in lexicon.CONJUNCTIONS:
        return _within(one, first + 1, one.last)
    if one.last - first < 3 or stream.lower(first - 1) not in ("of", "for"):
        return one
    named = stream.lower(first + 1) in lexicon.FIRST_NAMES and stream.lower(first) not in lexicon.FIRST_NAMES
    holds = stream.lower(first - 2) in lexicon.TITLES
    return _within(one, first + 1, one.last) if named and holds else one


def _within(one: TaggedName, first: int, last: int) -> TaggedName:
    """The name with these edges."""
    return one if (first, last) == (one.first, one.last) else replace(one, first=first, last=last)


def _goes_on(stream: Stream, before: TaggedName, one: TaggedName) -> bool:
    """Whether it is the rest of one name: Ann + Lee, Dwayne "The Rock" + Johnson, Kadin + Police Force."""
    if stream.sentence_of[before.first] != stream.sentence_of[one.first]:
        return False
    people = before.type == one.type == "person"
    if before.last == one.first:
        return people or (before.type == "place" and one.type == "organization")
    between = stream.tokens[before.last]
    nickname = before.last + 1 == one.first and between.is_quote
    return people and nickname and is_nickname(stream, between, one.first)


def _abbreviated(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """What has a body's short name in brackets behind it is a body: Kadin Desert Stones (KADES)."""
    found = list(tagged)
    for number, (one, short) in enumerate(pairwise(tagged)):
        bracketed = stream.lower(one.last) == "(" and (short.first, short.last) == (
            one.last + 1,
            one.last + 2,
        )
        if not bracketed or short.type != "organization":
            continue
        letters = stream.lower(short.first)
        whole_name = letters == "".join(stream.lower(index)[0] for index in range(one.first, one.last))
        if whole_name or (one.type != "person" and abbreviates(letters, stream.slice(one.first, one.last))):
            found[number] = replace(one, type="organization")
    return found


def _with_nations(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """The nation in "Ruritanian Energy Operator (REO)" and "Ruritanian Chess Federation" is of the name."""
    found: list[TaggedName] = []
    for one in tagged:
        before = found[-1] if found else None
        beside = before is not None and before.type == "nationality" and before.last == one.first
        if before is not None and beside and _is_national_body(stream, before, one):
            found[-1] = replace(one, first=before.first)
        else:
            found.append(one)
    return found


def _is_national_body(stream: Stream, nation: TaggedName, body: TaggedName) -> bool:
    if body.type != "organization" or body.last - body.first == 1:
        return False
    initials = "".join(stream.tokens[index].text[0] for index in range(nation.first, body.last))
    short = stream.tokens[body.last + 1].text if stream.lower(body.last) == "(" else ""
    return short.upper() == initials.upper() or stream.lower(body.last - 1) in lexicon.ORG_NOUNS


def whole(stream: Stream, tagged: Sequence[TaggedName], runs: Sequence[tuple[int, int]]) -> list[TaggedName]:
    """With what rules know to belong to a name: a first name, Jr., a nickname, what a body is for."""
    tagged = _with_nations(stream, _abbreviated(stream, tagged))
    waiting = deque(_with_ends(stream, one) if one.type == "person" else one for one in tagged)
    alone = alone_names(stream, tagged)
    found: list[TaggedName] = []
    for first, last in runs:
        while waiting and waiting[0].last <= first:
            found.append(waiting.popleft())
        parts = []
        while waiting and waiting[0].first < last:
            parts.append(waiting.popleft())
        found += _whole_run(stream, first, last, parts, alone) if parts else []
    return [*found, *waiting]


def _whole_run(
    stream: Stream, first: int, last: int, parts: list[TaggedName], alone: Collection[str]
) -> list[TaggedName]:
    """What the names in a run of capitals are, with what rules know of the run.

    alone   words that are a person's name by themselves
    """
    one = parts[0]
    if len(parts) == 1 and (one.first, one.last) == (first, last) and one.sure > _HARDLY:
        return parts
    known = _as_body(stream, first, last, parts) or _as_person(stream, first, last, parts)
    if known is not None:
        return [known]
    if stream.lower(first + 1) == "of" and stream.lower(first) in _HOLDERS:
        return [part for part in parts if part.type == "person" and part.first > first + 1]
    pair = any(stream.lower(index) == "&" for index in range(first + 1, last - 1))
    if pair and not any(_is_full_person(part) for part in parts):
        return [TaggedName(first, max(last, parts[-1].last), "organization", one.sure)]  # Bell & Sparrow
    is_joined = any(stream.lower(index) in _JOINS_BODIES for index in range(first + 1, last - 1))
    least = _HARDLY if is_joined else _LITTLE
    if not is_joined and _goes_by_surname(stream, first, last, parts, alone):
        return [replace(one, first=first, last=last, type="person")]
    if any(part.type == "person" and part.sure > least for part in parts):
        half = _is_half_a_name(stream, first, last, parts)
        return [replace(one, first=first, last=last, type="person")] if half else parts
    ruled = None if is_joined else _as_ruled(stream, first, last, parts)
    if ruled is not None:
        return [ruled]
    body = any(part.type == "organization" for part in parts)
    placed = one.type == "place" and (one.first, one.last) != (first, last)
    part = placed and (one.first == first or (one.last == last and one.sure < _LITTLE))
    if is_joined or ((body or part) and stream.lower(last - 1) not in PEOPLES_TITLES):
        end = max(last, parts[-1].last)  # Northern Vale Trains
        return [TaggedName(_begin(first, one), end, "organization", one.sure)]
    return parts


def _begin(first: int, one: TaggedName) -> int:
    """Where a body's name begins: the run may lack a word that the sentence opens with."""
    return min(first, one.first) if one.sure > _HARDLY else first


def _as_person(stream: Stream, first: int, last: int, parts: Sequence[TaggedName]) -> TaggedName | None:
    """The run as one person's name, where particles, a nickname or a known first name say so."""
    one = next((part for part in parts if part.type == "person"), parts[0])
    end = max(last, parts[-1].last)
    if len(parts) == 1 and one.type == "person" and one.first < first and opens_person(stream, first):
        return replace(one, first=first)  # the Secretary of State for Wales David Hale
    if _GLUED.fullmatch(stream.tokens[last - 1].text) and last - first > 1:
        return replace(one, first=last - 1, last=end, type="person")
    if any(map(_is_other, parts)) or _is_full(stream, one, last):
        return None
    core = bare_start(stream, first, last, frozenset())
    if core < last and (is_one_person(stream, first, last) or is_plain_person(stream, core, last)):
        titled = any(goes_before_names(stream.tokens[index]) for index in range(one.first, core))
        return replace(one, first=core if titled else min(one.first, core), last=end, type="person")
    return None


def _is_full(stream: Stream, one: TaggedName, last: int) -> bool:
    """Whether the tagger is sure of a first name and a surname at the end of the run."""
    full = one.type == "person" and one.last == last and one.last - one.first > 1 and one.sure > _HARDLY
    return full and stream.lower(one.first) in lexicon.FIRST_NAMES


def _as_body(stream: Stream, first: int, last: int, parts: Sequence[TaggedName]) -> TaggedName | None:
    """The run as a body's name, where its last word or the one behind it can be no person's."""
    is_company = stream.lower(last - 1) in LEGAL_FORMS or stream.lower(last) in LEGAL_FORMS
    if _is_of_country(stream, first, last, parts):
        return TaggedName(first, last, "organization", parts[0].sure)
    opening = stream.lower(first)
    called = opening in lexicon.FIRST_NAMES or opening in lexicon.HONORIFICS or opening in PLAIN_TITLES
    can_be = not called and not any(map(_is_full_person, parts))  # Mr Hill
    if last - first == 1 or not (is_company or (can_be and stream.lower(last - 1) in lexicon.ORG_WORDS)):
        return None
    begin = _begin(first, parts[0]) if is_all_body([*stream.tokens[first:last]]) else parts[0].first
    return TaggedName(begin, max(last, parts[-1].last), "organization", parts[0].sure)


def _is_of_country(stream: Stream, first: int, last: int, parts: Sequence[TaggedName]) -> bool:
    """Whether a country ends the name of a body: Rivers UK, Chess Scotland, Air Ruritania."""
    words = [stream.lower(index) for index in range(first, last)]
    airline = words[0] == "air" and parts[-1].type == "place" and parts[-1].first == first + 1
    if airline and parts[-1].last == last:
        return True
    named = words[0] in _PEOPLES or words[0] in lexicon.TITLES or words[0] in lexicon.FIRST_NAMES
    if len(words) < 2 or named or words[0] in _OF_LANDS or " ".join(words) in lexicon.PLACES:
        return False
    return words[-1] in _COUNTRIES and not any(map(_is_full_person, parts))


_PEOPLES = lexicon.NATIONALITIES | nouns.DEMONYMS | lexicon.COMMON_OPENERS | nouns.SOMETIMES_PEOPLE


_COUNTRIES = {name for name in lexicon.COUNTRIES if " " not in name} - {"us", "u.s", "u.s."}
_OF_LANDS = lexicon.words(
    """
    north south east west northern southern eastern western central upper lower greater great little new old
    mainland middle inner outer united papua team people republic
    """
)


def _as_ruled(stream: Stream, first: int, last: int, parts: Sequence[TaggedName]) -> TaggedName | None:
    """What rules take the run for, where the tagger is not sure of any of it."""
    if any(part.sure >= _LITTLE for part in parts):
        return None
    ruled = ruled_name(stream, first, last, frozenset())
    if ruled is None or ruled.last - ruled.bare == 1:
        return None
    kind = "person" if ruled.kind is SpeakerKind.PERSON else "organization"
    told = ruled.sure or kind != "person" or any(part.type == "person" for part in parts)
    if not told and not _is_presented(stream, first, last):
        return None
    return replace(parts[0], first=ruled.bare, last=max(last, parts[-1].last), type=kind)


def _goes_by_surname(
    stream: Stream, first: int, last: int, parts: Sequence[TaggedName], alone: Collection[str]
) -> bool:
    """Whether a run of two words that the tagger doubts is who the article calls by the second."""
    doubtful = all(part.sure < (_LITTLE if part.type == "person" else _LIKELY) for part in parts)
    if last - first != 2 or not doubtful or stream.lower(last - 1) not in alone:
        return False
    return not any(stream.lower(first) in some for some in _OTHER_WORDS)


def _is_presented(stream: Stream, first: int, last: int) -> bool:
    """Whether somebody speaks or is told of: "Ola Brandt said", "Ola Brandt, 32,", "Ola Brandt, a nurse"."""
    beside = first - 2 if stream.lower(first - 1) == "," else first - 1
    if stream.lower(beside) in lexicon.ROLE_NOUNS or stream.lower(beside) in nouns.SOMETIMES_PEOPLE:
        return True  # the nurse Ola Brandt; the nurse, Ola Brandt
    after = stream.lower(last + 1)
    if stream.lower(last) == ",":
        owned = stream.lower(last + 2) in ("'s", "'")  # Ola Brandt, Quarrie's adviser
        return owned or after[:1].isdigit() or after in lexicon.DETERMINERS or after in lexicon.ROLE_NOUNS
    opens = first == stream.sentences[stream.sentence_of[first]].first
    if stream.lower(first - 1) == "'s" and stream.lower(last) in (".", ":"):
        return True  # said the Gazette's Ola Brandt
    aside = opens and stream.lower(last) in _DASHES  # Ola Brandt - back from Kadin - said
    return aside or stream.lower(last) in _ACTS or stream.lower(first - 1) in lexicon.SAY_VERBS


_DASHES = frozenset("-–—")
_ACTS = (frozenset(lexicon.CUE_VERBS) | lexicon.AUXILIARIES | lexicon.COMMON_VERBS) - {"'s"}


def _is_other(one: TaggedName) -> bool:
    return one.type != "person" and one.sure > _HARDLY


# Who is called by an office and a place: "the Archbishop of Brackley".
_HOLDERS = lexicon.words("archbishop bishop dean mayor governor sheriff chancellor provost")


def _is_full_person(one: TaggedName) -> bool:
    return one.type == "person" and one.last - one.first > 1


def _is_half_a_name(stream: Stream, first: int, last: int, parts: Sequence[TaggedName]) -> bool:
    """The Ola of "Ola Brandt", or the Brandt: nothing else is known of the other word."""
    one = parts[0]
    doubtful = all(part.sure < _LITTLE for part in parts if part.type != "person")
    if len(parts) > 1 and not doubtful:
        return False
    if last - first != 2 or one.last - one.first != 1:
        return False
    other = last - 1 if one.first == first else first
    word = stream.lower(other)
    opens = other == stream.sentences[stream.sentence_of[other]].first
    if opens and (stream.lower(last) != "," or word.endswith(("ing", "ed", "ly"))):
        return False
    if stream.tokens[other].text.isupper() and (word in lexicon.CUE_VERBS or word in lexicon.AUXILIARIES):
        return False  # LEE SPOKE
    return not any(word in some for some in _OTHER_WORDS)


_OTHER_WORDS = (
    PEOPLES_TITLES,
    lexicon.ORG_WORDS,
    lexicon.PLACES,
    lexicon.NATIONALITIES | nouns.DEMONYMS | lexicon.COMMON_OPENERS | nouns.SOMETIMES_PEOPLE,
)


_HARDLY, _LITTLE = 0.8, 0.5


_JOINS_BODIES = lexicon.words("for and & of on")


def _opens_with_per(stream: Stream, one: TaggedName) -> bool:
    """ "Per Dahl said": somebody of that name, where "Per Dahl, it rained" goes by what Dahl says."""
    opening = stream.sentences[stream.sentence_of[one.first]].first
    if one.last - one.first != 1 or one.first - 1 != opening or stream.lower(opening) != "per":
        return False
    return stream.lower(one.last) in lexicon.SAY_VERBS or stream.lower(one.last) in lexicon.AUXILIARIES


def _with_ends(stream: Stream, one: TaggedName) -> TaggedName:
    first, last = one.first, one.last
    opening = stream.sentences[stream.sentence_of[first]].first
    while first > opening and _INITIAL.fullmatch(stream.tokens[first - 1].text):
        first -= 1
    before, after = stream.tokens[max(first - 1, 0)], stream.lower(last)
    if (first > opening and before.is_capital and opens_person(stream, first - 1)) or _opens_with_per(
        stream, one
    ):
        first -= 1
    if after in _GENERATIONS and stream.tokens[last].is_capital:
        last += 1
    elif after == "," and stream.lower(last + 1) in _GENERATIONS:
        last += 2
    return _within(one, first, last)


_INITIAL = re.compile(r"[B-HJ-Z]\.?|[AI]\.")


_GLUED = re.compile(r"(?:[A-Z]\.)+[A-Z][a-z]{2,}")  # J.Lee


_GENERATIONS = lexicon.words("jr jr. sr sr. ii iii iv")


def with_headlines(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """In a headline, where each word has a capital, those are names that are some in the body."""
    found: list[TaggedName] = []
    known: dict[tuple[str, ...], str] = {}
    for one in tagged:
        if _in_headline(stream, one.first):
            continue
        found.append(one)
        words = tuple(stream.lower(index) for index in range(one.first, one.last))
        known.setdefault(words, one.type)
        if one.type == "person":
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


def _in_headline(stream: Stream, index: int) -> bool:
    return stream.sentences[stream.sentence_of[index]].paragraph in stream.headlines


def consistent(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """A surname alone is a person's wherever the article has one fuller name that ends with it."""
    alone = alone_names(stream, tagged)
    tails = _surnames(stream, tagged)
    tagged = [_by_surname(stream, one, alone, tails) for one in tagged]
    people: set[str] = set()  # last words of people's names, and of bodies'; all words of other names
    bodies: set[str] = set()
    others: set[str] = set()
    for one in tagged:
        words = [stream.lower(index) for index in range(one.first, one.last)]
        if len(words) > 1 and one.type == "person":
            people.add(words[-1])
        elif len(words) > 1:
            others.update(words)
            bodies.update(words[-1:] if one.type == "organization" else ())
    family = people - others - lexicon.COMMON_OPENERS - lexicon.PLACES - lexicon.SUFFIXES
    bodies -= people
    found = [_again(stream, one, family, bodies) for one in tagged]
    covered = {index for one in tagged for index in range(one.first, one.last)}
    for index, token in enumerate(stream.tokens):
        again = token.is_capital and token.lower in family and index not in covered
        if again and not _before_capital(stream, index) and not _in_headline(stream, index):
            found.append(TaggedName(index, index + 1, "person", _AGAIN))
    return sorted(found, key=lambda one: one.first)


def alone_names(stream: Stream, tagged: Sequence[TaggedName]) -> set[str]:
    """Words that are a person's name by themselves."""
    return {
        stream.lower(one.first)
        for one in tagged
        if one.type == "person" and one.last == one.first + 1 and one.sure > _LIKELY
    }


def _surnames(stream: Stream, tagged: Sequence[TaggedName]) -> set[tuple[str, ...]]:
    """What is left of people's names of three words and more without the first name."""
    return {
        tuple(stream.lower(index) for index in range(one.first + 1, one.last))
        for one in tagged
        if one.type == "person" and one.last > one.first + 2
    }


def _by_surname(
    stream: Stream, one: TaggedName, alone: Collection[str], tails: Collection[tuple[str, ...]]
) -> TaggedName:
    """Halvard Eikeland is no place, if he is called Eikeland; nor is Ruiz Ortega, beside Ana Ruiz Ortega."""
    doubtful = one.type != "person" and one.last > one.first + 1 and one.sure < _HARDLY
    if not doubtful:
        return one
    words = tuple(stream.lower(index) for index in range(one.first, one.last))
    return replace(one, type="person") if words[-1] in alone or words in tails else one


_LIKELY = 0.7


def _again(stream: Stream, one: TaggedName, family: Collection[str], bodies: Collection[str]) -> TaggedName:
    """A name of one word is of the type of the fuller names that end with it."""
    word = stream.lower(one.first)
    if one.last > one.first + 1:
        return one
    if word in family and one.type != "person":
        return replace(one, type="person")
    if word in bodies and word not in family and one.type == "person":
        return replace(one, type="organization")  # the Gulls are the Harbour Gulls
    return one


_AGAIN = 0.8  # how sure a surname is that only its fuller name tells


def _before_capital(stream: Stream, index: int) -> bool:
    following = index + 1
    if following >= len(stream.tokens) or stream.sentence_of[index] != stream.sentence_of[following]:
        return False
    return stream.tokens[following].is_capital
