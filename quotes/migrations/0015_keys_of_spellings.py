"""Keys by which speakers are found whose names are spelt in several ways: Geoffrey and Jeffrey, Müller and Mueller.

Only those that are missing are added, for one name in a hundred, in batches, each its own transaction: nothing is locked
for long, and started again it goes on. The keys from before stay, so that the code from before finds everybody,
too; undoing it leaves them all, for they follow from the names.
"""

from typing import Any

from django.db import migrations

from quotes.extraction import SpeakerKind
from quotes.linking.keys import keys_of

_BATCH = 2000


def add_keys(apps: Any, schema_editor: Any) -> None:
    alias_model, key_model = apps.get_model("quotes", "SpeakerAlias"), apps.get_model("quotes", "SpeakerKey")
    telling = alias_model.objects.exclude(origin="mention").order_by("pk")
    last = 0
    while batch := list(
        telling.filter(pk__gt=last).values_list("pk", "name", "speaker", "speaker__kind")[:_BATCH]
    ):
        wanted = {(speaker, key) for _, name, speaker, kind in batch for key in keys_of(name, SpeakerKind(kind))}
        speakers = {speaker for _, _, speaker, _ in batch}
        known = set(key_model.objects.filter(speaker__in=speakers).values_list("speaker", "key"))
        key_model.objects.bulk_create(
            (key_model(speaker_id=speaker, key=key) for speaker, key in sorted(wanted - known)),
            ignore_conflicts=True,
        )
        last = batch[-1][0]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("quotes", "0014_placing_has_a_lease")]

    operations = [migrations.RunPython(add_keys, migrations.RunPython.noop)]
