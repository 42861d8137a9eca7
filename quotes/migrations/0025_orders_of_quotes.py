"""An index for each order in which quotes are listed, made while others write where the engine can."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Case, F, FloatField, Value, When
from django.db.models.functions import Coalesce


class AddIndexBeside(AddIndexConcurrently):
    """Django's own, for both engines, and for a migration that was interrupted: what it began is of no use."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        name = schema_editor.quote_name(self.index.name)
        if schema_editor.connection.vendor == 'postgresql':
            schema_editor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS {name}')
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            schema_editor.execute(f'DROP INDEX IF EXISTS {name}')
            migrations.AddIndex.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == 'postgresql':
            super().database_backwards(app_label, schema_editor, from_state, to_state)
        else:
            migrations.AddIndex.database_backwards(self, app_label, schema_editor, from_state, to_state)


_CERTAINTY = Case(
    When(review_status='approved', then=Value(1.0)),
    default=Coalesce(F('confidence'), Value(1.0)),
    output_field=FloatField(),
)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('quotes', '0024_source_not_empty'),
    ]

    operations = [
        AddIndexBeside('quote', models.Index(fields=['source', '-dated_at', '-id'], name='quote_by_source')),
        AddIndexBeside('quote', models.Index(fields=['-created_at', '-id'], name='quote_by_collected')),
        AddIndexBeside('quote', models.Index(fields=['-updated_at', '-id'], name='quote_by_changed')),
        AddIndexBeside(
            'quote',
            models.Index(
                fields=['id', 'dated_at', 'speaker', 'source', 'kind', 'review_status', 'confidence', 'gone_at'],
                name='quote_facts',
            ),
        ),
        AddIndexBeside('quote', models.Index(_CERTAINTY.desc(), F('id').desc(), name='quote_by_certainty')),
    ]
