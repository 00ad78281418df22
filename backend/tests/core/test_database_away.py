"""The database goes away while a job is claimed, worked on or ended: it is tried again and none is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import celery
import psycopg
import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from core import job_runner, jobs, metrics, parts, pulses
from core.database_errors import DATABASE_AWAY, DRIVER
from core.jobs import JobHandle
from core.models import Job, Pulse

GONE = OperationalError("server closed the connection unexpectedly")
CLOSED = InterfaceError("connection already closed")
needs_a_server = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no server: `make test-hosted` has one"
)


@pytest.fixture(autouse=True)
def _paint(transactional_db: None, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs of the kind `paint`, of which no message is sent, and nobody waits."""
    monkeypatch.setattr(celery.current_app, "send_task", lambda *_, **__: None)
    monkeypatch.setattr(jobs, "_handlers", {"paint": lambda job: job.progress(1, 1)})
    monkeypatch.setattr("core.job_runner.time.sleep", lambda _: None)


def failing_once(real: Callable[..., Any], *, after: bool = False) -> Callable[..., Any]:
    """Fails the first time: before it did anything, or `after` everything was done."""
    failed = False

    def call(*arguments: Any, **values: Any) -> Any:
        nonlocal failed
        if failed:
            return real(*arguments, **values)
        failed = True
        if after:
            real(*arguments, **values)
        raise GONE

    return call


def run_and_look() -> tuple[str, int, str]:
    job = jobs.enqueue(kind="paint")
    job_runner.run(job.pk)
    job.refresh_from_db()
    return job.state, job.done, job.worker


@pytest.mark.parametrize("step", ["claim", "_store_end"])
@pytest.mark.parametrize("after", [False, True])
def test_step_that_the_database_did_not_answer_is_done_again(
    monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    monkeypatch.setattr(job_runner, step, failing_once(getattr(job_runner, step), after=after))
    assert run_and_look() == ("done", 1, "")


def test_worker_that_shall_stop_does_not_wait_for_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_runner, "claim", failing_once(job_runner.claim))
    monkeypatch.setattr("core.worker_identity.stop_requested", lambda: True)
    assert run_and_look() == ("queued", 0, "")


def test_job_that_loses_the_database_waits_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(job: JobHandle) -> None:
        raise GONE

    monkeypatch.setattr(jobs, "_handlers", {"paint": lose})
    assert run_and_look() == ("queued", 0, "")
    waiting = Job.objects.get()
    assert waiting.not_before is not None
    assert "server closed the connection" in waiting.last_error


def test_job_that_meets_the_driver_s_own_error_is_not_taken_for_a_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lose(job: JobHandle) -> None:
        raise DRIVER.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(jobs, "_handlers", {"paint": lose})
    Job.objects.filter(pk=jobs.enqueue(kind="paint").pk).update(attempts=job_runner.CRASH_ATTEMPTS)
    job_runner.run(Job.objects.get().pk)
    assert Job.objects.get().state == "queued"


def cut_connection() -> None:
    """As the server does when it is stopped."""
    own = connection.cursor().execute("SELECT pg_backend_pid()").fetchone()[0]
    given = connection.get_connection_params()
    parameters = {name: given[name] for name in ("host", "port", "user", "dbname") if name in given}
    with psycopg.connect(**parameters, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [own])


@needs_a_server
def test_connection_that_is_cut_while_rows_are_read_is_an_error_of_the_database() -> None:
    jobs.enqueue(kind="paint", params={"number": 1})
    jobs.enqueue(kind="paint", params={"number": 2})
    rows = Job.objects.iterator(1)
    next(rows)
    cut_connection()
    try:
        with pytest.raises(DATABASE_AWAY):
            list(rows)
    finally:
        connection.close()


@needs_a_server
def test_connection_that_the_server_cuts_is_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(job: JobHandle) -> None:
        cut_connection()
        job.progress(1, 1)

    monkeypatch.setattr(jobs, "_handlers", {"paint": cut})
    assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"]
    assert run_and_look() == ("queued", 0, "")
    assert Job.objects.get().last_error.startswith("OperationalError")


@pytest.fixture(params=[GONE, CLOSED], ids=["gone", "closed"])
def _lost(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every query fails, in the one or the other of two ways that are no kin."""

    def fail(*_: Any) -> None:
        raise request.param

    with connection.execute_wrapper(fail):
        yield


@pytest.mark.usefixtures("_lost")
def test_pulse_that_cannot_be_noted_fails_nothing() -> None:
    pulses.note_pulse("beat")


@pytest.mark.usefixtures("_lost")
def test_database_that_is_lost_is_said_to_be_so() -> None:
    with pytest.raises(parts.NotWell, match="does not answer"):
        parts.database_answers()


@pytest.mark.usefixtures("_lost")
def test_figures_of_a_database_that_is_lost_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = metrics.Gauge("Workers seen", lambda: [({}, Pulse.objects.count())])
    monkeypatch.setattr(metrics, "_gauges", {"odd": counted})
    assert list(metrics._from_database()) == []


@pytest.mark.usefixtures("_lost")
def test_heartbeat_goes_on_after_the_database_was_lost() -> None:
    waits = iter([False, False, True])
    ended = Mock(wait=lambda _: next(waits))
    job_runner._beat(Job(pk=1, worker="w"), ended)
    assert list(waits) == []


@needs_a_server
def test_postgresql_looks_whether_a_process_is_gone_that_holds_locks() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings WHERE name LIKE 'tcp_%%' AND source = 'client'")
        told = {name for (name,) in cursor.fetchall()}
    asked = {"tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout"}
    assert told == asked
