"""What the article says of a name right beside it: roles, ages, origins."""

from dataclasses import dataclass

from quotes.english import lexicon
from quotes.english.role_words import BREAKS, DULL, ENDS, parts_of_word
from quotes.extraction.mentions.finder import Mention
from quotes.extraction.text.stream import Stream

_LONGEST = 16  # tokens of an apposition
_POSSESSOR = 4  # tokens of "Mayor Ann Lee's"
_OFFICE = 8  # tokens of "the mayor of the town" before a copula
_COPULAS = frozenset({"is", "was", "became", "remains"})
_OPENS = frozenset({",", "(", "—", "–", "--"})
_NOUNS = lexicon.ROLE_NOUNS | lexicon.TITLES | lexicon.ORG_NOUNS
_CLAUSES = frozenset({"whose", "which", "that", "had", "has", "when", "where", "while"})
_POSTS = {  # "who leads the union" is the leader of the union
    "leads": "leader", "heads": "head", "chairs": "chair", "owns": "owner", "coaches": "coach",
    "manages": "manager", "directs": "director", "runs": "head", "commands": "commander",
    "run": "head", "led": "leader", "headed": "head", "chaired": "chair", "owned": "owner",
}  # fmt: skip
_BECAME = frozenset({"became", "named", "elected", "appointed", "re-elected", "as"})
_BECOMING = _BECAME | {"was", "has", "been", "is", "sworn", "in", "today", "now", "on", *lexicon.words(
    "monday tuesday wednesday thursday friday saturday sunday"
)}  # fmt: skip
_NUMBERS = lexicon.words(
    "two three four five six seven eight nine ten eleven twelve twenty thirty more most many over nearly"
)
_SINCE = frozenset({"since", "for", "on", "from", "and", "but", "(", "as"})
_WHEN = frozenset({"on", "in", "after", "at", "by", "until", "last", "this", "and", "when", "with", "who"})
_NO_ROLE = lexicon.POSSESSIVES | lexicon.PREPOSITIONS | {"who"}


@dataclass(frozen=True, slots=True)
class Description:
    """`heads`: what the person is ("manager"); `words`: everything said, folded."""

    heads: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def description_of(stream: Stream, mention: Mention, core: int) -> Description:
    """From the words before a name (`core` is its own first token), the apposition after it, or "X is a"."""
    before = [stream.lower(index) for index in range(mention.begin, core)]
    after = [word for index in _after(stream, mention) for word in parts_of_word(stream.lower(index))]
    origin = _origin(stream, mention)
    office = _told_before(stream, mention)
    words = [*before, *mention.description.lower().split(), *after, *origin, *office]
    words = [word for word in words if word not in DULL]
    heads = {word for word in before if word in _NOUNS} | _heads(after)
    heads |= _heads(mention.description.lower().split()) | _heads(office)
    return Description(frozenset(heads), frozenset(words))


def _origin(stream: Stream, mention: Mention) -> list[str]:
    """The country of "Kenya's Ann Lee" and "Ann Lee of Kenya"."""
    found = []
    if stream.lower(mention.begin - 1) in ("'s", "’s"):
        found.append(stream.lower(mention.begin - 2))
    if stream.lower(mention.last) in ("of", "from"):
        found.append(stream.lower(mention.last + 1))
    return [word for word in found if word in lexicon.COUNTRIES]


def _told_before(stream: Stream, mention: Mention) -> list[str]:
    """The mayor of "The mayor is Ann Lee"."""
    copula = mention.begin - 1
    if stream.lower(copula) not in ("is", "was"):
        return []
    floor = max(stream.sentences[stream.sentence_of[mention.first]].first, copula - _OFFICE)
    for index in range(copula - 1, floor - 1, -1):
        within = stream.lower(index - 1) in ("of", "for", "at", "in")  # the head of the school
        opens = stream.lower(index) in lexicon.DETERMINERS or stream.lower(index) in lexicon.POSSESSIVES
        if opens and not within:
            return [stream.lower(at) for at in range(index + 1, copula)]
        if not stream.tokens[index].is_word:
            break
    return []


def apposition_of(stream: Stream, mention: Mention) -> str:
    """What stands after a name as its description, as written: "director of the Harbour Board"; else ""."""
    if stream.lower(mention.last) != ",":
        return _predicate(stream, mention)
    tokens = [*_after(stream, mention)]
    if tokens and stream.lower(tokens[0]) == "who":
        return _post(stream, tokens[1:])
    while tokens and _is_opening(stream, tokens[0]):
        tokens.pop(0)
    tokens = tokens[: next((i for i, at in enumerate(tokens) if _ends_role(stream, at)), len(tokens))]
    words = [stream.lower(at) for at in tokens]
    if (
        not tokens
        or words[0] in _NO_ROLE
        or _is_clause_or_name(stream, tokens)
        or not _heads(words) & (lexicon.ROLE_NOUNS | lexicon.TITLES)
    ):
        return ""
    while words and words[-1] in DULL:
        words.pop()
    return stream.slice(tokens[0], tokens[0] + len(words))


def _post(stream: Stream, tokens: list[int]) -> str:
    """The "leader of the union" of "who leads the union", "who has led the union since May"."""
    if tokens and stream.lower(tokens[0]) == "has":
        tokens = tokens[1:]
    elif tokens and not stream.lower(tokens[0]).endswith("s"):
        return ""  # who led it once
    if not tokens or stream.lower(tokens[0]) not in _POSTS:
        return ""
    stop = next((i for i, at in enumerate(tokens) if stream.lower(at) in _SINCE), len(tokens))
    body = tokens[1:stop]
    return f"{_POSTS[stream.lower(tokens[0])]} of {stream.slice(body[0], body[-1] + 1)}" if body else ""


def _predicate(stream: Stream, mention: Mention) -> str:
    """The mayor of "was elected mayor on Monday"."""
    index, limit = mention.last, stream.sentences[stream.sentence_of[mention.first]].last
    while index < limit and stream.lower(index) in _BECOMING:
        index += 1
    if index == mention.last or stream.lower(index - 1) not in _BECAME:
        return ""
    if index < limit and stream.lower(index) in lexicon.DETERMINERS:
        index += 1
    end = index
    while (
        end < min(limit, index + _LONGEST) and stream.tokens[end].is_word and stream.lower(end) not in _WHEN
    ):
        end += 1
    words = [stream.lower(at) for at in range(index, end)]
    return stream.slice(index, end) if _heads(words) & (lexicon.ROLE_NOUNS | lexicon.TITLES) else ""


def _is_clause_or_name(stream: Stream, tokens: list[int]) -> bool:
    """ "Sen. Ann Cruz", "Mr. Lee was there": the next of a list, or the rest of the sentence."""
    first, following = stream.lower(tokens[0]), tokens[1:2]
    named = first in lexicon.TITLES and any(stream.tokens[at].is_capital for at in following)
    return named or any(stream.lower(at) in lexicon.BE_FORMS for at in tokens)


def _ends_role(stream: Stream, index: int) -> bool:
    """Whether a clause, or how long somebody has been it, follows: "for eleven years", "since 2011"."""
    word, following = stream.lower(index), stream.lower(index + 1)
    lasts = word == "for" and (following[:1].isdigit() or following in _NUMBERS)
    return word in _CLAUSES or word in ("who", "since") or lasts


def _is_opening(stream: Stream, index: int) -> bool:
    """An article, or an age."""
    word = stream.lower(index)
    return word in lexicon.DETERMINERS or word == "," or word.isdigit()


def _heads(words: list[str]) -> set[str]:
    """Role nouns that end the first noun phrases ("the chief executive and founder of")."""
    found: set[str] = set()
    for index, word in enumerate(words):
        if word in _CLAUSES:
            break
        following = words[index + 1] if index + 1 < len(words) else ""
        if word in ("of", "for", "at", "from", "by", "'s"):
            if word != "'s":
                break
            found.clear()
        elif word in _NOUNS and (following not in _NOUNS or index < 1):
            found.add(word)
    return found


def _after(stream: Stream, mention: Mention) -> range:
    """Tokens of the apposition or predicate that follows the mention; empty if there is none."""
    none = range(0)
    index = mention.last
    opener = stream.lower(index)
    limit = stream.sentences[stream.sentence_of[mention.first]].last
    if opener in _COPULAS:
        if stream.lower(index + 1) not in ("a", "an", "the", "one") and not _is_owned(stream, index + 1):
            return none
    elif opener not in _OPENS or not _describes(stream, index + 1, limit):
        return none
    end = index + 1
    while end < min(limit, index + _LONGEST) and stream.lower(end) not in ENDS:
        if stream.tokens[end].is_quote:
            return none
        end += 1
    age = opener == "," and end == index + 2 and stream.lower(index + 1).isdigit()
    if age and _describes(stream, end + 1, limit):  # Ann Lee, 52, a farmer,
        end += 1
        while end < min(limit, index + _LONGEST) and stream.lower(end) not in ENDS:
            if stream.tokens[end].is_quote:
                return range(index + 1, index + 2)
            end += 1
    return range(index + 1, end)


def _is_owned(stream: Stream, index: int) -> bool:
    """Whether a possessor stands here: "is his lawyer", "is Ann Lee's lawyer"."""
    near = [stream.lower(at) for at in range(index, index + _POSSESSOR)]
    return near[0] in lexicon.POSSESSIVES or bool({"'s", "’s"} & set(near))


def _describes(stream: Stream, index: int, limit: int) -> bool:
    """Whether an apposition opens here, not a clause or the next item of a list."""
    if index >= limit or stream.tokens[index].is_quote:
        return False
    word = stream.lower(index)
    if word in lexicon.CUE_VERBS and word not in lexicon.NOUN_LIKE:
        return False
    if word in lexicon.DETERMINERS or word in lexicon.POSSESSIVES or word in ("who", "of", "from"):
        return True
    if word in _NOUNS or word.isdigit() or word in ("former", "then", "now", "senior", "chief"):
        return True
    near = range(index, min(index + 5, limit))
    stop = next((i for i in near if stream.lower(i) in ENDS or stream.lower(i) in BREAKS), near.stop)
    return any(stream.lower(i) in lexicon.ROLE_NOUNS for i in range(index, stop))
