"""The parts of Recto and whether each is well. config/readiness.py registers them.

What is outside, and whether the database answers, is asked at the same time in threads of their own, for two
seconds at most; then what the database itself tells is read, one after another.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from time import monotonic

from django.db import connection

from core.database_errors import DATABASE_FAILED
from core.errors import RectoError

logger = logging.getLogger(__name__)
# Returns a sentence about what is well; raises NotWell or RectoError with a sentence about what is not.
Check = Callable[[], str]
LONGEST_S = 2.0
# Whoever asks again sooner is told the same: nobody can keep the parts busy with questions.
KEPT_S = 1.0
DATABASE = "database"


class NotWell(Exception):
    """A part is not well; the sentence is for operators."""


@dataclass(frozen=True)
class Part:
    """How to ask; whether visitors need it; whether it is asked through the database of this thread."""

    check: Check
    needed: bool
    in_database: bool


@dataclass(frozen=True)
class Outcome:
    ok: bool
    message: str
    needed: bool = True


_parts: dict[str, Part] = {}
_asking = threading.Lock()
_askers = ThreadPoolExecutor(8, thread_name_prefix="health")
_last: tuple[float, dict[str, Outcome]] | None = None


def register_check(name: str, check: Check, *, needed: bool = True, in_database: bool = False) -> None:
    """Make /health/ready ask `check`. One that is `in_database` has to be a few quick queries and no more;
    any other must not use the database, for it is asked in a thread of its own.

    Recto is not ready without what is `needed`; without the others it is `degraded`.
    """
    _parts[name] = Part(check, needed, in_database)


def outcomes() -> dict[str, Outcome]:
    """How each part is, by name; at most a second old."""
    global _last
    with _asking:
        if _last is None or monotonic() - _last[0] > KEPT_S:
            _last = (monotonic(), _ask_all())
        return _last[1]


def _ask_all() -> dict[str, Outcome]:
    """The database first, from a thread that can be left behind: what hangs would hang this one, too."""
    asked = {name: _askers.submit(_outcome, name, part) for name, part in _outside().items()}
    wait_for(asked.values(), timeout=LONGEST_S)
    found = {name: _answer(future, _outside()[name]) for name, future in asked.items()}
    well = found[DATABASE].ok
    for name, part in _parts.items():
        if part.in_database:
            found[name] = _outcome(name, part) if well else _unknown(part)
    return {name: found[name] for name in [DATABASE, *_parts]}


def _outside() -> dict[str, Part]:
    others = {name: part for name, part in _parts.items() if not part.in_database}
    return {DATABASE: Part(database_answers, needed=True, in_database=False), **others}


def _outcome(name: str, part: Part) -> Outcome:
    try:
        return Outcome(True, part.check(), part.needed)
    except NotWell as error:
        return Outcome(False, str(error), part.needed)
    except RectoError as error:
        return Outcome(False, error.message, part.needed)
    except Exception:
        logger.exception("The check %r itself failed.", name)
        return Outcome(False, "The check itself failed; the server's log says why.", part.needed)


def _answer(future: "Future[Outcome]", part: Part) -> Outcome:
    return future.result() if future.done() else Outcome(False, _silent(), part.needed)


def _silent() -> str:
    return f"It has not answered within {LONGEST_S:g} s."


def _unknown(part: Part) -> Outcome:
    return Outcome(False, "Not known while the database does not answer.", part.needed)


def database_answers() -> str:
    """Asked by a connection of this thread alone, which is closed again."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DATABASE_FAILED as error:
        logger.warning("The database does not answer: %s", error)
        raise NotWell(f"The database ({connection.vendor}) does not answer.") from error
    finally:
        connection.close()
    return f"The database ({connection.vendor}) answers."
