from importlib import import_module

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Loading collections: folders of scans and the tables that describe them."""

    name = "imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of job, and what follows when one is cancelled."""
        import_module("imports.tasks")
        import_module("imports.cancelled_jobs")
