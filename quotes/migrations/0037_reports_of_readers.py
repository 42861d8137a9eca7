"""What readers report; who may see quotes may see that."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def let_see(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    # Django makes permissions only after all migrations.
    app = apps.get_app_config('quotes')
    app.models_module = True  # else it is taken for an app without models
    create_permissions(app, verbosity=0, using=using, apps=apps)
    permissions = apps.get_model('auth', 'Permission').objects.using(using)
    see = permissions.get(content_type__app_label='quotes', codename='view_report')
    groups = apps.get_model('auth', 'Group').objects.using(using)
    for group in groups.filter(permissions__codename='view_quote').distinct():
        group.permissions.add(see)


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0036_pings_of_hubs'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(choices=[('speaker', 'Somebody else said it'), ('words', 'The words are not right'), ('not-a-quote', 'It is not a quote'), ('other', 'Something else')], max_length=20)),
                ('note', models.TextField(blank=True)),
                ('fingerprint', models.CharField(editable=False, max_length=64)),
                ('count', models.PositiveIntegerField(default=1, verbose_name='readers')),
                ('reported_at', models.DateTimeField(auto_now_add=True, verbose_name='first reported')),
                ('repeated_at', models.DateTimeField(verbose_name='last reported')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='quotes.reviewdecision')),
                ('quote', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='quotes.quote')),
            ],
            options={
                'ordering': ('-id',),
                'indexes': [models.Index(fields=['quote'], name='report_by_quote')],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('fault__in', ('speaker', 'words', 'not-a-quote', 'other'))), name='report_fault_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('decision__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='report_closed_by_somebody'),
                    models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('quote', 'fingerprint'), name='one_open_report_of_a_kind'),
                ],
            },
        ),
        migrations.RunPython(let_see, migrations.RunPython.noop),
    ]
