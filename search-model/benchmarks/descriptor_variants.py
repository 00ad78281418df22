"""What can be done with a trained descriptor without training it again, measured side by side; prints JSON lines.

    python benchmarks/descriptor_variants.py CATALOGUE... --left-out 6 [--weights FILE] [--photographs F --answers CSV]

PCA-whitening learnt on the catalogue (scikit-learn), query expansion, database-side augmentation, several input
sizes, R-MAC, and the rectified sheet. Each as R@1 and mAP on each set of queries, with the time it adds to one query.
`docs/decisions/global-descriptor.md` says what came of it.
"""

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import cv2
import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from search_model.extractor.compact import SHIPPED_WEIGHTS, build_compact
from search_model.local.sheet import find_sheet
from search_model.preprocess import letterbox
from search_model.training.compare import (
    BATCH,
    USUAL_KINDS,
    Query,
    made_queries,
    photographs,
    ranks_of_answers,
    read_rgb,
    recall_figures,
)
from search_model.training.data import is_left_out

Vectors = NDArray[np.float32]
RgbImage = NDArray[np.uint8]
SIZES = (192, 224, 256)


def unit(rows: NDArray[np.floating]) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def whiten(catalogue: Vectors, asked: Vectors, dim: int, power: float) -> tuple[Vectors, Vectors]:
    """PCA learnt on the catalogue; each component divided by its deviation to `power` (1 is full whitening)."""
    pca = PCA(n_components=dim, svd_solver="full").fit(catalogue)
    scale = np.maximum(pca.explained_variance_, 1e-8) ** (-power / 2)
    return unit(pca.transform(catalogue) * scale), unit(pca.transform(asked) * scale)


def expand_queries(catalogue: Vectors, asked: Vectors, count: int, alpha: float) -> Vectors:
    """Each query with its first `count` answers added, weighted by similarity to the power alpha.

    Radenović, Tolias, Chum: "Fine-tuning CNN Image Retrieval with No Human Annotation", TPAMI 2018, section 3.4.
    """
    scores = asked @ catalogue.T
    nearest = np.argsort(-scores, axis=1)[:, :count]
    weights = np.maximum(np.take_along_axis(scores, nearest, axis=1), 0) ** alpha
    return unit(asked + np.einsum("qk,qkd->qd", weights, catalogue[nearest]))


def augment_catalogue(catalogue: Vectors, count: int, alpha: float) -> Vectors:
    """The same, of each catalogue row with its neighbours (database-side augmentation)."""
    return expand_queries(catalogue, catalogue, count + 1, alpha)


class Describer:
    """Vectors of one network at several sizes, pooled once or by regions."""

    def __init__(self, weights: Path) -> None:
        self.network = build_compact(weights)
        self.maps = keras.Model(self.network.input, self.network.get_layer("head_relu").output)
        self.tail = [self.network.get_layer(name) for name in ("embedding", "embedding_norm")]

    def at(self, pictures: list[RgbImage], size: int) -> Vectors:
        """As the service does it, at another input side."""
        return self._by_batch(pictures, size, lambda batch: np.asarray(self.network(batch)))

    def regions(self, pictures: list[RgbImage], size: int, levels: int = 2) -> Vectors:
        """R-MAC's regions, each pooled by GeM and embedded, summed.

        Tolias, Sicre, Jégou: "Particular Object Retrieval with Integral Max-Pooling of CNN Activations", ICLR 2016.
        """
        return self._by_batch(pictures, size, lambda batch: self._regions(self.maps(batch), levels))

    def _regions(self, maps: object, levels: int) -> Vectors:
        array = np.asarray(maps)
        side = array.shape[1]
        total = np.zeros((len(array), self.network.output_shape[-1]), dtype=np.float32)
        for level in range(1, levels + 1):
            width = int(np.ceil(2 * side / (level + 1)))
            for top in np.linspace(0, side - width, level).astype(int):
                for left in np.linspace(0, side - width, level).astype(int):
                    total += self._pooled(array[:, top : top + width, left : left + width])
        return unit(total)

    def _pooled(self, maps: Vectors) -> Vectors:
        x = ops.power(ops.mean(ops.power(ops.maximum(maps, 1e-4), 3), axis=(1, 2)), 1 / 3)
        for layer in self.tail:
            x = layer(x, training=False) if layer.name.endswith("norm") else layer(x)
        return unit(np.asarray(x))

    def _by_batch(self, pictures: list[RgbImage], size: int, run: Callable[[Vectors], Vectors]) -> Vectors:
        batches = (pictures[i : i + BATCH] for i in range(0, len(pictures), BATCH))
        return np.concatenate([run(np.stack([letterbox(rgb, size) for rgb in batch])) for batch in batches])


def rectified(rgb: RgbImage) -> RgbImage | None:
    """The sheet alone, seen from straight above; None where no sheet is found."""
    quad = find_sheet(rgb)
    if quad is None:
        return None
    corners = (quad * [rgb.shape[1], rgb.shape[0]]).astype(np.float32)
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width, height = (max(16, int((sides[i] + sides[i + 2]) / 2)) for i in (0, 1))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    return np.asarray(cv2.warpPerspective(rgb, matrix, (width, height)), dtype=np.uint8)


class Bench:
    """One catalogue, one set of queries at a time; each variant reports its figures."""

    def __init__(self, describer: Describer, pictures: list[RgbImage]) -> None:
        self.describer, self.pictures = describer, pictures
        self.catalogue = {size: describer.at(pictures, size) for size in SIZES}
        self.regions = {size: describer.regions(pictures, size) for size in (192, 256)}

    def variants(self, queries: list[RgbImage]) -> dict[str, tuple[Vectors, Vectors]]:
        """{name: (catalogue vectors, query vectors)}."""
        asked = {size: self.describer.at(queries, size) for size in SIZES}
        base, one = self.catalogue[192], asked[192]
        found = {f"{size} px": (self.catalogue[size], asked[size]) for size in SIZES}
        found["192 + 256 px, catalogue and query"] = (
            unit(base + self.catalogue[256]),
            unit(one + asked[256]),
        )
        found["192 + 256 px, query only"] = (base, unit(one + asked[256]))
        for size, vectors in self.regions.items():
            found[f"R-MAC, 2 levels, {size} px"] = (vectors, self.describer.regions(queries, size))
        for dim, power in ((256, 1.0), (256, 0.5), (128, 1.0), (128, 0.5)):
            found[f"PCA-whitened to {dim}, power {power}"] = whiten(base, one, dim, power)
        for count, alpha in ((1, 3.0), (3, 3.0), (5, 3.0)):
            found[f"query expansion by {count}, alpha {alpha}"] = (base, expand_queries(base, one, count, alpha))
        found["catalogue augmented by 3, alpha 3"] = (augment_catalogue(base, 3, 3.0), one)
        return found

    def with_rectified(self, queries: list[RgbImage], answers: NDArray[np.int64]) -> dict[str, object]:
        """The better of the whole view and the rectified sheet, for each image of the catalogue."""
        started = time.perf_counter()
        sheets = [rectified(rgb) for rgb in queries]
        seconds = time.perf_counter() - started
        base = self.catalogue[192]
        scores = self.describer.at(queries, 192) @ base.T
        found = [i for i, sheet in enumerate(sheets) if sheet is not None]
        if found:
            views = self.describer.at([sheet for sheet in sheets if sheet is not None], 192)
            scores[found] = np.maximum(scores[found], views @ base.T)
        right = scores[np.arange(len(queries)), answers]
        ranks = (scores >= right[:, None]).sum(axis=1)
        figures: dict[str, object] = {**recall_figures(ranks)}
        return figures | {"sheets_found": len(found), "finding_ms": round(1000 * seconds / len(queries), 1)}


def measure(bench: Bench, kind: str, queries: list[Query], rows: dict[str, int]) -> None:
    """Print one line for each variant."""
    pictures = [query.picture for query in queries]
    answers = np.array([rows[query.answer] for query in queries])
    for name, (vectors, asked) in bench.variants(pictures).items():
        print(
            json.dumps({"queries": kind, "variant": name} | recall_figures(ranks_of_answers(asked, vectors, answers)))
        )
    print(
        json.dumps({"queries": kind, "variant": "rectified sheet too"} | bench.with_rectified(pictures, answers)),
        flush=True,
    )


def costs(describer: Describer, picture: RgbImage) -> dict[str, float]:
    """Milliseconds for one picture; the median of nine."""

    def median(run: Callable[[], object]) -> float:
        times = []
        for _ in range(9):
            started = time.perf_counter()
            run()
            times.append(time.perf_counter() - started)
        return round(1000 * float(np.median(times)), 1)

    figures = {f"{size} px": median(partial(describer.at, [picture], size)) for size in SIZES}
    return figures | {"R-MAC 192 px": median(lambda: describer.regions([picture], 192))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("catalogue", nargs="+", type=Path)
    parser.add_argument("--kinds", default=USUAL_KINDS)
    parser.add_argument("--left-out", type=int, default=0)
    parser.add_argument("--weights", type=Path, default=SHIPPED_WEIGHTS)
    parser.add_argument("--photographs", type=Path)
    parser.add_argument("--answers", type=Path)
    options = parser.parse_args()
    paths = [path for folder in options.catalogue for path in sorted(folder.iterdir())]
    asked = [
        p for p in sorted(options.catalogue[0].iterdir()) if not options.left_out or is_left_out(p, options.left_out)
    ]
    describer = Describer(options.weights)
    bench = Bench(describer, [read_rgb(path) for path in paths])
    rows = {path.name: row for row, path in enumerate(paths)}
    for kind in filter(None, options.kinds.split(",")):
        measure(bench, kind, made_queries(kind, asked, 1), rows)
    if options.photographs:
        measure(bench, "photographs", photographs(options.photographs, options.answers), rows)
    print(json.dumps({"ms for one picture": costs(describer, bench.pictures[0])}))


if __name__ == "__main__":
    main()
