"""The sample's CSV files, in the column names of the ancestor's exports."""

import csv
from collections.abc import Iterable
from pathlib import Path

from catalog.sample.sheets import Sheet, State

COLUMNS = (
    "recordID",
    "image_file",
    "invNr",
    "person",
    "date",
    "title",
    "classification",
    "matTec",
    "institutionIsil",
    "recordURL",
    "imageLicence",
    "relations",
)
EXAMPLE_COLUMNS = ("file", "title", "record_id")
LICENCE = "CC0 1.0"


def image_file(sheet: Sheet) -> str:
    """The name of the picture of this sheet."""
    state = {State.ONLY: "", State.FIRST: "_I", State.SECOND: "_II"}[sheet.state]
    return f"{sheet.record_id}_{sheet.matrix}{state}.jpg"


def rows_of(sheet: Sheet) -> list[dict[str, str]]:
    """The record's rows: one for each of its pictures."""
    first = row_of(sheet)
    return [first] + ([{**first, "image_file": image_file(sheet.other_state)}] if sheet.other_state else [])


def row_of(sheet: Sheet) -> dict[str, str]:
    """One sheet with its first picture as a row of the catalogue."""
    return {
        "recordID": sheet.record_id,
        "image_file": image_file(sheet),
        "invNr": sheet.inventory_number,
        "person": "; ".join(hand.person.with_roles(*hand.roles) for hand in sheet.hands),
        "date": sheet.date,
        "title": _title(sheet),
        "classification": sheet.genre.classification,
        "matTec": sheet.technique,
        "institutionIsil": sheet.institution,
        "recordURL": f"https://example.org/print/{sheet.record_id}",
        "imageLicence": LICENCE,
        "relations": sheet.relations,
    }


def _title(sheet: Sheet) -> str:
    """The plate's title with what sets this impression apart; a record with both states names neither."""
    state = "" if sheet.other_state else sheet.state.value
    notes = [note for note in (state, "gegenseitige Kopie" if sheet.mirrored else "") if note]
    return f"{sheet.subject.title} ({', '.join(notes)})" if notes else sheet.subject.title


def write_csv(path: Path, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> None:
    """UTF-8, written beside its place and then renamed."""
    half = path.with_suffix(".part")
    with half.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    half.replace(path)
