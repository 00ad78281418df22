"""A hidden record that leaves and is brought again: whoever brings it says nothing of who may see it."""

from pathlib import Path

import pytest

from catalog.models import Collection, Print
from imports.editing import change_print, create_print, remove_print
from imports.services import load_collection
from tests.imports.pictures_drawn import make_collection, row
from tests.imports.staged import applied, record, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(raw: Path) -> Path:
    made = make_collection(raw / "c", ["a.jpg", "b.jpg"], [row("1", "a.jpg"), row("2", "b.jpg")])
    load_collection(made)
    hide("1")
    return made


def hide(record_id: str, *, hidden: bool = True) -> None:
    change_print(row=Print.objects.get(record_id=record_id), values={}, hidden=hidden, user=None)


def hidden() -> dict[str, bool]:
    return dict(Print.objects.order_by("record_id").values_list("record_id", "hidden"))


def test_that_was_away_with_its_scan_is_hidden_as_it_was(folder: Path) -> None:
    scan = folder / "images" / "a.jpg"
    content = scan.read_bytes()
    scan.unlink()
    load_collection(folder, remove_missing=True)
    assert hidden() == {"2": False}
    scan.write_bytes(content)
    load_collection(folder)
    assert hidden() == {"1": True, "2": False}


def test_that_was_removed_here_is_hidden_when_the_folder_has_it_back(folder: Path) -> None:
    remove_print(row=Print.objects.get(record_id="1"), user=None)
    load_collection(folder, over_edits=True)
    assert hidden() == {"1": True, "2": False}


def test_that_was_removed_by_a_table_is_hidden_when_another_table_brings_it(folder: Path) -> None:
    collection = Collection.objects.get()
    applied(staged(collection, removed=["1"]))
    applied(staged(collection, record("1"), record("3")))
    assert hidden() == {"1": True, "2": False, "3": False}


def test_that_was_shown_again_is_shown(folder: Path) -> None:
    hide("1", hidden=False)
    remove_print(row=Print.objects.get(record_id="1"), user=None)
    load_collection(folder, over_edits=True)
    assert hidden() == {"1": False, "2": False}


def test_that_a_curator_writes_anew_is_what_they_say(folder: Path) -> None:
    remove_print(row=Print.objects.get(record_id="1"), user=None)
    create_print(collection=Collection.objects.get(), record_id="1", values={}, hidden=False, user=None)
    assert hidden() == {"1": False, "2": False}
