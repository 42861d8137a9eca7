"""Outlets, as an editor names them."""

from quotes.models import By, Quote, Source
from quotes.services import publications
from quotes.services.deadlocks import transactional

_SHOWN = ("name", "slug", "homepage")


@transactional
def save_source(*, source: Source) -> Source:
    """Save a new or an edited source. Its public quotes show what it is called."""
    before = Source.objects.filter(pk=source.pk).values(*_SHOWN).first() if source.pk else None
    source.save()
    if before is not None and any(getattr(source, name) != value for name, value in before.items()):
        quotes = Quote.objects.filter(revision__article__source=source)
        publications.refresh(quotes=quotes, by=By.EDITOR, regroup=False)
    return source
