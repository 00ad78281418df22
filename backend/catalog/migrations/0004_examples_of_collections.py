"""Examples belong to collections, so that those of a private one are not shown to everybody."""

import django.db.models.deletion
from django.db import migrations, models


def find_collections(apps, schema_editor):
    """That of the print, else the one whose slug the example's begins with (see imports.examples)."""
    collections = {row.slug: row for row in apps.get_model("catalog", "Collection").objects.all()}
    for example in apps.get_model("catalog", "Example").objects.select_related("print__collection"):
        names = [slug for slug in collections if example.slug.startswith(f"{slug}-")]
        if example.print:
            example.collection = example.print.collection
        elif names:
            example.collection = collections[max(names, key=len)]
        example.save(update_fields=["collection"])


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_picture_names")]

    operations = [
        migrations.AddField(
            model_name="example",
            name="collection",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="examples",
                to="catalog.collection",
            ),
        ),
        migrations.RunPython(find_collections, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="print",
            index=models.Index(
                condition=models.Q(("hidden", True)), fields=["collection"], name="hidden_prints"
            ),
        ),
    ]
