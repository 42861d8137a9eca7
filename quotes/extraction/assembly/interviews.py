"""Who is interviewed, and questions and answers that only their order tells."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.english import lexicon
from quotes.extraction.coreference.resolver import Coreference
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.text.passages import Passage
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import ResolvedSpeaker, SpeakerKind

_TALKS = lexicon.words(
    """
    spoke speaks speak spoken talked talks talk talking told tells sat sits answers answered explains
    discusses reflects chatted chats met meets caught interviewed interviews asked
    """
)
_TALK = lexicon.words("interview conversation q&a chat talk")
_ASKS = lexicon.words("interviewed interviews asked met meets")  # whom they are done to answers
_REACH = 5  # tokens from "with" to the name
_DOMINANT = 3  # times as often as anybody else somebody is spoken of
BYLINE = lexicon.words("by words interview text")  # Interview: Ann Lee
_FEWEST = 3  # questions
_QUESTION_WORDS = 45
_YOU = lexicon.words("you you're you've you'd you'll your yours yourself")
_I = lexicon.words("i i'm i've i'd i'll me my mine myself we we're we've we'd our us")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHARE = 0.6  # of the questions and of the answers that are put to a person and given by one

Interviewee = tuple[ResolvedSpeaker, Mention]


def interviewers(
    stream: Stream, mentions: MentionIndex, coreference: Coreference, before: int
) -> frozenset[str]:
    """Names of who signs the article above token `before`: By Ann Lee, Interview: Ann Lee."""
    return frozenset(
        found[0].name
        for mention in mentions.between(0, before)
        if mention.kind is MentionKind.NAME
        and _is_byline(stream, mention.begin)
        and (found := coreference.speaker(mention)) is not None
    )


def _is_byline(stream: Stream, token: int) -> bool:
    colon = stream.lower(token - 1) == ":"
    word = token - 1 - colon
    if word < 0 or stream.lower(word) not in BYLINE:
        return False
    return colon or stream.opens_paragraph(word) or stream.lower(word - 1) in ("interview", "interviewed")


def interviewee(
    stream: Stream,
    mentions: MentionIndex,
    coreference: Coreference,
    before: int,
    asking: frozenset[str],
    *,
    plain: bool = False,
) -> Interviewee | None:
    """Whom the introduction, up to token `before`, makes known as the one who answers.

    The only person in it, else the one with whom somebody is said to speak there, else (unless it has to be
    `plain`) the one whom it is nearly all about, from its first sentence on.
    """
    spoken_of: Counter[str] = Counter()
    names: dict[str, Interviewee] = {}
    people: dict[int, str] = {}
    for mention in mentions.between(0, before):
        found = coreference.speaker(mention)
        if found is None or found[0].kind is not SpeakerKind.PERSON or found[0].name in asking:
            continue
        name = found[0].name
        spoken_of[name] += 1
        people[mention.first] = name
        if mention.kind is MentionKind.NAME:
            names.setdefault(name, (found[0], mention))
    if not names:
        return None
    if len(names) == 1:
        return next(iter(names.values()))
    votes = Counter(name for name in _spoken_with(stream, people, before) if name in names)
    if len(votes) == 1:
        return names[next(iter(votes))]
    (first, most), *others = spoken_of.most_common(2)
    if plain or votes or first not in names or (others and most < _DOMINANT * others[0][1]):
        return None
    return names[first]


def _spoken_with(stream: Stream, people: dict[int, str], before: int) -> Iterator[str]:
    """Who answers by each verb or noun of an interview: with whom one speaks, else who speaks."""
    for index in range(before):
        word = stream.lower(index)
        if word not in _TALKS and word not in _TALK:
            continue
        after = index + 1
        while after < index + 4 and stream.lower(after) in _BETWEEN:
            after += 1
        partner = (
            _person(people, range(after, after + _REACH)) if _leads(stream, word, index, after) else None
        )
        sentence = stream.sentences[stream.sentence_of[index]]
        subject = _person(people, range(index - 1, sentence.first - 1, -1)) if word in _TALKS else None
        # "Lee spoke to us", "Lee talked to Ek": the first of them answers; "we met Lee": the second.
        who = subject if subject and word not in _ASKS else partner
        if who:
            yield who


def asks_there(stream: Stream, mention: Mention) -> bool:
    """Whether somebody is named as who asks: Ann Lee talked to Tobias Wren, interviewed by Tobias Wren."""
    last, before = stream.lower(mention.begin - 1), stream.lower(mention.begin - 2)
    if last == "by":
        return before == "interviewed" or stream.opens_paragraph(mention.begin - 1)
    return last in ("to", "with") and (before in _TALKS or before in _TALK or before in _BETWEEN)


_BETWEEN = frozenset({"down", "up", "exclusively", "recently", "to", "with"})


def _leads(stream: Stream, word: str, index: int, after: int) -> bool:
    return word in _ASKS or any(stream.lower(at) in ("to", "with") for at in range(index + 1, after))


def _person(people: dict[int, str], tokens: range) -> str | None:
    return next((people[token] for token in tokens if token in people), None)


@dataclass(frozen=True, slots=True)
class Interview:
    """`start` is the token of the first question; `answers` are the paragraphs of each."""

    start: int
    answers: tuple[tuple[Passage, ...], ...]


def unlabelled(stream: Stream, parts: Sequence[Passage]) -> Interview | None:
    """Short paragraphs that ask "you", each above an answer that says "I"; None where that is not plain."""
    asked = [part for part in parts if _asks(stream, part)]
    asked = [part for part in asked if part.number]  # a headline may ask, too
    if len(asked) < _FEWEST:
        return None
    answers = []
    for number, question in enumerate(asked):
        end = asked[number + 1].number if number + 1 < len(asked) else question.number + 2
        answer = tuple(parts[question.number + 1 : end])
        if not answer or len(answer) > _LONGEST:
            return None
        answers.append(answer)
    to_you = sum(bool(_YOU & _words(stream, question)) for question in asked)
    from_me = sum(bool(_I & _words(stream, answer[0])) for answer in answers)
    if min(to_you, from_me) < _SHARE * len(asked):
        return None
    return Interview(asked[0].first, tuple(answers))


_LONGEST = 6  # paragraphs of an answer


def _asks(stream: Stream, part: Passage) -> bool:
    if stream.text[part.end - 1] != "?" or part.last - part.first > _QUESTION_WORDS:
        return False
    return not any(stream.tokens[token].is_quote for token in range(part.first, part.last))


def _words(stream: Stream, part: Passage) -> set[str]:
    """The reporter's words of the paragraph, what stands in marks left out."""
    return {
        word.replace("’", "'")
        for token in stream.tokens[part.first : part.last]
        if token.is_word
        for word in _WORD.findall(token.lower)
    }
