"""The reporter's words as tokens: every quoted span is one token, whatever it says."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from . import lexicon
from .marks import MarksResult, QuotedSpan

_ABBREVIATION = "|".join(re.escape(word) for word in sorted(lexicon.ABBREVIATIONS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?:(?:{_ABBREVIATION})\.(?!\w))"
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
_AFTER_CUE = frozenset({".", ",", ";", ":"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark or a whole quoted span; `quote` is the index of the span, -1 for words."""

    text: str
    lower: str
    start: int
    end: int
    quote: int = -1

    @property
    def is_quote(self) -> bool:
        return self.quote >= 0

    @property
    def is_word(self) -> bool:
        return self.quote < 0 and (self.text[0].isalnum() or (self.text[0] in "@#'’" and len(self.text) > 1))

    @property
    def is_capital(self) -> bool:
        # A circled or squared letter (Ⓐ, 🅰) is upper case too, but spells no name.
        return self.quote < 0 and self.text[0].isupper() and self.text[0].isalnum()


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
    headlines     paragraphs in Which Nearly Every Word Has a Capital
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    sentence_of: tuple[int, ...]
    quote_token: tuple[int, ...]
    spans: tuple[QuotedSpan, ...]
    headlines: frozenset[int] = frozenset()

    def lower(self, index: int) -> str:
        """The token's folded text, "" outside the article."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def slice(self, first: int, last: int) -> str:
        """The article's own words of the tokens first..last (half open)."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


def build_stream(text: str, marks: MarksResult) -> Stream:
    """Tokens and sentences of `text`, with `marks.spans` standing as single tokens."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    spans = marks.spans
    next_span = 0
    for number, part in enumerate(marks.paragraphs):
        first = len(tokens)
        position = part.start
        while next_span < len(spans) and spans[next_span].outer.start < part.end:
            outer = spans[next_span].outer
            _tokenise(text, position, outer.start, tokens)
            tokens.append(Token(outer.of(text), "", outer.start, outer.end, next_span))
            position = outer.end
            next_span += 1
        _tokenise(text, position, part.end, tokens)
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
    )


def _headlines(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> frozenset[int]:
    capital: Counter[int] = Counter()
    plain: set[int] = set()
    for sentence in sentences:
        for token in tokens[sentence.first : sentence.last]:
            if token.is_capital:
                capital[sentence.paragraph] += 1
            elif _is_plain(token) or (token.is_quote and sentence.paragraph):  # "..." - Professor Ann Lee
                plain.add(sentence.paragraph)
    found = {number for number, count in capital.items() if count >= _HEADLINE_WORDS and number not in plain}
    return frozenset(found) if len(found) * 3 <= max(3, len(capital)) else frozenset()


def _is_plain(token: Token) -> bool:
    long_word = token.is_word and len(token.text) > 2 and token.text[0].isalpha()
    return long_word and token.lower not in _SMALL


def _tokenise(text: str, start: int, end: int, tokens: list[Token]) -> None:
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        tokens.append(Token(word, word.lower().replace("’", "'"), match.start(), match.end()))


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
        if index - start >= _LONGEST_SENTENCE or _ends_sentence(text, tokens, spans, index):
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
    if token.text not in _SENTENCE_END:
        return False
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
    return not _attribution_follows(tokens, index + 1, strict=words[-1] == ".")


def _attribution_follows(tokens: Sequence[Token], index: int, *, strict: bool) -> bool:
    """Whether "Ann Lee said" follows a quote that ends like a sentence ("Why?" Ann Lee said)."""
    for position in range(index, min(index + 9, len(tokens) - 1)):
        token = tokens[position]
        if token.is_quote or token.text in _SENTENCE_END:
            return False
        if token.lower in lexicon.SAY_VERBS and position > index and token.lower not in lexicon.NOUN_LIKE:
            after = tokens[position + 1]
            ends = after.text in _AFTER_CUE or after.lower in lexicon.PREPOSITIONS
            return ends or not strict
        if token.lower in lexicon.AUXILIARIES or token.lower in lexicon.COMMON_VERBS:
            return False
    return False
