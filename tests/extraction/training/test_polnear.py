"""The corpus reader: what is annotated stays annotated when marks are added."""

import numpy as np

from quotes.extraction.text.marks import find_spans
from quotes.training.polnear import AnnotatedArticle, Attribution, overlap, with_more_marks

TEXT = (
    "Ann Lee said the harbour would open in May and that nobody needed to worry.\n"
    "“We sail,” she said. Bob Ray argued that the long quay was a waste of good money for the town.\n"
)


def _stretch(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def _attribution(source: str, cue: str, content: str) -> Attribution:
    return Attribution((_stretch(source),), (_stretch(cue),), (_stretch(content),))


ARTICLE = AnnotatedArticle(
    "one",
    TEXT,
    (
        _attribution("Ann Lee", "said", "the harbour would open in May and that nobody needed to worry"),
        _attribution("she", "said. Bob", "“We sail,”"),
        _attribution("Bob Ray", "argued", "that the long quay was a waste of good money for the town"),
    ),
)


def test_marks_are_put_around_indirect_speech_and_every_offset_moves_with_them() -> None:
    marked = [with_more_marks(ARTICLE, np.random.default_rng(seed)) for seed in range(30)]
    assert any(article.text != TEXT for article in marked)
    for article in marked:
        assert article.text.replace("“", "").replace("”", "") == TEXT.replace("“", "").replace("”", "")
        for before, after in zip(ARTICLE.attributions, article.attributions, strict=True):
            for old, new in zip(before.source, after.source, strict=True):
                assert article.text[slice(*new)] == TEXT[slice(*old)]


def test_the_words_in_new_marks_are_whole_and_inside_one_content() -> None:
    for seed in range(30):
        article = with_more_marks(ARTICLE, np.random.default_rng(seed))
        for span in find_spans(article.text).spans:
            inner = (span.inner.start, span.inner.end)
            inside = [a for a in article.attributions if overlap(inner, a.content)]
            assert len(inside) <= 1
            assert inner[0] == 0 or not article.text[inner[0] - 1].isalnum()


def test_the_same_seed_gives_the_same_marks() -> None:
    first, second = (with_more_marks(ARTICLE, np.random.default_rng(7)) for _ in range(2))
    assert first == second


def test_overlap_counts_code_points() -> None:
    assert overlap((2, 6), [(0, 3), (5, 9)]) == 2
    assert overlap((2, 6), [(6, 9)]) == 0
