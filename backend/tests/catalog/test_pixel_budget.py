"""Large pictures wait for each other."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from catalog.pixel_budget import PixelBudget


def test_pictures_that_fit_go_together_and_one_more_waits() -> None:
    budget = PixelBudget(10)
    entered = threading.Event()

    def third() -> None:
        with budget.share(6):
            entered.set()

    with ThreadPoolExecutor() as pool:
        with budget.share(4), budget.share(4):
            waiting = pool.submit(third)
            assert not entered.is_set()
        waiting.result(timeout=10)
    assert entered.is_set()


def test_one_that_is_larger_than_everything_gets_it_all() -> None:
    budget = PixelBudget(10)
    with budget.share(1000):
        pass
    with budget.share(10):
        pass


def test_a_failure_gives_its_share_back() -> None:
    budget = PixelBudget(10)
    with pytest.raises(ValueError, match="damaged"), budget.share(10):
        raise ValueError("damaged")
    with budget.share(10):
        pass
