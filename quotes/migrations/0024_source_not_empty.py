"""No quote without its source. PostgreSQL need not look at the rows: they were checked by the migration before."""

from typing import Any

from django.db import migrations, models


def uncheck(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute('ALTER TABLE quotes_quote DROP CONSTRAINT IF EXISTS quote_source_not_empty')


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0023_sources_filled'),
    ]

    operations = [
        migrations.AlterField(
            model_name='quote',
            name='source',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=models.deletion.PROTECT, related_name='quotes', to='quotes.source'),
        ),
        migrations.RunPython(uncheck, migrations.RunPython.noop),
    ]
