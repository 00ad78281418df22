"""Writes the sample collection to a folder: pictures, catalogue and example photographs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np

from catalog.sample.catalogue import all_sheets
from catalog.sample.metadata import COLUMNS, EXAMPLE_COLUMNS, image_file, rows_of, write_csv
from catalog.sample.photographs import EXAMPLES, photograph_of
from catalog.sample.sheets import Sheet
from catalog.sample.studio import picture_of

JPEG_QUALITY = 85
WORKERS = 2  # threads suffice: OpenCV and NumPy let go of the interpreter's lock while they draw
Progress = Callable[[int, int, str], None]


def make_sample_collection(folder: Path, *, progress: Progress | None = None) -> None:
    """Draw every print and photograph into `folder`, in the layout that `load_collection` reads.

    The catalogue is written last, so that a folder with a catalogue is complete; pictures that are
    already there are kept. `progress` is called with (done, total, what) after each file.
    """
    sheets = all_sheets()
    for name in ("images", "metadata", "examples"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    pictures = [picture for sheet in sheets for picture in (sheet, sheet.other_state) if picture]
    report = _Report(len(pictures) + len(EXAMPLES), progress)
    with ThreadPoolExecutor(WORKERS) as pool:
        for name in pool.map(lambda sheet: _write_print(folder / "images", sheet), pictures):
            report(name)
    _write_examples(folder, sheets, report)
    write_csv(
        folder / "metadata" / "metadata.csv", COLUMNS, [row for sheet in sheets for row in rows_of(sheet)]
    )


class _Report:
    """Counts files for the caller's progress bar."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done, self.total, self.progress = 0, total, progress

    def __call__(self, what: str) -> None:
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total, what)


def _write_print(folder: Path, sheet: Sheet) -> str:
    path = folder / image_file(sheet)
    if not path.exists():
        write_jpeg(path, picture_of(sheet))
    return path.name


def _write_examples(folder: Path, sheets: list[Sheet], report: _Report) -> None:
    by_matrix = {sheet.matrix: sheet for sheet in reversed(sheets)}
    rows = []
    for number, example in enumerate(EXAMPLES):
        sheet = by_matrix[example.matrix]
        path = folder / "examples" / f"{number + 1:02}_{example.matrix}.jpg"
        if not path.exists():
            write_jpeg(path, photograph_of(_read(folder / "images" / image_file(sheet)), example))
        rows.append({"file": path.name, "title": example.title, "record_id": sheet.record_id})
        report(path.name)
    write_csv(folder / "examples" / "examples.csv", EXAMPLE_COLUMNS, rows)


def _read(path: Path) -> np.ndarray:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise OSError(f"{path} cannot be read back; delete it and make the sample collection again.")
    return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)


def write_jpeg(path: Path, picture: np.ndarray) -> None:
    """RGB uint8 to a file, never half of it."""
    options = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    encoded, data = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), options)
    if not encoded:
        raise OSError(f"{path.name} could not be encoded as JPEG.")
    half = path.with_suffix(".part")
    half.write_bytes(data.tobytes())
    half.replace(path)
