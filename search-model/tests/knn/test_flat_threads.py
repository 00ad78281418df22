"""A search sees one state of the index, whatever other threads change meanwhile."""

import threading

import numpy as np

from search_model.knn.flat import FlatIndex

DIM = 8


def test_searches_beside_changes_always_see_a_whole_state() -> None:
    # Ids 0..99 never change. Of 1000 and 1001 exactly one is there at any moment: both have the query's vector.
    random = np.random.default_rng(0).standard_normal((100, DIM)).astype(np.float32)
    fixed = random / np.linalg.norm(random, axis=1, keepdims=True)
    query = np.eye(1, DIM, dtype=np.float32)
    index = FlatIndex(DIM)
    index.add(np.arange(100), fixed)
    index.add([1000], query)
    wrong: list[list[int]] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            ids, _ = index.search(query, 200)
            found = ids[0][ids[0] >= 0]
            if found.size != 101 or not np.isin(np.arange(100), found).all():
                wrong.append(found.tolist())

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(300):
        index.add([1000], query)  # replaces: neither missing nor twice in between
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_many_small_additions_keep_few_segments() -> None:
    rows = np.random.default_rng(1).standard_normal((1000, DIM)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index = FlatIndex(DIM)
    for id_, row in enumerate(rows):
        index.add([id_], row[np.newaxis])
    assert len(index._segments) <= 11
    assert index.ids.tolist() == list(range(1000))
