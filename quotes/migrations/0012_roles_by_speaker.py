"""The latest roles of a speaker are found without looking through all: an index, some seconds for a million."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0011_stories'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='rolestatement',
            index=models.Index(fields=['speaker', '-dated_at', '-id'], name='role_by_speaker'),
        ),
    ]
