"""The sources of the quotes that are there, in batches, each its own transaction: interrupted, it goes on.

That no quote lacks one is then checked on PostgreSQL without keeping anybody from writing.
"""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

_BATCH = 5000
_TABLE, _CHECK = 'ALTER TABLE quotes_quote', 'quote_source_not_empty'


def fill(apps: Any, schema_editor: Any) -> None:
    quotes = apps.get_model('quotes', 'Quote').objects.using(schema_editor.connection.alias)
    articles = apps.get_model('quotes', 'Article').objects
    theirs = articles.filter(revisions=OuterRef('revision')).values('source')[:1]
    last = 0
    while batch := list(
        quotes.filter(source__isnull=True, pk__gt=last).order_by('pk').values_list('pk', flat=True)[:_BATCH]
    ):
        quotes.filter(pk__in=batch).update(source=Subquery(theirs))
        last = batch[-1]


def check(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == 'postgresql':
        uncheck(apps, schema_editor)
        schema_editor.execute(f'{_TABLE} ADD CONSTRAINT {_CHECK} CHECK (source_id IS NOT NULL) NOT VALID')
        schema_editor.execute(f'{_TABLE} VALIDATE CONSTRAINT {_CHECK}')


def uncheck(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(f'{_TABLE} DROP CONSTRAINT IF EXISTS {_CHECK}')


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('quotes', '0022_source_on_quotes'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(check, uncheck),
    ]
