"""Cancelling the job of an import before it began leaves an import that can go on."""

import pytest

from catalog.models import Collection
from core import jobs
from imports.models import ImportRun
from imports.running import APPLY, UNDO

State = ImportRun.State


@pytest.mark.parametrize(
    ("kind", "state", "traces", "expected"),
    [
        ("check_import", State.CHECKING, {}, State.UPLOADED),
        (APPLY, State.RUNNING, {}, State.CHECKED),
        (
            APPLY,
            State.RUNNING,
            {"names": []},
            State.RUNNING,
        ),  # partly written: it goes on or is undone
        (UNDO, State.UNDOING, {"names": []}, State.UNDOING),  # it can be asked for again as it is
    ],
)
def test_a_job_that_never_began_frees_its_import(
    db: None, kind: str, state: str, traces: dict[str, list[str]], expected: str
) -> None:
    collection = Collection.objects.create(slug="prints", name="Prints")
    run = ImportRun.objects.create(
        collection=collection, state=state, traces=traces, job=jobs.enqueue(kind=kind)
    )
    other = ImportRun.objects.create(collection=collection, state=state, job=jobs.enqueue(kind="other"))
    assert run.job is not None
    assert jobs.cancel(run.job)
    run.refresh_from_db()
    other.refresh_from_db()
    assert (run.state, other.state) == (expected, state)


def test_one_that_runs_tells_by_itself(db: None) -> None:
    collection = Collection.objects.create(slug="prints", name="Prints")
    job = jobs.enqueue(kind="check_import")
    type(job).objects.update(state="running")
    run = ImportRun.objects.create(collection=collection, state=State.CHECKING, job=job)
    assert jobs.cancel(job)
    run.refresh_from_db()
    assert run.state == State.CHECKING
