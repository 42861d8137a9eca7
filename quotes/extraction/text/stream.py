"""The reporter's words as tokens: every quoted span is one token, whatever it says."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.english import lexicon
from quotes.extraction.text.marks import MarksResult, QuotedSpan

_ABBREVIATION = "|".join(re.escape(word) for word in sorted(lexicon.ABBREVIATIONS, key=len, reverse=True))
_INITIALS = "".join(sorted({word[0] for word in lexicon.ABBREVIATIONS}))
_TOKEN = re.compile(
    r"[^\W\d_][^\W_]*(?=[\s,])"  # what most words are: tried first, it spares them the rest
    rf"|(?:(?=[{_INITIALS}])(?:{_ABBREVIATION})\.(?!\w))"
    r"|(?:[A-Za-z]\.){2,}|\b[A-Z]\.(?=\s|,|\))"
    r"|['’](?:s|S|d|ve|ll|re)\b(?!\w)"
    r"|\d{1,3}(?:,\d{3})+"
    r"|[@#]?[^\W_](?:[^\W_]|(?!['’][sS]\b)['’.\-‐‑&@_/](?=[^\W_]))*"
    r"|\.{2,}|--+|[^\w\s]|_+"
)
_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]]*$")
_SENTENCE_END = frozenset({".", "!", "?"})
_SMALL = (
    lexicon.PREPOSITIONS
    | lexicon.CONJUNCTIONS
    | lexicon.AUXILIARIES
    | lexicon.DETERMINERS
    | lexicon.POSSESSIVES
)
_HEADLINE_WORDS = 4
_LONGEST_SENTENCE = 300  # tokens; a longer one is cut, so that the cost of a text stays linear
_OF_THEIR_OWN = lexicon.words(
    "agree concur object protest laugh chuckle giggle grin sigh sob demur interrupt"
)
_AFTER_CUE = frozenset({".", ",", ";"})


@dataclass(slots=True, eq=False)
class Token:
    """A word, a punctuation mark or a whole quoted span; `quote` is the index of the span, -1 for words.

    Never changed once made. It is not frozen because making thousands of frozen ones takes three times as
    long; the other facts are stored because the rules ask for them again and again.
    """

    text: str
    lower: str
    start: int
    end: int
    quote: int = -1
    is_quote: bool = False
    is_word: bool = False
    is_capital: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens first..last (half open) of one sentence of the reporter's, quoted spans included."""

    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A whole article, ready for the rules.

    tokens        in order
    sentences     in order; every token is in exactly one
    sentence_of   token index -> sentence index
    quote_token   quoted span index -> token index
    nested        quoted spans inside others: no tokens of their own
    headlines     paragraphs in Which Nearly Every Word Has a Capital
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    sentence_of: tuple[int, ...]
    quote_token: tuple[int, ...]
    spans: tuple[QuotedSpan, ...]
    headlines: frozenset[int] = frozenset()
    nested: tuple[QuotedSpan, ...] = ()
    _lowers: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lowers", tuple([token.lower for token in self.tokens]))

    def lower(self, index: int) -> str:
        """The token's folded text, "" outside the article."""
        lowers = self._lowers
        return lowers[index] if 0 <= index < len(lowers) else ""

    def sentence(self, index: int) -> Sentence:
        """The sentence that the token stands in."""
        return self.sentences[self.sentence_of[index]]

    def opens_sentence(self, index: int) -> bool:
        """Whether the token is the first of its sentence."""
        return index == self.sentence(index).first

    def paragraph(self, index: int) -> int:
        """The number of the paragraph that the token stands in."""
        return self.sentences[self.sentence_of[index]].paragraph

    def in_headline(self, index: int) -> bool:
        """Whether the token stands in a headline."""
        return self.paragraph(index) in self.headlines

    def opens_paragraph(self, index: int) -> bool:
        """Whether the token is the first of its paragraph."""
        return index == 0 or self.paragraph(index) != self.paragraph(index - 1)

    def ends_paragraph(self, index: int) -> bool:
        """Whether the token is the last of its paragraph."""
        return index + 1 == len(self.tokens) or self.opens_paragraph(index + 1)

    def slice(self, first: int, last: int) -> str:
        """The article's own words of the tokens first..last (half open)."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


def build_stream(text: str, marks: MarksResult) -> Stream:
    """Tokens and sentences of `text`, with `marks.spans` standing as single tokens."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    spans = marks.spans
    known: dict[str, _Word] = {}
    next_span = 0
    for number, part in enumerate(marks.paragraphs):
        first = len(tokens)
        position = part.start
        while next_span < len(spans) and spans[next_span].outer.start < part.end:
            outer = spans[next_span].outer
            _tokenise(text, position, outer.start, tokens, known)
            tokens.append(Token(outer.of(text), "", outer.start, outer.end, next_span, is_quote=True))
            position = outer.end
            next_span += 1
        _tokenise(text, position, part.end, tokens, known)
        _split(text, tokens, spans, first, number, sentences)
    sentence_of = [
        index for index, sentence in enumerate(sentences) for _ in range(sentence.first, sentence.last)
    ]
    quote_token = [index for index, token in enumerate(tokens) if token.is_quote]
    return Stream(
        text,
        tuple(tokens),
        tuple(sentences),
        tuple(sentence_of),
        tuple(quote_token),
        spans,
        _headlines(tokens, sentences),
        marks.nested,
    )


def _headlines(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> frozenset[int]:
    capital: Counter[int] = Counter()
    plain: set[int] = set()
    for sentence in sentences:
        number = sentence.paragraph
        for token in tokens[sentence.first : sentence.last]:
            if token.is_capital:
                capital[number] += 1
            elif number not in plain and (_is_plain(token) or (token.is_quote and number)):
                plain.add(number)  # "..." - Professor Ann Lee
    found = {number for number, count in capital.items() if count >= _HEADLINE_WORDS and number not in plain}
    return frozenset(found) if len(found) * 3 <= max(3, len(capital)) else frozenset()


def _is_plain(token: Token) -> bool:
    long_word = token.is_word and len(token.text) > 2 and token.text[0].isalpha()
    return long_word and token.lower not in _SMALL


_Word = tuple[str, str, bool, bool]  # as written, folded, whether it is a word, whether it has a capital


def _tokenise(text: str, start: int, end: int, tokens: list[Token], known: dict[str, _Word]) -> None:
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        facts = known.get(word)
        if facts is None:
            facts = known[word] = _facts(word)
        word, lower, is_word, is_capital = facts
        first, last = match.span()
        tokens.append(Token(word, lower, first, last, -1, False, is_word, is_capital))


def _facts(word: str) -> _Word:
    first = word[0]
    alnum = first.isalnum()
    # A circled or squared letter (Ⓐ, 🅰) is upper case too, but spells no name.
    return (
        word,
        word.lower().replace("’", "'"),
        alnum or (first in "@#'’" and len(word) > 1),
        alnum and first.isupper(),
    )


def _split(
    text: str,
    tokens: Sequence[Token],
    spans: Sequence[QuotedSpan],
    first: int,
    paragraph: int,
    sentences: list[Sentence],
) -> None:
    start = first
    for index in range(first, len(tokens)):
        token = tokens[index]
        may_end = token.is_quote or token.text in _SENTENCE_END
        if index - start >= _LONGEST_SENTENCE or (may_end and _ends_sentence(text, tokens, spans, index)):
            sentences.append(Sentence(start, index + 1, paragraph))
            start = index + 1
    if start < len(tokens):
        sentences.append(Sentence(start, len(tokens), paragraph))


def _ends_sentence(text: str, tokens: Sequence[Token], spans: Sequence[QuotedSpan], index: int) -> bool:
    token = tokens[index]
    if index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    if token.is_quote:
        return _quote_ends_sentence(text, tokens, spans, index)
    return (
        following.is_quote
        or following.is_capital
        or following.text[0].isdigit()
        or following.text in "(@#—―–-"
    )


def _quote_ends_sentence(text: str, tokens: Sequence[Token], spans: Sequence[QuotedSpan], index: int) -> bool:
    words = spans[tokens[index].quote].inner.of(text)
    if not _TERMINAL.search(words[-4:]):
        return False
    following = tokens[index + 1]
    if following.is_quote:
        return True
    if not following.is_capital:
        return False
    if index and tokens[index - 1].text == ":":
        return True
    return not _attribution_follows(tokens, index + 1, strict=words[-1] == ".")


def _attribution_follows(tokens: Sequence[Token], index: int, *, strict: bool) -> bool:
    """Whether "Ann Lee said" follows a quote that ends like a sentence ("Why?" Ann Lee said)."""
    for position in range(index, min(index + 9, len(tokens) - 1)):
        token = tokens[position]
        if token.is_quote or token.text in _SENTENCE_END:
            return False
        if token.lower in lexicon.SAY_VERBS and position > index and token.lower not in lexicon.NOUN_LIKE:
            return not strict or _closes_quote(tokens, position)
        if token.lower in lexicon.AUXILIARIES or token.lower in lexicon.COMMON_VERBS:
            return False
    return False


def _closes_quote(tokens: Sequence[Token], cue: int) -> bool:
    """ ". Lee said." and ". Lee said in Hull." look back; ". Lee said: "..." " and ". Lee agreed." do not."""
    after = tokens[cue + 1]
    if lexicon.SAY_VERBS[tokens[cue].lower] in _OF_THEIR_OWN:
        return False
    leads = after.text == "," and cue + 2 < len(tokens) and tokens[cue + 2].is_quote
    return not leads and (after.text in _AFTER_CUE or after.lower in lexicon.PREPOSITIONS)
