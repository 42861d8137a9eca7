"""What is public, and what was and is known to have been, gets its place in the order of changes.

In batches, each its own transaction: nothing is locked for long, and started again it goes on. The first numbers are
the keys of the quotes, so that the order is that in which they were stored. Undone, it leaves the table, which goes
with the migration before.
"""

from secrets import token_hex
from typing import Any

from django.conf import settings
from django.db import migrations, transaction
from django.db.models import Max, Q

_BATCH = 2000
_REFUSED = ('rejected', 'disputed', 'retracted')


def fill(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    quotes, publications, decisions, counters = (
        apps.get_model('quotes', name).objects.using(using)
        for name in ('Quote', 'Publication', 'ReviewDecision', 'ChangeCounter')
    )
    sure = Q(confidence__gte=settings.PUBLISH_THRESHOLD, speaker__isnull=False)
    public = Q(speaker__isnull=False, review_status='approved') | sure & Q(
        review_status='unreviewed', gone_at__isnull=True
    )
    was_shown = (
        Q(from_confidence__gte=settings.PUBLISH_THRESHOLD)
        | Q(from_status='approved')
        | Q(editor__isnull=True)
    )
    shown_steps = decisions.filter(was_shown, from_speaker__isnull=False).exclude(from_status__in=_REFUSED)
    last = 0
    while batch := list(quotes.filter(pk__gt=last).order_by('pk').values_list('pk', flat=True)[:_BATCH]):
        some = quotes.filter(pk__gt=last, pk__lte=batch[-1])
        shown = dict(some.filter(public).values_list('pk', 'updated_at'))
        steps = shown_steps.filter(quote__in=some).exclude(quote__in=some.filter(public)).order_by('pk')
        withdrawn = {
            quote: (at, 'editor' if editor else 'extractor')
            for quote, at, editor in steps.values_list('quote', 'decided_at', 'editor')
        }
        # Gone before such steps were kept.
        gone = some.filter(sure, review_status='unreviewed', gone_at__isnull=False)
        for quote, at in gone.values_list('pk', 'gone_at'):
            withdrawn.setdefault(quote, (at, 'extractor'))
        row = publications.model
        rows = [row(quote_id=pk, number=pk, is_public=True, changed_at=at) for pk, at in shown.items()]
        rows += [
            row(quote_id=pk, number=pk, is_public=False, changed_at=at, withdrawn_at=at, withdrawn_by=by)
            for pk, (at, by) in withdrawn.items()
        ]
        with transaction.atomic(using=using):
            publications.bulk_create(rows, ignore_conflicts=True)
        last = batch[-1]
    given = publications.aggregate(last=Max('number'))['last'] or 0
    counter, _ = counters.get_or_create(pk=1, defaults={'series': token_hex(4)})
    counters.filter(pk=counter.pk, last__lt=given).update(last=given)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [('quotes', '0018_publications')]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
