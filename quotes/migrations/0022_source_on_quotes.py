"""The source of a quote beside it: a column that is empty at first, so that no row is rewritten on PostgreSQL."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0021_ids_of_speaker_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='quote',
            name='source',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=models.deletion.PROTECT, related_name='quotes', to='quotes.source'),
        ),
    ]
