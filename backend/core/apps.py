from celery.signals import beat_init, worker_init
from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from core.collation_check import check_collation
from core.deployment_checks import check_deployment, refuse_unsafe_start


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        checks.register(institution_notes)
        checks.register(check_collation, checks.Tags.database)
        checks.register(check_deployment, checks.Tags.security, deploy=True)
        for start in (worker_init, beat_init):
            start.connect(_refuse_unsafe_start)


def _refuse_unsafe_start(**_: object) -> None:
    refuse_unsafe_start()


def institution_notes(**kwargs: object) -> list[checks.CheckMessage]:
    """What was changed of what the operator gave: said at each start, when the database is migrated."""
    notes = settings.RECTO_INSTITUTION.notes
    return [checks.Warning(f"RECTO_INSTITUTION_COLOUR: {note}", id="recto.W001") for note in notes]
