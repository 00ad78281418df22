"""`make bench`: every benchmark, and one table of what was measured beside what is promised."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from operator import ge, le
from pathlib import Path

from serve.console import Refusal, complain, write
from serve.machine import free_port_pair
from serve.measuring import json_of, material, searchable_recto, table
from serve.places import Places, places_from_environment

NO_VGG16 = "\nVGG16's memory was not measured: RECTO_VGG16_WEIGHTS names no file."


@dataclass(frozen=True)
class Promise:
    """A figure and its limit; `holds` compares the two (None: the figure is only shown)."""

    what: str
    figure: float
    unit: str
    limit: float | None = None
    holds: Callable[[float, float], bool] = le

    @property
    def kept(self) -> bool:
        return self.limit is None or self.holds(self.figure, self.limit)

    def row(self) -> tuple[str, str, str, str]:
        sign = "" if self.limit is None else f"{'≥' if self.holds is ge else '≤'} {self.limit:g} {self.unit}"
        return (
            self.what,
            f"{self.figure:g} {self.unit}",
            sign,
            "" if self.limit is None else ("missed", "ok")[self.kept],
        )


def knn(places: Places) -> list[Promise]:
    """FAISS beside scikit-learn on the same 100,000 vectors."""
    found = json_of(places, "benchmarks/knn.py", folder=places.search_model)
    what = f"exact search, {found['count']:,} × {found['dim']}"
    return [
        Promise(f"{what}: FAISS", found["faiss_ms_p50"], "ms"),
        Promise(f"{what}: scikit-learn, brute force", found["sklearn_ms_p50"], "ms"),
        Promise("FAISS is faster by", found["faiss_times_faster"], "times", 5, ge),
        Promise("the answers of both are equal (1: yes)", float(found["equal_results"]), "", 1, ge),
    ]


def extractor(places: Places, descriptor: str, most_mb: float) -> list[Promise]:
    """Memory and time of the feature extraction service with one descriptor."""
    ask_for = ("--descriptor", descriptor, "--port", str(free_port_pair()))
    answer = json_of(places, "benchmarks/extractor_memory.py", *ask_for, folder=places.search_model)
    found = answer["descriptors"][0]
    return [
        Promise(f"extractor, {descriptor}: memory", found["after_mb"], "MB", most_mb),
        Promise(f"extractor, {descriptor}: one picture", found["one_picture_ms_p50"], "ms"),
    ]


def searches() -> list[Promise]:
    """Where the time of a search goes, among the real prints or else the sample collection; and the rate of
    loading them."""
    prints, phone = material("prints"), material("phone")
    asked = ("--queries", str(phone / "images")) if prints and phone else ()
    with searchable_recto({"prints": prints} if prints else {}) as places:
        command = ("manage.py", "bench_search", "--url", places.url, "--count", "50", "--json", *asked)
        found = json_of(places, *command, folder=places.backend)
        load = extraction(places, prints or places.data / "processed" / "sample")
    promised = ("total", "p95", "without_features")
    stages = [name for name in found if name not in ("searches", "prints", *promised)]
    head = f"search among {found['prints']} prints, p50 of {found['searches']}"
    return [
        *(Promise(f"{head}: {stage}", found[stage], "ms") for stage in stages),
        Promise(f"{head}: decoding, index, metadata and HTTP", found["without_features"], "ms", 40),
        Promise(f"{head}: all of it", found["total"], "ms", 350),
        Promise(f"{head}: all of it, 95th percentile instead", found["p95"], "ms", 600),
        *load,
    ]


def extraction(places: Places, folder: Path) -> list[Promise]:
    """The rate of a bulk load beside the extractor's own, by the extractor of a Recto that runs."""
    command = ("manage.py", "bench_extraction", str(folder), "--json")
    found = json_of(places, *command, folder=places.backend)
    what = f"describing {found['pictures']} pictures"
    return [
        Promise(f"{what}: the extractor by itself, decoding included", found["raw_per_s"], "/s"),
        Promise(f"{what}: bulk load, vectors", found["vectors_per_s"], "/s"),
        Promise(f"{what}: bulk load, vectors, of the extractor's rate", found["vectors_to_raw"], "", 0.9, ge),
        Promise(f"{what}: local features alone, on this machine's processors", found["local_per_s"], "/s"),
        Promise(f"{what}: bulk load, both roads", found["both_per_s"], "/s"),
        Promise(
            f"{what}: both roads, of what one after the other would take",
            found["both_to_reachable"],
            "",
            0.9,
            ge,
        ),
    ]


def publishing(places: Places) -> list[Promise]:
    """A KNN model of 100,000 vectors from a database of its own, and the web process that serves it."""
    port = ("--port", str(free_port_pair()))
    found = json_of(places, "manage.py", "bench_publish", "--json", *port, folder=places.backend)
    what = f"{found['vectors']:,} × {found['dim']}"
    return [
        Promise(f"publishing {what} from the database", found["publish_s"], "s", 15),
        Promise(f"web process at {what}", found["web_process_mb"], "MB", 400),
        Promise(f"search in the web process at {what}", found["search_ms"], "ms"),
    ]


def main() -> int:
    places, promises = places_from_environment(), []
    try:
        promises += knn(places)
        promises += publishing(places)
        promises += searches()
        promises += extractor(places, "recto-compact-gem-192", 700)
        if os.environ.get("RECTO_VGG16_WEIGHTS"):
            promises += extractor(places, "vgg16-imagenet-mac-224", 1200)
    except Refusal as refusal:
        return complain(str(refusal))
    write("" if os.environ.get("RECTO_VGG16_WEIGHTS") else NO_VGG16)
    write(table([("what", "measured", "promised", ""), *(promise.row() for promise in promises)]))
    return int(not all(promise.kept for promise in promises))


if __name__ == "__main__":
    sys.exit(main())
