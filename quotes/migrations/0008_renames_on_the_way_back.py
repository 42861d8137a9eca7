"""Nothing on the way forward. On the way back, the history of renames goes: the tables before know no such step.

A migration of its own, because PostgreSQL does not alter a table in the transaction that deleted from it.
"""

from typing import Any

from django.db import migrations


def forget_renames(apps: Any, schema_editor: Any) -> None:
    apps.get_model("quotes", "SpeakerChange").objects.filter(kind="rename").delete()


class Migration(migrations.Migration):
    dependencies = [("quotes", "0007_speaker_words")]

    operations = [migrations.RunPython(migrations.RunPython.noop, forget_renames)]
