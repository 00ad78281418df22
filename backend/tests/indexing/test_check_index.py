"""manage.py check_index and build_index."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from indexing.models import Feature, IndexChange, KnnModel
from indexing.vectors import to_stored
from tests.indexing.fake_extractor import DIM, FakeExtractor
from tests.indexing.fixtures import MakePrint

pytestmark = pytest.mark.usefixtures("built")


@pytest.fixture
def built(make_print: MakePrint, extractor: FakeExtractor, data_dir: Path) -> None:
    make_print(1, 2, 3)
    call_command("build_index", stdout=StringIO())


def check() -> list[dict[str, str]]:
    """The differences that the command names."""
    out = StringIO()
    try:
        call_command("check_index", "--json", stdout=out)
    except CommandError:
        differences: list[dict[str, str]] = json.loads(out.getvalue())["differences"]
        return differences
    return []


def codes() -> set[str]:
    return {difference["code"] for difference in check()}


def first_feature() -> Feature:
    return Feature.objects.order_by("image_id")[0]


def test_what_was_built_agrees() -> None:
    out = StringIO()
    call_command("check_index", stdout=out)
    assert "3 images, 3 vectors" in out.getvalue()
    assert "3 sets of local features" in out.getvalue()
    assert "All agree." in out.getvalue()


def test_building_again_changes_nothing() -> None:
    version = KnnModel.objects.get(active=True, road="global").version
    call_command("build_index", stdout=StringIO())
    assert KnnModel.objects.get(active=True, road="global").version == version


def test_changes_after_the_publication_agree(make_print: MakePrint) -> None:
    first_feature().image.delete()
    make_print(4)
    call_command("build_index", stdout=StringIO())
    make_print(5)
    assert codes() == {"no_vector", "no_local_features"}


def test_an_image_without_a_vector_is_named(make_print: MakePrint) -> None:
    image = make_print(9).images.get()
    assert f"image {image.pk}." in check()[0]["sentence"]


def test_a_picture_left_out_with_a_reason_is_no_difference(make_print: MakePrint, data_dir: Path) -> None:
    image = make_print(9).images.get()
    (data_dir / image.path).write_bytes(b"broken")
    call_command("build_index", stdout=StringIO())
    assert codes() == set()


def _delete_behind_the_log() -> None:
    Feature.objects.filter(pk=first_feature().pk)._raw_delete("default")


def _store_behind_the_log() -> None:
    feature = first_feature()
    image_id = feature.image_id
    feature.delete()
    IndexChange.objects.all().delete()
    Feature.objects.create(
        image_id=image_id,
        descriptor=FakeExtractor().descriptor,
        vector=to_stored(np.eye(1, DIM, dtype=np.float32)[0]),
        image_sha256=feature.image.sha256,
    )


def _change_a_vector() -> None:
    other = to_stored(np.eye(1, DIM, dtype=np.float32)[0])
    Feature.objects.filter(pk=first_feature().pk).update(vector=other)


def _replace_a_file() -> None:
    image = first_feature().image
    image.sha256 = "f" * 64
    image.save()


def _damage_the_version() -> None:
    KnnModel.objects.filter(road="global").update(count=7)


@pytest.mark.parametrize(
    ("plant", "expected"),
    [
        (_delete_behind_the_log, {"no_vector", "indexed_only", "not_in_log"}),
        (_store_behind_the_log, {"other_vector"}),
        (_change_a_vector, {"other_vector"}),
        (_replace_a_file, {"old_vector", "old_local_features"}),
        (_damage_the_version, {"count"}),
    ],
)
def test_a_planted_difference_is_named(plant: Callable[[], None], expected: set[str]) -> None:
    plant()
    assert codes() == expected


def test_damaged_files_are_named(data_dir: Path) -> None:
    version = KnnModel.objects.get(active=True, road="global").version
    (data_dir / "processed/knn" / version / "index.faiss").write_bytes(b"damaged")
    assert codes() == {"artifact_damaged"}


def test_an_absent_extractor_stops_the_building_with_a_sentence(
    make_print: MakePrint, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexing.describing.PAUSES_S", ())
    extractor.away = True
    with pytest.raises(CommandError, match="away"):
        call_command("build_index", stdout=StringIO())
