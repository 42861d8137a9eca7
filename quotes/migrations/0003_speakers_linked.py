"""How names of articles become speakers: what names have in common, roles by article, links with their reasons.

New tables, and two columns with constant defaults of the database's own: no row is rewritten on PostgreSQL, and
an instance that runs the code before it can go on inserting. Undone, the links, roles and keys are lost; speakers
and their names stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0002_why_and_extractor_steps'),
    ]

    operations = [
        migrations.AddField(
            model_name='speakeralias',
            name='count',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='articles'),
        ),
        migrations.AddField(
            model_name='speakeralias',
            name='origin',
            field=models.CharField(choices=[('article', 'Article'), ('editor', 'Editor')], db_default='article', default='article', editable=False, max_length=10),
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('folded', models.CharField(editable=False, max_length=250)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organization', 'Organization'), ('group', 'Group'), ('document', 'Document'), ('unnamed', 'Unnamed')], max_length=20)),
                ('outcome', models.CharField(choices=[('linked', 'Linked'), ('new', 'New'), ('ambiguous', 'Ambiguous')], max_length=10)),
                ('reason', models.CharField(max_length=500)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='quotes.article')),
                ('candidates', models.ManyToManyField(blank=True, related_name='links_in_question', to='quotes.speaker')),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='quotes.speaker')),
            ],
            options={
                'indexes': [models.Index(fields=['outcome', '-id'], name='link_by_outcome')],
                'constraints': [models.UniqueConstraint(fields=('article', 'kind', 'folded'), name='one_link_a_name')],
            },
        ),
        migrations.CreateModel(
            name='RoleStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=300)),
                ('folded', models.CharField(editable=False, max_length=350)),
                ('dated_at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_statements', to='quotes.article')),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_statements', to='quotes.speaker')),
            ],
            options={
                'ordering': ('dated_at', 'id'),
                'constraints': [models.UniqueConstraint(fields=('speaker', 'article', 'folded'), name='one_role_an_article')],
            },
        ),
        migrations.CreateModel(
            name='SpeakerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100)),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='quotes.speaker')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'speaker'), name='one_key_a_speaker')],
            },
        ),
    ]
