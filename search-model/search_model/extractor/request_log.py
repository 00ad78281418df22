"""What the extractor writes into the log: a sentence, or one JSON object a line; and a line for each request."""

import json
import logging
import re
import time
from time import perf_counter

from flask import Flask, Response, g, request

from search_model.extractor.figures import REQUEST_SECONDS
from search_model.extractor.settings import Settings

log = logging.getLogger("search_model.access")
REQUEST_ID_HEADER = "X-Request-ID"
# As the backend takes them: nothing that could forge a line of the log.
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
# Machines ask for these every few seconds.
OF_MACHINES = frozenset({"/health", "/metrics"})


class JsonFormatter(logging.Formatter):
    """One object a line, with the fields of the backend's lines."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON; `extra={"fields": {...}}` adds to it."""
        told = {
            "time": f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "process": "extractor",
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def configure_log(settings: Settings) -> None:
    """For this process; gunicorn's own lines as well, where it serves."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if settings.log_format == "json":
        for handler in (*logging.getLogger().handlers, *logging.getLogger("gunicorn.error").handlers):
            handler.setFormatter(JsonFormatter())


def note_requests(app: Flask, settings: Settings) -> None:
    """Count each request; with `access_log`, write a line with the id of the request that it is for."""

    @app.before_request
    def begin() -> None:
        g.started = perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        seconds = perf_counter() - g.started
        route = request.url_rule.rule if request.url_rule else "no route"
        REQUEST_SECONDS.labels(route, f"{response.status_code // 100}xx").observe(seconds)
        if settings.access_log and route not in OF_MACHINES:
            _write(route, response.status_code, seconds)
        return response


def _write(route: str, status: int, seconds: float) -> None:
    given = request.headers.get(REQUEST_ID_HEADER, "")
    fields = {"method": request.method, "route": route, "status": status, "ms": round(1000 * seconds, 1)}
    if _WELL_FORMED.fullmatch(given):
        fields["request_id"] = given
    log.info("%s", " ".join(str(value) for value in fields.values()), extra={"fields": fields})
