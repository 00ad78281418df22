"""The supervisor: keeps the processes running in the foreground, and says what happens to them.

It is the `supervisor` package's own loop in this process. Its events give us each line of output and each
change of state; its rules for restarting are replaced by one of ours (see `Deaths`).
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any

from supervisor import events
from supervisor.medusa.asyncore_25 import ExitNow
from supervisor.options import ServerOptions
from supervisor.states import SupervisorStates
from supervisor.supervisord import Supervisor

from serve.lines import LinePrinter

FAILURES_ALLOWED = 5
WITHIN = 60.0  # seconds
# Signals a process gets from outside say nothing about it; the others are its own fault.
FROM_OUTSIDE = {signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT}


class Deaths:
    """Who died when, by its own fault, and whether that is too often to go on."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)

    def too_many(self, name: str, status: int, *, now: float) -> bool:
        """Record a death with this wait status; true when the process only keeps failing."""
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in FROM_OUTSIDE:
            return False
        recent = [then for then in self.times[name] if now - then < WITHIN]
        self.times[name] = [*recent, now]
        return len(self.times[name]) >= FAILURES_ALLOWED


def cause_of_death(status: int) -> str:
    """A wait status in words: 'was killed by SIGKILL', 'ended with exit status 1'."""
    if os.WIFSIGNALED(status):
        return f"was killed by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"ended with exit status {os.WEXITSTATUS(status)}"


def kill_group(leader: int) -> None:
    """Kill what a dead process left behind (a gunicorn worker holds the port its successor needs)."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


class Options(ServerOptions):  # type: ignore[misc]
    """supervisord's options; remembers how each child ended, which its events do not tell."""

    def __init__(self) -> None:
        super().__init__()
        self.statuses: dict[int, int] = {}

    def waitpid(self) -> tuple[int, int]:
        pid, status = super().waitpid()
        if pid:
            self.statuses[pid] = status
        return pid, status


class ForegroundSupervisor(Supervisor):  # type: ignore[misc]
    """supervisord in this process. After `main()`, `failure` says why it stopped by itself, or is None."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.failure: str | None = None
        self.deaths = Deaths()
        self.printer = LinePrinter(self.write, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ)

    def runforever(self) -> None:
        # Here, because `run()` forgets every subscription before it adds the processes.
        events.subscribe(events.ProcessLogStdoutEvent, self.on_output)
        events.subscribe(events.ProcessStateExitedEvent, self.on_exit)
        events.subscribe(events.ProcessStateStoppedEvent, self.on_stopped)
        events.subscribe(events.ProcessStateBackoffEvent, self.on_not_started)
        events.subscribe(events.SupervisorStoppingEvent, self.on_stopping)
        super().runforever()

    def write(self, text: str) -> None:
        """Print; when nobody reads any more (`make run | head`), stop."""
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            self.stop("nobody reads the output any more")

    def say(self, text: str) -> None:
        self.printer.write_line("recto", text.encode())

    def stop(self, reason: str) -> None:
        """Stop everything; the reason is printed and makes the exit status 1."""
        if self.failure is None:
            self.failure = reason
        self.options.mood = SupervisorStates.SHUTDOWN

    def on_output(self, event: Any) -> None:
        self.printer.feed(event.process.config.name, event.data)

    def on_exit(self, event: Any) -> None:
        name = event.process.config.name
        self.printer.flush(name)
        kill_group(event.process.pid)
        status = self.options.statuses.pop(event.process.pid, 0)
        end = f"{name} {cause_of_death(status)}"
        if not event.process.config.autorestart:  # it was to run once
            if status:
                self.say(f"{end}; its last lines above say why")
        elif self.deaths.too_many(name, status, now=time.monotonic()):
            self.stop(f"{end}, {FAILURES_ALLOWED} times in {WITHIN:.0f} s; its last lines above say why")
        else:
            self.say(f"{end} (process {event.process.pid}); it is restarted")

    def on_stopped(self, event: Any) -> None:
        self.printer.flush(event.process.config.name)

    def on_not_started(self, event: Any) -> None:
        self.stop(f"{event.process.config.name} could not be started: {event.process.spawnerr}")

    def on_stopping(self, _event: Any) -> None:
        self.say("stopping ..." if self.failure is None else f"{self.failure}; stopping everything")


def supervise(configuration: Path) -> int:
    """Run the processes of this supervisord.conf until a signal or a failure. Returns the exit status."""
    options = Options()
    options.realize(["-c", str(configuration)])
    options.first, options.test = True, False
    os.environ["RECTO_SUPERVISOR_PID"] = str(os.getpid())
    supervisor = ForegroundSupervisor(options)
    with suppress(ExitNow):  # how the loop ends, also when all is well
        supervisor.main()
    options.close_logger()
    supervisor.say("stopped")
    return 0 if supervisor.failure is None else 1
