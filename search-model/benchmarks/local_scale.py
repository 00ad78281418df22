"""The local index at any size: recall of real photographs, time, memory and disk; prints JSON.

    python benchmarks/local_scale.py PICTURES [PICTURES ...] --queries FOLDER/queries.csv [--count 20000]

PICTURES are folders of real pictures, all of them in the index; the rest is made up of them: the features of one
picture, each sixteenth of a descriptor moved with a chance of 0.5 to one of its four next centroids, at new positions.
`queries.csv` has the columns query (a file in FOLDER/images) and image_file (a picture). A second process maps the
published index and searches, as a web process does, so that the memory reported is its own.
"""

import argparse
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import faiss
import numpy as np
from numpy.typing import NDArray

from search_model.local import artifact
from search_model.local.codec import Codec
from search_model.local.features import LocalFeatures, extract_local
from search_model.local.packing import CODE_BYTES, PackedRow, pack, unpack
from search_model.local.voting import VotingIndex

AT_ONCE = 500
NEXT_CENTROIDS = 4
MOVED_SHARE = 0.5
BEST = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pictures", type=Path, nargs="*")
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--codec", type=Path, help="another codec than the shipped one")
    parser.add_argument("--threads", type=int, default=2, help="of FAISS, in the searching process")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    codec = Codec.load(arguments.codec) if arguments.codec else Codec.shipped()
    if arguments.serve:
        print(json.dumps(searched(arguments.serve, codec, arguments.threads)))
    else:
        print(json.dumps(measured(arguments, codec), indent=2))


def measured(arguments: argparse.Namespace, codec: Codec) -> dict[str, Any]:
    files = [path for folder in arguments.pictures for path in sorted(folder.iterdir())]
    real = [codec.encode(extract_local(picture(path), role="catalogue")) for path in files]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        save_queries(folder, arguments.queries, {path.name: n for n, path in enumerate(files)})
        index, build_seconds = built(codec, real, arguments.count)
        begin = time.perf_counter()
        artifact.publish(folder / "local", index, {"last_change": 0})
        publish_seconds = time.perf_counter() - begin
        del index
        command = [sys.executable, __file__, "--serve", str(folder), "--threads", str(arguments.threads)]
        if arguments.codec:
            command += ["--codec", str(arguments.codec)]
        answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        disk = sum(path.stat().st_size for path in (folder / "local").rglob("*") if path.is_file())
    row_bytes = statistics.mean(map(len, real))
    return {
        "codec": codec.id,
        "images": arguments.count,
        "real_images": len(real),
        "bytes_an_image": {"row": round(row_bytes), "index": round(disk / arguments.count)},
        "disk_mb": round(disk / 1e6, 1),
        "build_seconds": round(build_seconds, 1),
        "publish_seconds": round(publish_seconds, 1),
        **answer,
    }


def built(codec: Codec, real: list[bytes], count: int) -> tuple[VotingIndex, float]:
    """The index of all pictures, and the seconds that adding took without making them up."""
    index, seconds = VotingIndex(codec), 0.0
    for ids, rows in batches(codec, real, count):
        begin = time.perf_counter()
        index.add(ids, rows)
        seconds += time.perf_counter() - begin
    return index, seconds


def batches(codec: Codec, real: list[bytes], count: int) -> Iterator[tuple[NDArray[np.int64], list[bytes]]]:
    rng, near = np.random.default_rng(1), next_centroids(codec)
    yield np.arange(len(real)), real
    for start in range(len(real), count, AT_ONCE):
        ids = np.arange(start, min(start + AT_ONCE, count))
        yield ids, [made_up(rng, unpack(real[rng.integers(len(real))]), near) for _ in ids]


def next_centroids(codec: Codec) -> NDArray[np.uint8]:
    """For each sixteenth and centroid its next centroids, uint8 (16, 256, 4)."""
    apart = ((codec.residual[:, :, None] - codec.residual[:, None]) ** 2).sum(axis=3)
    return np.argsort(apart, axis=2)[:, :, 1 : NEXT_CENTROIDS + 1].astype(np.uint8)


def made_up(rng: np.random.Generator, row: PackedRow, near: NDArray[np.uint8]) -> bytes:
    shape = row.codes.shape
    elsewhere = near[np.arange(CODE_BYTES), row.codes, rng.integers(NEXT_CENTROIDS, size=shape)]
    codes = np.where(rng.random(shape) < MOVED_SHARE, elsewhere, row.codes)
    keypoints = row.keypoints.copy()
    keypoints[:, :2] = rng.uniform(0, [row.width, row.height], (shape[0], 2))
    return pack(row._replace(keypoints=keypoints, codes=codes))


def save_queries(folder: Path, queries: Path, numbers: dict[str, int]) -> None:
    with queries.open(newline="") as file:
        rows = list(csv.DictReader(file))
    found = [extract_local(picture(queries.parent / "images" / row["query"]), role="query") for row in rows]
    descriptors = {f"query{n}": features.descriptors for n, features in enumerate(found)}
    right = np.array([numbers[row["image_file"]] for row in rows])
    np.savez(folder / "queries.npz", allow_pickle=False, right=right, **descriptors)


def searched(folder: Path, codec: Codec, threads: int) -> dict[str, Any]:
    faiss.omp_set_num_threads(threads)
    before = memory_mb()
    begin = time.perf_counter()
    index, _ = artifact.load(folder / "local", codec)
    load_seconds = time.perf_counter() - begin
    with np.load(folder / "queries.npz") as saved:
        right, queries = saved["right"], [saved[f"query{n}"] for n in range(len(saved["right"]))]
    ranks, wall, processor = zip(*(ask(index, q, int(r)) for q, r in zip(queries, right, strict=True)), strict=True)
    return {
        "queries": len(ranks),
        "r_at_1": statistics.mean(rank < 1 for rank in ranks),
        "r_at_10": statistics.mean(rank < BEST for rank in ranks),
        "load_seconds": round(load_seconds, 2),
        "search_ms_p50": round(1000 * statistics.median(wall), 1),
        "search_ms_p95": round(1000 * statistics.quantiles(wall, n=20)[-1], 1),
        "search_processor_ms_p50": round(1000 * statistics.median(processor), 1),
        "memory_mb": {name: round(after - before[name], 1) for name, after in memory_mb().items()},
    }


def ask(index: VotingIndex, descriptors: NDArray[np.float32], right: int) -> tuple[int, float, float]:
    """Rank of the right image from 0, 10 when it is not among ten, seconds, seconds of processor."""
    query = LocalFeatures(0, 0, np.zeros((len(descriptors), 4), np.float32), descriptors)
    begin, processor = time.perf_counter(), time.process_time()
    found = [candidate.image_id for candidate in index.search(query, BEST)]
    seconds = time.perf_counter() - begin, time.process_time() - processor
    return found.index(right) if right in found else BEST, *seconds


def memory_mb() -> dict[str, float]:
    """The process's own memory ("anonymous"), and pages of files that it shares with the system's cache."""
    lines = Path("/proc/self/status").read_text().splitlines()
    kb = {name: int(value.split()[0]) for name, value in (line.split(":") for line in lines) if "kB" in value}
    return {"anonymous": kb["RssAnon"] / 1024, "of_files": kb["RssFile"] / 1024}


def picture(path: Path) -> NDArray[np.uint8]:
    bgr = cv2.imread(str(path))
    if bgr is None:
        raise SystemExit(f"{path} is no picture that OpenCV reads")
    return np.ascontiguousarray(bgr[..., ::-1], dtype=np.uint8)


if __name__ == "__main__":
    main()
