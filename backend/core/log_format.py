"""What a line of the log looks like: a sentence for people, or one JSON object for a log server.

Without Django's settings, because gunicorn's master process has none.
"""

import json
import logging
import os
import time

from django.core.exceptions import ImproperlyConfigured

from core.working_for import current_job_id, current_request_id

FORMATS = ("line", "json")
# Fields of a record that a caller may add with `extra={"fields": {...}}`; they have to be JSON.
FIELDS = "fields"

_process = "command"


def name_process(kind: str) -> None:
    """Say once what this process is: web, beat, worker:index. Else it is a command."""
    global _process
    _process = kind


def chosen_format() -> str:
    """RECTO_LOG_FORMAT. Raises ImproperlyConfigured."""
    chosen = os.environ.get("RECTO_LOG_FORMAT", "").strip().lower() or FORMATS[0]
    if chosen not in FORMATS:
        raise ImproperlyConfigured(f"RECTO_LOG_FORMAT={chosen!r} must be one of {', '.join(FORMATS)}.")
    return chosen


def formatter() -> logging.Formatter:
    """For LOGGING in the settings."""
    return JsonFormatter() if chosen_format() == "json" else LineFormatter()


class LineFormatter(logging.Formatter):
    """`WARNING core.jobs: message [request 3f2a, job 17]`, for a terminal that shows the process itself."""

    def __init__(self) -> None:
        super().__init__("{levelname} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:
        names = {"request": current_request_id(), "job": current_job_id()}
        known = ", ".join(f"{name} {value}" for name, value in names.items() if value)
        return super().formatMessage(record) + (f" [{known}]" if known else "")


class JsonFormatter(logging.Formatter):
    """One object a line; what is not known is left out."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "process": _process,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": current_request_id(),
            "job_id": current_job_id(),
            **getattr(record, FIELDS, {}),
            "error": self.formatException(record.exc_info) if record.exc_info else "",
        }
        known = {name: value for name, value in told.items() if value not in ("", None)}
        return json.dumps(known, ensure_ascii=False, default=str)
