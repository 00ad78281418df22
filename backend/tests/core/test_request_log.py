"""Each request has an id and leaves one line in the log."""

import logging
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from core import jobs
from core.job_runner import run
from core.log_format import FIELDS
from core.models import Job
from core.working_for import current_job_id, current_request_id, working_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _told(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.RECTO_ACCESS_LOG = True
    caplog.set_level(logging.DEBUG, "recto.access")


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    records = [record for record in caplog.records if record.name == "recto.access"]
    return [getattr(record, FIELDS) for record in records]


def test_the_line_names_the_route_and_the_network(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.RECTO_PROXIES = 1
    response = client.get(
        "/api/v1/facets/?url=https://secret.example/p.jpg", headers={"X-Forwarded-For": "203.0.113.77"}
    )
    (line,) = told(caplog)
    assert line.pop("ms") >= 0
    assert line == {
        "method": "GET",
        "route": "facets",
        "status": 200,
        "bytes": len(response.content),
        "address": "203.0.113.0/24",
    }
    assert "secret" not in caplog.text


def test_a_route_without_a_name_is_named_by_its_pattern(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/health/live")
    client.get("/api/v1/nothing/here/")
    assert [(line["route"], line["status"]) for line in told(caplog)] == [
        ("health/live", 200),
        ("no route", 404),
    ]


def test_machines_that_ask_every_few_seconds_leave_a_line_only_when_all_is_wanted(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "recto.access")
    client.get("/health/live")
    assert told(caplog) == []


def test_no_line_where_none_is_wanted(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.RECTO_ACCESS_LOG = False
    client.get("/api/v1/facets/")
    assert told(caplog) == []


def test_the_id_that_a_proxy_gave_is_answered(client: Client) -> None:
    given = client.get("/health/live", headers={"X-Request-ID": "3f2a9c0d11e4b7aa"})
    assert given.headers["X-Request-ID"] == "3f2a9c0d11e4b7aa"
    made = client.get("/api/v1/nothing/", headers={"X-Request-ID": "no id\n"})
    assert len(made.headers["X-Request-ID"]) == 16


def test_a_job_works_for_the_request_that_queued_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setitem(
        jobs._handlers, "paint", lambda _: seen.append((current_request_id(), current_job_id()))
    )
    with working_for(request_id="3f2a9c0d"):
        job = jobs.enqueue(kind="paint")
    assert Job.objects.get().request_id == "3f2a9c0d"
    assert run(job.pk)
    assert seen == [("3f2a9c0d", job.pk)]
    assert (current_request_id(), current_job_id()) == ("", None)
