"""The 648 real prints, loaded and compared with what their table says: row by row, and some by hand."""

import csv
from pathlib import Path

import pytest

from catalog.models import Print, PrintImage
from imports.services import load_collection
from imports.summary import Counts
from tests.imports.stored import people_of

pytestmark = pytest.mark.django_db

SPOTS = {
    # record id: (title begins, years, people)
    "1": (
        'Illustration bookcover, from "The History of Don Quixote',
        (1863, 1863),
        [("Doré, Gustave", 1832, 1883, ["designer"]), ("Pisan, Héliodore", 1822, 1890, ["engraver"])],
    ),
}


@pytest.fixture
def prints(shared_data: Path, raw: Path) -> Path:
    (raw / "prints").symlink_to(shared_data / "prints")
    return raw / "prints"


def test_the_real_prints_are_loaded_as_their_table_says(
    prints: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = load_collection(prints)
    assert summary.counts == Counts(prints_created=648, images_added=648)
    assert summary.issues == ()
    assert (Print.objects.count(), PrintImage.objects.count()) == (648, 648)

    with (prints / "metadata.csv").open(encoding="utf-8-sig", newline="") as table:
        said = {row["recordID"]: row for row in csv.DictReader(table)}
    for one in Print.objects.prefetch_related("images", "techniques", "print_people__person"):
        row = said[one.record_id]
        assert (one.title, one.inventory_number, one.date_text) == (row["title"], row["invNr"], row["date"])
        assert [image.path for image in one.images.all()] == [f"raw/prints/images/{row['image_file']}"]
        assert {technique.name for technique in one.techniques.all()} == set(row["matTec"].split(", "))
        assert len(one.print_people.all()) == row["person"].count(";") + 1

    assert set(Print.objects.values_list("date_text", "year_min", "year_max")) == {
        ("First published: 1863", 1863, 1863),
        ("1883 - 1884", 1883, 1884),
        ("1884 - 1885", 1884, 1885),
        ("1889", 1889, 1889),
        ("designed 1523 - 1525, published 1538", 1523, 1538),
    }
    for record_id, (title, years, people) in SPOTS.items():
        one = Print.objects.get(record_id=record_id)
        assert one.title.startswith(title)
        assert (one.year_min, one.year_max) == years
        assert people_of(one) == people
    holbein = Print.objects.filter(year_min=1523).first()
    assert holbein is not None
    assert people_of(holbein) == [
        ("Holbein, Hans, the Younger", 1497, 1543, ["designer"]),
        ("Lützelburger, Hans", None, 1526, ["block cutter"]),
    ]

    monkeypatch.setattr("imports.pictures.decode", None)  # nothing is read a second time
    again = load_collection(prints)
    assert again.counts == Counts(prints_unchanged=648, images_unchanged=648)


def test_files_that_break_naive_decoders_stop_nothing(shared_data: Path, raw: Path) -> None:
    odd = shared_data / "odd-images"
    (raw / "odd").mkdir()
    (raw / "odd" / "images").symlink_to(odd)
    summary = load_collection(raw / "odd")
    files = sum(1 for path in odd.iterdir() if not path.name.startswith("."))
    assert summary.counts.images_added + sum(summary.left_out.values()) == files
    assert summary.counts.images_added > 0
    assert all(issue.reason for issue in summary.issues)
