"""`manage.py proxy_limits`: how many bytes a proxy has to let through, as assignments for a shell."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from imports.folders import MAX_TABLE_BYTES

# A form around a file: its fields, and the lines between them.
FORM_BYTES = 1_000_000


class Command(BaseCommand):
    help = "Prints how large requests may be, for the proxy in front."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, limit in body_limits().items():
            self.stdout.write(f"{name}={limit}")


def body_limits() -> dict[str, int]:
    """The largest request that the application reads, by what is sent, in bytes."""
    files = {
        "SEARCH": settings.RECTO_SEARCH_MAX_BYTES,
        "TABLE": MAX_TABLE_BYTES,
        "ZIP": settings.RECTO_ZIP_MAX_BYTES,
        "SCAN": settings.RECTO_SCAN_MAX_BYTES,
    }
    forms = {f"RECTO_BODY_{name}": limit + FORM_BYTES for name, limit in files.items()}
    return {"RECTO_BODY": settings.DATA_UPLOAD_MAX_MEMORY_SIZE + FORM_BYTES, **forms}
