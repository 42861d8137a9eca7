"""A tokenizer whose cost is linear in the text.

spaCy's English one peels punctuation off one mark at a time, so ten thousand marks in a row take seconds.
The rules read the raw text; the tokens only have to give it back unchanged.
"""

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

TOKENIZER = "quotetracker.LinearTokenizer.v1"  # its name in spaCy's registry
# Long runs are cut: every piece stays in the vocabulary for the life of the process.
_PIECE = re.compile(r"\w{1,40}|[^\w\s]|\s{1,8}")
# Half a pair is no character: the vocabulary, files and databases cannot hold it.
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair."""
    return text if text.isascii() else _HALF_PAIR.sub("\ufffd", text)


class LinearTokenizer(DummyTokenizer):
    """Words, marks and white space; `doc.text` is the text, with U+FFFD for each half of a surrogate pair."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _PIECE.findall(whole(text)):
            if piece == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def make_tokenizer() -> Callable[[Language], LinearTokenizer]:
    return _for_language


def _for_language(nlp: Language) -> LinearTokenizer:
    return LinearTokenizer(nlp.vocab)


registry.tokenizers(TOKENIZER)(make_tokenizer)
