"""`python -m search_model.training.compare`: networks side by side, on the same queries among the same prints.

For choosing weights, without a server. The queries are photographs with known answers, or what
`search_model.evaluation` makes of the catalogue's own pictures: other digitisations and simulated photographs.
"""

import argparse
import csv
import json
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from search_model.evaluation.queries import KINDS, make_query
from search_model.extractor.compact import SHIPPED_WEIGHTS, build_compact
from search_model.preprocess import letterbox
from search_model.training.data import is_left_out
from search_model.training.teacher import INPUT_SIZE, build_teacher

RgbImage = NDArray[np.uint8]
Vectors = NDArray[np.float32]
Preprocess = Callable[[RgbImage], Vectors]
RANKS = (1, 10, 50)
BATCH = 32
USUAL_KINDS = "normal,harsh,bilevel,toned-paper,low-contrast"


@dataclass(frozen=True)
class Query:
    """A picture to ask with, and the file name of the catalogue's image that answers it."""

    picture: RgbImage
    answer: str


@dataclass(frozen=True)
class Candidate:
    """A network with the input it expects."""

    network: keras.Model
    preprocess: Preprocess


def describe(candidate: Candidate, pictures: Iterator[RgbImage]) -> Vectors:
    """float32 of shape (pictures, dim), unit rows."""
    inputs = np.stack([candidate.preprocess(picture) for picture in pictures])
    batches = (inputs[i : i + BATCH] for i in range(0, len(inputs), BATCH))
    return np.concatenate([np.asarray(candidate.network(batch)) for batch in batches])


def ranks_of_answers(asked: Vectors, vectors: Vectors, answers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place, from 1, of each query's answer among all catalogue rows; a tie counts against the answer.

    Args:
        asked: float32 (q, dim).
        vectors: float32 (n, dim).
        answers: int64 (q,), the row of `vectors` that is right for each query.
    """
    scores = asked @ vectors.T
    right = scores[np.arange(len(asked)), answers]
    return np.asarray((scores >= right[:, None]).sum(axis=1), dtype=np.int64)


def recall_figures(ranks: NDArray[np.int64]) -> dict[str, float]:
    """R@1, R@10, R@50, and mAP, which with one right answer is the mean of 1 / rank."""
    figures = {f"R@{k}": float((ranks <= k).mean()) for k in RANKS}
    return {name: round(value, 4) for name, value in (figures | {"mAP": float((1 / ranks).mean())}).items()}


def compare(
    candidates: dict[str, Candidate], catalogue: Sequence[Path], query_sets: dict[str, list[Query]]
) -> dict[str, dict[str, dict[str, float]]]:
    """{network: {query set: figures}}."""
    rows = {path.name: row for row, path in enumerate(catalogue)}
    results: dict[str, dict[str, dict[str, float]]] = {}
    for name, candidate in candidates.items():
        vectors = describe(candidate, (read_rgb(path) for path in catalogue))
        for kind, queries in query_sets.items():
            answers = np.array([rows[query.answer] for query in queries])
            asked = describe(candidate, (query.picture for query in queries))
            results.setdefault(name, {})[kind] = recall_figures(ranks_of_answers(asked, vectors, answers))
    return results


def made_queries(kind: str, paths: Sequence[Path], seed: int) -> list[Query]:
    """One query of `evaluation.queries.KINDS` of each picture, kept at 480 pixels: no network here sees more."""
    return [
        Query(_at_most(make_query(kind, read_rgb(path), seed=seed + zlib.crc32(path.name.encode())), 480), path.name)
        for path in paths
    ]


def photographs(folder: Path, answers: Path) -> list[Query]:
    """The photographs of a folder with the answers of a CSV of the columns query,image_file."""
    with answers.open(newline="", encoding="utf-8") as file:
        return [Query(read_rgb(folder / row["query"]), row["image_file"]) for row in csv.DictReader(file)]


def squash(rgb: RgbImage) -> Vectors:
    """The teacher's input as it is mostly used: the whole picture squashed to a square, x / 127.5 - 1."""
    square = cv2.resize(rgb, (INPUT_SIZE, INPUT_SIZE), interpolation=cv2.INTER_AREA)
    return np.asarray(square, dtype=np.float32) / 127.5 - 1


def read_rgb(path: Path) -> RgbImage:
    """uint8 (h, w, 3).

    Raises:
        ValueError: it is not a picture.
    """
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise ValueError(f"{path} is not a picture that can be read; take it out of the folder")
    return np.ascontiguousarray(bgr[:, :, ::-1], dtype=np.uint8)


def _at_most(rgb: RgbImage, side: int) -> RgbImage:
    scale = side / max(rgb.shape[:2])
    if scale >= 1:
        return rgb
    return np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m search_model.training.compare", description=__doc__)
    parser.add_argument("catalogue", nargs="+", type=Path, help="folders of the catalogue's images; the first is asked")
    parser.add_argument("--kinds", default=USUAL_KINDS, help=f"of {', '.join(KINDS)}; empty for none")
    parser.add_argument("--left-out", type=int, default=0, help="ask only with what a training left out by this number")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--photographs", type=Path, help="folder of photographs with known answers")
    parser.add_argument("--answers", type=Path, help="CSV with the columns query,image_file")
    parser.add_argument("--weights", type=Path, nargs="*", default=[SHIPPED_WEIGHTS], help="compact networks' weights")
    parser.add_argument("--size", type=int, nargs="*", default=[192], help="input sides of the compact networks")
    parser.add_argument("--teacher", type=Path, help="folder of the MobileNetV2 tensors")
    return parser


def _candidates(options: argparse.Namespace) -> dict[str, Candidate]:
    candidates = {}
    for weights in options.weights:
        network = build_compact(weights)
        for size in options.size:
            name = f"{weights.parent.name}/{weights.name}, {size} px"
            candidates[name] = Candidate(network, partial(letterbox, size=size))
    if options.teacher:
        teacher = build_teacher(options.teacher)
        candidates["teacher, squashed"] = Candidate(teacher, squash)
        candidates["teacher, letterboxed"] = Candidate(teacher, partial(letterbox, size=INPUT_SIZE))
    return candidates


def main() -> None:
    """Print one JSON object: {network: {query set: {"R@1": …, "R@10": …, "R@50": …, "mAP": …}}}."""
    options = _parser().parse_args()
    catalogue = [path for folder in options.catalogue for path in sorted(folder.iterdir())]
    asked = sorted(options.catalogue[0].iterdir())
    if options.left_out:
        asked = [path for path in asked if is_left_out(path, options.left_out)]
    query_sets = {kind: made_queries(kind, asked, options.seed) for kind in options.kinds.split(",") if kind}
    if options.photographs:
        query_sets["photographs"] = photographs(options.photographs, options.answers)
    started = time.monotonic()
    results = compare(_candidates(options), catalogue, query_sets)
    counts = {"images": len(catalogue), "queries": {k: len(q) for k, q in query_sets.items()}}
    print(json.dumps({**counts, "seconds": round(time.monotonic() - started), **results}))


if __name__ == "__main__":
    main()
