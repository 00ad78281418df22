"""Django's entry into the app."""

from importlib import import_module

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    """Pairs of pictures, the groups they form, and what curators decided about them."""

    name = "duplicates"

    def ready(self) -> None:
        """Import what registers itself, once the models are there."""
        import_module("duplicates.signals")
