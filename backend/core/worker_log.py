"""The log of workers and of beat: as all others', with the level that their command line says."""

import logging.config
from typing import Any

from celery.signals import beat_init, celeryd_init, setup_logging
from django.conf import settings

from core.log_format import name_process


@setup_logging.connect  # type: ignore[untyped-decorator]
def log_as_configured(loglevel: int | str | None = None, **_: Any) -> None:
    """In the place of Celery's own handlers, which know nothing of formats."""
    logging.config.dictConfig(settings.LOGGING)
    if loglevel is not None:
        logging.getLogger().setLevel(loglevel)
        logging.getLogger("django").setLevel(loglevel)


@celeryd_init.connect  # type: ignore[untyped-decorator]
def name_worker(sender: str = "", **_: Any) -> None:
    """`index@machine` is the name that serve/processes.py gives it."""
    name_process(f"worker:{sender.partition('@')[0]}")


@beat_init.connect  # type: ignore[untyped-decorator]
def name_beat(**_: Any) -> None:
    name_process("beat")
