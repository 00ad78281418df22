"""Django's entry into the app."""

from importlib import import_module

from django.apps import AppConfig


class IndexingConfig(AppConfig):
    """Connects the signals and registers the kinds of job."""

    name = "indexing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself, once the models are there."""
        import_module("indexing.signals")
        import_module("indexing.tasks")
