"""`python -m search_model.training.compare`: a network's recall on photographs with known answers, beside a plain one.

For choosing weights, without a server: every catalogue image and every photograph goes through each network, and
the photograph's print is looked for among the most similar images.
"""

import argparse
import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from search_model.extractor.compact import SHIPPED_WEIGHTS, build_compact
from search_model.preprocess import letterbox
from search_model.training.teacher import INPUT_SIZE, build_teacher

Vectors = NDArray[np.float32]
Preprocess = Callable[[NDArray[np.uint8]], Vectors]
RANKS = (1, 10, 50)
BATCH = 32


def recall_of_network(
    network: keras.Model, preprocess: Preprocess, catalogue: list[Path], queries: list[tuple[Path, str]]
) -> dict[str, float]:
    """R@1, R@10 and R@50: the share of queries whose image (by file name) is among the k most similar."""
    vectors = _describe(network, preprocess, catalogue)
    asked = _describe(network, preprocess, [path for path, _ in queries])
    names = np.array([path.name for path in catalogue])
    order = np.argsort(-(asked @ vectors.T), axis=1, kind="stable")
    found = names[order] == np.array([answer for _, answer in queries])[:, None]
    return {f"R@{k}": float(found[:, :k].any(axis=1).mean()) for k in RANKS}


def squash(rgb: NDArray[np.uint8]) -> Vectors:
    """The teacher's input as it is mostly used: the whole picture squashed to a square, x / 127.5 - 1."""
    square = cv2.resize(rgb, (INPUT_SIZE, INPUT_SIZE), interpolation=cv2.INTER_AREA)
    return np.asarray(square, dtype=np.float32) / 127.5 - 1


def _describe(network: keras.Model, preprocess: Preprocess, paths: list[Path]) -> Vectors:
    batches = (paths[i : i + BATCH] for i in range(0, len(paths), BATCH))
    return np.concatenate([np.asarray(network(_inputs(preprocess, batch))) for batch in batches])


def _inputs(preprocess: Preprocess, paths: Iterable[Path]) -> Vectors:
    return np.stack([preprocess(_read(path)) for path in paths])


def _read(path: Path) -> NDArray[np.uint8]:
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise ValueError(f"{path} is not a picture that can be read; take it out of the folder")
    return np.ascontiguousarray(bgr[:, :, ::-1], dtype=np.uint8)


def _read_queries(photographs: Path, answers: Path) -> list[tuple[Path, str]]:
    with answers.open(newline="", encoding="utf-8") as file:
        return [(photographs / row["query"], row["image_file"]) for row in csv.DictReader(file)]


def main() -> None:
    """Print one JSON object: {"compact": {...}, "teacher": {...}}."""
    parser = argparse.ArgumentParser(prog="python -m search_model.training.compare", description=__doc__)
    parser.add_argument("--catalogue", type=Path, required=True, help="folder of the catalogue's images")
    parser.add_argument("--photographs", type=Path, required=True, help="folder of the photographs")
    parser.add_argument("--answers", type=Path, required=True, help="CSV with the columns query,image_file")
    parser.add_argument("--weights", type=Path, default=SHIPPED_WEIGHTS, help="the compact network's weights")
    parser.add_argument("--size", type=int, default=192, help="input side of the compact network")
    parser.add_argument("--teacher", type=Path, help="folder of the MobileNetV2 tensors")
    options = parser.parse_args()
    catalogue, queries = (
        sorted(options.catalogue.iterdir()),
        _read_queries(options.photographs, options.answers),
    )
    compact = build_compact(options.weights)
    figures = {"compact": recall_of_network(compact, lambda rgb: letterbox(rgb, options.size), catalogue, queries)}
    if options.teacher:
        figures["teacher"] = recall_of_network(build_teacher(options.teacher), squash, catalogue, queries)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
