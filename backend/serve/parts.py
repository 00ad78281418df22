"""`make test` and `make lint`: run every part, show its output, and fail when any of them fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from serve.console import duration, write
from serve.places import Places, places_from_environment

# pytest: "12 passed, 1 skipped in 3.2s"; vitest: "Tests  40 passed (40)"
CLOSING_LINE = re.compile(r"\b\d+ (passed|failed|error|skipped)")
FOR_TESTS = (
    "RECTO_CHROMIUM",
    "RECTO_E2E_SCREENSHOTS",
    "RECTO_TEST_BACKUP",
    "RECTO_TEST_ODD_REQUESTS",
)
ESCAPES = re.compile(r"\033\[[0-9;]*m")


@dataclass(frozen=True)
class Part:
    """One command of a run: what it is called, what is run, and in which folder."""

    name: str
    command: tuple[str, ...]
    folder: Path
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How a part ended: its exit status, its own closing line (or ''), and the seconds it took."""

    part: Part
    status: int
    closing_line: str
    seconds: float


def test_parts(places: Places) -> list[Part]:
    """The tests, quick ones first; the real processes and the browser come last."""
    pytest = (str(places.python), "-m", "pytest")
    npm = str(places.venv / "bin" / "npm")
    return [
        Part("search-model", pytest, places.search_model),
        Part("backend", (*pytest, "tests", "--ignore=tests/system"), places.backend),
        Part("page", (npm, "run", "--silent", "test"), places.frontend),
        Part("system", (*pytest, "tests/system", "-ra"), places.backend),
    ]


def lint_parts(places: Places) -> list[Part]:
    """Every linter, in the folder whose configuration it reads."""
    python, npm = str(places.python), str(places.venv / "bin" / "npm")
    parts = []
    for folder in (places.search_model, places.backend):
        parts += [
            Part(f"ruff check, {folder.name}", (python, "-m", "ruff", "check", "."), folder),
            Part(f"ruff format, {folder.name}", (python, "-m", "ruff", "format", "--check", "."), folder),
        ]
    return [
        *parts,
        Part("mypy, search-model", (python, "-m", "mypy"), places.search_model),
        Part("mypy, backend", (python, "-m", "mypy", "."), places.backend),
        Part("import-linter", (str(places.venv / "bin" / "lint-imports"),), places.backend),
        Part("eslint", (npm, "run", "--silent", "lint"), places.frontend),
        Part("vue-tsc", (npm, "run", "--silent", "typecheck"), places.frontend),
    ]


def run_part(part: Part, env: dict[str, str]) -> Outcome:
    """Run one part, passing its output on line by line."""
    write(f"\n=== {part.name}")
    started, closing_line = time.monotonic(), ""
    with subprocess.Popen(
        part.command,
        cwd=part.folder,
        env={**env, **part.env},
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        for line in process.stdout or ():
            write(line.rstrip("\n"))
            if CLOSING_LINE.search(plain := ESCAPES.sub("", line).strip(" =\n")):
                closing_line = plain
    return Outcome(part, process.returncode, closing_line, time.monotonic() - started)


def summarise(outcomes: list[Outcome]) -> None:
    """One line a part, the failed ones named as such."""
    write("\n=== summary")
    for outcome in outcomes:
        word = "ok    " if outcome.status == 0 else "FAILED"
        write(f"{word} {outcome.part.name:<24} {duration(outcome.seconds):>12}  {outcome.closing_line}")


def environment(places: Places) -> dict[str, str]:
    """The tests' variables: none of the caller's RECTO_* settings but those that are meant for tests."""
    env = {name: value for name, value in places.environment().items() if not name.startswith("RECTO_")}
    return env | {name: os.environ[name] for name in FOR_TESTS if name in os.environ}


def main(arguments: list[str]) -> int:
    """`test` or `lint`; the exit status is 1 when any part failed."""
    places = places_from_environment()
    parts = {"test": test_parts, "lint": lint_parts}[arguments[0]](places)
    outcomes = [run_part(part, environment(places)) for part in parts]
    summarise(outcomes)
    return int(any(outcome.status for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
