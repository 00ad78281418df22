"""Beat's schedule, by a clock that nobody can set, and in memory.

By the clock of the wall beat would send nothing for three days after that was set back by three days. A file
that says when what was last sent would end beat at each start while the disk is full, and in the end the
supervisor with it.
"""

from datetime import UTC, datetime
from time import monotonic
from typing import Any

from celery.beat import Scheduler

_BEGAN = datetime.now(UTC)
_BEGAN_AT = monotonic()
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def steady_now() -> datetime:
    """Now, as if the clock had not been set since this process began."""
    return datetime.fromtimestamp(_BEGAN.timestamp() + monotonic() - _BEGAN_AT, UTC)


class SteadyScheduler(Scheduler):  # type: ignore[misc]
    """At its start all is due: nobody knows when it was last sent, and all of it may be sent at any time."""

    def setup_schedule(self) -> None:
        super().setup_schedule()
        for entry in self.schedule.values():
            entry.schedule.nowfun = steady_now
            entry.last_run_at = LONG_AGO

    def install_default_entries(self, data: Any) -> None:
        """None: Celery's own would clean up results, and there are none."""
