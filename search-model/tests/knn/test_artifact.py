import hashlib
import json
import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.knn import artifact
from search_model.knn.artifact import ArtifactError, NothingPublished
from search_model.knn.flat import FlatIndex
from search_model.knn.index import Index
from search_model.knn.sklearn_knn import SklearnIndex

DIM = 8
FIELDS = {"descriptor": "test-8@00000000", "last_change": 41, "model": 3}


def unit_vectors(count: int, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((count, DIM)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def index_of(count: int, seed: int = 0, first_id: int = 10) -> FlatIndex:
    index = FlatIndex(DIM)
    if count:
        index.add(np.arange(first_id, first_id + count), unit_vectors(count, seed))
    return index


def assert_same(one: Index, other: Index) -> None:
    np.testing.assert_array_equal(one.ids, other.ids)
    np.testing.assert_array_equal(one.vectors(one.ids), other.vectors(other.ids))


@pytest.mark.parametrize("mmap", [True, False])
@pytest.mark.parametrize("count", [0, 1, 50])
def test_what_is_published_is_loaded(tmp_path: Path, count: int, mmap: bool) -> None:
    index = index_of(count)
    version = artifact.publish(tmp_path, index, FIELDS)
    loaded, manifest = artifact.load(tmp_path, mmap=mmap)
    assert_same(loaded, index)
    assert artifact.current_version(tmp_path) == manifest.version == version
    assert (manifest.descriptor, manifest.last_change, manifest.count, manifest.dim) == (
        "test-8@00000000",
        41,
        count,
        DIM,
    )
    assert manifest.extra == {"model": 3}


def test_the_manifest_holds_the_sha256_of_every_file(tmp_path: Path) -> None:
    version = artifact.publish(tmp_path, index_of(5), FIELDS)
    manifest = json.loads((tmp_path / version / "manifest.json").read_text())
    files = {p.name: p.read_bytes() for p in (tmp_path / version).iterdir() if p.name != "manifest.json"}
    assert {name: facts["sha256"] for name, facts in manifest["files"].items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }


def test_an_index_of_scikit_learn_can_be_published(tmp_path: Path) -> None:
    index = SklearnIndex(DIM)
    index.add(np.arange(20), unit_vectors(20))
    artifact.publish(tmp_path, index, FIELDS)
    assert_same(artifact.load(tmp_path)[0], index)


def test_an_index_with_removed_and_added_rows_is_published_as_it_is(tmp_path: Path) -> None:
    artifact.publish(tmp_path, index_of(50), FIELDS)
    changed, _ = artifact.load(tmp_path)
    changed.remove([10, 11, 59])
    changed.add([11, 500], unit_vectors(2, seed=3))
    artifact.publish(tmp_path, changed, FIELDS)
    loaded, manifest = artifact.load(tmp_path)
    assert manifest.count == 49
    assert_same(loaded, changed)


def test_changes_of_a_mapped_index_leave_the_file_alone(tmp_path: Path) -> None:
    version = artifact.publish(tmp_path, index_of(50), FIELDS)
    before = (tmp_path / version / "index.faiss").read_bytes()
    oracle = SklearnIndex(DIM)
    oracle.add(np.arange(10, 60), unit_vectors(50))
    mapped, _ = artifact.load(tmp_path, mmap=True)
    for index in (mapped, oracle):
        index.add(np.arange(55, 75), unit_vectors(20, seed=1))
        index.remove(np.arange(20, 30))
        index.remove([60])
    asked = unit_vectors(9, seed=2)
    for allowed in (None, np.arange(0, 58, 3), np.arange(40, 90)):
        ids, scores = mapped.search(asked, 12, allowed_ids=allowed)
        oracle_ids, oracle_scores = oracle.search(asked, 12, allowed_ids=allowed)
        np.testing.assert_array_equal(ids, oracle_ids)
        np.testing.assert_array_equal(scores, oracle_scores)
    assert (tmp_path / version / "index.faiss").read_bytes() == before


def test_a_loaded_version_outlives_its_deletion(tmp_path: Path) -> None:
    index = index_of(50)
    artifact.publish(tmp_path, index, FIELDS)
    mapped, _ = artifact.load(tmp_path)
    for _ in range(3):
        artifact.publish(tmp_path, index_of(5), FIELDS)
    artifact.prune(tmp_path, keep=1)
    assert_same(mapped, index)


def test_prune_keeps_the_newest_and_the_current(tmp_path: Path) -> None:
    for number in range(5):
        artifact.publish(tmp_path, index_of(number), FIELDS)
    current = artifact.current_version(tmp_path)
    deleted = artifact.prune(tmp_path, keep=2)
    assert current not in deleted
    assert 2 <= len(artifact.versions(tmp_path)) <= 3
    assert len(artifact.load(tmp_path)[0]) == 4


def test_nothing_published_says_so(tmp_path: Path) -> None:
    assert artifact.current_version(tmp_path / "none") is None
    assert artifact.versions(tmp_path / "none") == []
    with pytest.raises(NothingPublished, match="no KNN model is published"):
        artifact.load(tmp_path)


@pytest.mark.parametrize("missing", ["descriptor", "last_change"])
def test_manifest_fields_must_be_complete(tmp_path: Path, missing: str) -> None:
    fields = {name: value for name, value in FIELDS.items() if name != missing}
    with pytest.raises(ValueError, match=f"lacks '{missing}'"):
        artifact.publish(tmp_path, index_of(3), fields)
    assert artifact.current_version(tmp_path) is None


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_the_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("file", ["index.faiss", "ids.npy", "manifest.json"])
@pytest.mark.parametrize("damage", [flip_a_byte, cut_the_end, Path.unlink, lambda p: p.write_bytes(b"")])
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, file: str, damage: Any) -> None:
    version = artifact.publish(tmp_path, index_of(50), FIELDS)
    damage(tmp_path / version / file)
    if file == "manifest.json" and damage in (flip_a_byte, cut_the_end):
        (tmp_path / version / file).write_text("{")
    with pytest.raises(ArtifactError, match=file.replace(".", r"\.")):
        artifact.load(tmp_path)


def test_files_of_two_versions_are_not_mixed(tmp_path: Path) -> None:
    first = artifact.publish(tmp_path, index_of(50), FIELDS)
    second = artifact.publish(tmp_path, index_of(50, seed=1), FIELDS)
    (tmp_path / first / "index.faiss").replace(tmp_path / second / "index.faiss")
    with pytest.raises(ArtifactError, match="altered"):
        artifact.load(tmp_path)


def rewrite_manifest(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"count": 49}, "disagree"), ({"dim": 9}, "disagree"), ({"format": 2}, "format 2"), ({"odd": 1}, "not a")],
)
def test_a_manifest_that_does_not_fit_is_refused(tmp_path: Path, changes: dict[str, int], sentence: str) -> None:
    version = artifact.publish(tmp_path, index_of(50), FIELDS)
    rewrite_manifest(tmp_path / version, **changes)
    with pytest.raises(ArtifactError, match=sentence):
        artifact.load(tmp_path)


class Crash(BaseException):
    """A power cut: nothing after it runs."""


def crash_at(monkeypatch: pytest.MonkeyPatch, step: int) -> list[str]:
    """Let the publisher die at its step-th call of fsync, rename or replace; returns the calls made."""
    calls: list[str] = []

    def dying(name: str, real: Any) -> Any:
        def call(*arguments: Any) -> Any:
            calls.append(name)
            if len(calls) == step:
                raise Crash
            return real(*arguments)

        return call

    for name in ("fsync", "rename", "replace"):
        monkeypatch.setattr(os, name, dying(name, getattr(os, name)))
    return calls


@pytest.mark.parametrize("step", range(1, 10))
def test_a_crash_at_any_step_leaves_a_whole_current_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    old, new = index_of(20), index_of(30, seed=1)
    artifact.publish(tmp_path, old, FIELDS)
    with monkeypatch.context() as patched:
        calls = crash_at(patched, step)
        with pytest.raises(Crash):
            artifact.publish(tmp_path, new, FIELDS)
    pointer_changed = "replace" in calls[:-1]
    assert_same(artifact.load(tmp_path)[0], new if pointer_changed else old)
    artifact.publish(tmp_path, new, FIELDS)
    assert_same(artifact.load(tmp_path)[0], new)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".publishing-")] == []


def test_the_crash_test_covers_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = crash_at(monkeypatch, step=1000)
    artifact.publish(tmp_path, index_of(3), FIELDS)
    assert len(calls) == 9


def test_rows_that_read_back_differently_are_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    artifact.publish(tmp_path, index_of(20), FIELDS)
    current = artifact.current_version(tmp_path)
    written = artifact.write_flat

    def badly(flat: Any, path: Path) -> None:
        written(flat, path)
        flip_a_byte(path)

    monkeypatch.setattr(artifact, "write_flat", badly)
    with pytest.raises(ArtifactError, match="reads back differently"):
        artifact.publish(tmp_path, index_of(20), FIELDS)
    assert artifact.current_version(tmp_path) == current


def test_a_full_disk_leaves_the_old_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    artifact.publish(tmp_path, index_of(20), FIELDS)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(artifact, "write_flat", full)
    with pytest.raises(OSError, match="No space left"):
        artifact.publish(tmp_path, index_of(30), FIELDS)
    assert len(artifact.load(tmp_path)[0]) == 20


def test_publishers_at_the_same_time_take_turns(tmp_path: Path) -> None:
    threads = [threading.Thread(target=artifact.publish, args=(tmp_path, index_of(n), FIELDS)) for n in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(artifact.versions(tmp_path)) == 5
    assert len(artifact.load(tmp_path)[0]) in range(1, 6)
