"""The words of the Makefile. Each prepares what it needs and hands over to the environment's Python."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable

from serve import machine
from serve.console import Refusal, complain, say
from serve.environment import ensure_environment
from serve.lock import one_preparation
from serve.page import ensure_packages, ensure_page
from serve.places import Places, places_from_environment


def main(arguments: list[str]) -> int:
    """Do one command; returns the exit status."""
    command = COMMANDS.get(arguments[0] if arguments else "")
    if command is None:
        return complain(f"usage: python3 -m serve {'|'.join(COMMANDS)}")
    os.environ["RECTO_STARTED"] = str(time.time())
    try:
        machine.check_system()
        return command(places_from_environment(), *arguments[1:])
    except Refusal as refusal:
        return complain(str(refusal))
    except KeyboardInterrupt:
        return complain("interrupted; run the same command again to go on")


def run(places: Places) -> int:
    """Prepare everything, then become the process that loads and serves."""
    machine.check_writable(places.data)
    machine.check_space(places.data, machine.SPACE_FOR_DATA, "the data folder")
    prepare(places, development=False)
    return become(places, "serve.start")


def prepare(places: Places, *, development: bool) -> None:
    """The environment and the built page, made or found fresh."""
    with one_preparation(places.root):
        ensure_environment(places)
        if development:
            ensure_environment(places, development=True)
        ensure_page(places)


def test(places: Places) -> int:
    """Run the tests of every part."""
    prepare(places, development=True)
    return become(places, "serve.parts", "test")


def prepare_hosted(places: Places, *, page: bool = True) -> None:
    """As for the tests, and what only proofs of the hosted Recto need."""
    with one_preparation(places.root):
        ensure_environment(places)
        ensure_environment(places, development=True)
        ensure_environment(places, hosted=True)
        if page:
            ensure_page(places)


def test_hosted(places: Places, *arguments: str) -> int:
    """Run the backend's tests on PostgreSQL and Redis; the arguments are pytest's."""
    prepare_hosted(places, page=not arguments)  # (The real processes serve it.)
    return become(places, "serve.hosted_tests", *arguments)


def lint(places: Places) -> int:
    """Run every linter; the page is not built for it."""
    with one_preparation(places.root):
        ensure_environment(places, development=True)
        ensure_packages(places)
    return become(places, "serve.parts", "lint")


def audit(places: Places) -> int:
    """Look for known holes in what is pinned."""
    with one_preparation(places.root):
        ensure_environment(places, development=True)
        ensure_packages(places)
    return become(places, "serve.audit")


def hostile(places: Places) -> int:
    """Send a Recto what it must survive."""
    prepare(places, development=True)
    return become(places, "serve.hostile")


def load(places: Places) -> int:
    """Let many use a Recto at the same time."""
    prepare_hosted(places)
    return become(places, "serve.under_load.run")


def faults(places: Places) -> int:
    """Kill and cut the parts of a Recto that works."""
    prepare_hosted(places)
    return become(places, "serve.under_faults.run")


def bench(places: Places) -> int:
    """Run the benchmarks."""
    prepare(places, development=True)
    return become(places, "serve.bench")


def evaluate(places: Places) -> int:
    """Measure recall on the photographs beside the repository."""
    prepare(places, development=True)
    return become(places, "serve.evaluate")


def requirements(places: Places) -> int:
    """Pin the requirements again."""
    ensure_environment(places, development=True)
    return become(places, "serve.pins")


def clean(places: Places) -> int:
    """Remove the environment, what was built and the tools' caches. Data stays."""
    built = [places.venv, places.frontend / "node_modules", places.frontend / "dist"]
    caches = [".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis"]
    parts = [places.root, places.backend, places.search_model]
    for path in [*built, *(part / cache for part in parts for cache in caches)]:
        if path.exists():
            say(f"removing {path.relative_to(places.root)}")
            shutil.rmtree(path)
    return 0


def become(places: Places, module: str, *arguments: str) -> int:
    """Replace this process by the environment's Python running the module from backend/."""
    sys.stdout.flush()
    os.chdir(places.backend)
    os.execve(places.python, [str(places.python), "-m", module, *arguments], places.environment())


COMMANDS: dict[str, Callable[..., int]] = {
    "run": run,
    "test": test,
    "test-hosted": test_hosted,
    "lint": lint,
    "audit": audit,
    "hostile": hostile,
    "load": load,
    "faults": faults,
    "bench": bench,
    "evaluate": evaluate,
    "requirements": requirements,
    "clean": clean,
}
