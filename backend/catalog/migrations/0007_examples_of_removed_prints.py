from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_search_text_in_parts")]

    operations = [
        migrations.AddField(
            model_name="example",
            name="print_removed",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        )
    ]
