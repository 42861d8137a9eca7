"""What a newer extractor reads otherwise of quotes that an editor approved."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0034_orders_of_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('quote', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='proposal', serialize=False, to='quotes.quote')),
                ('version', models.CharField(max_length=50)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(blank=True, choices=[('person', 'Person'), ('organization', 'Organization'), ('group', 'Group'), ('document', 'Document'), ('unnamed', 'Unnamed')], max_length=20)),
                ('confidence', models.FloatField(null=True)),
                ('reasons', models.JSONField(default=list)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.reviewdecision')),
                ('speaker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='quotes.speaker')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answer__isnull', True)), fields=['quote'], name='proposal_open')],
            },
        ),
    ]
