"""Loading folders: where they may be, what they are called, which tables are read, and how a run is kept."""

import fcntl
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalog.models import Collection, Print, PrintImage
from core.errors import TryAgain, UserError
from core.models import Job
from imports import services
from imports.models import CheckedFile, ImportRun
from imports.services import load_collection
from tests.imports.pictures_drawn import (
    make_collection,
    no_image_available,
    row,
    save,
)

pytestmark = pytest.mark.django_db


def test_the_collection_takes_the_names_given(raw: Path) -> None:
    folder = make_collection(raw / "My Prints", ["a.jpg"])
    load_collection(folder)
    assert Collection.objects.get().slug == "my-prints"
    load_collection(folder, name="Meine Drucke")
    assert Collection.objects.get().name == "Meine Drucke"
    load_collection(folder)
    assert Collection.objects.get().name == "Meine Drucke"
    load_collection(folder, slug="other")
    assert Collection.objects.count() == 2


def test_a_load_is_kept_as_a_run_and_queues_the_features(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg", date="Frühling")])
    summary = load_collection(folder)
    run = ImportRun.objects.get(pk=summary.run_id)
    assert (run.state, run.folder, run.counts["prints_created"]) == ("done", "raw/c", 1)
    issue = run.issues.get()
    assert (issue.row, issue.column, issue.value) == (2, "date", "Frühling")
    assert issue.code == "date_not_understood"
    assert Job.objects.get(pk=summary.job_id).kind == "extract_features"


def test_only_the_last_runs_are_kept(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.runs.KEPT_RUNS", 2)
    folder = make_collection(raw / "c", ["a.jpg"])
    last = [load_collection(folder).run_id for _ in range(4)][-2:]
    assert sorted(ImportRun.objects.values_list("pk", flat=True)) == last


def test_an_interrupted_load_says_so_and_the_next_one_goes_on(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_collection(raw / "c", [f"{n}.png" for n in range(5)])

    def stop(done: int, total: int, step: str) -> None:
        if step == "Writing prints":
            raise KeyboardInterrupt

    monkeypatch.setattr(services, "BATCH", 2)
    with pytest.raises(KeyboardInterrupt):
        load_collection(folder, progress=stop)
    assert ImportRun.objects.get().state == "failed"
    assert (Print.objects.count(), CheckedFile.objects.count()) == (2, 5)

    assert load_collection(folder).counts.prints_created == 3
    assert Print.objects.count() == 5


def test_two_loads_of_one_collection_do_not_mix(raw: Path, data_dir: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"])
    lock = data_dir / "processed" / "locks" / "load-c.lock"
    lock.parent.mkdir()
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(TryAgain, match="is being loaded already"):
            load_collection(folder)
    assert load_collection(folder).counts.prints_created == 1


def test_progress_names_every_long_step(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg")])
    save(no_image_available(), folder / "images_to_remove" / "none.png")
    seen: list[tuple[int, int, str]] = []
    load_collection(folder, progress=lambda *told: seen.append(told))
    ended = {step for done, total, step in seen if done == total and total}
    assert ended == {
        "Reading metadata.csv", "Checking images", "Checking images_to_remove",
        "Comparing with images_to_remove", "Writing prints",
    }  # fmt: skip


def test_a_folder_outside_the_data_folder_is_refused_with_the_remedy(raw: Path, tmp_path: Path) -> None:
    outside = make_collection(tmp_path / "elsewhere", ["a.jpg"])
    with pytest.raises(UserError, match=r"not in Recto's data folder.*raw/elsewhere"):
        load_collection(outside)
    (raw / "linked").symlink_to(outside)
    assert load_collection(raw / "linked").counts.prints_created == 1
    assert PrintImage.objects.get().path == "raw/linked/images/a.jpg"


@pytest.mark.parametrize(("name", "code"), [("gone", "folder_missing"), ("empty", "images_missing")])
def test_what_is_no_collection_is_refused(raw: Path, name: str, code: str) -> None:
    (raw / "empty").mkdir()
    with pytest.raises(UserError) as raised:
        load_collection(raw / name)
    assert raised.value.code == code
    assert not Collection.objects.exists()


def test_a_name_without_any_letter_needs_a_slug(raw: Path) -> None:
    folder = make_collection(raw / "图版", ["a.jpg"])
    with pytest.raises(UserError, match="--slug"):
        load_collection(folder)
    assert load_collection(folder, slug="tuban").collection == "图版"


def test_a_table_that_is_too_large_is_refused(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.folders.MAX_TABLE_BYTES", 10)
    folder = make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg")])
    with pytest.raises(UserError, match="Split it"):
        load_collection(folder)
    assert ImportRun.objects.get().state == "failed"


def test_the_data_folder_itself_is_no_collection(raw: Path, data_dir: Path) -> None:
    make_collection(data_dir, ["a.jpg"])
    with pytest.raises(UserError, match="not in Recto's data folder"):
        load_collection(data_dir)


def test_a_workbook_is_read_like_a_csv(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg", "b.jpg"])
    book = Workbook()
    sheet = book.create_sheet("Prints", 0)
    for cells in ["record_id", "image_file", "title"], ["1", "a.jpg", "Käfer"], ["2", "b.jpg", "Lilie"]:
        sheet.append(cells)
    book.save(folder / "metadata.xlsx")
    (folder / "~$metadata.xlsx").write_bytes(b"open in a spreadsheet")
    summary = load_collection(folder)
    assert (summary.noted, summary.left_out) == ({}, {})
    found = Print.objects.order_by("record_id").values_list("record_id", "title", "images__path")
    assert list(found) == [("1", "Käfer", "raw/c/images/a.jpg"), ("2", "Lilie", "raw/c/images/b.jpg")]
    assert not load_collection(folder).counts.changed_anything


def test_a_workbook_that_cannot_be_read_is_refused(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"])
    (folder / "metadata.xlsx").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(UserError, match="workbook"):
        load_collection(folder)
    assert not Print.objects.exists()


@pytest.mark.parametrize("name", ["metadata.xlsx", "old.xls"])
def test_a_workbook_beside_its_csv_and_one_of_an_old_excel_are_named_and_not_read(
    raw: Path, name: str
) -> None:
    folder = make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg")])
    (folder / name).write_bytes(b"PK")
    summary = load_collection(folder)
    assert summary.counts.prints_created == 1
    assert summary.noted == {"workbook_not_read": 1}
