"""Local features of every picture that has none: made beside the vectors, and without the extractor."""

import hashlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries
from search_model.local.codec import Codec
from search_model.local.features import LocalFeatures, extract_local

from catalog import images
from catalog.models import PrintImage
from indexing import describing, loading
from indexing.extraction import extract_missing_features, extract_missing_local_features
from indexing.extractor_client import ExtractorAway
from indexing.live_local import LiveLocalIndex
from indexing.local_queries import local_features_of, pictures_never_tried_locally
from indexing.models import Feature, FeatureProblem, IndexChange, LocalFeature, Road
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint, add_image, drawing, png

BLANK = np.full((90, 120, 3), 245, dtype=np.uint8)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(describing, "PAUSES_S", ())


def _run() -> None:
    extract_missing_features(progress=lambda *_: None)


def _query(seed: int) -> LocalFeatures:
    return extract_local(drawing(seed), role="query")


def test_both_roads_are_made_in_one_pass(
    make_print: MakePrint, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[Path] = []

    def decode(source: Path, **options: object) -> tuple[images.ImageInfo, images.Pixels]:
        decoded.append(source)
        return images.decode_near(source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("indexing.pictures.decode_near", decode)
    make_print(*range(20))
    _run()
    assert Feature.objects.count() == LocalFeature.objects.count() == 20
    assert len(decoded) == len(set(decoded)) == 20
    assert IndexChange.objects.filter(road=Road.LOCAL, kind="added").count() == 20


def test_what_is_stored_are_the_pictures_own_features(
    make_print: MakePrint, extractor: FakeExtractor
) -> None:
    image = make_print(1).images.get()
    _run()
    made = extract_local(drawing(1), role="catalogue")
    stored = local_features_of([image.pk])[image.pk]
    row = LocalFeature.objects.get()
    assert (row.codec, row.count, row.image_sha256) == (Codec.shipped().id, len(made), image.sha256)
    assert (stored.width, stored.height) == (made.width, made.height)
    np.testing.assert_allclose(stored.keypoints[:, :2], made.keypoints[:, :2], atol=0.1)
    assert (stored.descriptors * made.descriptors).sum(axis=1).mean() > 0.8


def test_a_large_picture_is_described_at_the_size_of_the_catalogue(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    image = add_image(make_print(), data_dir, drawing(1, width=3000, height=1500), name="large.png")
    _run()
    stored = local_features_of([image.pk])[image.pk]
    assert (stored.width, stored.height) == (560, 280)
    assert extractor.sizes == [(64, 128, 3)]


def test_a_second_run_makes_nothing(make_print: MakePrint, extractor: FakeExtractor) -> None:
    make_print(1, 2)
    _run()
    assert extract_missing_local_features(progress=lambda *_: None) == 0
    assert IndexChange.objects.filter(road=Road.LOCAL).count() == 2


def test_blank_paper_has_no_features_and_is_not_tried_for_ever(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1)
    image = add_image(make_print(record_id="blank"), data_dir, BLANK, name="blank.png")
    _run()
    row = LocalFeature.objects.get(image=image)
    assert row.count == 0
    assert not pictures_never_tried_locally(codec=row.codec).exists()
    assert extract_missing_local_features(progress=lambda *_: None) == 0
    assert local_features_of([image.pk]) == {}
    assert len(LiveLocalIndex().search(_query(1), 10)) == 1


def test_a_query_in_which_nothing_is_seen_finds_nothing(
    make_print: MakePrint, extractor: FakeExtractor
) -> None:
    make_print(1)
    _run()
    assert LiveLocalIndex().search(extract_local(BLANK, role="query"), 10) == []


def test_a_replaced_file_is_described_anew(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    image = make_print(1).images.get()
    _run()
    live = LiveLocalIndex()
    assert [c.image_id for c in live.search(_query(1), 1)] == [image.pk]
    content = png(drawing(2))
    (data_dir / image.path).write_bytes(content)
    PrintImage.objects.update(sha256=hashlib.sha256(content).hexdigest())
    _run()
    before, after = (live.search(_query(seed), 1) for seed in (1, 2))
    assert after[0].votes > 2 * (before[0].votes if before else 0)
    assert LocalFeature.objects.get().image_sha256 == hashlib.sha256(content).hexdigest()


def test_a_file_replaced_by_blank_paper_leaves_the_answers(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    image = make_print(1).images.get()
    _run()
    live = LiveLocalIndex()
    live.search(_query(1), 1)
    (data_dir / image.path).write_bytes(png(BLANK))
    PrintImage.objects.update(sha256=hashlib.sha256(png(BLANK)).hexdigest())
    _run()
    assert live.search(_query(1), 1) == []


def test_a_broken_file_is_left_out_of_both_roads(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    image = make_print(1).images.get()
    (data_dir / image.path).write_bytes(b"this is no picture")
    _run()
    codec = Codec.shipped().id
    names = set(FeatureProblem.objects.values_list("descriptor", flat=True))
    assert names == {extractor.descriptor, codec}
    assert not pictures_never_tried_locally(codec=codec).exists()


def test_a_vector_is_kept_when_the_file_is_away_as_its_local_features_are_made(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    image = make_print(1).images.get()
    _run()
    LocalFeature.objects.all().delete()
    (data_dir / image.path).unlink()
    _run()
    assert Feature.objects.count() == 1
    assert FeatureProblem.objects.get().descriptor == Codec.shipped().id


def test_a_picture_that_breaks_the_local_features_gets_its_vector(
    make_print: MakePrint, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise cv2.error("assertion failed")

    monkeypatch.setattr(loading, "extract_local", fail)
    make_print(1)
    _run()
    assert Feature.objects.count() == 1
    assert FeatureProblem.objects.get().code == "no_local_features"


def test_without_the_extractor_local_features_are_made_all_the_same(
    make_print: MakePrint, extractor: FakeExtractor
) -> None:
    make_print(*range(20))
    extractor.away = True
    with pytest.raises(ExtractorAway):
        _run()
    assert LocalFeature.objects.count() == 20
    assert not Feature.objects.exists()
    extractor.away = False
    _run()
    assert Feature.objects.count() == 20
    assert IndexChange.objects.filter(road=Road.LOCAL).count() == 20


def test_pictures_that_have_a_vector_are_not_sent_for_their_local_features(
    make_print: MakePrint, extractor: FakeExtractor
) -> None:
    make_print(1, 2)
    _run()
    LocalFeature.objects.all().delete()
    extractor.sizes.clear()
    _run()
    assert LocalFeature.objects.count() == 2
    assert extractor.sizes == []


def test_decoded_features_cost_one_query(
    make_print: MakePrint, extractor: FakeExtractor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = make_print(*range(20))
    _run()
    ids = [image.pk for image in made.images.all()]
    with django_assert_num_queries(1):
        assert set(local_features_of([*ids, 10**9])) == set(ids)
