"""A few stored quotes that show what is done: said by somebody named, in part, and by a pronoun."""

from collections.abc import Iterator

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length

from quotes.management.console import Palette
from quotes.models import By, Quote
from quotes.selectors import public_quotes

_LONGEST = 80  # characters that fit a line
_PRONOUNS = ("he", "He", "she", "She", "they", "They")
_KINDS = (
    Q(kind=Quote.Kind.DIRECT, mention_text=F("speaker__name")),
    Q(kind=Quote.Kind.PARTIAL, mention_text=F("speaker__name")),
    Q(kind=Quote.Kind.DIRECT, mention_text__in=_PRONOUNS),
)


def examples() -> list[Quote]:
    """Of each kind the public quote that is surest, the first that was stored; each of another article."""
    found: list[Quote] = []
    for kind in _KINDS:
        taken = [quote.revision.article_id for quote in found]
        found += _surest().filter(kind).exclude(revision__article__in=taken)[:1]
    return found


def _surest() -> QuerySet[Quote]:
    read = public_quotes().filter(attributed_by=By.EXTRACTOR)
    short = read.annotate(length=Length("text")).filter(length__lte=_LONGEST)
    return short.exclude(cue_text="").exclude(reasons=[]).order_by("-confidence", "id")


def describe_stored(quote: Quote, palette: Palette) -> Iterator[str]:
    """Lines that say who said it, how sure that is and why, and where it stands."""
    speaker = quote.speaker.name if quote.speaker else "nobody sure"
    how = palette.quiet(f"  {quote.kind}, {quote.confidence or 0:.2f}")
    yield palette.words(f"“{' '.join(quote.text.split())}”")
    yield f"    {palette.speaker(speaker)}{how}"
    yield f"    {palette.quiet('why:')} {'; '.join(quote.reasons)}"
    yield f"    {palette.quiet('in: ')} {quote.revision.title} ({quote.revision.article.source.name})"
