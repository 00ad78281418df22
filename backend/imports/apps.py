from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Loading collections: folders of scans and the tables that describe them."""

    name = "imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
