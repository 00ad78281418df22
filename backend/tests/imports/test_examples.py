"""The photographs of examples/."""

from pathlib import Path

import pytest

from catalog.audience import EVERYTHING
from catalog.models import Example, Print
from catalog.queries import examples
from imports.editing import remove_print
from imports.services import load_collection
from tests.imports.pictures_drawn import engraving, make_collection, row, save, write_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(raw: Path) -> Path:
    made = make_collection(raw / "c", ["a.jpg"], [row("1", "a.jpg")])
    save(engraving(7), made / "examples" / "phone_1.jpg")
    save(engraving(8), made / "examples" / "phone_2.jpg")
    return made


def test_examples_are_loaded_with_their_titles_and_prints(folder: Path) -> None:
    write_table(
        folder / "examples" / "examples.csv",
        ["phone_1.jpg,On the table,1", "phone_2.jpg,,99", "gone.jpg,x,1"],
        header="file,title,record_id",
    )
    summary = load_collection(folder)
    assert summary.counts.examples == 2
    assert [(one.slug, one.title, one.print_id) for one in Example.objects.all()] == [
        ("c-phone_1", "On the table", Print.objects.get().pk),
        ("c-phone_2", "phone 2", None),
    ]
    assert Example.objects.all()[0].path == "raw/c/examples/phone_1.jpg"
    assert summary.noted == {"example_print_missing": 1}
    assert summary.left_out == {"example_missing": 1}


def test_loading_again_keeps_the_examples_and_forgets_what_is_gone(folder: Path) -> None:
    load_collection(folder)
    first = list(Example.objects.values())
    load_collection(folder)
    assert list(Example.objects.values()) == first
    (folder / "examples" / "phone_1.jpg").unlink()
    load_collection(folder)
    assert [one.slug for one in Example.objects.all()] == ["c-phone_2"]


def test_the_example_of_a_removed_record_stays_away_with_it_also_when_its_folder_is_loaded_again(
    folder: Path,
) -> None:
    write_table(folder / "examples" / "examples.csv", ["phone_1.jpg,,1"], header="file,title,record_id")
    load_collection(folder)
    remove_print(row=Print.objects.get(), user=None)
    load_collection(folder)
    assert [one.slug for one in examples(audience=EVERYTHING)] == ["c-phone_2"]
    load_collection(folder, over_edits=True)
    assert [one.slug for one in examples(audience=EVERYTHING)] == ["c-phone_1", "c-phone_2"]


def test_a_broken_example_is_left_out(folder: Path) -> None:
    (folder / "examples" / "phone_1.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut")
    summary = load_collection(folder)
    assert summary.counts.examples == 1
    assert summary.left_out == {"image_damaged": 1}


def test_examples_whose_names_differ_only_in_the_ending_are_two(folder: Path) -> None:
    save(engraving(9), folder / "examples" / "phone_1.png")
    load_collection(folder)
    slugs = [one.slug for one in Example.objects.all()]
    assert len(set(slugs)) == 3
    load_collection(folder)
    assert sorted(slugs) == sorted(one.slug for one in Example.objects.all())


def test_examples_of_two_collections_whose_names_meet_are_both_kept(raw: Path) -> None:
    """c, x-y.jpg and c-x, y.jpg."""
    for name, file in (("c", "x-y.jpg"), ("c-x", "y.jpg")):
        made = make_collection(raw / name, ["a.jpg"], [row("1", "a.jpg")])
        save(engraving(7), made / "examples" / file)
    for name in ("c", "c-x", "c", "c-x"):
        load_collection(raw / name)
    kept = Example.objects.order_by("path").values_list("path", "collection__slug")
    assert list(kept) == [("raw/c-x/examples/y.jpg", "c-x"), ("raw/c/examples/x-y.jpg", "c")]
    assert Example.objects.get(path__startswith="raw/c/").slug == "c-x-y"
