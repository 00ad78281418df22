"""`manage.py bench_extraction`: four rates of the same pictures, in a database with nothing else in it."""

import json
from io import StringIO
from pathlib import Path

import cv2
import pytest
from django.core.management import CommandError, call_command

from indexing.extraction_rates import Rates
from indexing.models import Feature, LocalFeature
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint, drawing


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans" / "below"
    folder.mkdir(parents=True)
    for seed in range(5):
        (folder / f"{seed}.jpg").write_bytes(bytes(cv2.imencode(".jpg", drawing(seed))[1]))
    return folder.parent


def bench(folder: Path, *options: str) -> str:
    out = StringIO()
    call_command("bench_extraction", str(folder), "--here", *options, stdout=out)
    return out.getvalue()


def test_all_pictures_are_described_in_each_way(
    db: None, extractor: FakeExtractor, data_dir: Path, scans: Path
) -> None:
    figures = json.loads(bench(scans, "--count", "4", "--rounds", "2"))
    assert figures["pictures"] == 4
    assert all(figures[f"{name}_per_s"] > 0 for name in ("raw", "vectors", "local", "both"))
    assert Feature.objects.count() == LocalFeature.objects.count() == 4
    asked = [path for path in extractor.requests if path.startswith("/v1/features")]
    assert len(asked) == 1 + 3 * 2  # warm, then raw, vectors and both in each round


def test_ratios_are_medians_of_rounds() -> None:
    rates = Rates(raw=[10, 20, 40], vectors=[9, 22, 20], local=[9, 22, 20], both=[4.5, 11, 5])
    figures = rates.as_json()
    assert (figures["raw_per_s"], figures["vectors_to_raw"], figures["both_to_reachable"]) == (20, 0.9, 1.0)


def test_prints_of_somebody_are_not_touched(
    make_print: MakePrint, extractor: FakeExtractor, scans: Path
) -> None:
    make_print(1)
    with pytest.raises(CommandError, match="holds prints"):
        bench(scans)


def test_a_folder_without_scans_is_named(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no JPEG"):
        bench(tmp_path)
