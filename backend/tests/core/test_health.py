"""/health/live and /health/ready."""

import itertools
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from core import parts
from core.errors import TryAgain
from core.parts import NotWell, register_check

pytestmark = pytest.mark.django_db
OUTSIDE = {"X-Forwarded-For": "203.0.113.7"}


@pytest.fixture(autouse=True)
def _only_core(monkeypatch: pytest.MonkeyPatch) -> None:
    # The apps' own checks are registered when the addresses are first read: let that be now.
    assert get_resolver().url_patterns
    monkeypatch.setattr(parts, "_parts", {})
    monkeypatch.setattr(parts, "KEPT_S", -1.0)


def away() -> str:
    raise TryAgain("extractor_away", "The extractor at 10.1.2.3 does not answer. Is it started?")


def test_live_asks_nobody(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_names_its_checks(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    found = response.json()
    assert found["status"] == "ok"
    assert found["checks"]["database"]["ok"]
    assert "answers" in found["checks"]["database"]["message"]
    assert "no-store" in response.headers["Cache-Control"]


def test_ready_is_a_503_that_says_what_is_not_well(client: Client) -> None:
    register_check("extractor", away)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["extractor"] == {
        "ok": False,
        "message": "The extractor at 10.1.2.3 does not answer. Is it started?",
    }
    assert response.json()["checks"]["database"]["ok"]


def test_outsiders_are_told_which_part_but_not_why(client: Client) -> None:
    register_check("extractor", away)
    response = client.get("/health/ready", headers=OUTSIDE)
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": {"ok": True}, "extractor": {"ok": False}}


def test_what_visitors_do_not_need_makes_it_degraded(client: Client) -> None:
    def idle() -> str:
        raise NotWell("beat has not been seen yet. Is it started?")

    register_check("beat", idle, needed=False, in_database=True)
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"]["beat"]["message"].startswith("beat has not been seen")


def test_ready_survives_a_check_that_crashes(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    def crash() -> str:
        raise ZeroDivisionError

    register_check("odd", crash)
    assert client.get("/health/ready").status_code == 503
    assert "ZeroDivisionError" in caplog.text


@pytest.fixture
def hanging() -> Iterator[None]:
    """A part that answers only when the test is over."""
    end = threading.Event()
    register_check("stuck", lambda: str(end.wait()))
    yield
    end.set()


def test_a_part_that_hangs_is_not_waited_for(
    hanging: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LONGEST_S", 0.2)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["stuck"]["message"] == "It has not answered within 0.2 s."


def test_without_a_database_what_is_in_it_is_not_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> str:
        raise NotWell("The database (postgresql) does not answer.")

    monkeypatch.setattr(parts, "database_answers", gone)
    register_check("index", lambda: "v1 is in force.", in_database=True)
    found = client.get("/health/ready").json()["checks"]
    assert found["index"] == {"ok": False, "message": "Not known while the database does not answer."}


def test_whoever_asks_again_at_once_is_told_the_same(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "KEPT_S", 60.0)
    monkeypatch.setattr(parts, "_last", None)
    times = itertools.count()
    register_check("counted", lambda: str(next(times)))
    told = [client.get("/health/ready").json()["checks"]["counted"]["message"] for _ in range(3)]
    monkeypatch.setattr(parts, "_last", None)
    assert told == ["0", "0", "0"]


@pytest.mark.parametrize("address", ["/health/live", "/health/ready", "/metrics"])
def test_head_has_the_headers_and_no_body(client: Client, address: str) -> None:
    response = client.head(address)
    assert response.status_code == 200
    assert response.content == b""
    assert int(response.headers["Content-Length"]) > 0


@pytest.mark.parametrize("address", ["/health/live", "/health/ready", "/metrics"])
def test_none_takes_a_post(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
