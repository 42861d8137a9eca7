"""The newest quotes that answer a question, by how well they do."""

from django.db.models import F, QuerySet, Value

from quotes.models import Quote
from quotes.search.index import Scope
from quotes.search.questions import Question
from quotes.search.relevance import relevance

MOST_RANKED = 500  # so that no question costs more than it may


def ranked(quotes: QuerySet[Quote], question: Question, scope: Scope) -> list[tuple[float, int]]:
    """Relevance and key of the newest `MOST_RANKED` of `quotes`, which all answer, the best last."""
    newest = list(quotes.order_by("-dated_at", "-id").values_list("pk", flat=True)[:MOST_RANKED])
    # The sentence only where it is searched: reading it takes as long as the words do.
    around = F("context") if scope == "sentence" else Value("")
    said = Quote.objects.filter(pk__in=newest).values_list("pk", "text", around)
    return sorted(
        (relevance(question, text, context if scope == "sentence" else None), key)
        for key, text, context in said
    )
