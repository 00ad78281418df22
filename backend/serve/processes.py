"""Which processes one Recto is made of, and the supervisor configuration generated from them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path

from serve.places import HOST, Places

# Long enough to finish a request, short enough that Ctrl-C is obeyed within seconds.
SECONDS_TO_STOP = 5
# Celery warns root of pickled messages; ours are JSON only, and containers run as root.
QUIET_ROOT = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
# A progress bar in a log is a new line at each redrawing.
QUIET_BARS = {"TQDM_MININTERVAL": "5"}


@dataclass(frozen=True)
class Program:
    """A process to keep running: its name in the log, its command; low priorities start first, stop last.

    A program that is `once` announces or prepares something and is not started again when it is done.
    """

    name: str
    command: tuple[str, ...]
    priority: int
    once: bool = False
    environment: dict[str, str] = field(default_factory=dict)


def programs_of(places: Places, *, load: bool) -> list[Program]:
    """The processes of the embedded set-up, in the order in which they start (and stop, backwards).

    With `load`, one more looks for what is new in data/raw/ and ends.
    """
    python = str(places.python)
    celery = (python, "-m", "celery", "--app", "config", "--quiet")
    programs = [
        Program("web", (python, "-m", "gunicorn", *web_arguments(places)), 10),
        Program("worker", (*celery, "worker", *worker_arguments()), 30, environment=QUIET_ROOT | QUIET_BARS),
        Program("beat", (*celery, "beat", *beat_arguments(places)), 40),
        Program("announce", (python, "-m", "serve.announce"), 50, once=True),
    ]
    if load:
        programs.append(
            Program(
                "load", (python, "-m", "serve.load", "collections"), 60, once=True, environment=QUIET_BARS
            )
        )
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


def worker_arguments() -> tuple[str, ...]:
    """One job at a time in the worker's own process: the extractor uses every core already."""
    return (
        "--pool",
        "solo",
        "--loglevel",
        "info",
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
"""
    return head + "".join(program_section(program, python) for program in programs)


def program_section(program: Program, python: str) -> str:
    """One [program:x] section. startsecs is 0 because our own rule counts failures (see supervise.py)."""
    command = shlex.join([python, "-m", "serve.child", *program.command])
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
