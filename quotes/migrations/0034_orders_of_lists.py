"""Indexes of the orders of the admin site's lists, made while others write where the engine can."""

from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Coalesce

from quotes.migrations._indexes import AddIndexBeside

_LISTED_AT = Coalesce('published_at', 'created_at')


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('quotes', '0033_quotes_that_wait'),
    ]

    operations = [
        AddIndexBeside('article', models.Index(_LISTED_AT.desc(), F('id').desc(), name='article_by_listed')),
        AddIndexBeside(
            'article',
            models.Index(fields=['id'], condition=models.Q(is_no_copy=True), name='article_no_copy'),
        ),
        AddIndexBeside('link', models.Index(fields=['kind', '-id'], name='link_by_kind')),
        AddIndexBeside('speaker', models.Index(fields=['name', 'id'], name='speaker_by_name')),
    ]
