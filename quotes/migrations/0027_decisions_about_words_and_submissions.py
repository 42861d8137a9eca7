"""What decisions say of reasons and of words: columns with defaults, no row rewritten; articles handed in."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0026_words_of_quotes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='reviewdecision',
            name='from_words',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='public_note',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='reason',
            field=models.CharField(blank=True, choices=[('not-a-quote', 'No Quote'), ('wrong-words', 'Wrong Words'), ('duplicate', 'Duplicate'), ('other', 'Other')], db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='to_words',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.CharField(blank=True, max_length=255)),
                ('digest', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='quotes.article')),
                ('editor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='quotes.page')),
            ],
            options={
                'ordering': ('-id',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('editor', 'key'), name='one_submission_a_key')],
            },
        ),
    ]
