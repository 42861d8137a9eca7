"""Words for the names that are there, so that search finds them.

In batches, each its own transaction: nothing is locked for long, and started again it goes on. They follow from
the names, so undoing it leaves them to be dropped with their tables.
"""

from typing import Any

from django.db import migrations

from quotes.linking.words import name_words, slips

_BATCH = 2000


def add_words(apps: Any, schema_editor: Any) -> None:
    alias_model = apps.get_model("quotes", "SpeakerAlias")
    word_model, slip_model = apps.get_model("quotes", "SpeakerWord"), apps.get_model("quotes", "WordSlip")
    known = set(slip_model.objects.values_list("word", flat=True).distinct())
    last = 0
    while batch := list(
        alias_model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "name", "speaker")[:_BATCH]
    ):
        rows = [(speaker, word) for _, name, speaker in batch for word in name_words(name)]
        # The slips first: a word whose rows are there is not looked at again.
        new = sorted({word for _, word in rows} - known)
        slip_model.objects.bulk_create(slip_model(form=form, word=word) for word in new for form in sorted(slips(word)))
        known.update(new)
        word_model.objects.bulk_create(
            (word_model(speaker_id=speaker, word=word) for speaker, word in rows), ignore_conflicts=True
        )
        last = batch[-1][0]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("quotes", "0006_speakers_told_apart")]

    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
