"""A name as written -> its words, comparable."""

import re
from dataclasses import dataclass

from quotes.english import lexicon
from quotes.folding import is_one_error_apart, without_accents

_WORD = re.compile(r"[^\W_]+(?:['’.\-‐‑][^\W_]+)*")
_MARKED = re.compile(r"[\"“”‘'(][^\"“”’')]+[\"”’')](?=\s)")  # Rosa "Roz" Hale
_LETTERS = re.compile(r"[A-Z](?:&[A-Z])+")  # M&S
_GLUED_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Rev|Sen|Gov|Gen|Col|Capt|Sgt|Hon)\.(?=[A-Z])")  # Dr.Lee
_PREFIX = re.compile(r"(?:al|el|ul|d|l)[-'](?=\w{3})")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Forms of address and roles that no list of titles has, as they stand before names.
_ADDRESS = lexicon.words(
    """
    signor signora señor señora senor senora monsieur madame mademoiselle herr frau don doña tante oom
    tannie aunty auntie uncle aunt auntie pandit ustad begum sheikha emir recorder catcher pitcher
    shortstop collector tehsildar sarpanch alderman deacon canon dame hon lance brigadier flt sqn wing
    bro pte ex legendary veteran datuk datin dato encik cik puan ustaz haji hajah alhaji engr barr otunba
    allama maulana cm dcm pm dgp adgp igp dig ssp dsp acp dcp asp sho pol maj-gen lt-gen acm
    coun fr td monsignor msgr mgr representatives senators ministers councillors professors msp mla taoiseach
    """
)
_BEFORE_NAMES = (lexicon.ROLE_NOUNS | _ADDRESS) - lexicon.FIRST_NAMES
_SECOND_TITLES = frozenset({"seri", "sri", "paduka", "wira"})  # Datuk Seri
_ORIGINS = ("-based", "-born", "-raised", "-trained", "-educated", "-winning", "-year-old")
LINK_WORDS = frozenset({"of", "the", "and", "for", "&", "de", "on", "in", "e", "y"})


@dataclass(frozen=True, slots=True)
class NameForm:
    """`text` as it is to be shown; `words` folded, without suffix, nickname or accents."""

    text: str
    words: tuple[str, ...]
    suffix: str = ""
    nickname: str = ""
    roles: frozenset[str] = frozenset()  # what was left out before it ("catcher")


def lowered(text: str) -> str:
    """Lower case, without accents."""
    return without_accents(text).lower().replace("’", "'")


def name_form(name: str, *, roles: bool = True) -> NameForm:
    """Its parts; with `roles`, words that are a role or a form of address are left out of all of them."""
    text = _GLUED_TITLE.sub("", " ".join(name.split()))
    if _LETTERS.fullmatch(text):
        return NameForm(text, (lowered(text.replace("&", "")),))
    marked = _MARKED.search(text)
    nickname = lowered(marked.group()[1:-1]) if marked else ""
    bare = _MARKED.sub("", text) if marked else text
    written = _WORD.findall(bare)
    found = [lowered(word).strip(".") for word in written]
    dropped = 0
    # Pál is no pal.
    while (
        roles and len(found) - dropped > 1 and written[dropped].isascii() and _stands_before(found[dropped])
    ):
        dropped += 1
        dropped += len(found) - dropped > 1 and found[dropped] in _SECOND_TITLES
    if dropped and (
        found[dropped] in LINK_WORDS or any(word in lexicon.ORG_WORDS for word in found[dropped:])
    ):
        dropped = 0  # the Archbishop of Kadin
    suffix = next((word for word in found if word in _SUFFIXES), "")
    if len(found) - dropped > 2 and written[-1] == "V":
        suffix = found.pop()  # the fifth of the name, and no initial
    core = [word for word in found[dropped:] if word not in lexicon.SUFFIXES and word != "the"]
    shown = " ".join(text.split(" ")[dropped:]) if dropped else text
    return NameForm(shown, tuple(core or found), suffix, nickname, frozenset(found[:dropped]))


def _stands_before(word: str) -> bool:
    """Whether the word is a role, as "Co-organizer", or the "Leeds-born" of "Leeds-born Poole"."""
    first, hyphen, last = word.partition("-")
    office = bool(hyphen) and last in lexicon.ROLE_NOUNS and first not in lexicon.FIRST_NAMES
    return word in _BEFORE_NAMES or word.endswith(_ORIGINS) or office


def surname_keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words by which somebody's last name may be looked up: "al-Khatib" by "khatib" as well."""
    last = words[-1]
    bare = _PREFIX.sub("", last, count=1)
    return (last,) if bare == last else (last, bare)


def first_surname(words: tuple[str, ...]) -> str:
    """The Larrabure of Larrabure-Ortiz, who may go by it; "" for a plain surname."""
    first, hyphen, _ = words[-1].partition("-")
    return first if hyphen and len(words) > 1 and len(first) > _SHORT else ""


_SHORT = 3  # letters: "al-Khatib" has one surname


def is_slip(written: str, meant: str) -> bool:
    """Whether one letter is wrong, missing, too many or in the other's place; a plural is no slip."""
    if written[:1] != meant[:1] or written == meant or written in (f"{meant}s", meant.removesuffix("s")):
        return False
    return is_one_error_apart(written, meant)


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of a short name stand in the full one, in order, the first ones first."""
    full = lowered(name)
    letters = iter(full)
    return short[0] == full[:1] and len(short) > 1 and all(letter in letters for letter in short)
