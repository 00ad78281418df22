"""The real prints' table as it is, as Excel saves it, as a workbook, under other headings: the same."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from catalog.models import Collection
from imports.checking import check_import
from imports.models import ImportRun
from imports.preparing import configure_import, create_import

pytestmark = pytest.mark.django_db
Rows = list[list[str]]
RENAMED = {
    "recordID": "Objekt-Nr.", "image_file": "Bild", "invNr": "Signatur", "person": "Beteiligte",
    "date": "Datierung", "title": "Benennung", "classification": "Gattung", "matTec": "Technik",
    "institutionIsil": "Besitzer", "recordURL": "Verweis", "imageLicence": "Lizenz", "relations": "Bezüge",
}  # fmt: skip
FIELDS = {
    "recordID": "record_id", "invNr": "inventory_number", "matTec": "material_technique",
    "institutionIsil": "institution_isil", "recordURL": "record_url", "imageLicence": "image_licence",
}  # fmt: skip


def as_windows_with_semicolons(rows: Rows, folder: Path) -> Path:
    return delimited(rows, folder, encoding="cp1252", delimiter=";")


def as_unicode_text(rows: Rows, folder: Path) -> Path:
    return delimited(rows, folder, encoding="utf-16", delimiter="\t")


def as_an_old_mac(rows: Rows, folder: Path) -> Path:
    return delimited(rows, folder, encoding="mac_roman", delimiter=",")


def as_a_workbook(rows: Rows, folder: Path) -> Path:
    """As Excel does it: what looks like a number is one."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def under_other_headings(rows: Rows, folder: Path) -> Path:
    return delimited([[RENAMED[name] for name in rows[0]], *rows[1:]], folder)


def delimited(rows: Rows, folder: Path, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    path = folder / "table.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def records_in(table: Path, slug: str, mapping: dict[str, str] | None = None) -> list[dict[str, Any]]:
    run = create_import(
        collection=Collection.objects.create(slug=slug, name=slug),
        table=table,
        table_name="metadata",
        action=ImportRun.Action.ADD_AND_UPDATE,
        image_source={"kind": "none"},
        user=None,
    )
    if mapping:
        configure_import(run, user=None, mapping=mapping)
    check_import(run)
    assert run.counts["issues"] == 0
    return list(run.records.values_list("record", flat=True))


@pytest.mark.parametrize(
    "dressed",
    [
        as_windows_with_semicolons,
        as_unicode_text,
        as_an_old_mac,
        as_a_workbook,
        under_other_headings,
    ],
)
def test_the_same_records(
    shared_data: Path, data_dir: Path, tmp_path: Path, dressed: Callable[[Rows, Path], Path]
) -> None:
    original = shared_data / "prints" / "metadata.csv"
    with original.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    mapping = {RENAMED[name]: FIELDS.get(name, name) for name in rows[0]}
    expected = records_in(original, "as-it-is")
    assert len(expected) == 648
    renamed = dressed is under_other_headings
    assert records_in(dressed(rows, tmp_path), "dressed", mapping if renamed else None) == expected
