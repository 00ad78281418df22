"""The voting index against loops over every feature of every image."""

import threading

import numpy as np
import pytest

from search_model.local.codec import Codec
from search_model.local.features import LocalFeatures
from search_model.local.voting import NEIGHBOURS, PROBES, Candidate, VotingIndex
from tests.local.conftest import MadeUp

Found = list[tuple[int, float, list[tuple[int, int]]]]


def slow_search(codec: Codec, rows: dict[int, bytes], query: LocalFeatures, k: int) -> Found:
    """Image, votes and pairs of rows, by the definition."""
    votes: dict[int, float] = {}
    pairs: dict[int, list[tuple[int, int]]] = {}
    decoded = {i: codec.decode(packed).descriptors.astype(np.float64) for i, packed in rows.items()}
    lists = {i: codec.entries(packed).lists for i, packed in rows.items()}
    for number, descriptor in enumerate(query.descriptors.astype(np.float64)):
        probed = np.argsort(((codec.coarse.astype(np.float64) - descriptor) ** 2).sum(axis=1))[:PROBES]
        near = [
            (float(((decoded[i][row] - descriptor) ** 2).sum()), i, row)
            for i in rows
            for row in range(len(decoded[i]))
            if lists[i][row] in probed
        ]
        near = sorted(near)[:NEIGHBOURS]
        voted: set[int] = set()
        for distance, image, row in near:
            weight = (1 - distance / near[-1][0]) ** 3
            if image not in voted and weight > 0:
                voted.add(image)
                votes[image] = votes.get(image, 0.0) + weight / len(decoded[image]) ** 0.5
                pairs.setdefault(image, []).append((number, row))
    best = sorted(votes, key=lambda image: (-votes[image], image))[:k]
    return [(image, votes[image], pairs[image]) for image in best]


def assert_found(found: list[Candidate], expected: Found) -> None:
    assert [c.image_id for c in found] == [image for image, _, _ in expected]
    np.testing.assert_allclose([c.votes for c in found], [votes for _, votes, _ in expected], rtol=1e-3)
    for candidate, (_, _, pairs) in zip(found, expected, strict=True):
        assert list(zip(candidate.query_rows.tolist(), candidate.record_rows.tolist(), strict=True)) == pairs
        assert candidate.query_rows.dtype == candidate.record_rows.dtype == np.int32
        assert candidate.distances.shape == candidate.query_rows.shape


@pytest.fixture(scope="module")
def rows(made_up: MadeUp) -> dict[int, bytes]:
    """Thirty images of different numbers of features; ids in no order."""
    ids = np.random.default_rng(2).permutation(900)[:30]
    return {int(i): made_up.packed(20 + n, seed=n) for n, i in enumerate(ids)}


@pytest.fixture(scope="module")
def query(made_up: MadeUp) -> LocalFeatures:
    return made_up.features(12, seed=77)


def index_of(made_up: MadeUp, rows: dict[int, bytes], parts: int = 1) -> VotingIndex:
    index = VotingIndex(made_up.codec)
    for part in np.array_split(np.array(list(rows)), parts):
        index.add(part, [rows[int(i)] for i in part])
    return index


@pytest.mark.parametrize("parts", [1, 4, 30])
def test_search_counts_votes_as_defined(
    made_up: MadeUp, rows: dict[int, bytes], query: LocalFeatures, parts: int
) -> None:
    index = index_of(made_up, rows, parts)
    assert len(index) == 30
    np.testing.assert_array_equal(index.ids, sorted(rows))
    for k in (1, 5, 100):
        assert_found(index.search(query, k), slow_search(made_up.codec, rows, query, k))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_only_allowed_images_are_voted_for(
    made_up: MadeUp, rows: dict[int, bytes], query: LocalFeatures, share: float
) -> None:
    allowed = np.array(list(rows))[: round(30 * share)]
    kept = {int(i): rows[int(i)] for i in allowed}
    found = index_of(made_up, rows, 3).search(query, 40, allowed_ids=np.concatenate([allowed, [-5, 10_000]]))
    assert_found(found, slow_search(made_up.codec, kept, query, 40))


def test_removed_images_are_not_voted_for(made_up: MadeUp, rows: dict[int, bytes], query: LocalFeatures) -> None:
    index, gone = index_of(made_up, rows, 3), list(rows)[5:15]
    assert index.remove([*gone, 100_000, gone[0]]) == 10
    assert index.remove(gone) == 0
    left = {i: packed for i, packed in rows.items() if i not in gone}
    assert_found(index.search(query, 40), slow_search(made_up.codec, left, query, 40))
    allowed = sorted(rows)[:20]
    left = {i: packed for i, packed in left.items() if i in allowed}
    assert_found(index.search(query, 40, allowed_ids=allowed), slow_search(made_up.codec, left, query, 40))


def test_an_image_added_again_is_replaced(made_up: MadeUp, rows: dict[int, bytes], query: LocalFeatures) -> None:
    index, image = index_of(made_up, rows, 2), next(iter(rows))
    changed = {**rows, image: made_up.packed(33, seed=500)}
    index.add([image], [changed[image]])
    assert len(index) == 30
    assert_found(index.search(query, 40), slow_search(made_up.codec, changed, query, 40))


def test_a_removed_image_can_come_back(made_up: MadeUp, rows: dict[int, bytes], query: LocalFeatures) -> None:
    index, image = index_of(made_up, rows, 2), next(iter(rows))
    index.remove([image])
    index.add([image], [rows[image]])
    assert_found(index.search(query, 40), slow_search(made_up.codec, rows, query, 40))


def test_small_additions_stay_few_segments(made_up: MadeUp, rows: dict[int, bytes], query: LocalFeatures) -> None:
    index = VotingIndex(made_up.codec)
    for image, packed in rows.items():
        index.add([image], [packed])
        index.remove([image + 10_000])
    assert len(index._segments) <= 6
    assert_found(index.search(query, 40), slow_search(made_up.codec, rows, query, 40))


def test_a_picture_finds_itself_by_its_own_rows(made_up: MadeUp, rows: dict[int, bytes]) -> None:
    image, packed = list(rows.items())[-1]
    best = index_of(made_up, rows).search(made_up.codec.decode(packed), 1)[0]
    assert best.image_id == image
    np.testing.assert_array_equal(best.record_rows, best.query_rows)
    assert best.distances.max() < 1e-5


def test_nothing_to_find_is_nothing(made_up: MadeUp, rows: dict[int, bytes], query: LocalFeatures) -> None:
    empty, full = VotingIndex(made_up.codec), index_of(made_up, rows)
    assert empty.search(query, 5) == []
    assert full.search(made_up.features(0, seed=1), 5) == []
    assert full.search(query, 5, allowed_ids=[]) == []
    assert full.search(query, 5, allowed_ids=[12_345]) == []
    assert empty.remove([1]) == 0
    empty.add([], [])
    empty.add([7], [made_up.packed(0, seed=1)])
    assert empty.search(query, 5) == []
    np.testing.assert_array_equal(empty.ids, [7])


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [([1, 1], "given 2 times"), ([-1, 2], "negative"), ([1], "2 vectors need"), ([1.5, 2.0], "ids")],
)
def test_ids_that_cannot_be_are_refused(made_up: MadeUp, ids: list[int], sentence: str) -> None:
    index = VotingIndex(made_up.codec)
    with pytest.raises(ValueError, match=sentence):
        index.add(ids, [made_up.packed(3, seed=1)] * 2)
    assert len(index) == 0


def test_a_damaged_row_adds_nothing(made_up: MadeUp) -> None:
    index = VotingIndex(made_up.codec)
    with pytest.raises(ValueError, match="packed row"):
        index.add([1, 2], [made_up.packed(3, seed=1), b"\x01"])
    assert len(index) == 0


def test_searches_go_on_while_images_come_and_go(made_up: MadeUp, rows: dict[int, bytes], query: LocalFeatures) -> None:
    """Every search sees some whole state: the images that never change keep their place and their votes' order."""
    index, coming = index_of(made_up, rows, 2), made_up.packed(40, seed=900)
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                found = [c.image_id for c in index.search(query, 100)]
                assert set(found) - {5000} <= set(rows)
                assert len(found) == len(set(found))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(40):
        index.add([5000], [coming])
        index.remove([5000])
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert 5000 not in index.ids
