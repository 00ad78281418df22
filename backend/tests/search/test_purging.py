"""What is past its time is gone: by the hourly job, and by `manage.py purge_searches`."""

import os
from datetime import timedelta
from pathlib import Path
from time import time

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from catalog.models import Print
from config.celery import app
from core import job_runner, jobs
from core.models import Job
from search import keeping
from search.models import KeptSearch
from search.tasks import PURGE, have_searches_purged
from tests.search.test_kept_searches import at, files, keep


def run_purge() -> Job:
    have_searches_purged()
    job = Job.objects.filter(kind=PURGE).latest("pk")
    assert job_runner.run(job.pk)
    job.refresh_from_db()
    return job


def test_with_a_clock_that_moves_on_searches_and_pictures_go(
    api: APIClient, prints: list[Print], data_dir: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    early = keep(api)
    settings.RECTO_KEEP_DAYS = 60
    late = keep(api)
    assert run_purge().result == {"searches": 0, "files": 0}
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=31))
    job = run_purge()
    assert job.state == Job.State.DONE
    assert job.result == {"searches": 1, "files": 0}
    assert job.message_said == {"key": "steps.purged_searches", "params": {"searches": 1, "files": 0}}
    assert [file.stem for file in files(data_dir)] == [late["id"]]
    assert not KeptSearch.objects.filter(pk=early["id"]).exists()


def test_files_of_nobody_go_but_not_one_that_is_just_being_kept(
    api: APIClient, prints: list[Print], data_dir: Path
) -> None:
    kept = keep(api)
    folder = files(data_dir)[0].parent
    old, young, draft = (folder / name for name in ("old.jpg", "young.jpg", ".x.1a2b.draft"))
    for file in (old, young, draft):
        file.write_bytes(b"x")
    for file in (old, draft, files(data_dir)[0]):
        os.utime(file, (time() - 7200, time() - 7200))
    os.utime(folder / f"{kept['id']}.jpg", (time() - 7200, time() - 7200))
    assert run_purge().result == {"searches": 0, "files": 2}
    assert sorted(file.name for file in files(data_dir)) == sorted([f"{kept['id']}.jpg", "young.jpg"])


def test_many_go_at_once(api: APIClient, prints: list[Print], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PURGED_AT_ONCE", 2)
    for _ in range(5):
        keep(api)
    KeptSearch.objects.update(expires_at=timezone.now())
    assert run_purge().result["searches"] == 5


def test_beat_asks_for_it_every_hour_once(db: None, data_dir: Path) -> None:
    app.finalize()
    (entry,) = [one for name, one in app.conf.beat_schedule.items() if name == "purge kept searches"]
    assert (entry["task"], entry["schedule"]) == ("search.have_searches_purged", 3600)
    have_searches_purged()
    have_searches_purged()
    assert Job.objects.filter(kind=PURGE).count() == 1


def test_only_its_last_run_is_remembered(db: None, data_dir: Path) -> None:
    for _ in range(3):
        last = run_purge()
    failed = Job.objects.create(kind=PURGE, state=Job.State.FAILED, finished_at=timezone.now())
    jobs.prune()
    assert set(Job.objects.filter(kind=PURGE)) == {last, failed}


def test_the_command_deletes_what_is_due_one_or_all(
    api: APIClient, prints: list[Print], data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, third = (keep(api) for _ in range(3))
    KeptSearch.objects.filter(pk=first["id"]).update(expires_at=timezone.now())
    call_command("purge_searches")
    assert capsys.readouterr().out == "1 searches and 0 left-over files are deleted.\n"
    call_command("purge_searches", id=second["id"])
    assert AuditEntry.objects.get(action="kept_search_deleted").target == f"{second['id'][:6]}…"
    assert [file.stem for file in files(data_dir)] == [third["id"]]
    with pytest.raises(CommandError, match="No search is kept"):
        call_command("purge_searches", id="nobody")
    call_command("purge_searches", all=True)
    assert files(data_dir) == []
    assert api.get(at(third)).status_code == 404
