"""A table of any length with problems planted in it, and what a check has to say of each.

The rest is as clean as it looks: accents, quotation marks inside texts, cells of two lines, inches, minus and
equals signs at the beginning of titles.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADER = [
    "record_id", "image_file", "inventory_number", "title", "person", "date", "classification",
    "material_technique", "institution_isil", "record_url", "latitude", "longitude", "Standort",
]  # fmt: skip
COLUMN = {name: place for place, name in enumerate(HEADER)}
_TITLES = (
    "Die Kanone", 'Das „große“ Pferd, gen. "Der Rappe"', "- ohne Titel -", "Blatt 7, 12\" × 14\"",
    "L’Été à Zürich", "Two lines\nof one title", "= 3 Putti", "Şehzade; Kopie; nach Dürer",
)  # fmt: skip
_DATES = ("1915 - 1916", "ca. 1520", "16. Jh.", "", "o. J.", "First published: 1863", "um 1600/10")


@dataclass(frozen=True)
class Expected:
    """What has to be reported: the row as a spreadsheet counts, the column, the code and the value."""

    row: int
    column: str
    code: str
    value: str


def clean_cells(number: int) -> list[str]:
    """The cells of record `number`."""
    return [
        f"R{number:06d}", f"scans/{number:06d}.tif", f"{number % 2000:04d}.{number:05d}",
        _TITLES[number % len(_TITLES)],
        "Vallotton, Félix (1865 - 1925), Künstler, Herausgeber; Doré, Gustave (1832 - 1883), designer",
        _DATES[number % len(_DATES)], "Druckgraphik", "Radierung, Kupferstich",
        "Graphische Sammlung ETH Zürich (CH-000511-9)", f"https://example.org/print/{number}",
        "47.3769", "-8.5417", f"Schrank {number % 40}",
    ]  # fmt: skip


def _line(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


def _with(cells: list[str], column: str, value: str) -> list[str]:
    changed = list(cells)
    changed[COLUMN[column]] = value
    return changed


class _Planter:
    """Plants one problem in the row of a number; `expected` grows."""

    def __init__(self) -> None:
        self.expected: list[Expected] = []

    def _cell(self, number: int, column: str, value: str, code: str, *, said: str | None = None) -> bytes:
        self.expected.append(Expected(number + 1, column, code, value if said is None else said))
        return _line(_with(clean_cells(number), column, value))

    def wrong_encoding(self, number: int) -> bytes:
        self.expected.append(Expected(number + 1, "title", "wrong_encoding", "Straße in Zürich"))
        line = _line(_with(clean_cells(number), "title", "@@"))
        return line.replace(b"@@", "Straße in Zürich".encode("cp1252"))

    def differing_duplicate(self, number: int) -> bytes:
        self.expected.append(Expected(number + 1, "title", "rows_differ", "Another title"))
        return _line(_with(clean_cells(number - 1), "title", "Another title"))

    def no_picture(self, number: int) -> bytes:
        return self._cell(number, "image_file", "", "row_without_image")

    def nonsense_year(self, number: int) -> bytes:
        return self._cell(number, "date", ("19166", "gestern", "3021")[number % 3], "date_not_understood")

    def long_cell(self, number: int) -> bytes:
        return self._cell(number, "title", "x" * 10_001, "cell_too_long", said="x" * 199 + "…")

    def formula(self, number: int) -> bytes:
        return self._cell(number, "title", ("=SUM(A1:A9)", "=1+1", "=B7&C7")[number % 3], "formula")

    def stray_mark(self, number: int) -> bytes:
        self.expected.append(Expected(number + 1, "classification", "stray_quote", "Druckgraphik"))
        return _line(clean_cells(number)).replace(b",Druckgraphik,", b',"Druckgraphik,')

    def too_many_cells(self, number: int) -> bytes:
        self.expected.append(Expected(number + 1, "", "surplus_cells", "one too many"))
        return _line([*clean_cells(number), "one too many"])

    def too_few_cells(self, number: int) -> bytes:
        self.expected.append(Expected(number + 1, "institution_isil", "missing_cells", ""))
        return _line(clean_cells(number)[:8])

    def spreadsheet_error(self, number: int) -> bytes:
        return self._cell(
            number, "classification", ("#REF!", "#NAME?", "#####")[number % 3], "spreadsheet_error"
        )

    def control_characters(self, number: int) -> bytes:
        return self._cell(
            number, "title", "NUL\0 and \x07 bell", "control_characters", said="NUL and \x07 bell"
        )

    def no_key(self, number: int) -> bytes:
        cells = clean_cells(number)
        for column in ("record_id", "image_file", "inventory_number"):
            cells = _with(cells, column, "")
        self.expected.append(Expected(number + 1, "record_id", "no_record_id", ""))
        return _line(cells)

    def no_address(self, number: int) -> bytes:
        return self._cell(number, "record_url", "javascript:alert(1)", "not_a_web_address")

    def no_degrees(self, number: int) -> bytes:
        return self._cell(number, "latitude", ("91.5", "north")[number % 2], "not_degrees")


KINDS = (
    "wrong_encoding", "differing_duplicate", "no_picture", "nonsense_year", "long_cell", "formula",
    "stray_mark", "too_many_cells", "too_few_cells", "spreadsheet_error", "control_characters", "no_key",
    "no_address", "no_degrees",
)  # fmt: skip


def write_planted(path: Path, *, rows: int, planted: int) -> list[Expected]:
    """A CSV of `rows` rows under the header with `planted` problems, evenly spread, each kind in its turn."""
    planter = _Planter()
    spots = {(place + 1) * rows // (planted + 1): KINDS[place % len(KINDS)] for place in range(planted)}
    with path.open("wb") as file:
        file.write(_line(HEADER))
        for number in range(1, rows + 1):
            kind = spots.get(number)
            file.write(getattr(planter, kind)(number) if kind else _line(clean_cells(number)))
    return planter.expected


def rows_of(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)
