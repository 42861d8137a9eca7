"""Keys for the speakers that are there, so that they are found by names like theirs.

In batches, each its own transaction: nothing is locked for long, and started again it goes on. They follow from
the names, so undoing it leaves them to be dropped with their table.
"""

from typing import Any

from django.db import migrations

from quotes.extraction import SpeakerKind
from quotes.linking.keys import keys_of

_BATCH = 2000


def add_keys(apps: Any, schema_editor: Any) -> None:
    alias_model, key_model = apps.get_model("quotes", "SpeakerAlias"), apps.get_model("quotes", "SpeakerKey")
    last = 0
    while batch := list(
        alias_model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "name", "speaker", "speaker__kind")[
            :_BATCH
        ]
    ):
        key_model.objects.bulk_create(
            (
                key_model(speaker_id=speaker, key=key)
                for _, name, speaker, kind in batch
                for key in keys_of(name, SpeakerKind(kind))
            ),
            ignore_conflicts=True,
        )
        last = batch[-1][0]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("quotes", "0003_speakers_linked")]

    operations = [migrations.RunPython(add_keys, migrations.RunPython.noop)]
