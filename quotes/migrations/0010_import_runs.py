"""How far imports of archives have come: a new table."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0009_fetching'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('head', models.CharField(max_length=64, unique=True, verbose_name='SHA-256 of the beginning')),
                ('name', models.CharField(max_length=500)),
                ('place', models.BigIntegerField(default=0)),
                ('before', models.CharField(blank=True, max_length=64)),
                ('number', models.BigIntegerField(default=0, verbose_name='records')),
                ('stored', models.BigIntegerField(default=0)),
                ('revised', models.BigIntegerField(default=0)),
                ('unchanged', models.BigIntegerField(default=0)),
                ('rejected', models.BigIntegerField(default=0)),
                ('rejects_size', models.BigIntegerField(default=0)),
                ('last_revision_before', models.BigIntegerField(default=0)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-updated_at',),
            },
        ),
    ]
