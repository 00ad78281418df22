"""A process that searches the local index without pause: `python -m tests.indexing.freshness_reader`.

It says `ready` and searches for any picture in two threads, and at once for each whose number it reads
from its standard input. When that ends it tells of each search what it was for, when it was, and its result.
"""

import json
import sys
import threading
from time import monotonic

import django

django.setup()

import numpy as np  # noqa: E402
from django.db import connection  # noqa: E402
from search_model.local.features import LocalFeatures, extract_local  # noqa: E402

from indexing.live_local import live_local_index  # noqa: E402
from tests.indexing.fixtures import drawing  # noqa: E402
from tests.indexing.freshness_writer import CHANGES, STANDING  # noqa: E402

THREADS = 2
ALL = 1000


class Reader:
    """The queries of all pictures there will be, and the searches so far."""

    def __init__(self) -> None:
        seeds = range(STANDING + CHANGES)
        self.queries: list[LocalFeatures] = [extract_local(drawing(seed), role="query") for seed in seeds]
        self.searches: list[dict[str, object]] = []
        self.stop = threading.Event()

    def search(self, seed: int, *, told: bool) -> None:
        begun = monotonic()
        found = [candidate.image_id for candidate in live_local_index().search(self.queries[seed], ALL)]
        self.searches.append(
            {"seed": seed, "told": told, "begun": begun, "ended": monotonic(), "images": found}
        )

    def search_until_stopped(self, number: int) -> None:
        random = np.random.default_rng(number)
        while not self.stop.is_set():
            self.search(int(random.integers(len(self.queries))), told=False)
        connection.close()


def main() -> None:
    """Search until the other side closes the pipe."""
    reader = Reader()
    threads = [threading.Thread(target=reader.search_until_stopped, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    sys.stdout.write('{"kind": "ready"}\n')
    sys.stdout.flush()
    for line in sys.stdin:
        reader.search(int(line), told=True)
    reader.stop.set()
    for thread in threads:
        thread.join()
    json.dump(reader.searches, sys.stdout)


if __name__ == "__main__":
    main()
