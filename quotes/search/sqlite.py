"""The index of words on SQLite: an FTS5 table of a row a quote, of words that are cut and folded already."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import BigIntegerField, Func, Value

from quotes.search.analysis import stem, stems
from quotes.search.questions import Question, Side, Term
from quotes.search.rows import Row

KNOWN = "SELECT rowid FROM quotes_wordindex WHERE rowid BETWEEN %s AND %s"
REMOVE = "DELETE FROM quotes_wordindex WHERE rowid = %s"
_WORD = {"words": "words", "sentence": "sentence"}
_STEM = {"words": "stems", "sentence": "sentence_stems"}
_GAP = "·"  # keeps the place of a word that is not indexed; no word is like it


def write(rows: Sequence[Row]) -> None:
    """Put the words of these quotes into the index, instead of those that are there."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO quotes_wordindex (rowid, words, stems, sentence, sentence_stems) "
            "VALUES (%s, %s, %s, %s, %s)",
            [
                (row.quote, _text(row.words), _stems(row.words), _text(row.sentence), _stems(row.sentence))
                for row in rows
            ],
        )


def matching(question: Question, scope: str) -> Func:
    """The keys of the quotes that `question` is about."""
    query = " OR ".join(f"({_side(side, scope)})" for side in question.sides)
    return Func(
        Value(query),
        template="(SELECT rowid FROM quotes_wordindex WHERE quotes_wordindex MATCH %(expressions)s)",
        output_field=BigIntegerField(),
    )


def _text(words: Sequence[str | None]) -> str:
    return " ".join(word or _GAP for word in words)


def _stems(words: Sequence[str | None]) -> str:
    return " ".join(sorted(stems(words)))


def _side(side: Side, scope: str) -> str:
    wanted = " AND ".join(_term(term, scope) for term in side.wanted)
    # FTS5 knows no "and not" but that between two.
    return " NOT ".join([f"({wanted})", *(_term(term, scope) for term in side.excluded)])


def _term(term: Term, scope: str) -> str:
    if term.exact:
        return f'({_WORD[scope]} : "{" ".join(term.words)}"{" *" if term.is_prefix else ""})'
    stemmed = stem(term.words[0])
    forms = [f'{_STEM[scope]} : "{stemmed}"']
    if stem(stemmed) == stemmed:  # a word that is its own stem is not indexed twice
        forms.append(f'{_WORD[scope]} : "{stemmed}"')
    return f"({' OR '.join(forms)})"
