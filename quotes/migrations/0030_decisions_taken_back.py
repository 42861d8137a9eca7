"""What was done in each step, of what kind a quote was before, and which step takes back which: no row rewritten."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0027_decisions_about_words_and_submissions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='quote',
            options={'ordering': ('-dated_at', '-id'), 'permissions': (('retract_quote', 'Can retract quote, and take that back'),)},
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='action',
            field=models.CharField(blank=True, choices=[('approve', 'Approve'), ('reject', 'Reject'), ('dispute', 'Dispute'), ('retract', 'Retract'), ('attribute', 'Attribute'), ('bounds', 'Bounds'), ('kind', 'Kind'), ('add', 'Add'), ('split', 'Split'), ('join', 'Join'), ('note', 'Note'), ('reopen', 'Reopen'), ('move', 'Move'), ('undo', 'Undo'), ('redo', 'Redo')], db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='batch',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='from_kind',
            field=models.CharField(blank=True, choices=[('direct', 'Direct'), ('partial', 'Partial'), ('transcript', 'Transcript')], db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='redoes',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.reviewdecision'),
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='to_kind',
            field=models.CharField(blank=True, choices=[('direct', 'Direct'), ('partial', 'Partial'), ('transcript', 'Transcript')], db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='undoes',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.reviewdecision'),
        ),
        migrations.AddIndex(
            model_name='reviewdecision',
            index=models.Index(condition=models.Q(('batch__isnull', False)), fields=['batch'], name='decision_by_batch'),
        ),
    ]
