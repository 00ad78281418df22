"""What a loading removes or follows it writes in batches: others can write between, what is written stays."""

from pathlib import Path

import pytest

from catalog.models import Collection, Print, PrintImage
from imports import applying
from imports.applying import Catalogue, follow_moved_files, remove_empty_prints, remove_images
from imports.names import Names
from imports.picture import Picture
from imports.queries import stored_images, stored_prints

PATHS = [f"raw/c/images/{number}.jpg" for number in range(3)]


@pytest.fixture
def catalogue(db: None, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """Three prints with a picture each, which are written one by one; the third writing fails."""
    collection = Collection.objects.create(slug="c", name="C")
    for number, path in enumerate(PATHS):
        one = Print.objects.create(collection=collection, record_id=str(number))
        PrintImage.objects.create(print=one, path=path, sha256=path, width=1, height=1, format="JPEG")
    monkeypatch.setattr(applying, "BATCH", 1)
    return Catalogue(collection, stored_prints(collection), stored_images(collection), Names(), 0)


def fail_at_the_third(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    usual, calls = getattr(applying, name), [0]

    def counted(*args: object) -> object:
        calls[0] += 1
        return usual(*args) if calls[0] < 3 else 1 / 0

    monkeypatch.setattr(applying, name, counted)


def test_pictures_that_go(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at_the_third(monkeypatch, "lock_appends")
    with pytest.raises(ZeroDivisionError):
        remove_images(catalogue, PATHS)
    assert list(PrintImage.objects.values_list("path", flat=True)) == PATHS[2:]


def test_files_that_were_moved(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at_the_third(monkeypatch, "lock_appends")
    moved = [Picture("x", path.replace("images", "images/new"), path, 1, 1, "JPEG") for path in PATHS]
    with pytest.raises(ZeroDivisionError):
        follow_moved_files(catalogue, moved, PATHS)
    there = PrintImage.objects.order_by("pk").values_list("path", flat=True)
    assert list(there) == [*(one.path for one in moved[:2]), PATHS[2]]


def test_prints_that_lost_their_pictures(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    remove_images(catalogue, PATHS)
    fail_at_the_third(monkeypatch, "remove_prints")
    with pytest.raises(ZeroDivisionError):
        remove_empty_prints(catalogue)
    assert list(Print.objects.values_list("record_id", flat=True)) == ["2"]
