"""Quotes of one utterance across outlets: new tables alone, so nothing of a large table is touched.

Quotes that are there already are grouped later: `manage.py group_quotes`.
"""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0038_alerts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GroupingTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='QuoteToGroup',
            fields=[
                ('quote', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='quotes.quote')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='SameWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('speakers_differ', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('fullest', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quote')),
            ],
        ),
        migrations.CreateModel(
            name='SameWordsDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_same', models.BooleanField(verbose_name='the same words')),
                ('note', models.TextField(blank=True)),
                ('batch', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('editor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quote')),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='same_words_decisions', to='quotes.quote')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'decision about the same words',
                'verbose_name_plural': 'decisions about the same words',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('quote', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='wording', serialize=False, to='quotes.quote')),
                ('is_contrary', models.BooleanField(default=False)),
                ('same_words', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='quotes.samewords')),
            ],
        ),
        migrations.CreateModel(
            name='WordsKey',
            fields=[
                ('pk', models.CompositePrimaryKey('key', 'quote_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('key', models.BigIntegerField()),
                ('quote', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='quotes.quote')),
            ],
        ),
        migrations.AddIndex(
            model_name='samewords',
            index=models.Index(condition=models.Q(('speakers_differ', True)), fields=['-id'], name='same_words_differ'),
        ),
        migrations.AddConstraint(
            model_name='samewordsdecision',
            constraint=models.CheckConstraint(condition=models.Q(('quote', models.F('other')), _negated=True), name='same_words_decided_of_two'),
        ),
        migrations.AddConstraint(
            model_name='samewordsdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='same_words_undone_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='wording',
            index=models.Index(fields=['same_words', 'quote'], name='wording_by_same_words'),
        ),
    ]
