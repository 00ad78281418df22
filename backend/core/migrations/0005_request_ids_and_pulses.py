from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_said_in_other_languages")]

    operations = [
        migrations.AddField(
            model_name="job",
            name="request_id",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=64),
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                ("at", models.DateTimeField()),
                ("resident_bytes", models.BigIntegerField(default=0)),
            ],
        ),
    ]
