"""The index of words in which quotes are searched: a table of each engine's own, empty at first.

`manage.py index_quotes` fills it with the quotes that are there, and may run beside everything else. New quotes are
put into it when they are stored.
"""

from typing import Any

from django.db import migrations

_TABLES = {
    'postgresql': (
        'CREATE TABLE quotes_wordindex (quote_id bigint PRIMARY KEY, words tsvector NOT NULL)',
        # So that what is common among words is known of more than the hundred most common ones.
        'ALTER TABLE quotes_wordindex ALTER COLUMN words SET STATISTICS 500',
        'CREATE INDEX quotes_wordindex_words ON quotes_wordindex USING gin (words)',
    ),
    # Every character beyond ASCII is a letter here: the words come as the service cut and folded them.
    'sqlite': (
        'CREATE VIRTUAL TABLE quotes_wordindex USING fts5('
        "words, stems, sentence, sentence_stems, columnsize=0, tokenize=\"ascii tokenchars ''''\")",
    ),
}


def create(apps: Any, schema_editor: Any) -> None:
    for statement in _TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute('DROP TABLE quotes_wordindex')


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0025_orders_of_quotes'),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]
