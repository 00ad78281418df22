"""Exact search in FAISS against scikit-learn's brute force, in one run on the same vectors; prints JSON.

    python benchmarks/knn.py [--count 100000] [--dim 512] [--queries 20] [--k 25]

Both answer one query at a time, as the web process does. The plain scikit-learn figure is `NearestNeighbors`
fitted once; `SklearnIndex`, the oracle, is used to check that the answers are equal, filters included.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from search_model.knn import artifact
from search_model.knn.flat import FlatIndex
from search_model.knn.sklearn_knn import SklearnIndex

SHARES = (1.0, 0.9, 0.5, 0.1, 0.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--dim", type=int, default=512)
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--k", type=int, default=25)
    arguments = parser.parse_args()
    report = measured(arguments.count, arguments.dim, arguments.queries, arguments.k)
    print(json.dumps(report, indent=2))
    sys.exit(0 if report["equal_results"] else 1)


def measured(count: int, dim: int, queries: int, k: int) -> dict[str, Any]:
    stored, asked = clustered_vectors(count, dim, seed=1), clustered_vectors(queries, dim, seed=2)
    ids = np.arange(count, dtype=np.int64)
    oracle = SklearnIndex(dim)
    oracle.add(ids, stored)
    brute = NearestNeighbors(n_neighbors=k, metric="cosine", algorithm="brute").fit(stored)
    with tempfile.TemporaryDirectory() as folder:
        publish_seconds, index = published(Path(folder), ids, stored)
        faiss_ms = milliseconds_each(lambda q: index.search(q, k), asked)
        sklearn_ms = milliseconds_each(brute.kneighbors, asked)
        filters = {f"{share:.0%}": filter_figures(index, ids, asked, k, share) for share in SHARES[1:]}
        equal = all(same_answers(index, oracle, ids, asked, k, share) for share in SHARES)
    return {
        "count": count,
        "dim": dim,
        "k": k,
        "publish_seconds": round(publish_seconds, 2),
        "faiss_ms_p50": faiss_ms,
        "sklearn_ms_p50": sklearn_ms,
        "faiss_times_faster": round(sklearn_ms / faiss_ms, 1),
        "faiss_filtered_ms_p50": filters,
        "equal_results": equal,
    }


def clustered_vectors(count: int, dim: int, *, seed: int) -> NDArray[np.float32]:
    """Unit vectors in 50 loose clusters, rounded to float16 as the database stores them."""
    centres = np.random.default_rng(0).standard_normal((50, dim), dtype=np.float32)
    random = np.random.default_rng(seed)
    rows = random.standard_normal((count, dim), dtype=np.float32) + centres[random.integers(50, size=count)]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)


def published(folder: Path, ids: NDArray[np.int64], stored: NDArray[np.float32]) -> tuple[float, FlatIndex]:
    """Seconds to build, write, check and publish; and the index as the web process loads it, memory-mapped."""
    start = time.perf_counter()
    built = FlatIndex(stored.shape[1])
    built.add(ids, stored)
    artifact.publish(folder, built, {"descriptor": "benchmark@00000000", "last_change": 0})
    return time.perf_counter() - start, artifact.load(folder)[0]


def filter_figures(index: FlatIndex, ids: NDArray[np.int64], asked: NDArray[np.float32], k: int, share: float) -> float:
    allowed = allowed_ids(ids, share)
    return milliseconds_each(lambda q: index.search(q, k, allowed_ids=allowed), asked)


def same_answers(
    index: FlatIndex,
    oracle: SklearnIndex,
    ids: NDArray[np.int64],
    asked: NDArray[np.float32],
    k: int,
    share: float,
) -> bool:
    allowed = None if share == 1 else allowed_ids(ids, share)
    ours, theirs = index.search(asked, k, allowed), oracle.search(asked, k, allowed)
    return np.array_equal(ours[0], theirs[0]) and np.array_equal(ours[1], theirs[1])


def allowed_ids(ids: NDArray[np.int64], share: float) -> NDArray[np.int64]:
    return np.random.default_rng(3).permutation(ids)[: round(share * ids.size)]


def milliseconds_each(search: Callable[[NDArray[np.float32]], Any], asked: NDArray[np.float32]) -> float:
    """Median over the queries, one at a time, after one that is not counted."""
    search(asked[:1])
    times = []
    for row in range(len(asked)):
        start = time.perf_counter()
        search(asked[row : row + 1])
        times.append(time.perf_counter() - start)
    return round(1000 * statistics.median(times), 2)


if __name__ == "__main__":
    main()
