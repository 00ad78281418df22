"""What each start does to the collections that are there already."""

from pathlib import Path

import pytest

from accounts.models import AuditEntry
from catalog.models import Collection
from serve.load import SAMPLE_NAME, load
from tests.imports.pictures_drawn import make_collection


@pytest.fixture
def sample(db: None, data_dir: Path) -> Path:
    return make_collection(data_dir / "processed" / "sample", ["a.jpg"])


def test_the_sample_has_a_name_of_its_own(sample: Path) -> None:
    load(sample)
    assert Collection.objects.get(slug="sample").name == SAMPLE_NAME


def test_the_name_that_a_curator_gave_the_sample_stays(sample: Path) -> None:
    load(sample)
    Collection.objects.filter(slug="sample").update(name="Unsere Drucke", visibility="private")
    load(sample)
    kept = Collection.objects.get(slug="sample")
    assert (kept.name, kept.visibility) == ("Unsere Drucke", "private")
    assert AuditEntry.objects.filter(action="collection_created").count() == 1
