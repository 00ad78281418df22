"""The fixtures of this folder."""

from pathlib import Path

import pytest
from pytest_django import Settings

from catalog.models import Print
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import (
    MakePrint,
    _fresh_live_index,
    add_image,
    extractor,
    make_print,
    run_in_threads,
    which_database,
)
from tests.search.engravings import engraving
from tests.search.searching import describe

__all__ = ["_fresh_live_index", "extractor", "make_print", "run_in_threads", "which_database"]


@pytest.fixture
def prints(make_print: MakePrint, extractor: FakeExtractor) -> list[Print]:
    """Ten described prints of one picture each, drawn from the seeds 0 to 9."""
    made = [
        make_print(seed, title=f"Print {seed}", year_min=1500 + seed, year_max=1500 + seed)
        for seed in range(10)
    ]
    describe()
    return made


@pytest.fixture
def engravings(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path, settings: Settings
) -> list[Print]:
    """Eight described prints of one engraving each, drawn from the seeds 0 to 7, of the years 1500 to 1507.

    However busy the machine is, there is time for every verification.
    """
    settings.RECTO_VERIFY_MS = 60_000
    made = []
    for seed in range(8):
        made.append(make_print(record_id=f"e{seed}", year_min=1500 + seed, year_max=1500 + seed))
        add_image(made[-1], data_dir, engraving(seed), name=f"engraving{seed}.png")
    describe()
    return made
