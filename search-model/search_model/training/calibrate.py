"""`python -m search_model.training.calibrate IMAGES... --out FILE`: the verdicts' thresholds, from one's own pictures.

Every picture is made into queries of the kinds that `search_model.evaluation` knows. Each is asked twice: with its
print in the index, and with it left out, when the other pages of the same book are what there is to be mistaken for.
Here and not in `local`, because the cosines need the network.
"""

import argparse
import csv
import hashlib
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from search_model.descriptors import RECTO_COMPACT
from search_model.evaluation.queries import KINDS, make_query, shared_detail
from search_model.extractor.compact import SHIPPED_WEIGHTS, build_compact
from search_model.local.codec import Codec
from search_model.local.features import LocalFeatures, extract_local, mirrored
from search_model.local.fitting import Case, Expected, fit
from search_model.local.fusion import Evidence
from search_model.local.verification import Match, verify
from search_model.local.voting import VotingIndex
from search_model.preprocess import network_input

RgbImage = NDArray[np.uint8]
Ids = NDArray[np.int64]

PASTED, MIRRORED = "shared-detail", "mirrored"
CANDIDATES, VERIFIED_OF_VOTES, VERIFIED_OF_LOOKS = 50, 20, 10


@dataclass(frozen=True)
class Asked:
    """A query, and the pictures that it shows."""

    kind: str
    picture: RgbImage
    right: dict[int, Expected]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Pictures by number, as a collection keeps them. `copies` are pictures of one and the same cut."""

    files: Sequence[Path]
    records: Sequence[LocalFeatures]
    index: VotingIndex
    vectors: NDArray[np.float32]
    describe: Callable[[RgbImage], NDArray[np.float32]]
    copies: dict[int, set[int]] = field(default_factory=dict)

    @property
    def ids(self) -> Ids:
        """All numbers."""
        return np.arange(len(self.files), dtype=np.int64)


def catalogue_of(files: Sequence[Path], network: keras.Model, copies: Sequence[Collection[str]] = ()) -> Catalogue:
    """Read and index pictures; `copies` are groups of file names that show one cut."""
    codec = Codec.shipped()
    index, records, vectors = VotingIndex(codec), [], []

    def describe(picture: RgbImage) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = np.asarray(network(network_input(picture, RECTO_COMPACT)[None]), np.float32)[0]
        return vector

    for number, file in enumerate(files):
        picture = read(file)
        packed = codec.encode(extract_local(picture, role="catalogue"))
        index.add([number], [packed])
        records.append(codec.decode(packed))
        vectors.append(describe(picture))
    number_of = {file.name: number for number, file in enumerate(files)}
    groups = [{number_of[name] for name in group if name in number_of} for group in copies]
    return Catalogue(files, records, index, np.stack(vectors), describe, {i: g for g in groups for i in g})


def read(file: Path) -> RgbImage:
    """A picture file as uint8 RGB. Raises ValueError when it is none."""
    decoded = cv2.imread(str(file), cv2.IMREAD_COLOR)
    if decoded is None:
        raise ValueError(f"{file} cannot be read as a picture")
    return np.ascontiguousarray(decoded[:, :, ::-1])


def queries(catalogue: Catalogue, *, count: int, seed: int) -> Iterator[Asked]:
    """So many queries of pictures and kinds drawn by lot; the same seed draws the same."""
    rng = np.random.default_rng(seed)
    kinds = [*KINDS, PASTED]
    for place in range(count):
        number, host = (int(i) for i in rng.choice(len(catalogue.files), 2, replace=False))
        kind, own_seed = kinds[place % len(kinds)], int(rng.integers(1 << 30))
        picture = read(catalogue.files[number])
        if kind == PASTED:
            around = read(catalogue.files[host])
            right: dict[int, Expected] = {number: "shared_detail", host: "same_image"}
            yield Asked(kind, shared_detail(picture, around, seed=own_seed), right)
        else:
            yield Asked(kind, make_query(kind, picture, seed=own_seed), {number: "same_image"})


def cases_of(catalogue: Catalogue, asked: Asked) -> list[Case]:
    """The query with its print in the index, and with it left out."""
    picture = np.ascontiguousarray(asked.picture[:, ::-1]) if asked.kind == MIRRORED else asked.picture
    query = extract_local(asked.picture, role="query")
    query = mirrored(query) if asked.kind == MIRRORED else query
    cosines = catalogue.vectors @ catalogue.describe(picture)
    copies = frozenset(copy for number in asked.right for copy in catalogue.copies.get(number, ())) - set(asked.right)
    everything = catalogue.ids
    without = np.setdiff1d(everything, list(asked.right))
    return [
        Case(asked.kind, asked.right, _evidence(catalogue, query, cosines, everything), copies),
        Case(asked.kind, {}, _evidence(catalogue, query, cosines, without), copies),
    ]


def _evidence(catalogue: Catalogue, query: LocalFeatures, cosines: NDArray[np.float32], allowed: Ids) -> list[Evidence]:
    """Of the candidates of both roads, the first of each verified."""
    matches: dict[int, Match | None] = {}
    candidates = catalogue.index.search(query, CANDIDATES, allowed)
    for candidate in candidates[:VERIFIED_OF_VOTES]:
        matches[candidate.image_id] = verify(query, catalogue.records[candidate.image_id], candidate.pairs)
    alike = [int(i) for i in allowed[np.argsort(-cosines[allowed], kind="stable")[:CANDIDATES]]]
    for number in alike[:VERIFIED_OF_LOOKS]:
        if number not in matches:
            matches[number] = verify(query, catalogue.records[number])
    votes = {candidate.image_id: candidate.votes for candidate in candidates}
    cosine_of = {number: float(cosines[number]) for number in alike}
    return [
        Evidence(number, cosine_of.get(number), votes.get(number), matches.get(number))
        for number in sorted({*votes, *cosine_of})
    ]


def read_copies(path: Path | None) -> list[list[str]]:
    """Groups of file names from a CSV, one group a line; none without a file."""
    if path is None:
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [[name for name in row if name] for row in csv.reader(file) if row]


def main() -> None:
    """Read the options, ask, fit, write."""
    options = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    files = sorted(file for folder in options.images for file in folder.rglob("*") if file.is_file())
    digest = hashlib.sha256(options.weights.read_bytes()).hexdigest()
    descriptor = RECTO_COMPACT.with_weights(source="", sha256=digest)
    network = build_compact(options.weights, descriptor.input_size)
    catalogue = catalogue_of(files, network, read_copies(options.copies))
    logging.info("%d pictures indexed", len(files))
    cases = []
    for place, asked in enumerate(queries(catalogue, count=options.queries, seed=options.seed), start=1):
        cases += cases_of(catalogue, asked)
        if place % 50 == 0:
            logging.info("%d of %d queries", place, options.queries)
    measured = (
        f"{options.queries} queries of {len(KINDS) + 1} kinds made of {len(files)} pictures, "
        f"each asked with its print in the index and with it left out; seed {options.seed}"
    )
    calibration = fit(cases, descriptor=descriptor.id, codec=catalogue.index.codec.id, measured_on=measured)
    calibration.save(options.out)
    logging.info("false alarms %s; detected %s", calibration.false_alarms, calibration.detected)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m search_model.training.calibrate", description=__doc__)
    parser.add_argument("images", nargs="+", type=Path, help="folders of scans, read with their subfolders")
    parser.add_argument("--out", type=Path, required=True, help="the JSON file to write")
    parser.add_argument("--queries", type=int, default=1200, help="queries to make")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weights", type=Path, default=SHIPPED_WEIGHTS, help="the compact network's")
    parser.add_argument("--copies", type=Path, help="CSV of known copies: the file names of one cut on each line")
    return parser


if __name__ == "__main__":
    main()
