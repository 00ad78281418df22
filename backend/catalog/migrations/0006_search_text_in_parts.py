"""The text that is searched has parts now; emptied, it is written anew after the migration."""

from typing import Any

from django.db import migrations


def empty(apps: Any, schema_editor: Any) -> None:
    apps.get_model("catalog", "Print").objects.update(search_text="")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_shown_changes")]

    operations = [migrations.RunPython(empty, empty)]
