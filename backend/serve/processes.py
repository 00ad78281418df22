"""Which processes one Recto is made of, and the supervisor configuration generated from them."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from core import web_threads
from serve.places import HOST, Places

# The longest search: an address to fetch, a turn to wait for, a busy extractor. Whoever is told to stop first
# ends such requests; who does nothing ends at once.
SECONDS_TO_FINISH = 60
SECONDS_TO_STOP = SECONDS_TO_FINISH + 5
# A progress bar in a log is a new line at each redrawing.
QUIET_BARS = {"TQDM_MININTERVAL": "5"}
# Celery warns root of pickled messages; ours are JSON only, and containers run as root.
QUIET_WORKER = {**QUIET_BARS, "PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
LAST_TO_STOP = {"extractor"}
# Nobody is left who asks it, and it stores nothing: the seconds in which TensorFlow would tidy up are saved.
AT_ONCE = "stopsignal = KILL\nstopasgroup = true\n"
# Pages and pictures, which take milliseconds, do not wait for what takes seconds or hours (core.background).
NICE = 10
# The queue of each worker, by its name. What an import has loaded becomes searchable while it still runs.
WORKERS = {"indexer": "index", "importer": "imports"}


@dataclass(frozen=True)
class Program:
    """A process to keep running: its name in the log, its command; low priorities start first, stop last.

    A program that is `once` announces or prepares something and is not started again when it is done. One
    with an address in `after` waits until that answers (or 20 seconds), to leave the processors to the page.
    One with a `nice` above 0 gets them after the others.
    """

    name: str
    command: tuple[str, ...]
    priority: int
    once: bool = False
    after: str = ""
    nice: int = 0
    environment: dict[str, str] = field(default_factory=dict)


def programs_of(places: Places, *, load: bool) -> list[Program]:
    """The processes of the embedded set-up, in the order in which they start (and stop, backwards).

    With `load`, one more looks for what is new in data/raw/ and ends.
    """
    python, page = str(places.python), f"{places.url}/health/live"
    loader = (python, "-m", "serve.load", "collections")
    programs = [
        web_program(places),
        *(worker_program(places, name, after=page) for name in WORKERS),
        beat_program(places, after=page),
        Program("announce", (python, "-m", "serve.announce"), 50, once=True),
    ]
    if load:
        programs.append(Program("load", loader, 60, once=True, after=page, nice=NICE, environment=QUIET_BARS))
    if places.own_extractor:
        programs.append(Program("extractor", (python, "-m", "search_model.extractor"), 20, nice=NICE))
    return sorted(programs, key=lambda program: program.priority)


def web_program(places: Places, *, host: str = HOST) -> Program:
    """The page and its API."""
    arguments = web_arguments(places, host=host)
    return Program("web", (str(places.python), "-m", "gunicorn", *arguments), 10)


def web_arguments(places: Places, *, host: str = HOST) -> tuple[str, ...]:
    """One process of many threads: SQLite has one writer, and FAISS and Pillow release the GIL.

    Most of the threads wait: for a picture that is sent slowly or fetched, or for a search's turn
    (search/taking_turns.py); the others answer pages meanwhile.

    One is also what its memory is counted for, and keeps its figures in plain variables (core.metrics).
    """
    return (
        "config.wsgi:application",
        *(
            "--bind",
            f"{host}:{places.port}",
            "--worker-class",
            "core.web_worker.WebWorker",
            "--workers",
            "1",
            "--threads",
            str(web_threads.ALL),
        ),
        *("--timeout", "120", "--graceful-timeout", str(SECONDS_TO_FINISH)),
        # Longer than a visitor who was told to come back waits: a search that is sent while the connection is
        # being closed gets no answer. (Nobody's thread is held by it.)
        *("--keep-alive", "75"),
        *("--no-control-socket", "--log-level", "warning", "--logger-class", "core.gunicorn_log.GunicornLog"),
        # Heartbeats on a slow disk can freeze the process; gunicorn's manual says to keep them in memory.
        *(("--worker-tmp-dir", "/dev/shm") if Path("/dev/shm").is_dir() else ()),
    )


def celery(places: Places) -> tuple[str, ...]:
    return (str(places.python), "-m", "celery", "--app", "config", "--quiet")


def worker_program(places: Places, name: str, *, after: str = "") -> Program:
    """The worker of this name, which takes the jobs of its queue."""
    command = (*celery(places), "worker", *worker_arguments(WORKERS[name]))
    return Program(name, command, 30, after=after, nice=NICE, environment=QUIET_WORKER)


def beat_program(places: Places, *, after: str = "") -> Program:
    return Program("beat", (*celery(places), "beat", *beat_arguments()), 40, after=after)


def worker_arguments(queue: str) -> tuple[str, ...]:
    """One job of the queue at a time in the worker's own process: the extractor uses every core already.

    Celery tells two lines for each task, several a minute; what they are about is in the Job rows.
    """
    level = os.environ.get("RECTO_LOG_LEVEL") or "warning"
    return (
        *("--queues", queue, "--hostname", f"{queue}@%h", "--pool", "solo", "--loglevel", level),
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    )


def beat_arguments() -> tuple[str, ...]:
    """The clock of the periodic jobs, which keeps no file (core.beat)."""
    return ("--pidfile", "", "--loglevel", "warning")


def supervisor_configuration(programs: list[Program], *, run: Path, directory: Path, python: str) -> str:
    """The text of supervisord.conf: no socket of any kind, every line of output as an event."""
    head = f"""\
; Generated at every start by backend/serve/processes.py; changes here are lost.
[supervisord]
nodaemon = true
silent = true
logfile = {escaped(run / "supervisord.log")}
logfile_maxbytes = 1MB
logfile_backups = 1
pidfile = {escaped(run / "supervisord.pid")}
directory = {escaped(directory)}

; supervisord stops one group after the other, the last one first, and the programs of a group together:
; searches and jobs that are being finished still need the extractor.
{"".join(group_section(*group) for group in enumerate(groups_of(programs)))}"""
    return head + "".join(program_section(program, python) for program in programs)


def groups_of(programs: list[Program]) -> list[list[str]]:
    """Names in the order in which the groups are started."""
    names = [program.name for program in programs]
    last = [name for name in names if name in LAST_TO_STOP]
    groups = [last, [name for name in names if name not in LAST_TO_STOP]]
    return [group for group in groups if group]


def group_section(place: int, names: list[str]) -> str:
    return f"""
[group:{names[0]}-and-others]
programs = {",".join(names)}
priority = {place + 1}
"""


def program_section(program: Program, python: str) -> str:
    """One [program:x] section. startsecs is 0 because our own rule counts failures (see supervise.py)."""
    nice = ("--nice", str(program.nice)) if program.nice else ()
    after = ("--after", program.after) if program.after else ()
    command = shlex.join([python, "-m", "serve.child", *nice, *after, *program.command])
    environment = ",".join(f'{name}="{escaped(value)}"' for name, value in program.environment.items())
    return f"""
[program:{program.name}]
command = {escaped(command)}
priority = {program.priority}
startsecs = 0
autorestart = {"false" if program.once else "true"}
{"" if program.name not in LAST_TO_STOP else AT_ONCE}\
environment = {environment}
stopwaitsecs = {SECONDS_TO_STOP}
killasgroup = true
redirect_stderr = true
stdout_logfile = NONE
stdout_events_enabled = true
"""


def escaped(value: str | Path) -> str:
    """A value for supervisord.conf, in which % introduces an expansion."""
    return str(value).replace("%", "%%")
