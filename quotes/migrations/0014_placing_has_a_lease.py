"""Who was sent to place an article, and which of its quotes wait for it.

Columns that are empty: no row of a large table is rewritten, and an instance that runs the code before it can go on
writing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0013_import_undated'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='held_from',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='placing_until',
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
