"""How far WebSub hubs were told what changed, and an index of what left a speaker, for the notices in feeds."""

import django.utils.timezone
from django.db import migrations, models

from quotes.migrations._indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('quotes', '0035_proposals'),
    ]

    operations = [
        migrations.CreateModel(
            name='HubProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hub', models.CharField(max_length=500, unique=True)),
                ('series', models.CharField(max_length=8)),
                ('number', models.BigIntegerField()),
                ('claimed_until', models.DateTimeField(null=True)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures in a row')),
                ('last_error', models.TextField(blank=True)),
            ],
        ),
        AddIndexBeside(
            'reviewdecision',
            models.Index(
                fields=['from_speaker', 'to_speaker', 'to_status', 'quote'], name='decision_from_speaker'
            ),
        ),
    ]
