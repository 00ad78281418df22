"""Pages and pictures have the processor before what computes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from search.workers import computed
from serve.places import places_from_environment
from serve.processes import NICE, programs_of, supervisor_configuration

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no niceness of its own")
ASK = "import os; print(os.nice(0))"


def nicer(by: int) -> int:
    """Than this process; 19 is the nicest."""
    return min(19, os.nice(0) + by)


def test_web_and_beat_come_before_workers_and_extractor() -> None:
    places = places_from_environment({})
    nices = {program.name: program.nice for program in programs_of(places, load=True)}

    assert nices["web"] == nices["beat"] == 0
    assert {nices[name] for name in ("indexer", "importer", "extractor", "load")} == {NICE}


def test_the_configuration_starts_them_so() -> None:
    places = places_from_environment({})
    text = supervisor_configuration(
        programs_of(places, load=False), run=Path("/run"), directory=Path("/"), python="python"
    )
    nice = [line for line in text.splitlines() if line.startswith("command") and f"--nice {NICE}" in line]

    assert len(nice) == 3
    assert not any("gunicorn" in line for line in nice)


def test_a_child_is_as_nice_as_it_was_told() -> None:
    command = [sys.executable, "-m", "serve.child", "--nice", "3", sys.executable, "-c", ASK]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert int(done.stdout) == nicer(3)


@on_linux
def test_what_computes_for_a_search_gives_way_and_what_answers_does_not() -> None:
    here = os.getpriority(os.PRIO_PROCESS, 0)
    there = computed(lambda: os.getpriority(os.PRIO_PROCESS, 0))

    assert there == max(10, here)
    assert os.getpriority(os.PRIO_PROCESS, 0) == here
