"""A real browser drives the page of the real processes: the tests of frontend/e2e."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from serve.throwaway import clean_environment
from tests.system.conftest import EMBEDDING_SITE, System

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

HANDED_ON = ("RECTO_CHROMIUM", "RECTO_E2E_SCREENSHOTS")
NO_BROWSER = (
    "no Chromium here for frontend/e2e: install one (Debian: apt-get install chromium) "
    "or name it with RECTO_CHROMIUM"
)


def test_page_in_a_browser(system: System) -> None:
    system.recto.wait_until_searchable()
    places = system.recto.places
    handed_on = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    told = {"RECTO_E2E_URL": system.url, "RECTO_E2E_EMBEDDING_SITE": EMBEDDING_SITE}
    done = subprocess.run(
        [str(places.venv / "bin" / "npm"), "run", "--silent", "e2e"],
        cwd=places.frontend,
        env={**clean_environment(places), **handed_on, **told, "CI": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    if not re.search(r"\b\d+ passed", done.stdout):
        pytest.skip(NO_BROWSER)
