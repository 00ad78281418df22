"""What the Celery worker does: run a job by its id, take up what was left, give its own back at the end."""

from typing import Any

from celery import shared_task
from celery.signals import after_task_publish, worker_ready, worker_shutting_down
from django.db import connection

import core.deaf_worker  # noqa: F401 - what it does when messages come, or none
from core import job_runner, jobs, pulses, worker_identity
from core.file_broker import message_lost

SWEEP = "core.sweep_jobs"


@shared_task(name=jobs.TASK_NAME, ignore_result=True)
def run_job(job_id: int) -> None:
    job_runner.run(job_id)


@shared_task(name=SWEEP, ignore_result=True, bind=True)
def sweep_jobs(self: Any) -> None:
    """Every few seconds by beat: lost jobs back to the queue, due jobs to the broker."""
    queue = self.request.delivery_info["routing_key"]
    pulses.note_pulse(pulses.worker_name(queue))
    jobs.recover_lost_jobs(by_worker_of=queue)


@shared_task(name="core.prune_jobs", ignore_result=True)
def prune_jobs() -> None:
    """Once an hour by beat."""
    jobs.prune()


def send_what_may_be_lost(**_: object) -> None:
    """A message could not be read, so nobody knows which job it was for; a second one does no harm."""
    jobs.send_due_jobs(even_if_sent=True)


message_lost.connect(send_what_may_be_lost)


@after_task_publish.connect(sender=SWEEP)
def note_beat(**_: object) -> None:
    """Only beat sends for sweeps. Its connection is closed, for it sits idle till the next."""
    pulses.note_pulse(pulses.BEAT)
    connection.close()


@worker_ready.connect
def take_up_what_was_left(**_: object) -> None:
    worker_identity.remove_locks_of_the_dead()
    jobs.recover_lost_jobs(at_worker_start=True)


@worker_shutting_down.connect
def give_back_the_running_job(**_: object) -> None:
    worker_identity.request_stop()
