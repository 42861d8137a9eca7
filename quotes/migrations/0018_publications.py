"""Which quotes are and were public, in the order of their changes. New tables; the next migration fills them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0017_editors_word'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=8)),
                ('last', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('quote', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='publication', serialize=False, to='quotes.quote')),
                ('number', models.BigIntegerField(null=True, unique=True)),
                ('is_public', models.BooleanField()),
                ('changed_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, choices=[('extractor', 'Extractor'), ('editor', 'Editor')], max_length=10)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('number__isnull', True)), fields=['quote'], name='publication_to_be_numbered')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('is_public', True), ('withdrawn_at__isnull', True), ('withdrawn_by', '')), models.Q(('is_public', False), ('withdrawn_at__isnull', False), ('withdrawn_by__in', ('extractor', 'editor'))), _connector='OR'), name='publication_or_withdrawal')],
            },
        ),
    ]
