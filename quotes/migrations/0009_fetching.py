"""What is to be fetched and from where, when a feed is due, and who is reading an article.

New tables, and columns that are empty or have constant defaults of the database's own: no row of a large table is
rewritten on PostgreSQL, and an instance that runs the code before it can go on inserting.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0008_renames_on_the_way_back'),
    ]

    operations = [
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, unique=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('next_request_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('robots_text', models.TextField(blank=True)),
                ('robots_error', models.CharField(blank=True, max_length=300)),
                ('robots_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=2000, unique=True)),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('fetched', 'Fetched'), ('refused', 'Refused'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('next_fetch_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='failed tries in a row')),
                ('last_error', models.TextField(blank=True)),
                ('etag', models.CharField(blank=True, max_length=500)),
                ('last_modified', models.CharField(blank=True, max_length=100)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('published_at', models.DateTimeField(null=True)),
                ('updated_at', models.DateTimeField(null=True, verbose_name='updated by the outlet')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.AddField(
            model_name='article',
            name='attempts',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='article',
            name='claimed_until',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='sent_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='articlerevision',
            name='modified_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='modified by the outlet'),
        ),
        migrations.AddField(
            model_name='feedsubscription',
            name='is_active',
            field=models.BooleanField(db_default=True, default=True, help_text='Polled until this is taken away.', verbose_name='followed'),
        ),
        migrations.AddField(
            model_name='feedsubscription',
            name='last_new_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='last brought something new'),
        ),
        migrations.AddField(
            model_name='feedsubscription',
            name='next_poll_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='feedsubscription',
            name='title',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='feedsubscription',
            name='host',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='quotes.host'),
        ),
        migrations.AddIndex(
            model_name='feedsubscription',
            index=models.Index(condition=models.Q(('is_active', True)), fields=['next_poll_at'], name='feed_due'),
        ),
        migrations.AddField(
            model_name='page',
            name='article',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pages', to='quotes.article'),
        ),
        migrations.AddField(
            model_name='page',
            name='feed',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pages', to='quotes.feedsubscription'),
        ),
        migrations.AddField(
            model_name='page',
            name='host',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='quotes.host'),
        ),
        migrations.AddField(
            model_name='page',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='quotes.source'),
        ),
        migrations.AddIndex(
            model_name='page',
            index=models.Index(condition=models.Q(('next_fetch_at__isnull', False)), fields=['next_fetch_at'], name='page_due'),
        ),
        migrations.AddIndex(
            model_name='page',
            index=models.Index(fields=['status', 'id'], name='page_by_status'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('waiting', 'fetched', 'refused', 'failed'))), name='page_status_known'),
        ),
    ]
