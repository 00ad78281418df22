"""A curator's imports and edits in a real browser, against a Recto of their own.

The tests of frontend/e2e/imports.spec.ts, fetching.spec.ts, editing.spec.ts and of the pages around them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from serve.places import HOST
from serve.throwaway import Throwaway, throwaway
from tests.system.conftest import free_low_port
from tests.system.in_browser import add_administrator, run_in_browser

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

RENAMED = (
    "Kennung", "Aufnahme", "Inv.", "Mitwirkende", "Zeit", "Benennung", "Sachgruppe", "Mat./Tech.", "Haus",
    "Online-Objekt", "Bildrechte", "Bezüge",
)  # fmt: skip


@pytest.fixture
def museum_port() -> int:
    """Where the tests' own server of pictures and manifests will listen."""
    return free_low_port()


@pytest.fixture
def staffed(prints_folder: Path, museum_port: int) -> Iterator[Throwaway]:
    """A Recto with the sample collection, and leave to import from the prints' folder.

    And to fetch from the tests' own server, without the pauses that are due to strangers.
    """
    leave = {
        "RECTO_IMPORT_ROOTS": str(prints_folder),
        "RECTO_FETCH_ALLOW_HOSTS": HOST,
        "RECTO_FETCH_PORTS": str(museum_port),
        "RECTO_FETCH_PAUSE_MS": "0",
    }
    with throwaway({}, **leave) as recto:
        yield recto


def write_tables(prints: Path, into: Path) -> Path:
    """metadata.csv as it is, with semicolons in Windows-1252, as XLSX, and with other column names.

    And scans.zip with the pictures of its first three records.
    """
    text = (prints / "metadata.csv").read_text("utf-8")
    rows = list(csv.reader(text.splitlines()))
    into.mkdir(parents=True, exist_ok=True)
    (into / "as-it-is.csv").write_text(text, "utf-8")
    _write_csv(into / "semicolons-windows-1252.csv", rows, encoding="cp1252", delimiter=";")
    _write_csv(into / "renamed-columns.csv", [list(RENAMED), *rows[1:]], encoding="utf-8", delimiter=",")
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Prints")
    for row in rows:
        sheet.append(row)
    workbook.save(into / "workbook.xlsx")
    with ZipFile(into / "scans.zip", "w") as archive:
        for row in rows[1:4]:
            archive.write(prints / "images" / row[1], f"scans/{row[1]}")
    return into


def _write_csv(path: Path, rows: list[list[str]], *, encoding: str, delimiter: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def test_imports_and_editing_in_a_browser(
    staffed: Throwaway, museum_port: int, prints_folder: Path, tmp_path: Path
) -> None:
    run_in_browser(
        staffed,
        "imports.spec.ts",
        "fetching.spec.ts",
        "editing.spec.ts",
        "keyboard.spec.ts",
        "administration.spec.ts",
        seconds=2400,
        RECTO_E2E_ACCOUNT=add_administrator(staffed),
        RECTO_E2E_MUSEUM=f"http://{HOST}:{museum_port}",
        RECTO_E2E_PRINTS=str(prints_folder),
        RECTO_E2E_TABLES=str(write_tables(prints_folder, tmp_path / "tables")),
    )
