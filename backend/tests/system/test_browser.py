"""A real browser drives the page of the real processes: the tests of frontend/e2e."""

from __future__ import annotations

from contextlib import suppress

import psutil
import pytest

from tests.system.conftest import EMBEDDING_SITE, System
from tests.system.in_browser import add_administrator, run_in_browser
from tests.system.test_main_job import EXTRACTOR

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def test_page_in_a_browser(system: System) -> None:
    system.recto.wait_until_searchable()
    system.recto.wait_until_extracting()
    run_in_browser(system.recto, seconds=5400, RECTO_E2E_EMBEDDING_SITE=EMBEDDING_SITE)


def test_what_signing_out_leaves_on_a_device(system: System) -> None:
    account = add_administrator(system.recto)
    run_in_browser(system.recto, "signing-out.spec.ts", seconds=600, RECTO_E2E_ACCOUNT=account)


def test_page_while_the_extractor_hangs_or_was_killed(system: System) -> None:
    system.recto.wait_until_searchable()
    system.recto.wait_until_extracting()
    family = system.family(EXTRACTOR)
    named = ",".join(str(process.pid) for process in family)
    try:
        run_in_browser(system.recto, "extractor.spec.ts", seconds=900, RECTO_E2E_EXTRACTOR=named)
    finally:
        # Should the browser have died in the middle of it.
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.resume()
        system.recto.wait_until_extracting()
