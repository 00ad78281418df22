"""Loading folders: broken files, files that are gone, placeholders and hostile tables."""

import os
import shutil
from pathlib import Path

import pytest

from catalog.models import Print, PrintImage
from imports.models import ImportIssue
from imports.services import load_collection
from imports.summary import Counts, LoadSummary
from tests.imports.pictures_drawn import (
    make_collection,
    no_image_available,
    row,
    save,
)

pytestmark = pytest.mark.django_db


def left_out(summary: LoadSummary) -> dict[str, str]:
    """The code of the reason by file."""
    return {issue.source.file: issue.code for issue in summary.issues if issue.left_out}


def test_rows_without_a_picture_are_left_out_and_named(raw: Path) -> None:
    summary = load_collection(
        make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg"), row("2", "gone.jpg")])
    )
    assert summary.counts == Counts(prints_created=1, images_added=1)
    assert summary.left_out == {"row_without_image": 1}
    issue = ImportIssue.objects.get(code="row_without_image")
    assert (issue.file, issue.row, issue.left_out) == ("metadata.csv", 3, True)
    assert ImportIssue.objects.get(code="image_missing").value == "gone.jpg"


def test_broken_files_are_left_out_with_the_reason_and_the_rest_is_loaded(raw: Path) -> None:
    folder = make_collection(
        raw / "c", ["a.jpg", "cut.jpg", "b.png"], [row("1", "a.jpg"), row("2", "cut.jpg")]
    )
    whole = (folder / "images" / "cut.jpg").read_bytes()
    (folder / "images" / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "images" / "notes.txt").write_text("not a picture")
    (folder / "images" / "empty.jpg").touch()
    (folder / "images" / "link.jpg").symlink_to("nowhere.jpg")
    (folder / "images" / ".DS_Store").write_text("x")
    (folder / "images" / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")

    summary = load_collection(folder)

    assert summary.counts == Counts(prints_created=2, images_added=2, prints_without_metadata=1)
    assert {name.rpartition("/")[2]: code for name, code in left_out(summary).items()} == {
        "cut.jpg": "image_damaged",
        "notes.txt": "image_type_unknown",
        "empty.jpg": "image_empty",
        "link.jpg": "image_missing",
        "drawing.svg": "image_type_refused",
        "metadata.csv": "picture_left_out",
    }
    assert ImportIssue.objects.filter(left_out=True).count() == 6


def test_a_file_that_breaks_later_keeps_its_print_and_is_mended_by_a_whole_one(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg", title="A")])
    path = folder / "images" / "a.jpg"
    load_collection(folder)
    whole = path.read_bytes()
    path.write_bytes(whole[:500])

    broken = load_collection(folder)
    assert broken.counts == Counts(prints_unchanged=1)
    assert PrintImage.objects.count() == 1

    path.write_bytes(whole)
    assert load_collection(folder).counts == Counts(prints_unchanged=1, images_unchanged=1)


def test_a_file_that_is_gone_is_named_and_stays_until_asked(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg", "b.jpg"], [row("1", "a.jpg"), row("2", "b.jpg")])
    load_collection(folder)
    (folder / "images" / "a.jpg").unlink()

    summary = load_collection(folder)
    assert summary.counts == Counts(prints_unchanged=2, images_missing=1, images_unchanged=1)
    assert summary.noted["file_missing"] == 1
    assert PrintImage.objects.count() == 2

    summary = load_collection(folder, remove_missing=True)
    assert summary.counts.images_removed == 1
    assert summary.counts.prints_removed == 1
    assert [image.path for image in PrintImage.objects.all()] == ["raw/c/images/b.jpg"]
    assert load_collection(folder).counts == Counts(prints_unchanged=1, images_unchanged=1)


def test_placeholders_are_left_out_by_bytes_and_by_look_and_prints_are_not(raw: Path) -> None:
    rows = [row("1", "same.png"), row("2", "resaved.jpg"), row("3", "small.jpg"), row("4", "a.jpg")]
    folder = make_collection(raw / "c", ["a.jpg"], rows)
    placeholder = no_image_available()
    save(placeholder, folder / "images_to_remove" / "none.png")
    save(placeholder, folder / "images" / "same.png")
    save(placeholder, folder / "images" / "resaved.jpg", quality=50)
    save(placeholder.resize((75, 100)), folder / "images" / "small.jpg", quality=80)
    save(no_image_available(text="Nr. 4711"), folder / "images" / "other.png")

    summary = load_collection(folder)

    assert summary.left_out == {"placeholder": 3, "picture_left_out": 3}
    assert sorted(Print.objects.values_list("record_id", flat=True)) == ["4", "other.png"]
    assert (
        ImportIssue.objects.filter(code="placeholder", reason__contains="same file as none.png").count() == 1
    )


def test_a_placeholder_named_later_leaves_the_catalogue(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"], [row("1", "none.jpg", title="N"), row("2", "a.jpg")])
    save(no_image_available(), folder / "images" / "none.jpg")
    load_collection(folder)
    save(no_image_available(), folder / "images_to_remove" / "none.png")

    summary = load_collection(folder)

    assert (summary.counts.images_removed, summary.counts.prints_removed) == (1, 1)
    assert [one.record_id for one in Print.objects.all()] == ["2"]
    assert not load_collection(folder).counts.changed_anything


def test_umlauts_in_file_names_of_a_mac_and_bytes_that_are_no_text(raw: Path) -> None:
    folder = make_collection(raw / "c", ["Zu\u0308rich.png"], [row("1", "Z\u00fcrich.png")])
    shutil.copy(folder / "images" / "Zu\u0308rich.png", folder / "images" / os.fsdecode(b"bad\xff.png"))
    summary = load_collection(folder)
    assert summary.counts == Counts(prints_created=1, images_added=1)
    assert summary.left_out == {"file_name_impossible": 1}


def test_a_hostile_table_costs_its_cells_only(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg", "b.jpg"])
    content = (
        "recordID;image_file;title;invNr;recordURL;Standort\r\n"
        f'1;a.jpg;"=HYPERLINK(""http://x"")\0";{"9" * 500};javascript:alert(1);Schrank\r\n'
        f'2;b.jpg;"{"x" * 200_000}";;;\r\n'
    )
    (folder / "metadata.csv").write_bytes(content.encode("cp1252"))

    summary = load_collection(folder)

    assert summary.counts == Counts(prints_created=2, images_added=2)
    assert summary.noted == {
        "cell_too_long": 2, "control_characters": 1, "formula": 1, "not_a_web_address": 1,
    }  # fmt: skip
    one = Print.objects.get(record_id="1")
    assert one.title == '=HYPERLINK("http://x")'
    assert (len(one.inventory_number), one.record_url, one.extra) == (200, "", {"Standort": "Schrank"})
    assert not load_collection(folder).counts.changed_anything
