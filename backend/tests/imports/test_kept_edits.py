"""Loading a folder again, as every start does, after people have changed its records in Recto."""

from pathlib import Path

import pytest
from django.core.management import call_command

from catalog.models import Collection, Print, PrintImage, Revision
from imports.editing import change_print, create_print, remove_print, restore_revision
from imports.editing_images import remove_image, replace_image
from imports.services import load_collection
from imports.summary import Counts, LoadSummary
from tests.imports.pictures_drawn import engraving, make_collection, row, save, write_table
from tests.imports.staged import applied, record, staged, undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(raw: Path) -> Path:
    rows = [row("1", "a.jpg", title="Die Kanone"), row("2", "b.jpg", title="Der Fisch")]
    made = make_collection(raw / "c", ["a.jpg", "b.jpg", "undescribed.jpg"], rows)
    load_collection(made)
    return made


def noted(summary: LoadSummary) -> dict[str, int]:
    return {**summary.noted, **summary.left_out}


def edit(record_id: str, title: str) -> None:
    change_print(row=Print.objects.get(record_id=record_id), values={"title": title}, hidden=None, user=None)


def titles() -> dict[str, str]:
    return dict(Print.objects.order_by("record_id").values_list("record_id", "title"))


def paths() -> set[str]:
    return {Path(path).name for path in PrintImage.objects.values_list("path", flat=True)}


def test_an_edited_title_stays_and_the_other_rows_count(folder: Path) -> None:
    edit("1", "Die große Kanone")
    rows = [row("1", "a.jpg", title="Die Kanone"), row("2", "b.jpg", title="Zwei Fische")]
    write_table(folder / "metadata.csv", rows)

    summary = load_collection(folder)

    assert titles()["1"] == "Die große Kanone"
    assert titles()["2"] == "Zwei Fische"
    assert summary.counts.prints_changed == 1
    assert noted(summary) == {"edited_here": 1}
    (issue,) = summary.issues
    assert "record '1'" in issue.reason
    assert "--over-edits" in issue.reason


def test_of_very_many_edits_the_first_are_named_and_the_others_counted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each start keeps its findings."""
    monkeypatch.setattr("imports.kept_edits.MOST_NAMED", 1)
    edit("1", "Die große Kanone")
    edit("2", "Der große Fisch")
    told = [issue.reason for issue in load_collection(folder).issues]
    assert len(told) == 2
    assert "record '1'" in told[0]
    assert told[1].startswith("1 more ")


def test_an_edit_that_the_table_has_taken_over_is_not_spoken_of(folder: Path) -> None:
    edit("1", "Die große Kanone")
    rows = [row("1", "a.jpg", title="Die große Kanone"), row("2", "b.jpg", title="Der Fisch")]
    write_table(folder / "metadata.csv", rows)
    summary = load_collection(folder)
    assert noted(summary) == {}
    assert not summary.counts.changed_anything


def test_over_edits_the_table_counts(folder: Path) -> None:
    edit("1", "Die große Kanone")
    remove_print(row=Print.objects.get(record_id="2"), user=None)
    call_command("load_collection", str(folder), over_edits=True)
    assert (titles()["1"], titles()["2"]) == ("Die Kanone", "Der Fisch")
    assert "b.jpg" in paths()


@pytest.mark.parametrize("record_id", ["2", "undescribed.jpg"])
def test_a_removed_record_stays_away_with_its_pictures(folder: Path, record_id: str) -> None:
    remove_print(row=Print.objects.get(record_id=record_id), user=None)
    before = titles(), paths()
    summary = load_collection(folder)
    assert (titles(), paths()) == before
    assert not summary.counts.changed_anything
    assert summary.left_out == {"removed_here": 1}
    assert "--over-edits" in summary.issues[0].reason


def test_a_removed_picture_stays_away_and_a_new_one_comes(folder: Path) -> None:
    remove_image(image=PrintImage.objects.get(path__endswith="/a.jpg"), user=None)
    save(engraving(77), folder / "images" / "a2.jpg")
    rows = [row("1", "a.jpg;a2.jpg", title="Another"), row("2", "b.jpg", title="Der Fisch")]
    write_table(folder / "metadata.csv", rows)

    summary = load_collection(folder)

    assert paths() == {"a2.jpg", "b.jpg", "undescribed.jpg"}
    assert PrintImage.objects.get(path__endswith="/a2.jpg").print.record_id == "1"
    assert titles()["1"] == "Die Kanone"
    assert summary.counts.images_added == 1
    again = load_collection(folder)
    assert not again.counts.changed_anything


def test_a_picture_that_has_other_bytes_by_now_comes_back(folder: Path) -> None:
    """Whoever exchanges a file means the new one."""
    remove_image(image=PrintImage.objects.get(path__endswith="/a.jpg"), user=None)
    save(engraving(78), folder / "images" / "a.jpg")
    load_collection(folder)
    assert "a.jpg" in paths()


def test_a_scan_that_replaced_one_of_the_folder_stays(folder: Path, tmp_path: Path) -> None:
    image = PrintImage.objects.get(path__endswith="/a.jpg")
    better = tmp_path / "better.jpg"
    save(engraving(79), better)
    replace_image(image=image, file=better, name="better.jpg", user=None)
    before = paths()
    summary = load_collection(folder)
    assert paths() == before
    assert "a.jpg" not in before
    assert summary.counts == Counts(prints_unchanged=1, images_unchanged=2)


def test_an_exchanged_file_of_an_edited_record_is_taken_and_keeps_its_place(folder: Path) -> None:
    edit("1", "Die große Kanone")
    old = PrintImage.objects.get(path__endswith="/a.jpg")
    save(engraving(80), folder / "images" / "a.jpg")
    summary = load_collection(folder)
    new = PrintImage.objects.get(path__endswith="/a.jpg")
    assert (new.pk, new.position) == (old.pk, old.position)
    assert new.sha256 != old.sha256
    assert summary.counts.images_replaced == 1


def test_a_removed_record_stays_away_when_its_file_is_renamed(folder: Path) -> None:
    remove_print(row=Print.objects.get(record_id="undescribed.jpg"), user=None)
    (folder / "images" / "undescribed.jpg").rename(folder / "images" / "in another place.jpg")
    load_collection(folder)
    assert sorted(titles()) == ["1", "2"]


def test_a_removed_picture_stays_away_when_its_file_is_renamed_as_the_table_says(folder: Path) -> None:
    remove_image(image=PrintImage.objects.get(path__endswith="/a.jpg"), user=None)
    (folder / "images" / "a.jpg").rename(folder / "images" / "z.jpg")
    write_table(folder / "metadata.csv", [row("1", "z.jpg"), row("2", "b.jpg", title="Der Fisch")])
    load_collection(folder)
    assert paths() == {"b.jpg", "undescribed.jpg"}


def test_a_copy_of_a_picture_that_an_edited_record_still_has_is_loaded(folder: Path) -> None:
    edit("1", "Die große Kanone")
    copy = folder / "images" / "copy.jpg"
    copy.write_bytes((folder / "images" / "a.jpg").read_bytes())
    load_collection(folder)
    assert "copy.jpg" in titles()


def test_an_edited_record_keeps_the_picture_that_the_table_gives_to_another(folder: Path) -> None:
    edit("1", "Die große Kanone")
    write_table(folder / "metadata.csv", [row("1", ""), row("2", "a.jpg;b.jpg", title="Der Fisch")])
    load_collection(folder)
    assert titles()["1"] == "Die große Kanone"
    assert PrintImage.objects.get(path__endswith="/a.jpg").print.record_id == "1"


def test_an_edited_record_whose_only_picture_became_a_placeholder_is_there_without_it(folder: Path) -> None:
    edit("1", "Die große Kanone")
    save(engraving(0), folder / "images_to_remove" / "nothing.jpg")
    load_collection(folder)
    assert titles()["1"] == "Die große Kanone"
    assert "a.jpg" not in paths()


def improve(folder: Path, title: str = "Besser") -> LoadSummary:
    """The table says something new of record 1, and the folder is loaded again."""
    rows = [row("1", "a.jpg", title=title), row("2", "b.jpg", title="Der Fisch")]
    write_table(folder / "metadata.csv", rows)
    return load_collection(folder)


def go_back(*, before: bool = True) -> None:
    restore_revision(revision=Revision.objects.latest("pk"), before=before, user=None)


def test_an_edit_that_was_taken_back_leaves_the_record_to_its_folder(folder: Path) -> None:
    edit("1", "Die große Kanone")
    go_back()
    assert noted(improve(folder)) == {}
    assert titles()["1"] == "Besser"


def test_a_state_that_a_curator_chose_over_the_folders_stays(folder: Path) -> None:
    edit("1", "Die große Kanone")
    go_back()
    improve(folder)
    go_back(before=False)
    assert titles()["1"] == "Die Kanone"
    load_collection(folder)
    assert titles()["1"] == "Die Kanone"


def test_an_edit_stays_when_what_came_after_its_record_got_a_picture_was_taken_back(folder: Path) -> None:
    edit("1", "Die große Kanone")
    save(engraving(81), folder / "images" / "new.jpg")
    write_table(folder / "metadata.csv", [row("1", "a.jpg;new.jpg"), row("2", "b.jpg", title="Der Fisch")])
    load_collection(folder)
    edit("1", "Die kleine Kanone")
    go_back()
    improve(folder)
    assert titles()["1"] == "Die große Kanone"


def test_a_record_that_was_removed_and_brought_back_is_left_to_its_folder(folder: Path) -> None:
    remove_print(row=Print.objects.get(record_id="1"), user=None)
    go_back()
    improve(folder)
    assert titles()["1"] == "Besser"
    assert "a.jpg" in paths()


def test_a_record_that_was_made_and_removed_in_recto_does_not_come_with_the_folder(folder: Path) -> None:
    collection = Collection.objects.get()
    pk = create_print(collection=collection, record_id="3", values={}, hidden=False, user=None)
    remove_print(row=Print.objects.get(pk=pk), user=None)
    save(engraving(82), folder / "images" / "3.jpg")
    write_table(folder / "metadata.csv", [row("1", "a.jpg"), row("2", "b.jpg"), row("3", "3.jpg")])
    load_collection(folder)
    assert "3" not in titles()


def test_a_hidden_record_stays_hidden_and_takes_what_its_table_says(folder: Path) -> None:
    change_print(row=Print.objects.get(record_id="1"), values={}, hidden=True, user=None)
    improve(folder)
    assert list(Print.objects.filter(hidden=True).values_list("record_id", "title")) == [("1", "Besser")]


def test_an_import_that_was_undone_leaves_its_records_to_their_folder(folder: Path) -> None:
    undone(applied(staged(Collection.objects.get(), record("1", title="Aus der Tabelle"))))
    assert noted(improve(folder)) == {}
    assert titles()["1"] == "Besser"


def test_what_an_undone_import_brought_may_come_with_the_folder(folder: Path) -> None:
    """With the very scans that the import had brought."""
    scan = save(engraving(83), folder / "images" / "3.jpg")
    run = staged(Collection.objects.get(), record("3", title="Aus der Tabelle"))
    undone(applied(run, {"3": [scan.read_bytes()]}))
    rows = [row("1", "a.jpg"), row("2", "b.jpg"), row("3", "3.jpg", title="Aus dem Ordner")]
    write_table(folder / "metadata.csv", rows)
    summary = load_collection(folder)
    assert summary.left_out == {}
    assert titles()["3"] == "Aus dem Ordner"
    assert "3.jpg" in paths()


def test_a_record_that_was_edited_before_an_import_was_undone_keeps_the_edit(folder: Path) -> None:
    edit("1", "Die große Kanone")
    undone(applied(staged(Collection.objects.get(), record("1", title="Aus der Tabelle"))))
    improve(folder)
    assert titles()["1"] == "Die große Kanone"


def test_what_was_given_back_to_the_folder_stays_its(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is loaded over edits counts at the next starts, too, until a record is edited again."""
    monkeypatch.setattr("imports.runs.KEPT_RUNS", 1)
    edit("1", "Die große Kanone")
    remove_print(row=Print.objects.get(record_id="2"), user=None)
    load_collection(folder, over_edits=True)
    load_collection(folder)
    assert noted(improve(folder)) == {}
    assert titles()["1"] == "Besser"
    edit("1", "Die große Kanone")
    assert noted(improve(folder, title="Noch besser")) == {"edited_here": 1}
    assert titles()["1"] == "Die große Kanone"


def test_over_edits_the_folders_scan_is_back_beside_the_curators(folder: Path, tmp_path: Path) -> None:
    image = PrintImage.objects.get(path__endswith="/a.jpg")
    better = save(engraving(84), tmp_path / "better.jpg")
    replace_image(image=image, file=better, name="better.jpg", user=None)
    load_collection(folder, over_edits=True)
    names = Print.objects.get(record_id="1").images.values_list("name", "path")
    assert [name or Path(path).name for name, path in names] == ["better.jpg", "a.jpg"]


def test_a_picture_that_stays_away_from_its_edited_record_is_told(folder: Path) -> None:
    remove_image(image=PrintImage.objects.get(path__endswith="/a.jpg"), user=None)
    (issue,) = load_collection(folder).issues
    assert (issue.code, issue.left_out) == ("removed_here", True)
    assert "a.jpg" in issue.reason
