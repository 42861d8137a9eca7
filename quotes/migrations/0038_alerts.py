"""Who follows what by mail and by webhook, and the outbox; administrators may look after both."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


_THEIRS = (
    'view_subscription', 'delete_subscription', 'view_message', 'change_message', 'view_delivery', 'change_delivery',
    'view_webhook', 'add_webhook', 'change_webhook', 'delete_webhook',
)


def let_administrators(apps: Any, schema_editor: Any) -> None:
    """The role exists since the migration `roles`; one that was renamed or deleted is nobody's business here."""
    using = schema_editor.connection.alias
    app = apps.get_app_config('quotes')
    app.models_module = True  # else it is taken for an app without models
    create_permissions(app, verbosity=0, using=using, apps=apps)
    theirs = apps.get_model('auth', 'Permission').objects.using(using).filter(
        content_type__app_label='quotes', codename__in=_THEIRS
    )
    group = apps.get_model('auth', 'Group').objects.using(using).filter(name='administrator').first()
    if group is not None:
        group.permissions.add(*theirs)


def leave_it(apps: Any, schema_editor: Any) -> None:
    """Permissions go with their models."""


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0037_reports_of_readers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='first_public_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.EmailField(max_length=254)),
                ('folded', models.CharField(max_length=254, unique=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('confirmed_at__isnull', True)), fields=['created_at'], name='reader_unconfirmed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('folded', ''), _negated=True), name='reader_has_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(help_text='What it is for.', max_length=100)),
                ('url', models.URLField(help_text='Where events are posted to, by https.', max_length=500, verbose_name='address')),
                ('secret', models.CharField(editable=False, max_length=100)),
                ('former_secret', models.CharField(blank=True, editable=False, max_length=100)),
                ('former_until', models.DateTimeField(editable=False, null=True)),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_for_at', models.DateTimeField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures in a row')),
                ('failing_since', models.DateTimeField(null=True)),
                ('last_error', models.TextField(blank=True)),
                ('last_success_at', models.DateTimeField(null=True)),
                ('disabled_at', models.DateTimeField(null=True)),
                ('disabled_because', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='webhooks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('q', models.CharField(blank=True, max_length=200, verbose_name='words')),
                ('pace', models.CharField(blank=True, choices=[('at-once', 'at once'), ('daily', 'once a day'), ('weekly', 'once a week')], max_length=10)),
                ('matched_to', models.BigIntegerField(default=0)),
                ('since', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('reader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='quotes.reader')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='quotes.source')),
                ('speaker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='quotes.speaker')),
                ('webhook', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscription', to='quotes.webhook')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('confirm', 'Confirm'), ('digest', 'Digest'), ('notice', 'Notice')], max_length=10)),
                ('pace', models.CharField(blank=True, choices=[('at-once', 'at once'), ('daily', 'once a day'), ('weekly', 'once a week')], max_length=10)),
                ('next_attempt_at', models.DateTimeField(null=True)),
                ('asked_for_at', models.DateTimeField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('reader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='quotes.reader')),
                ('subscription', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='quotes.subscription')),
                ('webhook', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='quotes.webhook')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mail',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.BigIntegerField()),
                ('event', models.CharField(choices=[('published', 'Published'), ('changed', 'Changed'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('sent', 'Sent'), ('lapsed', 'Lapsed'), ('dropped', 'Dropped')], default='pending', max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('told', models.CharField(blank=True, max_length=64)),
                ('sent_at', models.DateTimeField(null=True)),
                ('status_code', models.PositiveSmallIntegerField(null=True, verbose_name='answer')),
                ('last_error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('quote', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='quotes.quote')),
                ('told_speaker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='quotes.speaker')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='quotes.message')),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='quotes.subscription')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ('-id',),
                'indexes': [models.Index(fields=['quote', 'subscription'], name='delivery_by_quote'), models.Index(condition=models.Q(('state', 'pending')), fields=['subscription', 'id'], name='delivery_waits'), models.Index(condition=models.Q(('due_at__isnull', False), ('message__isnull', True), ('state', 'pending')), fields=['due_at'], name='delivery_due')],
                'constraints': [models.UniqueConstraint(fields=('subscription', 'quote', 'number'), name='one_delivery_a_change')],
            },
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='webhook_name_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(('secret', ''), _negated=True), name='webhook_has_a_secret'),
        ),
        migrations.AddIndex(
            model_name='subscription',
            index=models.Index(condition=models.Q(('since__isnull', False)), fields=['matched_to', 'id'], name='subscription_behind'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pace__in', ('at-once', 'daily', 'weekly')), ('reader__isnull', False), ('webhook__isnull', True)), models.Q(('pace', ''), ('reader__isnull', True), ('webhook__isnull', False)), _connector='OR'), name='subscription_of_a_reader_or_a_webhook'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('reader__isnull', True), ('speaker__isnull', False), models.Q(('q', ''), _negated=True), _connector='OR'), name='reader_follows_a_speaker_or_words'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('next_attempt_at__isnull', False)), fields=['next_attempt_at'], name='message_due'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'notice'), ('reader__isnull', True), ('webhook__isnull', False)), models.Q(('kind__in', ('confirm', 'digest')), ('reader__isnull', False), ('webhook__isnull', True)), _connector='OR'), name='message_to_a_reader_or_an_owner'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('next_attempt_at__isnull', True)), fields=['created_at'], name='message_done'),
        ),
        migrations.AddIndex(
            model_name='subscription',
            index=models.Index(condition=models.Q(('since__isnull', True)), fields=['created_at'], name='subscription_unconfirmed'),
        ),
        migrations.RunPython(let_administrators, leave_it),
    ]
