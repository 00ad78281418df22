"""Django's entry into the app."""

from importlib import import_module

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """Backups keep no rows: what is known of them lies beside them, and the last one in a file here."""

    name = "backups"

    def ready(self) -> None:
        """Tell monitoring when the last one was made."""
        import_module("backups.last")
