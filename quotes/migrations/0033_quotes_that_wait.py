"""An index for each queue of the review desk, and for what an editor decided lately."""

from django.db import migrations, models
from django.db.models import Case, F, IntegerField, Q, Value, When

from quotes.migrations._indexes import AddIndexBeside

_STEP = Case(
    *(When(confidence__lt=end, then=Value(step)) for step, end in enumerate((0.2, 0.4, 0.6, 0.8, 0.9))),
    default=Value(5),
    output_field=IntegerField(),
)
_LATEST = (F('dated_at').desc(), F('id').desc())
_WAITS = Q(review_status='unreviewed', gone_at__isnull=True, confidence__isnull=False)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('quotes', '0032_leases_of_the_desk'),
    ]

    operations = [
        AddIndexBeside('quote', models.Index(_STEP, *_LATEST, 'kind', condition=_WAITS, name='quote_waits')),
        AddIndexBeside(
            'quote', models.Index('source', _STEP, *_LATEST, condition=_WAITS, name='quote_waits_by_source')
        ),
        AddIndexBeside(
            'quote', models.Index('speaker', _STEP, *_LATEST, condition=_WAITS, name='quote_waits_by_speaker')
        ),
        AddIndexBeside(
            'quote',
            models.Index(_STEP, *_LATEST, condition=_WAITS & Q(saying__isnull=False), name='quote_waits_copied'),
        ),
        AddIndexBeside(
            'quote',
            models.Index(
                fields=['saying', 'speaker', 'review_status', 'gone_at'],
                condition=Q(saying__isnull=False, speaker__isnull=False, gone_at__isnull=True),
                name='quote_speakers_of_saying',
            ),
        ),
        AddIndexBeside('reviewdecision', models.Index(fields=['editor', 'decided_at'], name='decision_by_editor')),
    ]
