import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.extractor.batching import Batcher, Busy

Batch = NDArray[np.float32]


def picture(value: float) -> Batch:
    return np.full((2, 2, 3), value, dtype=np.float32)


def wait_for(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    while not condition():
        pause.wait(0.001)


def values(batch: Batch) -> Batch:
    return np.asarray(batch[:, 0, 0, :1])


class Gate:
    """A network that waits until it is let through, and remembers the size of its batches."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.entered = threading.Event()
        self.sizes: list[int] = []

    def __call__(self, batch: Batch) -> Batch:
        self.entered.set()
        assert self.open.wait(10)
        self.sizes.append(len(batch))
        return values(batch)


def test_each_caller_gets_its_own_rows_in_order() -> None:
    batcher = Batcher(values, max_batch=4, max_waiting=1000)
    asked = [[float(10 * caller + n) for n in range(caller % 5 + 1)] for caller in range(40)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda v: batcher.features([picture(x) for x in v], timeout=10), asked))
    assert [answer[:, 0].tolist() for answer in answers] == asked


def test_pictures_that_wait_share_the_next_call() -> None:
    gate = Gate()
    batcher = Batcher(gate, max_batch=4, max_waiting=100)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(batcher.features, [picture(0)], timeout=10)
        assert gate.entered.wait(10)
        rest = pool.submit(batcher.features, [picture(n) for n in range(1, 7)], timeout=10)
        wait_for(lambda: batcher._waiting.qsize() == 6)
        gate.open.set()
        assert first.result(10).tolist() == [[0]]
        assert rest.result(10).tolist() == [[1], [2], [3], [4], [5], [6]]
    assert gate.sizes == [1, 4, 2]


def test_one_picture_does_not_wait_for_all_of_a_long_request() -> None:
    gate = Gate()
    served: list[float] = []

    def remembering(batch: Batch) -> Batch:
        served.extend(batch[:, 0, 0, 0].tolist())
        return gate(batch)

    batcher = Batcher(remembering, max_batch=1, max_waiting=100)
    with ThreadPoolExecutor(2) as pool:
        job = pool.submit(batcher.features, [picture(n) for n in range(10)], timeout=10)
        assert gate.entered.wait(10)
        wait_for(lambda: batcher._waiting.qsize() == 9)
        visitor = pool.submit(batcher.features, [picture(99)], timeout=10)
        wait_for(lambda: batcher._waiting.qsize() == 10)
        gate.open.set()
        assert visitor.result(10).tolist() == [[99]]
        assert job.result(10)[:, 0].tolist() == list(range(10))
    assert served == [0, 1, 99, *range(2, 10)]


def test_too_many_waiting_pictures_are_turned_away() -> None:
    gate = Gate()
    batcher = Batcher(gate, max_batch=1, max_waiting=3)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(batcher.features, [picture(0)], timeout=10)
        assert gate.entered.wait(10)
        with pytest.raises(Busy):
            batcher.features([picture(n) for n in range(4)], timeout=10)
        gate.open.set()
        assert first.result(10).tolist() == [[0]]
    # Those of the refused request are dropped, not computed.
    assert batcher.features([picture(9)], timeout=10).tolist() == [[9]]
    assert len(gate.sizes) == 2


def test_an_answer_that_takes_too_long_is_busy() -> None:
    gate = Gate()
    batcher = Batcher(gate, max_batch=1, max_waiting=3)
    with pytest.raises(Busy):
        batcher.features([picture(1)], timeout=0)
    gate.open.set()
    assert batcher.features([picture(2)], timeout=10).tolist() == [[2]]


def test_an_error_of_the_network_reaches_the_caller_and_the_next_call_works() -> None:
    def fails_on_seven(batch: Batch) -> Batch:
        if 7 in batch:
            raise RuntimeError("out of memory")
        return values(batch)

    batcher = Batcher(fails_on_seven, max_batch=4, max_waiting=10)
    with pytest.raises(RuntimeError, match="out of memory"):
        batcher.features([picture(7)], timeout=10)
    assert batcher.features([picture(1)], timeout=10).tolist() == [[1]]
