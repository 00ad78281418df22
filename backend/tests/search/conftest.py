"""The fixtures of this folder."""

import pytest

from catalog.models import Print
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import (
    MakePrint,
    _fresh_live_index,
    either_database,
    extractor,
    make_print,
    run_in_threads,
)
from tests.search.searching import describe

__all__ = ["_fresh_live_index", "either_database", "extractor", "make_print", "run_in_threads"]


@pytest.fixture
def prints(make_print: MakePrint, extractor: FakeExtractor) -> list[Print]:
    """Ten described prints of one picture each, drawn from the seeds 0 to 9."""
    made = [
        make_print(seed, title=f"Print {seed}", year_min=1500 + seed, year_max=1500 + seed)
        for seed in range(10)
    ]
    describe()
    return made
