"""An import whose job was cancelled before it began waits for nobody: it can be checked or applied again."""

from typing import Any

from django.dispatch import receiver

from core.jobs import waiting_job_cancelled
from core.models import Job
from core.sentences import Sentence, say
from imports.models import ImportRun
from imports.running import APPLY, has_begun

State = ImportRun.State


@receiver(waiting_job_cancelled)
def free_run(job: Job, **_: Any) -> None:
    """Back to where it was before the job was asked for; what is partly written can go on as it is."""
    for run in ImportRun.objects.filter(job=job):
        if run.state == State.CHECKING:
            _set_state(run, State.UPLOADED, say("check_cancelled", "The check was cancelled."))
        elif job.kind == APPLY and run.state == State.RUNNING and not has_begun(run):
            message = say("cancelled_before", "It was cancelled before anything was written.")
            _set_state(run, State.CHECKED, message)


def _set_state(run: ImportRun, state: ImportRun.State, message: Sentence) -> None:
    live = ImportRun.objects.filter(pk=run.pk, state=run.state)
    live.update(state=state, message=str(message), message_said=message.said)
