
import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('canonical_url', models.CharField(max_length=2000, unique=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('status', models.CharField(choices=[('pending', 'Pending'), ('extracted', 'Extracted'), ('failed', 'Failed'), ('skipped', 'Skipped')], default='pending', max_length=20)),
                ('extractor_version', models.CharField(blank=True, max_length=50)),
                ('last_error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('slug', models.SlugField(max_length=100, unique=True)),
                ('homepage', models.URLField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='ArticleRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(blank=True, max_length=500)),
                ('byline', models.CharField(blank=True, max_length=500)),
                ('language', models.CharField(blank=True, max_length=35)),
                ('text', models.TextField()),
                ('content_hash', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256 of the text')),
                ('fetched_at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='quotes.article')),
            ],
            options={
                'ordering': ('article', 'number'),
            },
        ),
        migrations.AddField(
            model_name='article',
            name='current_revision',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='current_of', to='quotes.articlerevision'),
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.TextField()),
                ('folded', models.TextField(editable=False)),
                ('kind', models.CharField(choices=[('direct', 'Direct'), ('partial', 'Partial')], max_length=20)),
                ('segments', models.JSONField()),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('mention_text', models.CharField(blank=True, max_length=500, verbose_name='mention')),
                ('mention_start', models.PositiveIntegerField(null=True)),
                ('mention_end', models.PositiveIntegerField(null=True)),
                ('cue_text', models.CharField(blank=True, max_length=500, verbose_name='cue')),
                ('cue_start', models.PositiveIntegerField(null=True)),
                ('cue_end', models.PositiveIntegerField(null=True)),
                ('context', models.TextField()),
                ('context_start', models.PositiveIntegerField()),
                ('fragment', models.TextField(blank=True)),
                ('confidence', models.FloatField()),
                ('extractor_version', models.CharField(max_length=50)),
                ('review_status', models.CharField(choices=[('unreviewed', 'Unreviewed'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('disputed', 'Disputed'), ('retracted', 'Retracted')], default='unreviewed', max_length=20)),
                ('dated_at', models.DateTimeField()),
                ('gone_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='quotes.articlerevision')),
            ],
            options={
                'ordering': ('-dated_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='FeedSubscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=2000, unique=True)),
                ('interval', models.PositiveIntegerField(default=1800, verbose_name='interval in seconds')),
                ('etag', models.CharField(blank=True, editable=False, max_length=500)),
                ('last_modified', models.CharField(blank=True, editable=False, max_length=100)),
                ('last_polled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('failures', models.PositiveIntegerField(default=0, editable=False, verbose_name='failures in a row')),
                ('last_error', models.TextField(blank=True, editable=False)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='quotes.source')),
            ],
        ),
        migrations.AddField(
            model_name='article',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='quotes.source'),
        ),
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('slug', models.SlugField(max_length=220, unique=True)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organization', 'Organization'), ('group', 'Group'), ('document', 'Document'), ('unnamed', 'Unnamed')], max_length=20)),
                ('description', models.CharField(blank=True, max_length=300)),
                ('wikidata_id', models.CharField(blank=True, max_length=20, null=True, unique=True, validators=[django.core.validators.RegexValidator('^Q[1-9][0-9]*$', 'A Wikidata id looks like Q42.')], verbose_name='Wikidata id')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_speakers', to='quotes.speaker')),
            ],
            options={
                'ordering': ('name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ReviewDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_status', models.CharField(choices=[('unreviewed', 'Unreviewed'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('disputed', 'Disputed'), ('retracted', 'Retracted')], max_length=20)),
                ('to_status', models.CharField(choices=[('unreviewed', 'Unreviewed'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('disputed', 'Disputed'), ('retracted', 'Retracted')], max_length=20)),
                ('from_confidence', models.FloatField()),
                ('note', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('editor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='quotes.quote')),
                ('from_speaker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.speaker')),
                ('to_speaker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.speaker')),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.AddField(
            model_name='quote',
            name='speaker',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='quotes.speaker'),
        ),
        migrations.CreateModel(
            name='SpeakerAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=250)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='quotes.speaker')),
            ],
            options={
                'verbose_name_plural': 'speaker aliases',
                'ordering': ('name',),
            },
        ),
        migrations.AddConstraint(
            model_name='articlerevision',
            constraint=models.UniqueConstraint(fields=('article', 'number'), name='one_revision_a_number'),
        ),
        migrations.AddConstraint(
            model_name='articlerevision',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='revision_number_from_one'),
        ),
        migrations.AddConstraint(
            model_name='articlerevision',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='revision_text_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='feedsubscription',
            constraint=models.CheckConstraint(condition=models.Q(('interval__gt', 0)), name='feed_interval_positive'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['status', 'id'], name='article_by_status'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['published_at'], name='article_by_published'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('pending', 'extracted', 'failed', 'skipped'))), name='article_status_known'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('canonical_url', ''), _negated=True), name='article_url_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('person', 'organization', 'group', 'document', 'unnamed'))), name='speaker_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='speaker_name_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(('wikidata_id__isnull', True), ('wikidata_id__startswith', 'Q'), _connector='OR'), name='speaker_wikidata_form'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='speaker_not_merged_into_itself'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(fields=['speaker', '-dated_at', '-id'], name='quote_by_speaker'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(fields=['-dated_at', '-id'], name='quote_by_date'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(fields=['review_status', 'confidence'], name='quote_by_review'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.UniqueConstraint(fields=('revision', 'start', 'end'), name='one_quote_a_span'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('start__gte', 0), ('end__gt', models.F('start'))), name='quote_offsets_in_order'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mention_start__isnull', True), ('mention_end__isnull', True)), models.Q(('mention_start__isnull', False), ('mention_end__isnull', False), ('mention_start__gte', 0), ('mention_end__gt', models.F('mention_start'))), _connector='OR'), name='quote_mention_in_order'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cue_start__isnull', True), ('cue_end__isnull', True)), models.Q(('cue_start__isnull', False), ('cue_end__isnull', False), ('cue_start__gte', 0), ('cue_end__gt', models.F('cue_start'))), _connector='OR'), name='quote_cue_in_order'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('context_start__lte', models.F('start'))), name='quote_context_around_words'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__gte', 0), ('confidence__lte', 1)), name='quote_confidence_fraction'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='quote_text_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('direct', 'partial'))), name='quote_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('review_status__in', ('unreviewed', 'approved', 'rejected', 'disputed', 'retracted'))), name='quote_status_known'),
        ),
        migrations.AddConstraint(
            model_name='speakeralias',
            constraint=models.UniqueConstraint(fields=('speaker', 'folded'), name='one_alias_a_speaker'),
        ),
        migrations.AddConstraint(
            model_name='speakeralias',
            constraint=models.CheckConstraint(condition=models.Q(('folded', ''), _negated=True), name='alias_not_empty'),
        ),
    ]
