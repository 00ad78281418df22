"""gunicorn's own lines in the chosen format, and without whole addresses.

For `--logger-class`; the master process has no settings of Django.
"""

import logging
from typing import Any

from gunicorn.glogging import Logger

from core.log_format import formatter, name_process
from core.log_privacy import without_addresses


class ShortAddresses(logging.Filter):
    """A request that cannot be read is told of with the address it came from."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_addresses(record.getMessage()), ()
        return True


class GunicornLog(Logger):  # type: ignore[misc]
    """gunicorn's, whose handlers speak as ours."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        name_process("web")
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter())
            handler.addFilter(ShortAddresses())
