"""Tokens of the API: a table of their own, empty at first."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0019_publications_filled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What it is for.', max_length=100)),
                ('prefix', models.CharField(max_length=20, verbose_name='begins with')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='SHA-256 of the secret')),
                ('scopes', models.CharField(help_text='In the order of the list, a space between two.', max_length=60)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('last_used_at', models.DateTimeField(blank=True, help_text='To the minute.', null=True)),
                ('expires_at', models.DateTimeField(blank=True, help_text='Empty: never.', null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'API token',
                'ordering': ('-id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('scopes__in', ['read', 'ingest', 'review', 'administer', 'read ingest', 'read review', 'read administer', 'ingest review', 'ingest administer', 'review administer', 'read ingest review', 'read ingest administer', 'read review administer', 'ingest review administer', 'read ingest review administer'])), name='token_scopes_known'), models.CheckConstraint(condition=models.Q(('expires_at__isnull', True), ('expires_at__gt', models.F('created_at')), _connector='OR'), name='token_expires_after_it_was_made'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='token_name_not_empty')],
            },
        ),
    ]
