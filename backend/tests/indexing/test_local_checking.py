"""manage.py check_index and build_index on the local road."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from search_model.local.codec import Codec
from search_model.local.features import extract_local

from indexing import local_checking
from indexing.local_checking import compare_local_index
from indexing.models import IndexChange, KnnModel, LocalFeature, Road
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint, drawing

pytestmark = pytest.mark.usefixtures("built")


@pytest.fixture
def built(make_print: MakePrint, extractor: FakeExtractor, data_dir: Path) -> None:
    make_print(1, 2, 3)
    call_command("build_index", stdout=StringIO())


def codes() -> set[str]:
    return {difference.code for difference in compare_local_index().differences}


def first_row() -> LocalFeature:
    return LocalFeature.objects.order_by("image_id")[0]


def packed(seed: int) -> bytes:
    row: bytes = Codec.shipped().encode(extract_local(drawing(seed), role="catalogue"))
    return row


def test_what_was_built_agrees() -> None:
    agreement = compare_local_index()
    assert agreement.differences == []
    assert (agreement.images, agreement.features, agreement.indexed, agreement.left_out) == (3, 3, 3, 0)
    assert agreement.version == KnnModel.objects.get(road=Road.LOCAL).version


def test_changes_after_the_publication_agree(make_print: MakePrint) -> None:
    first_row().image.delete()
    make_print(4)
    call_command("build_index", stdout=StringIO())
    first_row().image.delete()
    assert codes() == set()


def test_an_image_without_local_features_is_named(make_print: MakePrint) -> None:
    image = make_print(9).images.get()
    difference = compare_local_index().differences[0]
    assert difference.code == "no_local_features"
    assert f"image {image.pk}." in difference.sentence


def _delete_behind_the_log() -> None:
    LocalFeature.objects.filter(pk=first_row().pk)._raw_delete("default")


def _store_behind_the_log() -> None:
    IndexChange.objects.all().delete()
    row, other = LocalFeature.objects.order_by("image_id")[:2]
    row.delete()
    call_command("build_index", stdout=StringIO())
    LocalFeature.objects.filter(pk=other.pk).update(packed=packed(5))


def _swap_two_codes() -> None:
    row = first_row()
    stored = bytearray(row.packed)
    stored[-16:], stored[-32:-16] = stored[-32:-16], stored[-16:]
    LocalFeature.objects.filter(pk=row.pk).update(packed=bytes(stored))


def _damage_a_row() -> None:
    LocalFeature.objects.filter(pk=first_row().pk).update(packed=b"damaged")


def _replace_a_file() -> None:
    image = first_row().image
    image.sha256 = "f" * 64
    image.save()


def _count_wrongly() -> None:
    KnnModel.objects.filter(road=Road.LOCAL).update(count=7)


@pytest.mark.parametrize(
    ("plant", "expected"),
    [
        (_delete_behind_the_log, {"no_local_features", "in_local_index_only", "local_not_in_log"}),
        (_store_behind_the_log, {"other_local_features"}),
        (_swap_two_codes, {"other_local_features"}),
        (_damage_a_row, {"other_local_features"}),
        (_replace_a_file, {"old_local_features"}),
        (_count_wrongly, {"local_count"}),
    ],
)
def test_a_planted_difference_is_named(plant: Callable[[], None], expected: set[str]) -> None:
    plant()
    assert codes() == expected


@pytest.mark.parametrize("file", ["lists.bin", "sizes.npy", "images.npy", "manifest.json"])
def test_damaged_files_are_named(data_dir: Path, file: str) -> None:
    version = KnnModel.objects.get(road=Road.LOCAL).version
    (data_dir / "processed/local" / version / file).write_bytes(b"damaged")
    assert codes() == {"local_artifact_damaged"}


def test_an_index_that_holds_other_features_is_built_anew() -> None:
    LocalFeature.objects.filter(pk=first_row().pk).update(packed=packed(7))
    assert codes() == {"other_local_features"}
    call_command("build_index", stdout=StringIO())
    assert codes() == set()


def test_the_command_names_the_differences_of_both_roads(make_print: MakePrint) -> None:
    make_print(9)
    out = StringIO()
    with pytest.raises(CommandError, match="2 differences"):
        call_command("check_index", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert [difference["code"] for difference in said["differences"]] == ["no_vector", "no_local_features"]
    assert (said["local"]["images"], said["local"]["indexed"]) == (4, 3)


def test_the_sums_do_not_depend_on_the_order_and_tell_every_part_apart() -> None:
    random = np.random.default_rng(3)
    rows, lists = np.arange(50), random.integers(0, 8, 50)
    codes_ = random.integers(0, 256, (50, 16), dtype=np.uint8)
    order = random.permutation(50)
    hashes = local_checking._hashes(rows, lists, codes_)
    np.testing.assert_array_equal(
        local_checking._hashes(rows[order], lists[order], codes_[order]), hashes[order]
    )
    changed = codes_ ^ np.eye(50, 16, dtype=np.uint8)
    for other in (
        local_checking._hashes(rows[::-1], lists, codes_),
        local_checking._hashes(rows, lists + 1, codes_),
        local_checking._hashes(rows, lists, changed)[:16],
    ):
        assert (other != hashes[: len(other)]).all()
