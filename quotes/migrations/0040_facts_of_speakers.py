"""An index of what a speaker's quotes are listed by that has what they are counted by, too."""

from django.db import migrations, models

from quotes.migrations._indexes import AddIndexBeside, RemoveIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('quotes', '0039_same_words'),
    ]

    operations = [
        AddIndexBeside(
            'quote',
            models.Index(
                fields=[
                    'speaker', '-dated_at', '-id', 'source', 'kind', 'review_status', 'confidence', 'gone_at',
                ],
                name='quote_facts_of_speaker',
            ),
        ),
        RemoveIndexBeside('quote', 'quote_by_speaker'),
    ]
