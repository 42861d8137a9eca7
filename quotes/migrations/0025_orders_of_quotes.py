"""An index for each order in which quotes are listed, made while others write where the engine can."""

from django.db import migrations, models
from django.db.models import Case, F, FloatField, Value, When
from django.db.models.functions import Coalesce

from quotes.migrations._indexes import AddIndexBeside

_CERTAINTY = Case(
    When(review_status='approved', then=Value(1.0)),
    default=Coalesce(F('confidence'), Value(1.0)),
    output_field=FloatField(),
)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('quotes', '0024_source_not_empty'),
    ]

    operations = [
        AddIndexBeside('quote', models.Index(fields=['source', '-dated_at', '-id'], name='quote_by_source')),
        AddIndexBeside('quote', models.Index(fields=['-created_at', '-id'], name='quote_by_collected')),
        AddIndexBeside('quote', models.Index(fields=['-updated_at', '-id'], name='quote_by_changed')),
        AddIndexBeside(
            'quote',
            models.Index(
                fields=['id', 'dated_at', 'speaker', 'source', 'kind', 'review_status', 'confidence', 'gone_at'],
                name='quote_facts',
            ),
        ),
        AddIndexBeside('quote', models.Index(_CERTAINTY.desc(), F('id').desc(), name='quote_by_certainty')),
    ]
