"""Django's entry into the app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search keeps nothing but how well it was measured to find."""

    name = "search"
