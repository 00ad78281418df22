from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        # (Models are not loaded before.)
        from catalog.services import refresh_stale_search_text  # noqa: PLC0415

        post_migrate.connect(refresh_stale_search_text, sender=self)
