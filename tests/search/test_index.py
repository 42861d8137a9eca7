"""The index of words follows the quotes, and `manage.py index_quotes` fills what is missing."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from quotes.models import Quote
from quotes.search import matching, read_question
from quotes.search.index import known_between, remove, write_words
from quotes.services import words
from tests.conftest import Ingest, ReadAnew
from tests.search.corpus import QUOTES, store

pytestmark = pytest.mark.django_db


def found(asked: str) -> list[str]:
    return sorted(matching(Quote.objects.all(), read_question(asked)).values_list("text", flat=True))


def indexed() -> set[int]:
    return known_between(0, 2**62)


def index_quotes(**options: Any) -> str:
    out = StringIO()
    call_command("index_quotes", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_what_is_read_is_found_at_once_and_what_is_read_anew_by_its_new_words(
    kettles: Quote, ingest: Ingest
) -> None:
    assert found("kettle") == ["floating kettles"]
    ingest("“Boats,” Oona Marlowe said. She called the old boats “sinking kettles”.")
    assert found("sinking") == ["sinking kettles"]


def test_a_reading_that_takes_other_words_indexes_them(kettles: Quote, read_anew: ReadAnew) -> None:
    read_anew(kettles, text="kettles")
    assert found("floating") == []
    assert found("kettles") == ["kettles"]


def test_the_command_indexes_what_is_missing_and_drops_what_is_no_more() -> None:
    quotes = store()
    remove(quote.pk for number, quote in quotes.items() if number % 2)
    write_words([(10**9, "ghost", "ghost")])
    assert index_quotes() == f"Looked at {len(QUOTES)} quotes: each can be found by its words.\n"
    assert indexed() == {quote.pk for quote in quotes.values()}
    assert found("kettle") == ["The kettle is boiling", "floating kettles"]


def test_interrupted_the_command_goes_on_and_done_it_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    quotes = [quote.pk for quote in store().values()]
    remove(quotes)
    monkeypatch.setattr(words, "_BATCH", 10)
    written: list[int] = []

    def interrupted(rows: Any) -> None:
        some = list(rows)
        if len(written) == 20:
            raise KeyboardInterrupt
        written.extend(key for key, *_ in some)
        write_words(some)

    monkeypatch.setattr(words, "write_words", interrupted)
    with pytest.raises(KeyboardInterrupt):
        index_quotes()
    assert indexed() == set(quotes[:20])
    monkeypatch.setattr(words, "write_words", write_words)
    index_quotes()
    assert indexed() == set(quotes)
    monkeypatch.setattr(words, "write_words", lambda rows: written.extend(key for key, *_ in rows))
    index_quotes()
    assert written == quotes[:20]


def test_anew_the_command_indexes_all_again() -> None:
    quote = store()[5]
    write_words([(quote.pk, "nothing", "nothing")])
    index_quotes()
    assert found("kettles floating") == []
    index_quotes(anew=True)
    assert found("kettles floating") == ["floating kettles"]


def test_the_index_is_one_statement_whatever_the_number_of_quotes(django_assert_num_queries: Any) -> None:
    quotes = list(store().values())
    with django_assert_num_queries(1):
        words.index_quotes(quotes=quotes)
