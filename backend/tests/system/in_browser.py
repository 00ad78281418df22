"""Tests of frontend/e2e, run against a Recto of real processes."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from serve.throwaway import Throwaway, clean_environment

HANDED_ON = ("RECTO_CHROMIUM", "RECTO_E2E_LOCALE", "RECTO_E2E_SCREENSHOTS")
NO_BROWSER = (
    "no Chromium here for frontend/e2e: install one (Debian: apt-get install chromium) "
    "or name it with RECTO_CHROMIUM"
)


def run_in_browser(recto: Throwaway, *specs: str, seconds: float, **told: str) -> None:
    """Run these files of frontend/e2e, or all, told what they need; skips by name without a browser."""
    places = recto.places
    handed_on = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    done = subprocess.run(
        [str(places.venv / "bin" / "npm"), "run", "--silent", "e2e", "--", *specs],
        cwd=places.frontend,
        env={**clean_environment(places), **handed_on, "RECTO_E2E_URL": recto.url, **told, "CI": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    if not re.search(r"\b\d+ passed", done.stdout):
        pytest.skip(NO_BROWSER)


def add_administrator(recto: Throwaway) -> str:
    """Add an administrator to this Recto; `name:password`, as RECTO_E2E_ACCOUNT takes it."""
    places = recto.places
    name, password = "ada", "tusche-und-feder-1896"
    subprocess.run(
        [str(places.python), "manage.py", "createsuperuser", "--noinput", f"--username={name}", "--email="],
        cwd=places.backend,
        env={**clean_environment(places), "DJANGO_SUPERUSER_PASSWORD": password},
        check=True,
        capture_output=True,
    )
    return f"{name}:{password}"
