"""Turns of transcripts and interviews are quotes of a kind of their own.

Nothing is rewritten. Going back makes direct quotes of them, as the code before knows no other kind for whole turns.
"""

from typing import Any

from django.db import migrations, models


def as_direct(apps: Any, schema_editor: Any) -> None:
    quotes = apps.get_model('quotes', 'Quote').objects.using(schema_editor.connection.alias)
    quotes.filter(kind='transcript').update(kind='direct')


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0015_keys_of_spellings'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='quote',
            name='quote_kind_known',
        ),
        migrations.AlterField(
            model_name='quote',
            name='kind',
            field=models.CharField(choices=[('direct', 'Direct'), ('partial', 'Partial'), ('transcript', 'Transcript')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('direct', 'partial', 'transcript'))), name='quote_kind_known'),
        ),
        migrations.RunPython(migrations.RunPython.noop, as_direct),
    ]
