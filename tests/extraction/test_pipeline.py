"""The pipeline as a whole."""

import subprocess
import sys
import time

import pytest
import spacy

from quotes.extraction import EXTRACTOR_VERSION, Extraction, extract_quotes
from quotes.extraction.pipeline import MAX_LENGTH, add_components, load_pipeline

ARTICLE = (
    "Harbour board backs the long quay\n"
    "Mary Poole, who chairs the board, called the plan “long overdue” on Monday.\n"
    "“We waited ten years,” she said. “That is enough.”\n"
    'Tom Field of the Rowers’ Club said it was ‘a waste’. Its 12" pipes, he said, “never worked”.\n'
)


def test_importing_the_library_imports_no_django() -> None:
    code = "import sys, quotes.extraction; sys.exit(any(m.split('.')[0] == 'django' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_version_is_named() -> None:
    assert EXTRACTOR_VERSION == "network-6.1"


@pytest.mark.model
def test_an_article_from_end_to_end() -> None:
    quotes = extract_quotes(ARTICLE).quotes
    assert [(q.text, q.speaker.name if q.speaker else None) for q in quotes] == [
        ("long overdue", "Mary Poole"),
        ("We waited ten years", "Mary Poole"),
        ("That is enough.", "Mary Poole"),
        ("a waste", "Tom Field"),
        ("never worked", "Tom Field"),
    ]
    assert all(quote.confidence >= 0.7 for quote in quotes)


@pytest.mark.model
def test_the_context_is_the_reporters_sentence() -> None:
    quote = extract_quotes(ARTICLE).quotes[1]
    assert quote.context.of(ARTICLE) == "“We waited ten years,” she said."


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " \n\n ", "“”", "\x00“\x00”", "No marks here."])
def test_texts_without_quotes(text: str) -> None:
    assert extract_quotes(text).quotes == ()


@pytest.mark.model
def test_an_odd_mark_is_a_warning_and_costs_no_other_quote() -> None:
    found = extract_quotes("“One, \n\n" + ARTICLE)
    assert len(found.quotes) == 5
    assert found.warnings == ("The opening quotation mark at 0 is never closed.",)


@pytest.mark.model
def test_the_components_go_on_top_of_any_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = add_components(add_components(nlp))(ARTICLE)
    assert isinstance(doc._.quotes, Extraction)
    assert doc._.quotes == extract_quotes(ARTICLE)
    assert nlp.pipe_names.count("quotetracker_marks") == 1


@pytest.mark.model
@pytest.mark.parametrize("text", [ARTICLE, "  a  b\n\n c ", "“" * 50 + "x" * 500, "\u200b\x00 é", " ", ""])
def test_the_tokens_give_the_text_back(text: str) -> None:
    assert load_pipeline().tokenizer(text).text == text


@pytest.mark.model
def test_half_a_surrogate_pair_is_read_as_a_replacement_character() -> None:
    (quote,) = extract_quotes("\ud83d “No \udc00,” said Ann Lee.").quotes
    assert (quote.text, quote.segments[0].start) == ("No \ufffd", 3)


@pytest.mark.model
@pytest.mark.parametrize("mark", ["“", "'", "``", "“x” ", "“a ", "said “x” "])
def test_ten_thousand_marks_in_a_row_are_quick(mark: str) -> None:
    start = time.process_time()
    extract_quotes(mark * 10_000)
    assert time.process_time() - start < 5


@pytest.mark.model
def test_the_pipeline_is_loaded_once() -> None:
    assert load_pipeline() is load_pipeline()


@pytest.mark.model
def test_a_text_that_is_too_long_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="split it"):
        extract_quotes("x" * (MAX_LENGTH + 1))


@pytest.mark.model
def test_cost_is_linear_in_the_length() -> None:
    def seconds_per_character(copies: int) -> float:
        text = ARTICLE * copies
        start = time.process_time()
        extract_quotes(text)
        return (time.process_time() - start) / len(text)

    seconds_per_character(30)
    short = min(seconds_per_character(30) for _ in range(3))
    assert seconds_per_character(900) < 3 * short
