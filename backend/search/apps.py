"""Django's entry into the app."""

from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search keeps how well it was measured to find, and the searches that somebody wants kept."""

    name = "search"

    def ready(self) -> None:
        """Register the kinds of job."""
        import_module("search.tasks")
