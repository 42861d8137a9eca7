"""The index of words on PostgreSQL: a tsvector a quote, written and asked by its literals.

None of PostgreSQL's own parsers and dictionaries is used, so its answers are those of the other engine. What
a lexeme is of is told by its first character: a weight is not in the index, and each row would be looked up.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import BigIntegerField, Func, Value

from quotes.search.analysis import stem, stems
from quotes.search.questions import Question, Side, Term
from quotes.search.rows import Row

KNOWN = "SELECT quote_id FROM quotes_wordindex WHERE quote_id BETWEEN %s AND %s"
REMOVE = "DELETE FROM quotes_wordindex WHERE quote_id = %s"
_MATCHING = "SELECT quote_id FROM quotes_wordindex WHERE words @@ %s::text::tsquery"
_SOME_MATCHING = f"{_MATCHING} LIMIT %s"
FEW = 3000
_WORD, _STEM = {"words": "=", "sentence": "+"}, {"words": "~", "sentence": "^"}


def write(rows: Sequence[Row]) -> None:
    """Put the words of these quotes into the index, instead of those that are there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO quotes_wordindex (quote_id, words) "
            "SELECT quote, vector::tsvector FROM unnest(%s::bigint[], %s::text[]) AS row (quote, vector) "
            "ON CONFLICT (quote_id) DO UPDATE SET words = EXCLUDED.words",
            [[row.quote for row in rows], [vector(row) for row in rows]],
        )


def matching(question: Question, scope: str) -> Func:
    """The keys of the quotes that `question` is about.

    Few are looked up at once. PostgreSQL cannot tell how rare a rare word is, and would rather go through all
    quotes by date until a page is full: right where there are many, and ruin where there are none.
    """
    query = " | ".join(_side(side, scope) for side in question.sides)
    with connection.cursor() as cursor:
        cursor.execute(_SOME_MATCHING, [query, FEW + 1])
        found = [key for (key,) in cursor.fetchall()]
    if len(found) > FEW:
        many = _MATCHING.replace("%s", "%(expressions)s")
        return Func(Value(query), template=f"({many})", output_field=BigIntegerField())
    keys = Value("{" + ",".join(map(str, found)) + "}")
    return Func(keys, template="(SELECT unnest(%(expressions)s::bigint[]))", output_field=BigIntegerField())


def vector(row: Row) -> str:
    """The literal of a tsvector."""
    lexemes = []
    for scope, words in (("words", row.words), ("sentence", row.sentence)):
        lexemes += [f"{_quoted(_WORD[scope] + w)}:{at}" for at, w in enumerate(words, start=1) if w]
        lexemes += [_quoted(_STEM[scope] + one) for one in stems(words)]
    return " ".join(lexemes)


def _side(side: Side, scope: str) -> str:
    wanted = [_term(term, scope) for term in side.wanted]
    return " & ".join(wanted + [f"!{_term(term, scope)}" for term in side.excluded])


def _term(term: Term, scope: str) -> str:
    if term.exact:
        words = [_quoted(_WORD[scope] + word) for word in term.words]
        return f"({' <-> '.join(words)}{':*' if term.is_prefix else ''})"
    stemmed = stem(term.words[0])
    forms = [_quoted(_STEM[scope] + stemmed)]
    if stem(stemmed) == stemmed:  # a word that is its own stem is not indexed twice
        forms.append(_quoted(_WORD[scope] + stemmed))
    return f"({' | '.join(forms)})"


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("'", "''") + "'"
