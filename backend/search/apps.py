"""Django's entry into the app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search keeps nothing yet, so it has no models."""

    name = "search"
