"""The supervisor with stand-in processes: names, restarts, failures, and nothing left behind."""

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from serve.places import ROOT
from serve.processes import Program, supervisor_configuration
from serve.supervise import Deaths, cause_of_death

SLEEP = "import os,time; print('up', os.getpid(), flush=True); time.sleep(600)"
SPAWN = (
    "import os,subprocess,sys; child = subprocess.Popen(['sleep', '600']);"
    "print('grandchild', child.pid, flush=True); print('up', os.getpid(), flush=True); child.wait()"
)


class Standin:
    """A supervisor over stand-in programs, read line by line."""

    def __init__(self, folder: Path, python: str, programs: dict[str, str]) -> None:
        listed = [
            Program(name, (sys.executable, "-c", program), 10, once=name == "announce")
            for name, program in programs.items()
        ]
        configuration = folder / "supervisord.conf"
        configuration.write_text(
            supervisor_configuration(listed, run=folder, directory=ROOT / "backend", python=python)
        )
        run = "import sys; from pathlib import Path; from serve.supervise import supervise; "
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{run}sys.exit(supervise(Path(sys.argv[1])))", str(configuration)],
            cwd=ROOT / "backend",
            stdout=subprocess.PIPE,
            text=True,
        )

    def line(self, pattern: str) -> re.Match[str]:
        """The next line that matches; fails the test when the output ends without one."""
        assert self.process.stdout
        for line in self.process.stdout:
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"no line matched {pattern!r}")

    def end(self) -> int:
        assert self.process.stdout
        self.process.stdout.read()
        return self.process.wait(20)


Start = Callable[..., Standin]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts supervisors in a folder whose name needs quoting; whatever remains is killed at the end."""
    folder = tmp_path / "100 % odd"
    folder.mkdir()
    started: list[Standin] = []

    def start_one(*, python: str = sys.executable, **programs: str) -> Standin:
        started.append(Standin(folder, python, programs))
        return started[-1]

    yield start_one
    for recto in started:
        recto.process.kill()
        recto.process.communicate()


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"


def test_killed_child_is_named_with_its_signal_and_restarted(start: Start) -> None:
    recto = start(web=SLEEP)
    pid = int(recto.line(r"^web +\| up (\d+)")[1])
    os.kill(pid, signal.SIGKILL)
    assert recto.line(r"^recto +\| web was killed by SIGKILL .*restarted")
    assert int(recto.line(r"^web +\| up (\d+)")[1]) != pid
    recto.process.send_signal(signal.SIGINT)
    assert recto.end() == 0


def test_child_that_only_fails_stops_everything_with_the_reason(start: Start) -> None:
    recto = start(web=SLEEP, worker="raise SystemExit('no settings')")
    pid = int(recto.line(r"up (\d+)")[1])
    assert recto.line(r"^worker +\| no settings")
    assert recto.line(r"^recto +\| worker ended with exit status 1, 5 times in 60 s.*stopping everything")
    assert recto.end() == 1
    assert gone(pid)


def test_program_that_does_not_exist_stops_everything(start: Start) -> None:
    recto = start(python="/nowhere/python", web=SLEEP)
    assert recto.line(r"^recto +\| web could not be started: can't find command '/nowhere/python'")
    assert recto.end() == 1


def test_what_a_killed_child_left_is_killed_before_the_restart(start: Start) -> None:
    recto = start(web=SPAWN)
    grandchild = int(recto.line(r"grandchild (\d+)")[1])
    os.kill(int(recto.line(r"up (\d+)")[1]), signal.SIGKILL)
    recto.line(r"up (\d+)")
    assert gone(grandchild)
    recto.process.terminate()
    assert recto.end() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_killed_supervisor_leaves_no_child(start: Start) -> None:
    recto = start(web=SLEEP)
    child = os.pidfd_open(int(recto.line(r"up (\d+)")[1]))
    recto.process.kill()
    assert select.select([child], [], [], 10)[0], "the child still runs"
    os.close(child)


def test_announcement_is_made_once_without_prefix(start: Start) -> None:
    recto = start(announce="print('Recto is serving', flush=True)", web=SLEEP)
    assert recto.line(r"^Recto is serving$")
    recto.process.terminate()
    assert recto.end() == 0


def wait_status(*, code: int = 0, by: int = 0) -> int:
    return code << 8 | by


def test_fifth_failure_within_a_minute_is_too_many() -> None:
    deaths = Deaths()
    failed = [deaths.too_many("web", wait_status(code=1), now=float(second)) for second in range(0, 50, 10)]
    assert failed == [False, False, False, False, True]


def test_failures_far_apart_never_are() -> None:
    deaths = Deaths()
    assert not any(deaths.too_many("web", wait_status(code=1), now=30.0 * n) for n in range(20))


def test_kills_from_outside_do_not_count_and_crashes_do() -> None:
    killed, crashed = Deaths(), Deaths()
    assert not any(killed.too_many("web", wait_status(by=signal.SIGKILL), now=1.0) for _ in range(9))
    assert any(crashed.too_many("web", wait_status(by=signal.SIGSEGV), now=1.0) for _ in range(9))


def test_cause_of_death_in_words() -> None:
    assert cause_of_death(wait_status(by=signal.SIGSEGV)) == "was killed by SIGSEGV"
    assert cause_of_death(wait_status(code=3)) == "ended with exit status 3"
