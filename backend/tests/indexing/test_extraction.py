"""Vectors for every picture that has none."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from catalog.models import PrintImage
from indexing.describing import PAUSES_S, Wait
from indexing.extraction import ExtractionSummary, Progress, extract_missing_features
from indexing.extractor_client import ExtractorAway
from indexing.models import Feature, FeatureProblem, IndexChange, LocalFeature
from indexing.vectors import stored_rows, unit_rows
from tests.indexing.fake_extractor import DIM, FakeExtractor, fake_vector, reply
from tests.indexing.fixtures import MakePrint, add_image, drawing, png


def _run(
    progress: Progress = lambda done, total, message: None, wait: Wait = lambda seconds: None
) -> ExtractionSummary:
    return extract_missing_features(progress=progress, wait=wait)


def test_every_picture_gets_its_own_vector(make_print: MakePrint, extractor: FakeExtractor) -> None:
    for seed in range(40):
        make_print(seed)
    summary = _run()
    assert summary.stored == 40
    rows = Feature.objects.order_by("image_id").values_list("vector", flat=True)
    stored = unit_rows(stored_rows(rows, dim=DIM))
    expected = np.stack([fake_vector(drawing(seed)) for seed in range(40)])
    np.testing.assert_allclose(stored, expected, atol=2e-3)
    assert IndexChange.objects.filter(kind="added", road="global").count() == 40


def test_a_second_run_asks_the_extractor_for_nothing(make_print: MakePrint, extractor: FakeExtractor) -> None:
    make_print(1, 2)
    _run()
    extractor.requests.clear()
    assert _run().stored == 0
    assert "/v1/features" not in extractor.requests
    assert IndexChange.objects.filter(road="global").count() == 2


def test_pictures_are_sent_shrunk_to_twice_the_input(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    add_image(make_print(), data_dir, drawing(1, width=1000, height=500), name="large.png")
    _run()
    assert extractor.sizes == [(64, 128, 3)]


def test_a_broken_picture_is_left_out_with_its_reason(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    made = make_print(1, 2, 3)
    image = made.images.all()[1]
    (data_dir / image.path).write_bytes(b"this is no picture")
    summary = _run()
    assert (summary.stored, summary.skipped.total()) == (2, 1)
    problem = FeatureProblem.objects.get(descriptor=extractor.descriptor)
    assert problem.image_id == image.pk
    assert problem.reason


def test_a_missing_file_is_left_out_with_its_reason(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    image = make_print(1).images.get()
    (data_dir / image.path).unlink()
    assert _run().skipped.total() == 1
    problem = FeatureProblem.objects.all()[0]
    assert "1.png is not in the data folder" in problem.reason
    assert problem.reason_said["key"] == "data_file_missing"


def test_a_mended_picture_is_described_by_the_next_run(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    image = make_print(1).images.get()
    content = (data_dir / image.path).read_bytes()
    (data_dir / image.path).write_bytes(b"")
    _run()
    (data_dir / image.path).write_bytes(content)
    assert _run().stored == 1
    assert not FeatureProblem.objects.exists()


def test_a_picture_that_breaks_the_extractor_does_not_stop_the_others(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    made = make_print(1, 2)
    add_image(made, data_dir, drawing(3, width=50, height=40), name="poison.png", position=2)
    extractor.breaks_on = {(40, 50, 3)}
    assert _run().stored == 2
    assert FeatureProblem.objects.get().code == "breaks_extractor"


def test_an_extractor_that_breaks_on_every_picture_is_to_blame_itself(
    make_print: MakePrint, extractor: FakeExtractor
) -> None:
    """It has no memory, or no GPU, for some minutes."""
    make_print(1, 2)
    extractor.answers["/v1/features"] = reply(b'{"error": {"code": "oops", "message": "no GPU"}}', status=500)
    with pytest.raises(ExtractorAway):
        _run()
    assert not FeatureProblem.objects.exists()
    extractor.answers.clear()
    assert _run().stored == 2


def test_a_replaced_file_gets_a_new_vector(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    image = make_print(1).images.get()
    _run()
    content = png(drawing(2))
    (data_dir / image.path).write_bytes(content)
    PrintImage.objects.update(sha256=hashlib.sha256(content).hexdigest())
    assert _run().stored == 1
    stored = stored_rows([Feature.objects.get().vector], dim=DIM)
    np.testing.assert_allclose(stored[0], fake_vector(drawing(2)), atol=2e-3)


def test_a_short_absence_of_the_extractor_is_waited_for(
    make_print: MakePrint, extractor: FakeExtractor
) -> None:
    make_print(1)
    extractor.away = True
    waited: list[float] = []

    def come_back(seconds: float) -> None:
        waited.append(seconds)
        extractor.away = len(waited) < 2

    assert _run(wait=come_back).stored == 1
    assert waited == list(PAUSES_S[:2])


def test_a_long_absence_is_left_to_the_job_runner(make_print: MakePrint, extractor: FakeExtractor) -> None:
    make_print(1)
    extractor.away = True
    with pytest.raises(ExtractorAway):
        _run()


def test_progress_goes_on_where_the_last_run_stopped(make_print: MakePrint, extractor: FakeExtractor) -> None:
    for seed in range(40):
        make_print(seed)
    seen: list[tuple[int, int]] = []

    def stop_after_one(done: int, total: int, message: str) -> None:
        seen.append((done, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _run(progress=stop_after_one)
    assert Feature.objects.count() == seen[0][0] == 16
    _run(progress=lambda done, total, message: seen.append((done, total)))
    assert seen == [(16, 40), (32, 40), (40, 40)]
    assert Feature.objects.count() == LocalFeature.objects.count() == 40
    assert IndexChange.objects.count() == 80


def test_progress_counts_what_comes_in_meanwhile(make_print: MakePrint, extractor: FakeExtractor) -> None:
    for seed in range(20):
        make_print(seed)
    seen: list[tuple[int, int]] = []

    def load_more(done: int, total: int, message: str) -> None:
        seen.append((done, total))
        if len(seen) == 1:
            make_print(20)

    _run(progress=load_more)
    # The next job describes it: the last batch was on its way already.
    assert seen == [(16, 20), (20, 21)]
