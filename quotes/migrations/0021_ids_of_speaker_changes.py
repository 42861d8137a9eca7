"""Steps of editors have ids of the form that all records have.

The table is as long as editors are busy: filled in batches, each its own transaction, and started again it goes on.
"""

import uuid
from typing import Any

from django.db import migrations, models

_BATCH = 1000


def give_ids(apps: Any, schema_editor: Any) -> None:
    changes = apps.get_model('quotes', 'SpeakerChange').objects.using(schema_editor.connection.alias)
    while batch := list(changes.filter(public_id__isnull=True)[:_BATCH]):
        for change in batch:
            change.public_id = uuid.uuid4()
        changes.bulk_update(batch, ['public_id'])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('quotes', '0020_api_tokens'),
    ]

    operations = [
        migrations.AddField(
            model_name='speakerchange',
            name='public_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(give_ids, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='speakerchange',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
