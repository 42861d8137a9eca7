"""How many articles of an archive were stored without their dates: a column with a default, of a small table."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0012_roles_by_speaker'),
    ]

    operations = [
        migrations.AddField(
            model_name='importrun',
            name='undated',
            field=models.BigIntegerField(db_default=0, default=0, verbose_name='dates lost'),
        ),
    ]
