"""More prints out of those that are there: found at once by both roads, and none is taken for an original."""

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from search_model.local.packing import PackedRow, pack, unpack

from catalog.models import Print, PrintImage
from indexing.building import build_index
from indexing.multiplying import MARK, mixed_row, noisy
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint


def multiply(to: int) -> str:
    printed = StringIO()
    call_command("multiply_prints", "--to", str(to), stdout=printed)
    return printed.getvalue()


def throw_away() -> None:
    folder = Path(settings.RECTO_PROCESSED_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()


@pytest.fixture
def prints(make_print: MakePrint, extractor: FakeExtractor) -> list[Print]:
    made = [make_print(seed, record_id=f"r{seed}", title=f"Title {seed}", year_min=1800) for seed in range(4)]
    build_index(progress=lambda done, total, message: None)
    return made


def test_copies_are_described_indexed_and_found_by_their_words(prints: list[Print]) -> None:
    throw_away()
    assert "9 prints" in multiply(9)
    copies = Print.objects.filter(collection__slug="multiplied")
    assert sorted(copies.values_list("record_id", flat=True)) == [f"copy-{n}" for n in range(4, 9)]
    assert all(copy.search_text for copy in copies)
    checksums = PrintImage.objects.values_list("sha256", flat=True)
    assert len(set(checksums)) == 9
    call_command("check_index", stdout=StringIO())
    assert multiply(9).startswith("Nothing")


def test_prints_that_are_not_thrown_away_stay_as_they_are(prints: list[Print]) -> None:
    with pytest.raises(CommandError, match=MARK):
        multiply(9)
    assert Print.objects.count() == 4


def test_nothing_comes_of_nothing(make_print: MakePrint, extractor: FakeExtractor) -> None:
    throw_away()
    with pytest.raises(CommandError, match="both roads"):
        multiply(5)


def test_noise_leaves_a_vector_near_its_original() -> None:
    random = np.random.default_rng(1)
    vector = random.normal(size=512).astype(np.float32)
    vector /= np.linalg.norm(vector)
    copies = np.stack([noisy(vector, random) for _ in range(20)])
    assert np.allclose(np.linalg.norm(copies, axis=1), 1, atol=1e-6)
    assert 0.7 < (copies @ vector).mean() < 0.9


def row(seed: int, *, width: int) -> PackedRow:
    random = np.random.default_rng(seed)
    places = random.uniform(1, 99, (40, 4)).astype(np.float32) * [width / 100, 1, 0.1, 3]
    codes = random.integers(0, 256, (40, 16), dtype=np.uint8)
    lists = random.integers(0, 9, 40).astype(np.uint16)
    return PackedRow(width, 100, places.astype(np.float32), lists, codes)


def test_a_mixed_row_has_words_of_all_at_places_of_others() -> None:
    rows = [row(seed, width=100 * (seed + 1)) for seed in range(4)]
    mixed = mixed_row(rows, np.random.default_rng(7))
    assert (len(mixed.codes), mixed.width) == (40, 100)
    assert mixed.keypoints[:, 0].max() <= mixed.width
    for original in rows:
        places = {
            code.tobytes(): place for code, place in zip(original.codes, original.keypoints, strict=True)
        }
        kept = [at for at, code in enumerate(mixed.codes) if code.tobytes() in places]
        assert len(kept) == 10
        scale = mixed.width / original.width
        same = [abs(mixed.keypoints[at, 0] - scale * places[mixed.codes[at].tobytes()][0]) < 1 for at in kept]
        assert sum(same) <= 2
    assert unpack(pack(mixed)).codes.shape == (40, 16)
