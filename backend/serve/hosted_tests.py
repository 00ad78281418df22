"""`make test-hosted`: the backend's tests on PostgreSQL and Redis, which it starts and stops.

Everything but the page: the tests of the code, then those of the real processes that need no browser.
With TESTS=..., only what pytest is told there.
"""

from __future__ import annotations

import sys

from serve.console import Refusal, complain
from serve.parts import Part, environment, run_part, summarise
from serve.places import Places, places_from_environment
from serve.servers import running_servers

IN_A_BROWSER = ("tests/system/test_browser.py", "tests/system/test_browser_imports.py")


def hosted_parts(places: Places, arguments: list[str]) -> list[Part]:
    """What is run; `arguments` are pytest's, for one test or a few."""
    pytest = (str(places.python), "-m", "pytest")
    if arguments:
        return [Part("chosen, hosted", (*pytest, *arguments), places.backend)]
    browser = tuple(f"--ignore={path}" for path in IN_A_BROWSER)
    return [
        Part("backend, hosted", (*pytest, "tests", "--ignore=tests/system"), places.backend),
        Part("system, hosted", (*pytest, "tests/system", "-ra", *browser), places.backend),
    ]


def main(arguments: list[str]) -> int:
    """The exit status is 1 when any part failed, or the servers could not be had."""
    places = places_from_environment()
    try:
        with running_servers() as servers:
            env = environment(places) | servers.environment
            outcomes = [run_part(part, env) for part in hosted_parts(places, arguments)]
    except Refusal as refusal:
        return complain(str(refusal))
    summarise(outcomes)
    return int(any(outcome.status for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
