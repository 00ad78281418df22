"""What the Celery worker does: run a job by its id, take up what was left, give its own back at the end."""

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down

from core import job_runner, jobs, worker_identity
from core.file_broker import message_lost


@shared_task(name=jobs.TASK_NAME, ignore_result=True)
def run_job(job_id: int) -> None:
    job_runner.run(job_id)


@shared_task(name="core.sweep_jobs", ignore_result=True)
def sweep_jobs() -> None:
    """Every few seconds by beat: lost jobs back to the queue, due jobs to the broker."""
    jobs.recover_lost_jobs()


@shared_task(name="core.prune_jobs", ignore_result=True)
def prune_jobs() -> None:
    """Once an hour by beat."""
    jobs.prune()


def send_what_may_be_lost(**_: object) -> None:
    """A message could not be read, so nobody knows which job it was for; a second one does no harm."""
    jobs.send_due_jobs(even_if_sent=True)


message_lost.connect(send_what_may_be_lost)


@worker_ready.connect
def take_up_what_was_left(**_: object) -> None:
    worker_identity.remove_locks_of_the_dead()
    jobs.recover_lost_jobs(at_worker_start=True)


@worker_shutting_down.connect
def give_back_the_running_job(**_: object) -> None:
    worker_identity.request_stop()
