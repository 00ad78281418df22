"""The live index: exact after every change, without a restart or a rebuild."""

import threading
from pathlib import Path

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from catalog.models import Print, PrintImage
from indexing.artifacts import artifact_versions
from indexing.extraction import extract_missing_features
from indexing.live import LiveIndex
from indexing.mismatch import DescriptorMismatch, IndexBeingRebuilt
from indexing.models import Feature, IndexChange, KnnModel
from indexing.services import compact_index, publish_knn_model
from indexing.switching import enqueue_change
from indexing.vectors import Vectors
from tests.indexing.fake_extractor import DIM, FakeExtractor, fake_vector
from tests.indexing.fixtures import MakePrint, RunInThreads, drawing

FAKE = FakeExtractor().descriptor


def _describe() -> None:
    extract_missing_features(progress=lambda *_: None, wait=lambda _: None)


def _publish() -> KnnModel:
    return publish_knn_model(descriptor=FAKE, dim=DIM)


def _query(seed: int) -> Vectors:
    return fake_vector(drawing(seed))


def _found(live: LiveIndex, seed: int, k: int = 100, allowed: list[int] | None = None) -> list[int]:
    allowed_ids = None if allowed is None else np.array(allowed, dtype=np.int64)
    ids: list[int] = live.search(_query(seed), k, descriptor=FAKE, allowed_ids=allowed_ids).ids.tolist()
    return ids


def _brute(seed: int) -> list[int]:
    """Image ids by falling similarity, straight from the rows."""
    rows = Feature.objects.filter(descriptor=FAKE).values_list("image_id", "vector")
    vectors = {i: np.frombuffer(v, "<f2").astype(np.float64) for i, v in rows}
    scores = {i: float(v @ _query(seed) / np.linalg.norm(v)) for i, v in vectors.items()}
    return sorted(scores, key=lambda i: (-scores[i], i))


def test_an_empty_database_finds_nothing(db: None) -> None:
    assert _found(LiveIndex(), 1) == []


def test_before_the_first_publication_the_database_is_searched(
    make_print: MakePrint, extractor: FakeExtractor
) -> None:
    make_print(*range(30))
    _describe()
    live = LiveIndex()
    assert _found(live, 7) == _brute(7)
    assert live.version is None


def test_a_stored_vector_is_found_by_the_next_search(make_print: MakePrint, extractor: FakeExtractor) -> None:
    live = LiveIndex()
    assert _found(live, 1) == []
    image = make_print(1).images.get()
    assert _found(live, 1) == []
    _describe()
    assert _found(live, 1) == [image.pk]


@pytest.mark.parametrize("delete", ["image", "print", "queryset", "collection", "feature"])
def test_a_deletion_of_any_kind_is_never_found_again(
    make_print: MakePrint, extractor: FakeExtractor, delete: str, data_dir: Path
) -> None:
    gone = make_print(1)
    _describe()
    _publish()
    live = LiveIndex()
    assert len(_found(live, 1)) == 1
    {
        "image": lambda: gone.images.get().delete(),
        "print": gone.delete,
        "queryset": Print.objects.filter(pk=gone.pk).delete,
        "collection": gone.collection.delete,
        "feature": Feature.objects.all().delete,
    }[delete]()
    assert _found(live, 1) == []


def test_a_published_version_gives_the_same_answers_as_the_database(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(*range(30))
    _describe()
    expected = _brute(3)
    version = _publish().version
    live = LiveIndex()
    assert _found(live, 3) == expected
    assert live.version == version


def test_changes_after_the_publication_are_applied(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(*range(20))
    _describe()
    _publish()
    live = LiveIndex()
    _found(live, 0)
    PrintImage.objects.filter(pk__in=_brute(0)[:3]).delete()
    make_print(*range(20, 40), record_id="more")
    _describe()
    assert _found(live, 25) == _brute(25)
    assert _found(LiveIndex(), 25) == _brute(25)


def test_a_newer_version_is_taken_up(make_print: MakePrint, extractor: FakeExtractor, data_dir: Path) -> None:
    make_print(1)
    _describe()
    _publish()
    live = LiveIndex()
    _found(live, 1)
    make_print(2)
    _describe()
    version = compact_index(descriptor=FAKE, dim=DIM).version
    assert _found(live, 2) == _brute(2)
    assert live.version == version


def test_a_reader_far_behind_a_cut_log_misses_nothing(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1)
    _describe()
    _publish()
    live = LiveIndex()
    _found(live, 1)
    for seed in range(2, 6):
        make_print(seed)
        _describe()
        compact_index(descriptor=FAKE, dim=DIM)
    PrintImage.objects.filter(pk=_brute(1)[0]).delete()
    assert IndexChange.objects.filter(road="global").count() < 5
    assert _found(live, 1) == _brute(1)


def test_a_search_costs_one_query_when_nothing_changed(
    make_print: MakePrint,
    extractor: FakeExtractor,
    data_dir: Path,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_print(1)
    _describe()
    _publish()
    live = LiveIndex()
    _found(live, 1)
    with django_assert_num_queries(1):
        _found(live, 1)


def test_a_damaged_version_is_replaced_by_the_database(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1, 2)
    _describe()
    version = _publish().version
    (data_dir / "processed" / "knn" / version / "index.faiss").write_bytes(b"damaged")
    assert _found(LiveIndex(), 1) == _brute(1)


def test_vectors_of_another_descriptor_are_never_compared(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1)
    _describe()
    _publish()
    with pytest.raises(DescriptorMismatch, match="fake-mean@0000abcd"):
        LiveIndex().search(_query(1), 5, descriptor="other@11111111")


def test_while_its_vectors_are_being_made_a_search_is_to_be_tried_again(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1)
    _describe()
    _publish()
    extractor.offers = ["other@11111111"]
    enqueue_change(descriptor="other@11111111")
    with pytest.raises(IndexBeingRebuilt):
        LiveIndex().search(_query(1), 5, descriptor="other@11111111")


def test_vectors_of_another_descriptor_do_not_enter_the_index(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1)
    _describe()
    _publish()
    live = LiveIndex()
    before = _found(live, 1)
    extractor.descriptor = "other@11111111"
    _describe()
    assert Feature.objects.count() == 2
    assert _found(live, 1) == before


def test_a_filter_allows_only_its_ids(make_print: MakePrint, extractor: FakeExtractor) -> None:
    make_print(*range(10))
    _describe()
    allowed = _brute(1)[4:8]
    live = LiveIndex()
    assert _found(live, 1, allowed=allowed) == allowed
    assert _found(live, 1, allowed=[]) == []


@pytest.mark.django_db(transaction=True)
def test_threads_that_search_while_images_come_and_go_see_every_committed_change(
    make_print: MakePrint, extractor: FakeExtractor, run_in_threads: RunInThreads
) -> None:
    make_print(*range(10))
    _describe()
    live = LiveIndex()
    stop = threading.Event()
    stored, leaving, gone = set(_brute(1)), set[int](), set[int]()

    def search() -> None:
        while not stop.is_set():
            gone_before, stored_before = set(gone), set(stored)
            found = set(_found(live, 1))
            assert not found & gone_before
            assert stored_before - leaving <= found

    def change() -> None:
        try:
            for seed in range(100, 115):
                image = make_print(seed).images.get()
                _describe()
                stored.add(image_id := image.pk)
                assert image_id in _found(live, seed)
                leaving.add(image_id)
                image.delete()
                gone.add(image_id)
        finally:
            stop.set()

    run_in_threads(search, search, search, change)


def test_old_versions_are_pruned(make_print: MakePrint, extractor: FakeExtractor, data_dir: Path) -> None:
    for seed in range(5):
        make_print(seed)
        _describe()
        version = _publish().version
    # Three, and the one in force if the clock did not tell them apart.
    assert len(artifact_versions()) == KnnModel.objects.count() in (3, 4)
    assert KnnModel.objects.get(active=True).version == version
