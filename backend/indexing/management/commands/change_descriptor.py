"""`manage.py change_descriptor ID_OR_NAME`: have another descriptor prepared while the old one serves."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts import audit
from core.errors import RectoError
from core.models import Job
from indexing.switching import enqueue_change

POLL_S = 0.5
UNSETTLED = (Job.State.QUEUED, Job.State.RUNNING)


class Command(BaseCommand):
    help = (
        "Have every picture described by another descriptor and a version of the index published beside the "
        "one in force, in the background. 'activate_model' switches to it; 'list_descriptors' shows what is "
        "on offer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("descriptor", help="its id, or its name when only one on offer has that name")
        parser.add_argument("--activate", action="store_true", help="switch to it as soon as it is ready")
        parser.add_argument("--no-wait", action="store_true", help="queue the job and return")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            job = enqueue_change(descriptor=options["descriptor"], activate=options["activate"])
        except RectoError as error:
            raise CommandError(error.message) from error
        audit.record(
            None, "descriptor_change_requested", target=job.params["descriptor"], detail={"job": job.pk}
        )
        self.stdout.write(f"Job {job.pk} prepares {job.params['descriptor']}; the old one serves meanwhile.")
        if not options["no_wait"]:
            self._watch(job)

    def _watch(self, job: Job) -> None:
        try:
            _show_until_settled(job)
        except KeyboardInterrupt:
            self.stdout.write("The job goes on in the background.")
            return
        if job.state != Job.State.DONE:
            raise CommandError(f"The job was {job.state}. {job.last_error}".strip())
        self.stdout.write(f"{job.message}.")
        if not job.params["activate"]:
            self.stdout.write(f"Switch to it with 'manage.py activate_model {job.params['descriptor']}'.")


def _show_until_settled(job: Job) -> None:
    with tqdm(desc="Vectors", unit="picture") as bar:
        while job.state in UNSETTLED:
            bar.total = job.total or None
            bar.set_postfix_str(job.message if job.state == Job.State.RUNNING else "waiting for a worker")
            bar.update(job.done - bar.n)
            time.sleep(POLL_S)
            job.refresh_from_db()
