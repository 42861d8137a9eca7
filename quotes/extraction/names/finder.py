"""Names: what the tagger finds and what rules tell, with titles, particles, initials and suffixes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from quotes.english import lexicon
from quotes.extraction.names.edges import joined
from quotes.extraction.names.recurring_names import alone_names, consistent, with_headlines
from quotes.extraction.names.ruled_names import (
    NAMED_AFTER,
    PEOPLES,
    PLAIN_TITLES,
    Name,
    first_name_gender,
    is_one_person,
    ruled_name,
)
from quotes.extraction.names.runs import after_field, capital_runs, dateline_end
from quotes.extraction.names.tagged_names import whole
from quotes.extraction.names.tagger import TaggedName, tag
from quotes.extraction.names.titles import (
    LEGAL_FORMS,
    NO_NAMES,
    PARTY_CODE,
    bare_start,
    goes_before_names,
    opens_person,
    titles_as_surnames,
    titles_start,
)
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind


def find_names(stream: Stream) -> list[Name]:
    """Names in order, none overlapping: what the tagger finds, and what only rules can tell."""
    surnames = titles_as_surnames(stream)
    runs = list(capital_runs(stream))
    tagged = whole(stream, joined(stream, tag(stream)), runs)
    if stream.headlines:
        tagged = with_headlines(stream, tagged)
    tagged = consistent(stream, tagged)
    ends = [0, *(one.last for one in tagged)]
    found = [
        name
        for one, floor in zip(tagged, ends, strict=False)
        if (name := _of_tag(stream, one, surnames, floor)) is not None
    ]
    places = {one.last: one.first for one in tagged if one.type == "place"}
    found = _with_bodies(stream, [_with_place(stream, name, places) for name in found])
    covered = {index for one in tagged for index in range(one.first, one.last)}
    covered |= {index for name in found for index in range(name.first, name.last)}
    alone = alone_names(stream, tagged)
    for first, last in runs:
        if covered.isdisjoint(range(first, last)):
            name = ruled_name(stream, first, last, surnames)
            if name is not None and (_is_told(stream, name) or _is_borne_out(stream, name, alone)):
                found.append(replace(name, certainty=_RULED))
    return sorted((name for name in found if not _is_rubric(stream, name)), key=lambda name: name.first)


def _is_rubric(stream: Stream, name: Name) -> bool:
    """Interview: “I never look back”"""
    if stream.lower(name.last) != ":" or name.first != stream.sentences[stream.sentence_of[name.first]].first:
        return False
    return all(stream.lower(index) in lexicon.RUBRICS for index in range(name.first, name.last))


def _is_told(stream: Stream, name: Name) -> bool:
    """Whether its words tell what it is; of one word "Mayor" does, but no "General" or "Senior"."""
    if not name.sure or name.kind is not SpeakerKind.PERSON or name.last - name.bare > 1:
        return name.sure
    if name.bare == name.first:
        return True  # @annlee
    title = stream.tokens[name.bare - 1]
    return goes_before_names(title) and title.lower not in _RANKS


_RANKS = lexicon.NATIONALITIES | lexicon.words(
    """
    senior junior general acting interim former majority minority first running vice deputy executive private
    officer
    """
)


def _is_borne_out(stream: Stream, name: Name, alone: Collection[str]) -> bool:
    """Whether a name that rules guess speaks, is a relative, has a particle, or goes by a word of `alone`."""
    if name.last - name.bare > 1 and stream.lower(name.last - 1) in alone:
        return True
    if _is_relative(stream, name):
        return True
    return _speaks(stream, name) or is_one_person(stream, name.bare, name.last)


def _is_relative(stream: Stream, name: Name) -> bool:
    """The Aisling of "his wife, Aisling, and", "their son Dean"."""
    noun = name.first - 1 - (stream.lower(name.first - 1) == ",")
    if noun < 1 or stream.lower(noun) not in lexicon.KIN or stream.tokens[noun].is_capital:
        return False
    return any(stream.lower(index) in _OWNERS for index in range(max(0, noun - _BEFORE_KIN), noun))


_OWNERS = lexicon.POSSESSIVES | {"’s"}
_BEFORE_KIN = 3  # tokens in which an owner stands: "her late younger brother"
_RULED = 0.7  # how certain a name is that only rules find


def _with_bodies(stream: Stream, names: Sequence[Name]) -> list[Name]:
    """A body or place within somebody's title is no name: Kadin County Prosecutor Ann Lee."""
    found: list[Name] = []
    for name in names:
        before = found[-1] if found else None
        begin = name.first if before is None else _title_with_body(stream, before, name)
        if begin < name.first or (before is not None and before.first >= name.first):
            role = stream.slice(begin, name.bare)
            name = replace(name, first=begin, full_first=begin, description=role, titled=True)
            found.pop()
        found.append(name)
    return found


def _with_place(stream: Stream, name: Name, places: Mapping[int, int]) -> Name:
    """With the place in its title: Kadin Mayor Ann Lee. `places`: where they begin, by where they end."""
    begin = places.get(name.first, name.first)
    apart = name.kind is not SpeakerKind.PERSON or name.bare == name.first or begin == name.first
    if apart or stream.sentence_of[begin] != stream.sentence_of[name.first]:
        return name
    return replace(name, first=begin, full_first=begin, description=stream.slice(begin, name.bare))


def _title_with_body(stream: Stream, before: Name, name: Name) -> int:
    """Where a title begins that the name before is part of; the name's own start where it is of none."""
    beside = before.last == name.first and stream.sentence_of[before.first] == stream.sentence_of[name.first]
    if not beside or name.kind is not SpeakerKind.PERSON:
        return name.first
    if before.kind is not SpeakerKind.ORGANIZATION and (
        name.bare == name.first or before.last > before.first + 1
    ):
        return name.first  # Quarrie Communications Director Ann Lee
    if name.bare > name.first or goes_before_names(stream.tokens[name.first - 1]):
        return before.first
    office = before.first - 2  # Superintendent of Police Ann Lee
    opening = stream.sentences[stream.sentence_of[name.first]].first
    if office < opening or stream.lower(office + 1) != "of" or not goes_before_names(stream.tokens[office]):
        return name.first
    return office


def _of_tag(stream: Stream, one: TaggedName, surnames: frozenset[str], floor: int) -> Name | None:
    """`floor`: where the name before ends."""
    first, last = one.first, one.last
    while first < last and stream.lower(first) in ("the", "a", "an"):
        first += 1
    if first == last:
        return None
    words = [stream.tokens[index] for index in range(first, last)]
    phrase = " ".join(token.lower for token in words)
    if _is_no_name(stream, first, last, phrase):
        return None
    opening = words[0].lower
    called = opening in lexicon.FIRST_NAMES or opening in lexicon.HONORIFICS or len(opening.strip(".")) == 1
    ends_as_body = words[-1].lower in NAMED_AFTER or (words[-1].lower in lexicon.ORG_WORDS and not called)
    if one.type == "person" and not (ends_as_body and len(words) > 1):
        person = _person(stream, first, last, surnames, floor)
        return person and replace(person, certainty=one.sure)
    if len(words) == 1 and words[0].lower in PEOPLES:
        return _plain(stream, first, last, SpeakerKind.GROUP)
    if phrase in lexicon.PLACE_GOVERNMENTS or phrase in lexicon.COUNTRIES:
        return _plain(stream, first, last, SpeakerKind.ORGANIZATION)
    if one.type in ("person", "organization"):  # the Kadin Gazette
        if stream.lower(last) == "," and stream.lower(last + 1) in LEGAL_FORMS:
            last += 2
        return replace(_plain(stream, first, last, SpeakerKind.ORGANIZATION), certainty=one.sure)
    if one.type == "nationality":
        return None
    body = replace(_plain(stream, first, last, SpeakerKind.ORGANIZATION), certainty=one.sure)
    return body if _speaks(stream, body) else None


def _is_no_name(stream: Stream, first: int, last: int, phrase: str) -> bool:
    if stream.lower(last - 1) in NO_NAMES or PARTY_CODE.match(stream.tokens[first].text):
        return True
    if stream.tokens[first].text.isupper():
        sentence = stream.sentences[stream.sentence_of[first]]
        if last <= dateline_end(stream, sentence):
            return True
    if phrase in LEGAL_FORMS:
        return True
    alone = last == first + 1 and stream.lower(first - 1) not in lexicon.HONORIFICS
    return alone and (phrase in _PRONOUNS or phrase in lexicon.CONTRACTIONS)


_PRONOUNS = lexicon.words("i he she it they we you him her his their them who mr mrs ms miss dr")


def _plain(stream: Stream, first: int, last: int, kind: SpeakerKind) -> Name:
    return Name(
        first=first,
        last=last,
        full_first=first,
        name=stream.slice(first, last),
        kind=kind,
        plural=kind is SpeakerKind.GROUP,
        bare=first,
        sure=True,
    )


def _person(stream: Stream, first: int, last: int, surnames: frozenset[str], floor: int) -> Name | None:
    """The bare name, with what stands before it as titles; letters behind it are none of it."""
    first = after_field(stream, first, last)
    is_name = opens_person(stream, first) or stream.lower(first - 1) in PLAIN_TITLES  # Ms White
    core = first if is_name else bare_start(stream, first, last, surnames)
    if core == last:
        return None
    begin = titles_start(stream, first, floor)
    while last > core + 1 + (begin == core) and stream.tokens[last - 1].text in lexicon.POSTNOMINALS:
        last -= 1
    phrase = " ".join(stream.lower(index) for index in range(core, last))
    honorific = [
        stream.lower(index) for index in range(begin, core) if stream.lower(index) in lexicon.HONORIFICS
    ]
    gender = next((lexicon.HONORIFICS[word] for word in honorific if lexicon.HONORIFICS[word]), "")
    return Name(
        first=begin,
        last=last,
        full_first=begin,
        name=stream.slice(core, last),
        kind=SpeakerKind.PERSON,
        description=stream.slice(begin, core) if core > begin and not set(honorific) & PLAIN_TITLES else "",
        gender=gender or first_name_gender(phrase),
        titled=any(goes_before_names(stream.tokens[index]) for index in range(begin, core)),
        bare=core,
        sure=True,
    )


def _speaks(stream: Stream, name: Name) -> bool:
    """Whether a verb of saying, a colon or "according to" stands next to the name."""
    before, after = stream.lower(name.first - 1), stream.lower(name.last)
    if before == "to":
        return stream.lower(name.first - 2) == "according"
    if after in (":", "'s"):
        return True
    return any(word in lexicon.CUE_VERBS for word in (before, after, stream.lower(name.last + 1)))
