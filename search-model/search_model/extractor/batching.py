"""One thread runs the network; the pictures of concurrent requests share its calls.

Nothing is ever delayed to fill a batch: while one call runs, the next batch gathers by itself. Requests take turns
picture by picture, so that a visitor's one picture does not wait for all of a job's.
"""

import itertools
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import numpy as np
from numpy.typing import NDArray

from search_model.extractor.figures import BATCH_PICTURES, NETWORK_SECONDS

Batch = NDArray[np.float32]
Run = Callable[[Batch], Batch]


class Busy(Exception):
    """Too many pictures are waiting already; try again."""


class Batcher:
    """Feeds `run`, float32 (n, size, size, 3) -> (n, dim), from any number of threads.

    Args:
        run: the network; only this object's thread calls it.
        max_batch: pictures in one call; it bounds the memory of the activations.
        max_waiting: pictures that may wait before `features` raises Busy.
    """

    def __init__(self, run: Run, *, max_batch: int, max_waiting: int) -> None:
        self._run = run
        self._max_batch = max_batch
        # (turn, order of arrival, picture, its answer): the n-th picture of a request that comes at turn t has turn
        # t + n (start-time fair queueing: Goyal, Vin, Cheng, SIGCOMM 1996, with one cost for all).
        self._waiting: queue.PriorityQueue[tuple[int, int, Batch, Future[Batch]]]
        self._waiting = queue.PriorityQueue(max_waiting)
        self._arrivals = itertools.count()
        self._turn = 0
        self._thread = threading.Thread(target=self._work, name="network", daemon=True)
        self._thread.start()

    def features(self, inputs: Sequence[Batch], *, timeout: float) -> Batch:
        """Vectors, float32 (n, dim), of n inputs (size, size, 3), in their order.

        Raises:
            Busy: too many are waiting, or the answer took longer than `timeout` seconds.
        """
        futures: list[Future[Batch]] = [Future() for _ in inputs]
        try:
            turns = itertools.count(self._turn + 1)
            for turn, one, future in zip(turns, inputs, futures, strict=False):
                self._waiting.put_nowait((turn, next(self._arrivals), one, future))
            return np.stack([future.result(timeout) for future in futures])
        except (queue.Full, TimeoutError) as error:
            for future in futures:
                future.cancel()
            raise Busy from error

    def _work(self) -> None:
        while True:
            gathered = [self._waiting.get()]
            while len(gathered) < self._max_batch and not self._waiting.empty():
                gathered.append(self._waiting.get())
            self._turn = gathered[-1][0]
            self._answer([(one, future) for _, _, one, future in gathered if future.set_running_or_notify_cancel()])

    def _answer(self, gathered: list[tuple[Batch, "Future[Batch]"]]) -> None:
        if not gathered:
            return
        try:
            with NETWORK_SECONDS.time():
                rows = self._run(np.stack([one for one, _ in gathered]))
            BATCH_PICTURES.observe(len(gathered))
        except Exception as error:
            for _, future in gathered:
                future.set_exception(error)
            return
        for (_, future), row in zip(gathered, rows, strict=True):
            future.set_result(row)
