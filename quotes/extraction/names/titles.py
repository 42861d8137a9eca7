"""What stands before a name and is none of it: titles, roles, peoples, epithets."""

import re
from collections.abc import Sequence

from quotes.english import lexicon, nouns
from quotes.extraction.text.stream import Stream, Token


def titles_start(stream: Stream, first: int, floor: int) -> int:
    """Where the capitals before a person's name begin that are no name: "Datuk Seri", "Prime Minister"."""
    opening = stream.sentences[stream.sentence_of[first]].first
    floor = max(floor, opening, first - _TITLE_WORDS)
    begin = first
    while begin > floor:
        if (
            begin - 3 >= floor
            and stream.lower(begin - 2) == "of"
            and goes_before_names(stream.tokens[begin - 3])
        ):
            begin -= 3  # Secretary of State
        elif _is_title(stream, begin - 1, opening, next_to_name=begin == first):
            begin -= 1
        else:
            break
    if stream.lower(begin - 1) in lexicon.PREPOSITIONS:  # the minister for Public Works Ann Lee
        known = (index for index in range(begin, first) if goes_before_names(stream.tokens[index]))
        return next(known, first)
    return begin


_TITLE_WORDS = 5


def _is_title(stream: Stream, index: int, opening: int, *, next_to_name: bool) -> bool:
    token = stream.tokens[index]
    if goes_before_names(token):
        return True
    if not token.is_capital or token.lower in _OPENERS or token.lower in NO_NAMES:
        return False
    if token.lower in lexicon.ROLE_NOUNS or token.lower in nouns.SOMETIMES_PEOPLE:
        return True
    # Whatever else has a capital there, unless only the sentence gives it: "Asking Lee".
    return index > opening or not next_to_name


_OPENERS = lexicon.COMMON_OPENERS - lexicon.ORG_WORDS  # Kadin Police Chief Ann Lee


def titles_as_surnames(stream: Stream) -> frozenset[str]:
    """Surnames of this article that are titles elsewhere ("Howard Dean")."""
    return frozenset(
        token.lower
        for index, token in enumerate(stream.tokens)
        if token.is_capital
        and token.lower in lexicon.TITLES
        and index
        and stream.lower(index - 1) in lexicon.FIRST_NAMES
    )


def goes_before_names(token: Token) -> bool:
    """A title, a people, a Vice-Admiral; the "del" of María del Carmen is no delegate."""
    word = token.lower
    if word in _DIRECTIONS:
        return False  # Northern Vale
    if word in lexicon.TITLES or word in lexicon.NATIONALITIES:
        return token.is_capital
    if word in _OFFICES or word.endswith(("-in-chief", "-elect")):
        return token.is_capital
    before, _, after = word.partition("-")
    if after in _OFFICES and before in lexicon.TITLES:
        return token.is_capital  # Secretary-Treasurer
    return before in ("vice", "deputy", "ex", "former", "then") and after in lexicon.TITLES


_OFFICES = lexicon.words(
    """
    laureate treasurer registrar curator ombudsman comptroller controller headmaster headmistress headteacher
    lecturer consul envoy attaché chaplain archdeacon hojatoleslam brigadier commodore grandmaster
    vice-chancellor dj mc
    """
)


def opens_person(stream: Stream, index: int) -> bool:
    """The Will of "Will Quarrie", the Earl of "Gov. Earl Ray Tomblin"."""
    word = stream.lower(index)
    if word not in lexicon.FIRST_NAMES:
        return False
    return word not in lexicon.TITLES or stream.lower(index - 1) in lexicon.TITLES


def bare_start(stream: Stream, first: int, last: int, surnames: frozenset[str]) -> int:
    """The first token of the bare name, `last` where there is none."""
    words = [stream.tokens[index] for index in range(first, last)]
    if is_label(stream, first, last):
        return first
    if PARTY_CODE.match(words[0].text) or (words[0].text in ("Q.", "A.") and _opens(stream, first)):
        return last
    core = _core_start(words)
    if core == len(words) and words[-1].lower in surnames and stream.lower(first - 1) != "the":
        before = [index for index, token in enumerate(words[:-1]) if goes_before_names(token)]
        core = before[-1] + 1 if before else 0
    return first + core


def is_label(stream: Stream, first: int, last: int) -> bool:
    """The JT of "JT: ..." in a chat or a transcript."""
    alone = last == first + 1 and stream.lower(last) == ":" and _opens(stream, first)
    return (
        alone
        and stream.tokens[first].text.isupper()
        and stream.tokens[min(last + 1, len(stream.tokens) - 1)].is_quote
    )


def _opens(stream: Stream, first: int) -> bool:
    return stream.sentences[stream.sentence_of[first]].first == first


PARTY_CODE = re.compile(r"[RDIL]-[A-Z]|[RDI]$")


def is_all_body(words: list[Token]) -> bool:
    """Whether no word before the name of a body is a title of its own."""
    first, last = words[0].lower, words[-1].lower
    if last in lexicon.ORG_WORDS or any(word.text == "&" for word in words):
        return True
    if first in COMPASS and len(words) > 2 and last in COMPASS_BODIES:
        return True  # Northern Councils Forum
    ministry = len(words) > 3 and words[1].lower in lexicon.ORG_WORDS and words[2].lower in ("of", "for")
    return ministry and first in lexicon.NATIONALITIES  # Norwegian Ministry of Fisheries


def _core_start(words: list[Token]) -> int:
    """Index of the first word of the bare name, after titles, parties and nationalities."""
    if is_all_body(words):
        return 0
    core = 1 if _is_role(words) or _is_epithet(words) else 0
    for index, token in enumerate(words):
        if index and index == core and _is_first_name(words, index):
            break
        if token.text in ("St", "St.", "Di") and 0 < index < len(words) - 1:
            break  # Dewi St John, Paolo Di Canio
        if goes_before_names(token):
            core = index + 1
            if words[index + 1 : index + 2] and words[index + 1].lower == "of":  # Secretary of State
                core = min(len(words), index + 3)
        elif token.lower in ("universe", "world") and index and words[index - 1].lower == "miss":
            core = index + 1
        elif index > core + 2:
            break
    return max(core, _after_office(words))


def _after_office(words: Sequence[Token]) -> int:
    """Where the name begins in "Kadin County Farmers Union Chairman Ann Lee", 0 where no office is there."""
    for index in range(len(words) - 2, _FAR, -1):
        word = words[index].lower
        may_be_name = word in _ROLE_LIKE_NAMES or word in lexicon.FIRST_NAMES
        if goes_before_names(words[index]) and not may_be_name:
            return index + 1 if len(words) - index <= _NAME + 1 else 0
    return 0


_FAR, _NAME = 2, 3  # words


_DIRECTIONS = lexicon.words("northern southern eastern western")


COMPASS = _DIRECTIONS | {"black", "white"}


COMPASS_BODIES = lexicon.words("forum group network alliance institute fund trust front league body")


def _is_first_name(words: Sequence[Token], index: int) -> bool:
    """The Earl of "Gov. Earl Ray Tomblin": a first name that is a title elsewhere."""
    word = words[index].lower
    if word not in lexicon.FIRST_NAMES or word not in lexicon.TITLES or len(words) < index + 2:
        return False
    return not any(token.lower in lexicon.TITLES for token in words[index + 1 :])


def _is_role(words: Sequence[Token]) -> bool:
    """Whether the first word is a role with a capital: "Catcher Bobby Rasmusson"."""
    role = words[0].lower
    if len(words) < 3 or role in lexicon.FIRST_NAMES or role in _ROLE_LIKE_NAMES:
        return False
    named = words[1].lower in lexicon.FIRST_NAMES or bool(re.fullmatch(r"[A-Z]\.", words[1].text))
    return role in lexicon.ROLE_NOUNS or (named and role in nouns.SOMETIMES_PEOPLE)


def _is_epithet(words: Sequence[Token]) -> bool:
    """Whether the first word only praises or pities: "Brave R.S. Pillai", "Openers Ann and Bo Ek"."""
    word = words[0].lower
    if len(words) < 3 or word in lexicon.FIRST_NAMES:
        return False
    named = words[1].lower in lexicon.FIRST_NAMES or bool(re.fullmatch(r"(?:[A-Z]\.)+", words[1].text))
    return named and (
        word in _EPITHETS or word.removesuffix("s") in lexicon.ROLE_NOUNS | nouns.SOMETIMES_PEOPLE
    )


_EPITHETS = lexicon.words(
    """
    brave furious angry proud devastated heartbroken tragic shamed disgraced embattled stunned gutted
    delighted worried terrified shocked tearful defiant grieving retired veteran fellow beloved legendary
    hero heroic evil vile cheeky plucky dad mum mother-of-two father-of-two openers opener
    """
)


_ROLE_LIKE_NAMES = lexicon.words(
    """
    hunter carter baker cooper archer parker porter mason miller tanner potter king prince bishop pope
    page marshall knight judge major duke earl dean rector abbot star chase chief deacon squire sage
    guy dick buddy sonny butler cook fisher weaver fowler sawyer turner shepherd gardener painter
    """
)


LEGAL_FORMS = frozenset({"plc", "ltd", "ltd.", "llc", "gmbh", "inc", "inc.", "corp", "corp."})


NO_NAMES = lexicon.words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan. feb. aug. sept. oct. nov. dec. street avenue road
    boulevard highway
    """
)


PEOPLES_TITLES = lexicon.TITLES | lexicon.ROLE_NOUNS | lexicon.FIRST_NAMES
