"""An editor's word about who speaks has a field of its own; until now it was a confidence of 0.

On PostgreSQL the column has a constant default of the database's own, so that no row is rewritten but those that
editors gave to somebody else, which are few. Undone, they have a confidence of 0 again.
"""

from typing import Any

from django.db import migrations, models


def mark_editors(apps: Any, schema_editor: Any) -> None:
    quotes, decisions = _tables(apps, schema_editor)
    quotes.filter(confidence=0, speaker__isnull=False).update(attributed_by='editor', confidence=None)
    decisions.filter(from_confidence=0, from_speaker__isnull=False).update(from_confidence=None)


def as_zero(apps: Any, schema_editor: Any) -> None:
    quotes, decisions = _tables(apps, schema_editor)
    quotes.filter(confidence__isnull=True).update(attributed_by='extractor', confidence=0)
    decisions.filter(from_confidence__isnull=True).update(from_confidence=0)


def _tables(apps: Any, schema_editor: Any) -> Any:
    using = schema_editor.connection.alias
    return tuple(apps.get_model('quotes', name).objects.using(using) for name in ('Quote', 'ReviewDecision'))


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0016_quote_kind_transcript'),
    ]

    operations = [
        migrations.AddField(
            model_name='quote',
            name='attributed_by',
            field=models.CharField(choices=[('extractor', 'Extractor'), ('editor', 'Editor')], db_default='extractor', default='extractor', max_length=10),
        ),
        migrations.AlterField(
            model_name='quote',
            name='confidence',
            field=models.FloatField(null=True),
        ),
        migrations.AlterField(
            model_name='reviewdecision',
            name='from_confidence',
            field=models.FloatField(null=True),
        ),
        migrations.RunPython(mark_editors, as_zero),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attributed_by', 'extractor'), ('confidence__isnull', False)), models.Q(('attributed_by', 'editor'), ('confidence__isnull', True)), _connector='OR'), name='quote_confidence_is_the_extractors'),
        ),
    ]
