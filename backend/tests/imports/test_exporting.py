"""What was exported and is imported again changes nothing; and nothing of it runs in a spreadsheet."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from catalog.models import Classification, Collection, Institution, Person, Print, PrintImage, Technique
from imports.cells import clean_cell
from imports.checking import check_import
from imports.exporting import collection_rows
from imports.models import ImportRun
from imports.preparing import create_import
from imports.running import apply_import
from imports.sources.preparing import open_pictures
from imports.tables.writing import csv_lines, guarded, write_workbook
from tests.accounts.conftest import House, house

__all__ = ["house"]
pytestmark = pytest.mark.django_db
# (Each example imports, applies, exports and checks: shrinking one would take minutes.)
many = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)

FIELDS = (
    "record_id", "inventory_number", "title", "person", "date", "classification", "material_technique",
    "institution_isil", "record_url", "image_licence", "relations", "latitude", "longitude", "Standort",
    "a;b,c",
)  # fmt: skip
pieces = st.sampled_from(
    [
        "Doré, Gustave", "(1832 - 1883)", "(† 1526)", "(geb. 1950)", "( - )", "(tätig um 1500)", "designer",
        "Stecher", "; ", ", ", "|", "1520", "ca. 1520", "16. Jh.", "dublette", "1916.0047.2", "(CH-000511-9)",
        "=1+1", "'=1+1", "-1", "@SUM(A1)", "#REF!", '"', "''", "Zürich", "\n", "  ", "\t", "[", "]", ")", "(",
        "https://example.org/1", "47.5", "-8", "nan", "NULL", "ß", "Ã¼", "�", "\x07", "\u200b",
        "u\u0308", "Ⅳ",
    ]
)  # fmt: skip
cells = st.lists(pieces, max_size=6).map("".join) | st.text(st.characters(codec="utf-8"), max_size=12)
tables = st.lists(st.fixed_dictionaries(dict.fromkeys(FIELDS, cells)), min_size=1, max_size=6)


def csv_file(rows: list[dict[str, str]], folder: Path) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "table.csv"
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return path


def checked(collection: Collection, table: Path) -> ImportRun:
    run = create_import(
        collection=collection,
        table=table,
        table_name=table.name,
        action=ImportRun.Action.REPLACE,
        image_source={"kind": "none"},
        user=None,
    )
    check_import(run)
    return run


def exported(collection: Collection, folder: Path, kind: str) -> Path:
    path = folder / f"export.{kind}"
    if kind == "csv":
        path.write_text("".join(csv_lines(collection_rows(collection))), encoding="utf-8", newline="")
    else:
        with path.open("wb") as file:
            write_workbook(file, {"Records": collection_rows(collection)})
    return path


def outcomes(run: ImportRun) -> Mapping[str, Any]:
    differing = run.records.exclude(outcome="unchanged").values_list("record_id", "outcome", "difference")
    return {record_id: (outcome, difference) for record_id, outcome, difference in differing}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@many
@given(rows=tables)
def test_whatever_was_imported_comes_back_unchanged(
    kind: str, rows: list[dict[str, str]], tmp_path: Path, data_dir: Path
) -> None:
    Collection.objects.all().delete()
    collection = Collection.objects.create(slug="c", name="C")
    numbered = [{**row, "record_id": f"{number} {row['record_id']}"[:150]} for number, row in enumerate(rows)]
    run = checked(collection, csv_file(numbered, tmp_path))
    apply_import(run, opened=open_pictures)
    assert Print.objects.count() == run.counts["created"]

    again = checked(collection, exported(collection, tmp_path, kind))
    assert outcomes(again) == {}
    assert again.counts["unchanged"] == Print.objects.count()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_somebody_edited_into_a_record_comes_back_unchanged(
    kind: str, tmp_path: Path, data_dir: Path
) -> None:
    """Values that no cell can say as they stand there."""
    collection = Collection.objects.create(slug="c", name="C")
    one = Print.objects.create(
        collection=collection,
        record_id="1",
        title="Two\n\nlines,  =and blanks ",
        date_text="Frühling",
        year_min=1500,
        year_max=1510,
        classification=Classification.objects.create(name="nan"),
        institution=Institution.objects.create(name="A (b)", isil="not an ISIL"),
        record_url="ftp://example.org",
        extra={"pages": 12, "latitude": "north", "title": "an extra column of that name", "flag": None},
        hidden=True,
    )
    people = ("Müller; Sohn", None, None), ("Holbein, Hans, Stecher", None, None), ("X (1900)", 1990, 1980)
    for position, (name, born, died) in enumerate(people):
        person = Person.objects.create(name=name, birth_year=born, death_year=died)
        one.print_people.create(person=person, roles=["a; b", "c, d"], position=position)
    one.techniques.add(Technique.objects.create(name="Feder, schwarz"), Technique.objects.create(name="Öl"))
    one.relations.create(kind="12", target_text="a; b")
    Print.objects.create(collection=collection, record_id="2")
    again = checked(collection, exported(collection, tmp_path, kind))
    assert outcomes(again) == {}


def test_pictures_are_named_as_their_sources_named_them(data_dir: Path) -> None:
    collection = Collection.objects.create(slug="c", name="C")
    one = Print.objects.create(collection=collection, record_id="1")
    named = [("raw/c/images/a/b.jpg", ""), ("processed/scans/ab/abc.tif", "plate 7.tif"),
             ("processed/scans/cd/cde.jpg", "https://example.org/1.jpg")]  # fmt: skip
    for position, (path, name) in enumerate(named):
        PrintImage.objects.create(
            print=one, path=path, name=name, sha256="0", width=1, height=1, format="JPEG", position=position
        )
    header, row = collection_rows(collection)
    cells = dict(zip(header, row, strict=True))
    assert cells["image_file"] == "a/b.jpg|plate 7.tif"
    assert cells["image_url"] == "https://example.org/1.jpg"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+A1", "-A1", "- ohne Titel", "'=1+1", "''=x"])
def test_what_a_spreadsheet_would_run_is_guarded_and_read_as_it_was(text: str) -> None:
    assert guarded(text).startswith("'")
    assert clean_cell(guarded(text)) == text


@pytest.mark.parametrize("text", ["-8.5417", "+41", "Weg", "'s-Gravenhage", ""])
def test_what_it_would_not_run_stays(text: str) -> None:
    assert guarded(text) == text
    assert clean_cell(text) == text


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbfrecord_id,"), ("xlsx", b"PK\x03\x04")])
def test_curators_take_collections_and_templates_away(
    house: House, data_dir: Path, kind: str, start: bytes
) -> None:
    curator = house.client("curator")
    for address, name in (("collections/private/export/", "private"), ("imports/template/", "template")):
        response = curator.get(f"/api/v1/{address}?as={kind}")
        assert response.status_code == 200
        assert f'filename="{name}.{kind}"' in response["Content-Disposition"]
        content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        assert content.startswith(start)


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("anonymous", "collections/public/export/", 401),
        ("viewer", "collections/private/export/", 403),
        ("curator", "collections/public/export/", 403),
        ("curator", "collections/nowhere/export/", 404),
        ("curator", "collections/private/export/?as=pdf", 400),
        ("staff", "imports/template/", 403),
    ],
)
def test_others_do_not(house: House, role: str, address: str, status: int) -> None:
    client: APIClient = house.client(role)
    assert client.get(f"/api/v1/{address}").status_code in ((401, 403) if status == 401 else (status,))
