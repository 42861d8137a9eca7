"""Merges and moves of speakers, each kept with the rows that it touched. New tables only; undone, the history of
these steps is lost, and what they did stays.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0004_speaker_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SpeakerChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'Merge'), ('move', 'Move')], max_length=10)),
                ('note', models.TextField(blank=True)),
                ('made_target', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('aliases', models.ManyToManyField(related_name='+', to='quotes.speakeralias')),
                ('editor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('links', models.ManyToManyField(related_name='+', to='quotes.link')),
                ('quotes', models.ManyToManyField(related_name='+', to='quotes.quote')),
                ('roles', models.ManyToManyField(related_name='+', to='quotes.rolestatement')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes_from', to='quotes.speaker')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes_to', to='quotes.speaker')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('merge', 'move'))), name='change_kind_known'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='change_between_two')],
            },
        ),
    ]
