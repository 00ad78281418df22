"""A worker that gets no messages although beat sends some has lost its broker in a way that nobody foresaw.

It ends itself, and whoever keeps it running starts it anew. One that works on something is left alone.
"""

import logging
import os
import threading
from collections.abc import Callable
from time import monotonic, sleep

from celery.signals import task_postrun, task_prerun, task_received, task_revoked, worker_ready
from django.db import connection

from core import pulses
from core.database_errors import DATABASE_FAILED
from core.parts import NotWell

logger = logging.getLogger(__name__)
# Beat sends to each queue every 15 s. Several workers of one queue share these messages.
DEAF_AFTER_S = 300.0
LOOK_EVERY_S = 30.0
EXIT_STATUS = 75  # "try again" in sysexits.h


class Hearing:
    """For how long no message came while beat sent some. Pure but for the clock."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now, self._heard_at, self._works = now, now(), False

    def hear(self) -> None:
        self._heard_at = self._now()

    def begin_work(self) -> None:
        """Of one thing at a time; nothing is heard meanwhile."""
        self._works = True

    def end_work(self) -> None:
        self._works = False
        self.hear()

    def is_lost(self, *, beat_sends: bool) -> bool:
        if self._works or not beat_sends:
            self.hear()
        return self._now() - self._heard_at > DEAF_AFTER_S


_hearing = Hearing()


def note_message(**_: object) -> None:
    """One that came too late is revoked, and was heard."""
    _hearing.hear()


def note_begin(**_: object) -> None:
    _hearing.begin_work()


def note_end(**_: object) -> None:
    _hearing.end_work()


def listen_for_messages(**_: object) -> None:
    threading.Thread(target=_end_when_deaf, name="hearing", daemon=True).start()


def _end_when_deaf() -> None:
    while not _hearing.is_lost(beat_sends=_beat_sends()):
        sleep(LOOK_EVERY_S)
    logger.error("No message has come for %.0f s although beat sends some: this worker ends.", DEAF_AFTER_S)
    os._exit(EXIT_STATUS)


def _beat_sends() -> bool:
    """Whether it can be known now, and is so."""
    try:
        pulses.beat_works()
    except (NotWell, *DATABASE_FAILED):
        return False
    finally:
        connection.close()
    return True


task_received.connect(note_message)
task_revoked.connect(note_message)
task_prerun.connect(note_begin)
task_postrun.connect(note_end)
worker_ready.connect(listen_for_messages)
