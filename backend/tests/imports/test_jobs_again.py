"""Jobs whose worker was killed when all was written, but before the job had ended: they run once more."""

import pytest

from catalog.models import Collection
from core.job_handle import JobHandle
from core.models import Job
from imports import tasks
from imports.models import ImportImage, ImportRun
from imports.running import request_applying, request_undoing
from tests.imports.staged import fresh, record, staged, titles

pytestmark = pytest.mark.usefixtures("data_dir")


@pytest.fixture
def prints(db: None) -> Collection:
    return Collection.objects.create(slug="prints", name="Prints")


class Killed(BaseException):
    pass


def killed(*_: object, **__: object) -> None:
    raise Killed


def handle(run: ImportRun) -> JobHandle:
    job = fresh(run).job
    assert job is not None
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, worker="one")
    job.refresh_from_db()
    return JobHandle(job)


def test_pictures_are_fetched_when_the_job_died_after_the_last_record(
    prints: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = staged(prints, record("a", title="1"), image_source={"kind": "url"})
    ImportImage.objects.create(run=run, record_id="a", position=0, location="https://museum.example/a.png")
    request_applying(run, user=None)
    job = handle(run)
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "start_fetching", killed)
        with pytest.raises(Killed):
            tasks.apply(job)
    assert fresh(run).state == "done"

    tasks.apply(job)

    assert titles(prints) == {"a": "1"}
    assert Job.objects.filter(kind="fetch_images", params={"import": run.pk}).count() == 1


def test_an_undoing_that_had_ended_is_done(prints: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    run = staged(prints, record("a", title="1"))
    request_applying(run, user=None)
    tasks.apply(handle(run))
    Job.objects.update(state=Job.State.DONE)
    request_undoing(fresh(run), user=None)
    job = handle(run)
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "enqueue", killed)
        with pytest.raises(Killed):
            tasks.undo(job)
    assert fresh(run).state == "undone"

    tasks.undo(job)

    assert titles(prints) == {}
    assert Job.objects.filter(kind="sweep_files", state=Job.State.QUEUED).exists()
