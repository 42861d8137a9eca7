"""Indexes of the orders of the admin site's lists, made while others write where the engine can."""

from importlib import import_module

from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Coalesce

_beside = import_module('quotes.migrations.0025_orders_of_quotes').AddIndexBeside
_LISTED_AT = Coalesce('published_at', 'created_at')


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('quotes', '0031_roles'),
    ]

    operations = [
        _beside('article', models.Index(_LISTED_AT.desc(), F('id').desc(), name='article_by_listed')),
        _beside(
            'article',
            models.Index(fields=['id'], condition=models.Q(is_no_copy=True), name='article_no_copy'),
        ),
        _beside('link', models.Index(fields=['kind', '-id'], name='link_by_kind')),
        _beside('speaker', models.Index(fields=['name', 'id'], name='speaker_by_name')),
    ]
