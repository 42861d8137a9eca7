"""Which articles are one text, and which of their quotes one saying.

New tables, and columns that are empty or have constant defaults of the database's own: no row of a large table is
rewritten on PostgreSQL, and an instance that runs the code before it can go on inserting.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0010_import_runs'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name='article',
            name='is_no_copy',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='article',
            name='needs_placing',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='quote',
            name='saying',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='quotes.quote'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(('saying__isnull', False)), fields=['saying', 'id'], name='quote_by_saying'),
        ),
        migrations.AddField(
            model_name='articlekey',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='quotes.article'),
        ),
        migrations.AddField(
            model_name='article',
            name='story',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to='quotes.story'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('needs_placing', True)), fields=['id'], name='article_to_place'),
        ),
        migrations.AddConstraint(
            model_name='articlekey',
            constraint=models.UniqueConstraint(fields=('key', 'article'), name='one_key_an_article'),
        ),
    ]
