"""`manage.py import_prints`: nothing without --apply, everything with it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Collection, Print
from imports.models import ImportRun

pytestmark = pytest.mark.django_db
TABLE = "Nummer;Titel;date\n7;Weg nach Zürich;ca. 1520\n8;Haus;gestern\n"


@pytest.fixture
def table(tmp_path: Path, data_dir: Path) -> Path:
    path = tmp_path / "sammlung.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    return path


def said(table: Path, *options: str) -> str:
    out = StringIO()
    mapped = ("--map", "Nummer=record_id", "--map", "Titel=title")
    where = ("--collection", "s", "--name", "S")
    call_command("import_prints", str(table), *where, *mapped, *options, stdout=out)
    return out.getvalue()


def test_without_apply_the_preview_is_shown_and_nothing_changes(table: Path) -> None:
    text = said(table)
    assert "cp1252, ';'" in text
    assert "2 records would be created" in text
    assert "sammlung.csv, row 3 date 'gestern': no year could be read" in text
    assert "--apply" in text
    assert not Print.objects.exists()
    assert ImportRun.objects.get().state == ImportRun.State.CHECKED


def test_with_apply_the_records_are_there_and_again_changes_nothing(table: Path) -> None:
    assert "is done" in said(table, "--apply")
    assert set(Print.objects.values_list("record_id", "title", "year_min")) == {
        ("7", "Weg nach Zürich", 1515),
        ("8", "Haus", None),
    }
    assert "2 records are as they stand there" in said(table, "--apply")


def test_a_change_is_shown_with_before_and_after(table: Path) -> None:
    said(table, "--apply")
    table.write_bytes(TABLE.replace("Haus", "Turm").encode("cp1252"))
    text = said(table)
    assert "1 records would be changed" in text
    assert "title: 'Haus' -> 'Turm'" in text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--map", "Nummer"], "HEADER=FIELD"),
        (["--map", "Nummer=number"], "no field 'number'"),
        (["--map", "Nr=record_id"], "no column 'Nr'"),
        (["--map", "Nummer="], "Say which one is the record_id"),
        (["--images", "post"], "not from 'post'"),
        (["--encoding", "klingon"], "encoding 'klingon'"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(table: Path, options: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        said(table, *options)


def test_a_collection_that_is_not_there_has_to_be_named(table: Path) -> None:
    with pytest.raises(CommandError, match="Make it with --name"):
        call_command("import_prints", str(table), "--collection", "typo")
    assert not Collection.objects.exists()


def test_a_file_that_is_not_there_is_named(data_dir: Path) -> None:
    with pytest.raises(CommandError, match="no file"):
        call_command("import_prints", "nowhere.csv", "--collection", "s")
