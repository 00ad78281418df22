"""Loading folders: what is created, and what a second time changes."""

import os
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from catalog.models import Person, Print, PrintImage, Relation
from imports.services import load_collection
from imports.summary import Counts
from tests.imports.pictures_drawn import (
    engraving,
    make_collection,
    row,
    save,
    write_table,
)
from tests.imports.stored import people_of

pytestmark = pytest.mark.django_db


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


def test_rows_of_one_record_are_several_pictures_of_one_print(raw: Path) -> None:
    rows = [row("1", "b.jpg", title="A"), row("1", "a.jpg", title="A")]
    load_collection(make_collection(raw / "c", ["a.jpg", "b.jpg"], rows))
    images = Print.objects.get().images.all()
    assert [(image.path, image.position) for image in images] == [
        ("raw/c/images/b.jpg", 0),
        ("raw/c/images/a.jpg", 1),
    ]


def test_the_same_person_in_two_spellings_of_roles_and_two_collections_is_one(raw: Path) -> None:
    cell = "Doré, Gustave (1832 - 1883), designer"
    load_collection(make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg", person=f"{cell}; {cell}")]))
    load_collection(make_collection(raw / "d", ["a.jpg"], [row("1", "a.jpg", person=cell)]))
    assert Person.objects.count() == 1
    assert Print.objects.count() == 2
    load_collection(make_collection(raw / "e", ["a.jpg"], [row("1", "a.jpg", person="Anonym")]))
    load_collection(make_collection(raw / "f", ["a.jpg"], [row("1", "a.jpg", person="Anonym")]))
    assert Person.objects.filter(name="Anonym").count() == 1
