from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indexing", "0002_local_features")]

    operations = [
        migrations.CreateModel(
            name="KeptDescriptor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("descriptor", models.CharField(max_length=120, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[("prepared", "Prepared"), ("previous", "Previous")],
                        max_length=10,
                        unique=True,
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
