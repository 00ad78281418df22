"""/health/live, /health/ready and /metrics."""

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from core import health, jobs
from core.errors import TryAgain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_core(monkeypatch: pytest.MonkeyPatch) -> None:
    # The apps' own checks are registered when the addresses are first read: let that be now.
    assert get_resolver().url_patterns
    monkeypatch.setattr(health, "_checks", {"database": health.database_answers})
    monkeypatch.setattr(health, "_gauges", {})


def test_live_asks_nobody(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_names_its_checks(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"database": {"ok": True, "message": "The database (sqlite) answers."}},
    }
    assert "no-store" in response.headers["Cache-Control"]


def test_ready_is_a_503_that_says_what_is_not_well(client: Client) -> None:
    def away() -> str:
        raise TryAgain("extractor_away", "The extractor does not answer. Is it started?")

    health.register_check("extractor", away)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["extractor"] == {
        "ok": False,
        "message": "The extractor does not answer. Is it started?",
    }
    assert response.json()["checks"]["database"]["ok"]


def test_ready_survives_a_check_that_crashes(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    def crash() -> str:
        raise ZeroDivisionError

    health.register_check("odd", crash)
    assert client.get("/health/ready").status_code == 503
    assert "ZeroDivisionError" in caplog.text


def test_metrics_are_prometheus_text(client: Client) -> None:
    jobs.enqueue(kind="paint")
    health.register_gauge("jobs", "Background jobs by state", health.jobs_by_state)
    health.register_gauge("odd", "A label with quotes", lambda: [({"name": 'a"b\n\\'}, 0.5)])
    response = client.get("/metrics")
    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    text = response.content.decode()
    assert "# TYPE recto_jobs gauge" in text
    assert 'recto_jobs{state="queued"} 1\n' in text
    assert 'recto_jobs{state="failed"} 0\n' in text
    assert 'recto_odd{name="a\\"b\\n\\\\"} 0.5\n' in text
    assert text.endswith("\n")


@pytest.mark.parametrize("address", ["/health/live", "/health/ready", "/metrics"])
def test_none_takes_a_post(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
