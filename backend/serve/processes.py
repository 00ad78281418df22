"""Which processes one Recto is made of, and the supervisor configuration generated from them."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from serve.places import HOST, Places

# Long enough to finish a request, short enough that Ctrl-C is obeyed within seconds.
SECONDS_TO_STOP = 5
# A progress bar in a log is a new line at each redrawing.
QUIET_BARS = {"TQDM_MININTERVAL": "5"}
# Celery warns root of pickled messages; ours are JSON only, and containers run as root.
QUIET_WORKER = {**QUIET_BARS, "PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
# The queue of each worker, by its name. What an import has loaded becomes searchable while it still runs.
WORKERS = {"indexer": "index", "importer": "imports"}


@dataclass(frozen=True)
class Program:
    """A process to keep running: its name in the log, its command; low priorities start first, stop last.

    A program that is `once` announces or prepares something and is not started again when it is done. One
    with an address in `after` waits until that answers (or 20 seconds), to leave the processors to the page.
    """

    name: str
    command: tuple[str, ...]
    priority: int
    once: bool = False
    after: str = ""
    environment: dict[str, str] = field(default_factory=dict)


def programs_of(places: Places, *, load: bool) -> list[Program]:
    """The processes of the embedded set-up, in the order in which they start (and stop, backwards).

    With `load`, one more looks for what is new in data/raw/ and ends.
    """
    python, page = str(places.python), f"{places.url}/health/live"
    celery = (python, "-m", "celery", "--app", "config", "--quiet")
    loader = (python, "-m", "serve.load", "collections")
    programs = [
        Program("web", (python, "-m", "gunicorn", *web_arguments(places)), 10),
        *(worker_program(name, queue, celery, after=page) for name, queue in WORKERS.items()),
        Program("beat", (*celery, "beat", *beat_arguments(places)), 40, after=page),
        Program("announce", (python, "-m", "serve.announce"), 50, once=True),
    ]
    if load:
        programs.append(Program("load", loader, 60, once=True, after=page, environment=QUIET_BARS))
    if places.own_extractor:
        programs.append(Program("extractor", (python, "-m", "search_model.extractor"), 20))
    return sorted(programs, key=lambda program: program.priority)


def web_arguments(places: Places) -> tuple[str, ...]:
    """One process and eight threads: SQLite has one writer, and FAISS and Pillow release the GIL."""
    return (
        "config.wsgi:application",
        *("--bind", f"{HOST}:{places.port}", "--worker-class", "gthread", "--workers", "1", "--threads", "8"),
        *("--timeout", "120", "--graceful-timeout", "3", "--keep-alive", "5"),
        *("--no-control-socket", "--log-level", "warning"),
        # Heartbeats on a slow disk can freeze the process; gunicorn's manual says to keep them in memory.
        *(("--worker-tmp-dir", "/dev/shm") if Path("/dev/shm").is_dir() else ()),
    )


def worker_program(name: str, queue: str, celery: tuple[str, ...], *, after: str) -> Program:
    """A worker of one queue."""
    command = (*celery, "worker", *worker_arguments(queue))
    return Program(name, command, 30, after=after, environment=QUIET_WORKER)


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


def beat_arguments(places: Places) -> tuple[str, ...]:
    """The clock of the periodic jobs; its small file is rebuilt when it is lost."""
    return ("--schedule", str(places.run / "beat-schedule"), "--pidfile", "", "--loglevel", "warning")


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

; One group, because supervisord stops one group after the other and the programs of a group together.
[group:recto]
programs = {",".join(program.name for program in programs)}
"""
    return head + "".join(program_section(program, python) for program in programs)


def program_section(program: Program, python: str) -> str:
    """One [program:x] section. startsecs is 0 because our own rule counts failures (see supervise.py)."""
    after = ("--after", program.after) if program.after else ()
    command = shlex.join([python, "-m", "serve.child", *after, *program.command])
    environment = ",".join(f'{name}="{escaped(value)}"' for name, value in program.environment.items())
    return f"""
[program:{program.name}]
command = {escaped(command)}
priority = {program.priority}
startsecs = 0
autorestart = {"false" if program.once else "true"}
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
