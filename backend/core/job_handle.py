"""What the code of a job sees of its Job row."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from core.models import Job
from core.pace import Pace
from core.sentences import said_of
from core.worker_identity import stop_requested


class JobCancelled(Exception):
    """The job was cancelled, or another worker has it now. Let it pass through."""


class JobInterrupted(Exception):
    """This worker is shutting down; the job goes back to the queue. Let it pass through."""


class JobMadeWay(JobInterrupted):
    """Another job waits for this worker; this one goes behind it. Let it pass through, soon."""


class JobHandle:
    """A running job: its parameters, its checkpoint, and the way to say how far it got."""

    def __init__(self, job: Job, *, turn_is_over: Callable[[], bool] = lambda: False) -> None:
        self.job_id: int = job.pk
        self.params: dict[str, Any] = job.params
        self.checkpoint: dict[str, Any] = dict(job.checkpoint)
        self._worker = job.worker
        self._furthest = job.done
        self._pace = Pace()
        self._turn_is_over = turn_is_over

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Store how far the job got. Raises JobCancelled or JobInterrupted when it has to stop.

        Call it after every batch that is stored, a few times a second at most.
        """
        rate = self._pace.rate(done, total)
        values: dict[str, Any] = {"done": done, "total": total, "rate": rate}
        values |= {"message": str(message), "message_said": said_of(message)}
        if done > self._furthest:
            self._furthest = done
            values["attempts"] = 1
        self._update(**values)
        if stop_requested():
            raise JobInterrupted
        if self._turn_is_over():
            raise JobMadeWay

    def save_checkpoint(self, **values: Any) -> None:
        """Remember `values` (JSON) for the next attempt, should this one be cut short."""
        self.checkpoint |= values
        self._update(checkpoint=self.checkpoint)

    def save_result(self, **values: Any) -> None:
        """Keep what the job found out (JSON), for whoever asks for the last of its kind."""
        self._update(result=values)

    def tell_left_out(self, count: int) -> None:
        """Say how many things could not be done; what they are is written down elsewhere."""
        self._update(left_out=count)

    def _update(self, **values: Any) -> None:
        mine = Job.objects.filter(pk=self.job_id, state=Job.State.RUNNING, worker=self._worker)
        if not mine.update(heartbeat_at=timezone.now(), **values):
            raise JobCancelled
