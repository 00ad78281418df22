"""For which request, or which job, the code that runs now works: so that every line of the log can say it."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

REQUEST_ID_HEADER = "X-Request-ID"
# What proxies make: nginx 32 hexadecimal digits, others UUIDs. Nothing that could forge a line of the log.
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_job_id: ContextVar[int | None] = ContextVar("job_id", default=None)


def request_id_from(given: str) -> str:
    """The id that a proxy or a client gave the request; a new one for none, or one that is odd."""
    return given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


@contextmanager
def working_for(*, request_id: str, job_id: int | None = None) -> Iterator[None]:
    """Whatever is done and logged meanwhile is for this request, or for this job that a request queued."""
    tokens = _request_id.set(request_id), _job_id.set(job_id)
    try:
        yield
    finally:
        _request_id.reset(tokens[0])
        _job_id.reset(tokens[1])


def current_request_id() -> str:
    """'' in a command, and in a job that no request queued."""
    return _request_id.get()


def current_job_id() -> int | None:
    return _job_id.get()
