"""Why a quote is whose it is, and the steps by which the extractor took one back.

On PostgreSQL every column has a constant default of the database's own, so that adding it changes the catalogue
alone, however many rows there are, and an instance that runs the code before it can go on inserting. SQLite
copies the table. The constraint is checked on the decisions, which are few. Undone, it loses the reasons and the
versions; the extractor's steps stay, as steps without an editor, so that tombstones stay too.
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='quote',
            name='reasons',
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.AddField(
            model_name='quote',
            name='rule',
            field=models.CharField(blank=True, db_default='', default='', max_length=100),
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='from_version',
            field=models.CharField(blank=True, db_default='', default='', max_length=50),
        ),
        migrations.AddField(
            model_name='reviewdecision',
            name='to_version',
            field=models.CharField(blank=True, db_default='', default='', max_length=50),
        ),
        migrations.AddConstraint(
            model_name='reviewdecision',
            constraint=models.CheckConstraint(condition=models.Q(('editor__isnull', True), models.Q(('from_version', ''), ('to_version', '')), _connector='OR'), name='decision_by_editor_or_extractor'),
        ),
    ]
