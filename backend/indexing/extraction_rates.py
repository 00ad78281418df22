"""How fast a bulk load describes pictures, beside how fast the extractor alone would: for `bench_extraction`.

In a throw-away database only. The four are measured in turn, round after round, so that whatever else the
machine does meets all of them.
"""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings

from catalog.models import Collection, Print, PrintImage
from core.errors import UserError
from indexing.extraction import BATCH, extract_missing_features, extract_missing_local_features
from indexing.extractor_client import extract_from_files, extractor_info
from indexing.models import Feature, IndexChange, LocalFeature


@dataclass
class Rates:
    """Pictures a second, one number a round.

    `raw`: the extractor given batches of files, which it decodes itself. `vectors`: a bulk load of pictures
    whose local features are there. `local`: local features alone. `both`: a bulk load of new pictures.
    """

    raw: list[float] = field(default_factory=list)
    vectors: list[float] = field(default_factory=list)
    local: list[float] = field(default_factory=list)
    both: list[float] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Medians, and the medians of each round's ratios.

        Local features are made by the same processors that the extractor wants: what both can reach together
        is what they need one after the other.
        """
        figures = {f"{name}_per_s": round(median(getattr(self, name)), 2) for name in vars(self)}
        reachable = [1 / (1 / v + 1 / one) for v, one in zip(self.vectors, self.local, strict=True)]
        return {
            **figures,
            "vectors_to_raw": _ratio(self.vectors, self.raw),
            "both_to_reachable": _ratio(self.both, reachable),
        }


def _ratio(rates: Sequence[float], of: Sequence[float]) -> float:
    return round(median(rate / other for rate, other in zip(rates, of, strict=True)), 3)


def store_pictures(files: Sequence[Path]) -> None:
    """A print for each JPEG file, copied into the data folder. Raises UserError if there are prints."""
    if Print.objects.exists():
        raise UserError(
            "database_in_use", f"{settings.RECTO_DATA_DIR} holds prints. Give an empty RECTO_DATA_DIR."
        )
    folder = Path(settings.RECTO_DATA_DIR) / "raw" / "bench"
    folder.mkdir(parents=True)
    collection = Collection.objects.create(slug="bench", name="Bench")
    for number, file in enumerate(files):
        copy = Path(shutil.copy(file, folder / f"{number}.jpg"))
        row = Print.objects.create(collection=collection, record_id=str(number))
        sha256 = hashlib.sha256(copy.read_bytes()).hexdigest()
        path = copy.relative_to(settings.RECTO_DATA_DIR).as_posix()
        PrintImage.objects.create(print=row, path=path, sha256=sha256, width=1, height=1, format="JPEG")


def measure_rates(files: Sequence[Path], *, rounds: int, told: Callable[[Rates], None]) -> Rates:
    """Describe the stored pictures again and again; `told` is called after each round."""
    rates, descriptor = Rates(), extractor_info(fresh=True).descriptor
    contents = [file.read_bytes() for file in files]
    _raw(contents[:BATCH], descriptor)()  # the network is warm then, and its connection there
    for _ in range(rounds):
        for name, work in (
            ("raw", lambda: _raw(contents, descriptor)),
            ("local", _local),
            ("vectors", lambda: _vectors(descriptor)),
            ("both", lambda: _both(descriptor)),
        ):
            getattr(rates, name).append(len(files) / _seconds(work))
        told(rates)
    return rates


def _seconds(work: Callable[[], Callable[[], object]]) -> float:
    """What `work()` prepares is timed."""
    do, started = work(), perf_counter()
    do()
    return perf_counter() - started


def _raw(contents: Sequence[bytes], descriptor: str) -> Callable[[], object]:
    batches = [contents[start : start + BATCH] for start in range(0, len(contents), BATCH)]
    return lambda: [extract_from_files(batch, descriptor=descriptor) for batch in batches]


def _vectors(descriptor: str) -> Callable[[], object]:
    _forget(Feature)
    return lambda: extract_missing_features(progress=_silent, descriptors=[descriptor])


def _local() -> Callable[[], object]:
    _forget(LocalFeature)
    return lambda: extract_missing_local_features(progress=_silent)


def _both(descriptor: str) -> Callable[[], object]:
    _forget(LocalFeature)
    return _vectors(descriptor)


def _forget(rows: type[Feature] | type[LocalFeature]) -> None:
    for every in (rows.objects.all(), IndexChange.objects.all()):
        every._raw_delete(every.db)


def _silent(done: int, total: int, message: str) -> None:
    """Nobody watches."""
