"""Who is not the same, suggestions, renames with their old slugs, and words of names for search.

New tables, and columns with constant defaults of the database's own: no row is rewritten on PostgreSQL, and an
instance that runs the code before it can go on inserting. The two constraints are of a table that editors fill by
hand. Undone, renames stay as they are, but their history is lost and old slugs lead nowhere: do it only where
nobody renamed.
"""


import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0005_speaker_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Distinction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'not the same',
                'verbose_name_plural': 'not the same',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=220, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='SpeakerWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(db_index=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('duplicate', 'Duplicate'), ('collision', 'Collision')], max_length=10)),
                ('score', models.FloatField()),
                ('evidence', models.JSONField(default=list)),
                ('parts', models.JSONField(default=list)),
                ('status', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('refused', 'Refused')], default='open', max_length=10)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('found_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('-score', 'id'),
            },
        ),
        migrations.CreateModel(
            name='SuggestionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.CharField(blank=True, max_length=100)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='WordSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(db_index=True, max_length=60)),
                ('word', models.CharField(max_length=60)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='speakerchange',
            name='change_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='speakerchange',
            name='change_between_two',
        ),
        migrations.AddField(
            model_name='speakerchange',
            name='new_name',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='speakerchange',
            name='old_name',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='speakerchange',
            name='old_slug',
            field=models.CharField(blank=True, db_default='', default='', max_length=220),
        ),
        migrations.AlterField(
            model_name='speakeralias',
            name='origin',
            field=models.CharField(choices=[('mention', 'Mention'), ('article', 'Article'), ('editor', 'Editor')], db_default='article', default='article', editable=False, max_length=10),
        ),
        migrations.AlterField(
            model_name='speakerchange',
            name='kind',
            field=models.CharField(choices=[('merge', 'Merge'), ('move', 'Move'), ('rename', 'Rename')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='speakerchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('merge', 'move', 'rename'))), name='change_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='speakerchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'rename'), ('source', models.F('target'))), models.Q(models.Q(('kind', 'rename'), _negated=True), models.Q(('source', models.F('target')), _negated=True)), _connector='OR'), name='change_between_two'),
        ),
        migrations.AddField(
            model_name='distinction',
            name='change',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='distinctions', to='quotes.speakerchange'),
        ),
        migrations.AddField(
            model_name='distinction',
            name='editor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='distinction',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.speaker'),
        ),
        migrations.AddField(
            model_name='distinction',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.speaker'),
        ),
        migrations.AddField(
            model_name='formerslug',
            name='speaker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='quotes.speaker'),
        ),
        migrations.AddField(
            model_name='speakerword',
            name='speaker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='quotes.speaker'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='editor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='quotes.speaker'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='second',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions_as_second', to='quotes.speaker'),
        ),
        migrations.AddConstraint(
            model_name='distinction',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='told_apart_once'),
        ),
        migrations.AddConstraint(
            model_name='distinction',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='told_apart_in_order'),
        ),
        migrations.AddConstraint(
            model_name='speakerword',
            constraint=models.UniqueConstraint(fields=('word', 'speaker'), name='one_word_a_speaker'),
        ),
        migrations.AddIndex(
            model_name='suggestion',
            index=models.Index(fields=['status', '-score', 'id'], name='suggestion_best_first'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'duplicate')), fields=('first', 'second'), name='one_suggestion_a_pair'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'collision')), fields=('first',), name='one_collision_a_speaker'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first__lt', models.F('second')), ('kind', 'duplicate'), ('second__isnull', False)), models.Q(('kind', 'collision'), ('second__isnull', True)), _connector='OR'), name='suggestion_of_two_or_of_one'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('open', 'accepted', 'refused'))), name='suggestion_status_known'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='suggestion_score_fraction'),
        ),
    ]
