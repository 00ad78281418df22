"""Loading folders: what is created, what a second time changes, and what is left out and said so."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from catalog.models import Collection, Person, Print, PrintImage, Relation
from core.errors import TryAgain, UserError
from core.models import Job
from imports import services
from imports.models import CheckedFile, ImportIssue, ImportRun
from imports.services import load_collection
from imports.summary import Counts, LoadSummary
from tests.imports.pictures_drawn import (
    engraving,
    make_collection,
    no_image_available,
    row,
    save,
    write_table,
)
from tests.imports.stored import people_of

pytestmark = pytest.mark.django_db


def left_out(summary: LoadSummary) -> dict[str, str]:
    """The code of the reason by file."""
    return {issue.source.file: issue.code for issue in summary.issues if issue.left_out}


def test_a_folder_with_a_table_is_loaded(raw: Path) -> None:
    rows = [
        row(
            "14943", "a.jpg", invNr="1916.0047.1", title="Die Kanone", classification="Druckgraphik",
            date="Entstehung des Druckträgers: 1915 - 1916", matTec="Radierung, Kupferstich",
            person="Vallotton, Félix (1865 - 1925), Künstler, Herausgeber; Doré, Gustave (1832 - 1883), x",
            institutionIsil="Graphische Sammlung ETH Zürich (CH-000511-9)",
            relations="dublette, 1916.0047.2; vorlage, D 123",
        ),
        row("14944", "b.jpg", invNr="1916.0047.2", date="ca. 1520"),
    ]  # fmt: skip
    summary = load_collection(make_collection(raw / "eth", ["a.jpg", "b.jpg"], rows))

    assert summary.counts == Counts(prints_created=2, images_added=2)
    assert summary.issues == ()
    one = Print.objects.get(record_id="14943")
    assert (one.title, one.date_text) == ("Die Kanone", "Entstehung des Druckträgers: 1915 - 1916")
    assert (one.year_min, one.year_max) == (1915, 1916)
    assert people_of(one) == [
        ("Vallotton, Félix", 1865, 1925, ["Künstler", "Herausgeber"]),
        ("Doré, Gustave", 1832, 1883, ["x"]),
    ]
    assert sorted(technique.name for technique in one.techniques.all()) == ["Kupferstich", "Radierung"]
    assert one.institution is not None
    assert (one.institution.name, one.institution.isil) == ("Graphische Sammlung ETH Zürich", "CH-000511-9")
    other = Print.objects.get(record_id="14944")
    assert {(r.kind, r.target_text, r.target_id) for r in one.relations.all()} == {
        ("dublette", "1916.0047.2", other.pk),
        ("vorlage", "D 123", None),
    }
    image = one.images.get()
    assert (image.path, image.width, image.height, image.format) == ("raw/eth/images/a.jpg", 160, 200, "JPEG")
    assert "kanone" in one.search_text


def test_loading_again_changes_nothing_and_reads_no_picture(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_collection(
        raw / "c", ["a.jpg", "b.jpg"], [row("1", "a.jpg", date="1520", relations="x, 2")]
    )
    load_collection(folder)
    before = list(Print.objects.order_by("pk").values()), list(PrintImage.objects.order_by("pk").values())
    relations = list(Relation.objects.values())
    monkeypatch.setattr("imports.pictures.decode", None)

    summary = load_collection(folder)

    assert summary.counts == Counts(prints_unchanged=1, images_unchanged=2)
    assert not summary.counts.changed_anything
    assert before == (
        list(Print.objects.order_by("pk").values()),
        list(PrintImage.objects.order_by("pk").values()),
    )
    assert relations == list(Relation.objects.values())


def test_loading_again_costs_a_fixed_number_of_queries(
    raw: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    names = [f"{number}.png" for number in range(30)]
    folder = make_collection(
        raw / "c", names, [row(str(n), name, title=name) for n, name in enumerate(names)]
    )
    load_collection(folder)
    with django_assert_max_num_queries(60):
        load_collection(folder)


def test_added_files_and_rows_are_added_and_nothing_else_is_touched(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg")])
    load_collection(folder)
    kept = PrintImage.objects.get()
    save(engraving(50), folder / "images" / "b.jpg")
    write_table(folder / "metadata" / "more.csv", [row("2", "b.jpg", title="B")])

    summary = load_collection(folder)

    assert summary.counts == Counts(prints_created=1, prints_unchanged=1, images_added=1, images_unchanged=1)
    assert PrintImage.objects.get(pk=kept.pk).print_id == kept.print_id


def test_a_changed_row_changes_its_print_and_keeps_its_picture(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg", person="A (1900), x", title="Old")])
    load_collection(folder)
    image = PrintImage.objects.get()
    write_table(folder / "metadata.csv", [row("1", "a.jpg", person="B (1901), y", title="New")])

    summary = load_collection(folder)

    assert summary.counts == Counts(prints_changed=1, images_unchanged=1)
    assert PrintImage.objects.get() == image
    assert image.print.title == "New"
    assert [(p.person.name, p.roles) for p in image.print.print_people.all()] == [("B", ["y"])]
    assert "new" in image.print.search_text


def test_a_changed_file_replaces_the_bytes_of_its_picture(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg", "b.jpg"], [row("1", "a.jpg")])
    load_collection(folder)
    before = {image.path: (image.pk, image.sha256) for image in PrintImage.objects.all()}
    for name in ("a.jpg", "b.jpg"):
        save(engraving(99, (120, 90)), folder / "images" / name)

    summary = load_collection(folder)

    assert summary.counts == Counts(prints_unchanged=1, images_replaced=2)
    for image in PrintImage.objects.all():
        assert image.pk == before[image.path][0]
        assert image.sha256 != before[image.path][1]
        assert (image.width, image.height) == (120, 90)


def test_a_touched_file_with_the_same_bytes_is_unchanged(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"])
    load_collection(folder)
    os.utime(folder / "images" / "a.jpg", ns=(1, 1))
    assert load_collection(folder).counts == Counts(images_unchanged=1)


def test_a_renamed_file_keeps_its_picture_and_print(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg", title="A")])
    load_collection(folder)
    image = PrintImage.objects.get()
    (folder / "images" / "new").mkdir()
    (folder / "images" / "a.jpg").rename(folder / "images" / "new" / "a.jpg")

    summary = load_collection(folder)

    assert summary.counts == Counts(prints_unchanged=1, images_moved=1, images_unchanged=1)
    assert PrintImage.objects.get().pk == image.pk
    assert PrintImage.objects.get().path == "raw/c/images/new/a.jpg"


def test_pictures_without_metadata_become_prints_of_their_own(raw: Path) -> None:
    summary = load_collection(make_collection(raw / "c", ["a.jpg", "x/b.png", "y/b.png"]))
    assert summary.counts == Counts(prints_created=3, images_added=3, prints_without_metadata=3)
    assert sorted(Print.objects.values_list("record_id", flat=True)) == ["a.jpg", "b.png", "y/b.png"]
    assert summary.noted == {"no_metadata": 1}


def test_metadata_that_comes_later_takes_the_picture_over(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"])
    load_collection(folder)
    image = PrintImage.objects.get()
    write_table(folder / "metadata.csv", [row("7", "a.jpg", title="Now known")])

    summary = load_collection(folder)

    assert summary.counts == Counts(prints_created=1, prints_removed=1, images_moved=1)
    assert Print.objects.get().record_id == "7"
    assert PrintImage.objects.get().pk == image.pk


def test_a_table_that_is_gone_takes_no_metadata_with_it(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"], [row("7", "a.jpg", title="Known")])
    load_collection(folder)
    (folder / "metadata.csv").unlink()
    assert load_collection(folder).counts == Counts(images_unchanged=1)
    assert Print.objects.get().title == "Known"


def test_rows_without_a_picture_are_left_out_and_named(raw: Path) -> None:
    summary = load_collection(
        make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg"), row("2", "gone.jpg")])
    )
    assert summary.counts == Counts(prints_created=1, images_added=1)
    assert summary.left_out == {"row_without_image": 1}
    issue = ImportIssue.objects.get(code="row_without_image")
    assert (issue.file, issue.row, issue.left_out) == ("metadata.csv", 3, True)
    assert ImportIssue.objects.get(code="image_missing").value == "gone.jpg"


def test_rows_of_one_record_are_several_pictures_of_one_print(raw: Path) -> None:
    rows = [row("1", "b.jpg", title="A"), row("1", "a.jpg", title="A")]
    load_collection(make_collection(raw / "c", ["a.jpg", "b.jpg"], rows))
    images = Print.objects.get().images.all()
    assert [(image.path, image.position) for image in images] == [
        ("raw/c/images/b.jpg", 0),
        ("raw/c/images/a.jpg", 1),
    ]


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


def test_the_same_person_in_two_spellings_of_roles_and_two_collections_is_one(raw: Path) -> None:
    cell = "Doré, Gustave (1832 - 1883), designer"
    load_collection(make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg", person=f"{cell}; {cell}")]))
    load_collection(make_collection(raw / "d", ["a.jpg"], [row("1", "a.jpg", person=cell)]))
    assert Person.objects.count() == 1
    assert Print.objects.count() == 2
    load_collection(make_collection(raw / "e", ["a.jpg"], [row("1", "a.jpg", person="Anonym")]))
    load_collection(make_collection(raw / "f", ["a.jpg"], [row("1", "a.jpg", person="Anonym")]))
    assert Person.objects.filter(name="Anonym").count() == 1


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


def test_a_workbook_is_named_and_not_read(raw: Path) -> None:
    folder = make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg")])
    (folder / "metadata").mkdir()
    (folder / "metadata" / "list.xlsx").write_bytes(b"PK")
    summary = load_collection(folder)
    assert summary.counts.prints_created == 1
    assert summary.noted == {"workbook_not_read": 1}
