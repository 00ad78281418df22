"""Applying and undoing over HTTP: who may, in which states, what is answered, what the jobs then do."""

from pathlib import Path

import pytest
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from catalog.models import Print
from core import job_runner, jobs
from core.models import Job
from imports.models import ImportRun
from imports.outdated import last_revision_id
from tests.accounts.conftest import House, house
from tests.imports.staged import fresh, record, staged

__all__ = ["house"]


@pytest.fixture
def curator(house: House, data_dir: Path) -> APIClient:
    return house.client("curator")


@pytest.fixture
def run(house: House, data_dir: Path) -> ImportRun:
    return staged(house.collections["private"], record("a", title="1"), record("b", title="1"))


def path(run: ImportRun, what: str) -> str:
    return f"/api/v1/imports/{run.pk}/{what}/"


def work() -> None:
    """What the workers would do."""
    for job_id in Job.objects.filter(state="queued", kind__endswith="_import").values_list("pk", flat=True):
        job_runner.run(job_id)


def test_import_is_applied_and_undone_by_jobs(curator: APIClient, run: ImportRun, house: House) -> None:
    answer = curator.post(path(run, "apply"), REMOTE_ADDR="192.0.2.7")
    assert (answer.status_code, answer.json()["state"], answer.json()["job"]["kind"]) == (
        202,
        "running",
        "apply_import",
    )
    work()
    assert Print.objects.filter(record_id__in="ab").count() == 2
    detail = curator.get(f"/api/v1/imports/{run.pk}/").json()
    assert (detail["state"], detail["undoable"]) == ("done", True)
    assert curator.get(path(run, "undo")).json() == {
        "created": 2,
        "changed": 0,
        "removed": 0,
        "conflicts": [],
        "conflict_count": 0,
    }
    answer = curator.post(path(run, "undo"), REMOTE_ADDR="192.0.2.8")
    assert (answer.status_code, answer.json()["state"]) == (202, "undoing")
    work()
    assert not Print.objects.filter(record_id__in="ab").exists()
    detail = curator.get(f"/api/v1/imports/{run.pk}/").json()
    assert (detail["state"], detail["undoable"]) == ("undone", False)
    actions = AuditEntry.objects.order_by("pk").values_list("user_name", "action", "address")
    assert list(actions) == [
        ("curator", "import_applied", "192.0.2.7"),
        ("curator", "import_undone", "192.0.2.8"),
    ]


def test_undoing_what_was_changed_later_is_a_409_that_names_it_and_the_rest_can_be_undone(
    curator: APIClient, run: ImportRun
) -> None:
    curator.post(path(run, "apply"))
    work()
    curator.patch(f"/api/v1/prints/{Print.objects.get(record_id='a').pk}/", {"title": "2"})
    conflict = curator.get(path(run, "undo")).json()["conflicts"][0]
    assert (conflict["record_id"], conflict["by"]) == ("a", "curator")
    answer = curator.post(path(run, "undo"))
    assert (answer.status_code, answer.json()["error"]["fields"]) == (409, {"conflicts": ["a"]})
    assert curator.post(path(run, "undo"), {"rest": True}).status_code == 202
    work()
    assert list(Print.objects.filter(record_id__in="ab").values_list("record_id", "title")) == [("a", "2")]


@pytest.mark.parametrize("state", ["uploaded", "checking", "abandoned", "done", "undone", "undoing"])
def test_only_what_was_checked_is_applied(curator: APIClient, run: ImportRun, state: str) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=state)
    answer = curator.post(path(run, "apply"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "wrong_state")


def test_applying_in_the_moment_in_which_the_check_ends_is_a_503_to_be_tried_again(
    curator: APIClient, run: ImportRun
) -> None:
    run.job = Job.objects.create(kind="check_import", state=Job.State.RUNNING)
    run.save(update_fields=["job"])
    answer = curator.post(path(run, "apply"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "check_ending")
    assert answer["Retry-After"] == "1"
    Job.objects.update(state=Job.State.DONE)
    assert curator.post(path(run, "apply")).status_code == 202


def test_applying_twice_is_refused_while_the_first_runs(curator: APIClient, run: ImportRun) -> None:
    curator.post(path(run, "apply"))
    assert curator.post(path(run, "apply")).status_code == 400
    assert Job.objects.filter(kind="apply_import").count() == 1


def test_what_was_not_applied_is_not_undone(curator: APIClient, run: ImportRun) -> None:
    assert curator.post(path(run, "undo")).json()["error"]["code"] == "wrong_state"


def test_import_whose_job_was_cancelled_before_it_began_can_be_applied_again(
    curator: APIClient, run: ImportRun
) -> None:
    curator.post(path(run, "apply"))
    jobs.cancel(Job.objects.get(kind="apply_import"))
    assert curator.post(path(run, "apply")).status_code == 202
    work()
    assert fresh(run).state == "done"


def test_job_of_an_import_that_is_undone_writes_nothing_when_it_is_tried_again(
    curator: APIClient, run: ImportRun
) -> None:
    curator.post(path(run, "apply"))
    work()
    curator.post(path(run, "undo"))
    work()
    Job.objects.filter(kind="apply_import").update(state="queued")
    work()
    assert not Print.objects.filter(record_id__in="ab").exists()
    assert Job.objects.get(kind="apply_import").state == "failed"


@pytest.mark.parametrize("what", ["apply", "undo"])
@pytest.mark.parametrize(("role", "status"), [("anonymous", 403), ("staff", 403), ("viewer", 403)])
def test_others_may_not(house: House, run: ImportRun, what: str, role: str, status: int) -> None:
    assert house.client(role).post(path(run, what)).status_code == status


def test_import_that_is_not_there_is_a_404(curator: APIClient) -> None:
    assert curator.post("/api/v1/imports/999/apply/").status_code == 404
    assert curator.get("/api/v1/imports/999/undo/").status_code == 404


def test_preview_that_somebody_else_has_outdated_is_a_409_until_it_is_checked_again(
    curator: APIClient, run: ImportRun, house: House
) -> None:
    other = staged(house.collections["private"], record("b", title="meanwhile"), record("c", title="other"))
    assert curator.post(path(other, "apply")).status_code == 202
    work()
    answer = curator.post(path(run, "apply"))
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "changed_since_check"
    assert answer.json()["error"]["fields"] == {"conflicts": ["b"]}
    run.traces = {"checked_after": last_revision_id(run.collection)}
    run.save(update_fields=["traces"])
    assert curator.post(path(run, "apply")).status_code == 202
    work()
    assert Print.objects.get(record_id="b").title == "1"


def test_change_of_other_records_is_no_reason_to_check_again_unless_all_are_replaced(
    curator: APIClient, run: ImportRun, house: House
) -> None:
    other = staged(house.collections["private"], record("c", title="other"))
    assert curator.post(path(other, "apply")).status_code == 202
    work()
    ImportRun.objects.filter(pk=run.pk).update(action="replace")
    assert curator.post(path(run, "apply")).status_code == 409
    ImportRun.objects.filter(pk=run.pk).update(action="add_and_update")
    assert curator.post(path(run, "apply")).status_code == 202
