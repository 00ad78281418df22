"""Django's entry into the app."""

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    """Pairs of pictures, the groups they form, and what curators decided about them."""

    name = "duplicates"
