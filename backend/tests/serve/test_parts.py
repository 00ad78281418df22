"""The runner of tests and linters."""

import sys
from pathlib import Path

import pytest

from serve.parts import Part, run_part, summarise


def outcome_of(program: str, folder: Path) -> tuple[int, str]:
    outcome = run_part(Part("stand-in", (sys.executable, "-c", program), folder), {})
    return outcome.status, outcome.closing_line


def test_exit_status_and_closing_line_of_a_part(tmp_path: Path) -> None:
    program = "print('=== 3 passed, 1 skipped in 0.1s ==='); raise SystemExit(4)"
    assert outcome_of(program, tmp_path) == (4, "3 passed, 1 skipped in 0.1s")


def test_part_killed_by_a_signal_has_failed(tmp_path: Path) -> None:
    assert outcome_of("import os; os.kill(os.getpid(), 9)", tmp_path)[0] != 0


def test_output_is_shown_and_the_failed_part_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = Part("stand-in", (sys.executable, "-c", "print('its line'); raise SystemExit(1)"), tmp_path)
    summarise([run_part(part, {})])
    shown = capsys.readouterr().out
    assert "its line" in shown
    assert "FAILED stand-in" in shown
