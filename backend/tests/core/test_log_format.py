"""What a line of the log looks like, and that whole addresses and secret paths are not in it."""

import json
import logging
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from core import log_format
from core.gunicorn_log import ShortAddresses
from core.log_format import FIELDS, JsonFormatter, LineFormatter, chosen_format
from core.log_privacy import RoutesForPaths, shortened, without_addresses
from core.working_for import request_id_from, working_for


def record(message: str, *arguments: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("core.jobs", logging.WARNING, "jobs.py", 1, message, arguments, None)
    made.__dict__.update(more)
    return made


def test_json_is_one_object_a_line_with_request_and_job(monkeypatch: pytest.MonkeyPatch) -> None:
    # Another test may have played a worker or a beat.
    monkeypatch.setattr(log_format, "_process", "command")
    with working_for(request_id="3f2a9c0d", job_id=17):
        line = JsonFormatter().format(record("Two\nlines: %s", "Dürer", **{FIELDS: {"status": 200}}))
    assert "\n" not in line
    told = json.loads(line)
    assert told.pop("time").endswith("Z")
    assert told == {
        "level": "warning",
        "process": "command",
        "logger": "core.jobs",
        "message": "Two\nlines: Dürer",
        "request_id": "3f2a9c0d",
        "job_id": 17,
        "status": 200,
    }


def test_json_leaves_out_what_is_not_known_and_tells_errors() -> None:
    try:
        raise ZeroDivisionError("by nought")
    except ZeroDivisionError:
        line = JsonFormatter().format(record("It failed", exc_info=sys.exc_info()))
    told = json.loads(line)
    assert "request_id" not in told
    assert "job_id" not in told
    assert told["error"].endswith("ZeroDivisionError: by nought")


def test_a_line_names_request_and_job_behind_the_message() -> None:
    with working_for(request_id="3f2a9c0d", job_id=17):
        line = LineFormatter().format(record("It waits"))
    assert line == "WARNING core.jobs: It waits [request 3f2a9c0d, job 17]"
    assert LineFormatter().format(record("It waits")) == "WARNING core.jobs: It waits"


def test_an_unknown_format_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECTO_LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match="RECTO_LOG_FORMAT='xml' must be one of line, json"):
        chosen_format()


@pytest.mark.parametrize("odd", ["", "short", "a" * 65, "two words are none", 'x"evil"123', "line\nbreak123"])
def test_an_odd_request_id_is_replaced(odd: str) -> None:
    made = request_id_from(odd)
    assert made != odd
    assert request_id_from(made) == made


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:85a3:8d3:1319:8a2e:370:7348", "2001:db8:85a3::/48"),
        ("unix:/run/socket", ""),
        ("", ""),
    ],
)
def test_addresses_are_shortened(address: str, network: str) -> None:
    assert shortened(address) == network


def test_addresses_within_a_text_are_shortened() -> None:
    said = "Invalid request from ip=203.0.113.77: it ended at 12:30:15, [2001:db8:85a3:8d3::1]"
    assert without_addresses(said) == (
        "Invalid request from ip=203.0.113.0/24: it ended at 12:30:15, [2001:db8:85a3::/48]"
    )


def test_gunicorn_tells_of_a_request_that_it_cannot_read_without_the_address() -> None:
    told = record("Invalid request from ip=%s: %s", "203.0.113.77", "no header")
    assert ShortAddresses().filter(told)
    assert told.getMessage() == "Invalid request from ip=203.0.113.0/24: no header"


def test_lines_of_django_on_a_request_name_its_route() -> None:
    request = RequestFactory().get("/api/v1/searches/a-secret-link/")
    told = record("%s: %s", "Not Found", request.path, request=request)
    assert RoutesForPaths().filter(told)
    assert told.getMessage() == "Not Found: no route"
