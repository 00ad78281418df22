from django.apps import AppConfig
from django.conf import settings
from django.core import checks


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        checks.register(institution_notes)


def institution_notes(**kwargs: object) -> list[checks.CheckMessage]:
    """What was changed of what the operator gave: said at each start, when the database is migrated."""
    notes = settings.RECTO_INSTITUTION.notes
    return [checks.Warning(f"RECTO_INSTITUTION_COLOUR: {note}", id="recto.W001") for note in notes]
