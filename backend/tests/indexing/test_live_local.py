"""The live local index: exact after every change, without a restart or a rebuild."""

import threading
from pathlib import Path

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries
from search_model.local.features import extract_local

from catalog.models import Print, PrintImage
from indexing.extraction import extract_missing_local_features
from indexing.live_local import LiveLocalIndex
from indexing.local_artifacts import local_artifact_versions
from indexing.local_publishing import compact_local_index, publish_local_index
from indexing.local_queries import local_features_of
from indexing.models import IndexChange, KnnModel, LocalFeature, Road
from tests.indexing.fixtures import MakePrint, RunInThreads, drawing

K = 100


def _describe() -> None:
    extract_missing_local_features(progress=lambda *_: None)


def _found(live: LiveLocalIndex, seed: int, allowed: list[int] | None = None) -> list[int]:
    """Ids of the images that features of the drawing voted for, best first."""
    allowed_ids = None if allowed is None else np.array(allowed, dtype=np.int64)
    features = extract_local(drawing(seed), role="query")
    return [candidate.image_id for candidate in live.search(features, K, allowed_ids)]


def _image(seed: int) -> int:
    return PrintImage.objects.get(path__endswith=f"/{seed}.png").pk


def test_an_empty_database_finds_nothing(db: None) -> None:
    assert _found(LiveLocalIndex(), 1) == []


def test_before_the_first_publication_the_database_is_searched(make_print: MakePrint) -> None:
    make_print(*range(20))
    _describe()
    live = LiveLocalIndex()
    assert [_found(live, seed)[0] for seed in range(20)] == [_image(seed) for seed in range(20)]
    assert live.version is None


def test_stored_features_are_found_by_the_next_search(make_print: MakePrint) -> None:
    live = LiveLocalIndex()
    assert _found(live, 1) == []
    make_print(1)
    assert _found(live, 1) == []
    _describe()
    assert _found(live, 1) == [_image(1)]


@pytest.mark.parametrize("delete", ["image", "print", "queryset", "collection", "features"])
def test_a_deletion_of_any_kind_is_never_found_again(
    make_print: MakePrint, delete: str, data_dir: Path
) -> None:
    gone = make_print(1)
    _describe()
    publish_local_index()
    live = LiveLocalIndex()
    assert len(_found(live, 1)) == 1
    {
        "image": lambda: gone.images.get().delete(),
        "print": gone.delete,
        "queryset": Print.objects.filter(pk=gone.pk).delete,
        "collection": gone.collection.delete,
        "features": LocalFeature.objects.all().delete,
    }[delete]()
    assert _found(live, 1) == []


def test_a_published_version_gives_the_same_answers_as_the_database(
    make_print: MakePrint, data_dir: Path
) -> None:
    make_print(*range(30))
    _describe()
    expected = _found(LiveLocalIndex(), 3)
    version = publish_local_index().version
    live = LiveLocalIndex()
    assert _found(live, 3) == expected
    assert live.version == version


def test_changes_after_the_publication_are_applied(make_print: MakePrint, data_dir: Path) -> None:
    make_print(*range(20))
    _describe()
    publish_local_index()
    live = LiveLocalIndex()
    _found(live, 0)
    leaving = [_image(seed) for seed in (0, 1, 2)]
    PrintImage.objects.filter(pk__in=leaving).delete()
    make_print(*range(20, 40), record_id="more")
    _describe()
    for index in (live, LiveLocalIndex()):
        assert _found(index, 25)[0] == _image(25)
        assert not set(leaving) & set(_found(index, 0))


def test_the_next_version_holds_what_changed_since_the_last(make_print: MakePrint, data_dir: Path) -> None:
    make_print(1, 2)
    _describe()
    publish_local_index()
    PrintImage.objects.filter(pk=_image(1)).delete()
    make_print(3)
    _describe()
    model = publish_local_index()
    IndexChange.objects.all().delete()
    live = LiveLocalIndex()
    assert live.current().ids.tolist() == [_image(2), _image(3)]
    assert (live.version, model.count) == (model.version, 2)


def test_a_newer_version_is_taken_up(make_print: MakePrint, data_dir: Path) -> None:
    make_print(1)
    _describe()
    publish_local_index()
    live = LiveLocalIndex()
    _found(live, 1)
    make_print(2)
    _describe()
    version = compact_local_index().version
    assert _found(live, 2)[0] == _image(2)
    assert live.version == version


def test_a_reader_far_behind_a_cut_log_misses_nothing(make_print: MakePrint, data_dir: Path) -> None:
    make_print(1)
    _describe()
    publish_local_index()
    live = LiveLocalIndex()
    _found(live, 1)
    for seed in range(2, 6):
        make_print(seed)
        _describe()
        compact_local_index()
    PrintImage.objects.filter(pk=_image(1)).delete()
    assert IndexChange.objects.filter(road=Road.LOCAL).count() < 5
    assert live.current().ids.tolist() == [_image(seed) for seed in range(2, 6)]


def test_a_publication_of_the_other_road_is_no_reason_to_load_anew(
    make_print: MakePrint, data_dir: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_print(1)
    _describe()
    publish_local_index()
    live = LiveLocalIndex()
    _found(live, 1)
    IndexChange.objects.create(kind="published", road=Road.GLOBAL, descriptor="d@00000000")
    with django_assert_num_queries(1):
        _found(live, 1)


def test_a_search_costs_one_query_when_nothing_changed(
    make_print: MakePrint, data_dir: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_print(1)
    _describe()
    publish_local_index()
    live = LiveLocalIndex()
    _found(live, 1)
    with django_assert_num_queries(1):
        _found(live, 1)


@pytest.mark.parametrize("file", ["lists.bin", "images.npy", "manifest.json"])
def test_a_damaged_version_is_replaced_by_the_database(
    make_print: MakePrint, data_dir: Path, file: str
) -> None:
    make_print(1, 2)
    _describe()
    version = publish_local_index().version
    (data_dir / "processed" / "local" / version / file).write_bytes(b"damaged")
    assert _found(LiveLocalIndex(), 1)[0] == _image(1)


def test_a_filter_allows_only_its_ids(make_print: MakePrint) -> None:
    make_print(*range(10))
    _describe()
    live = LiveLocalIndex()
    allowed = [_image(seed) for seed in (1, 4, 7)]
    assert _found(live, 1, allowed=allowed)[0] == _image(1)
    assert set(_found(live, 2, allowed=allowed)) <= set(allowed)
    assert _found(live, 1, allowed=[]) == []


@pytest.mark.django_db(transaction=True)
def test_threads_that_search_while_images_come_and_go_see_every_committed_change(
    make_print: MakePrint, run_in_threads: RunInThreads
) -> None:
    make_print(*range(5))
    _describe()
    live = LiveLocalIndex()
    stop = threading.Event()
    stored, leaving, gone = {_image(1)}, set[int](), set[int]()

    def search() -> None:
        while not stop.is_set():
            gone_before, stored_before = set(gone), set(stored)
            ids = set(live.current().ids.tolist())
            assert not ids & gone_before
            assert stored_before - leaving <= ids

    def change() -> None:
        try:
            for seed in range(100, 115):
                image = make_print(seed).images.get()
                _describe()
                stored.add(image_id := image.pk)
                assert _found(live, seed)[0] == image_id
                leaving.add(image_id)
                image.delete()
                gone.add(image_id)
                assert image_id not in _found(live, seed)
        finally:
            stop.set()

    run_in_threads(search, search, search, change)


def test_old_versions_are_pruned(make_print: MakePrint, data_dir: Path) -> None:
    for seed in range(5):
        make_print(seed)
        _describe()
        version = publish_local_index().version
    # Three, and the one in force if the clock did not tell them apart.
    assert len(local_artifact_versions()) == KnnModel.objects.count() in (3, 4)
    assert KnnModel.objects.get(active=True).version == version


def test_a_damaged_row_keeps_no_other_image_from_being_found(make_print: MakePrint) -> None:
    make_print(1, 2, 3)
    _describe()
    LocalFeature.objects.filter(image_id=_image(2)).update(packed=b"damaged")
    live = LiveLocalIndex()
    assert live.current().ids.tolist() == [_image(1), _image(3)]
    assert _found(live, 3)[0] == _image(3)
    assert set(local_features_of([_image(1), _image(2)])) == {_image(1)}
