"""The published local index. What is common to all published indexes is tested in knn/test_artifact.py, too."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search_model.local import artifact
from search_model.local.artifact import ArtifactError, NothingPublished
from search_model.local.codec import Codec
from search_model.local.voting import VotingIndex
from tests.local.conftest import MadeUp

FIELDS = {"last_change": 41, "model": 3}


def index_of(made_up: MadeUp, count: int, seed: int = 0) -> VotingIndex:
    index = VotingIndex(made_up.codec)
    ids = np.arange(10, 10 + 3 * count, 3)
    for part in np.array_split(np.arange(count), 3):
        index.add(ids[part], [made_up.packed(20 + int(n) % 7, seed + int(n)) for n in part])
    return index


def assert_same(made_up: MadeUp, one: VotingIndex, other: VotingIndex) -> None:
    np.testing.assert_array_equal(one.ids, other.ids)
    for seed in (901, 902):
        query = made_up.features(15, seed)
        for found, expected in zip(one.search(query, 50), other.search(query, 50), strict=True):
            assert (found.image_id, found.votes) == (expected.image_id, expected.votes)
            for name in ("query_rows", "record_rows", "distances"):
                np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))


@pytest.mark.parametrize("count", [0, 1, 40])
def test_what_is_published_is_loaded(made_up: MadeUp, tmp_path: Path, count: int) -> None:
    index = index_of(made_up, count)
    version = artifact.publish(tmp_path, index, FIELDS)
    loaded, manifest = artifact.load(tmp_path, made_up.codec)
    assert_same(made_up, loaded, index)
    assert artifact.current_version(tmp_path) == manifest.version == version
    assert (manifest.descriptor, manifest.last_change, manifest.count) == (made_up.codec.id, 41, count)
    assert manifest.extra == {"model": 3}


def test_images_without_features_are_published_too(made_up: MadeUp, tmp_path: Path) -> None:
    index = VotingIndex(made_up.codec)
    index.add([4, 9], [made_up.packed(0, seed=1)] * 2)
    artifact.publish(tmp_path, index, FIELDS)
    loaded, _ = artifact.load(tmp_path, made_up.codec)
    np.testing.assert_array_equal(loaded.ids, [4, 9])
    loaded.add([5], [made_up.packed(10, seed=2)])
    assert [c.image_id for c in loaded.search(made_up.features(10, seed=2), 5)] == [5]


def test_a_published_label_is_found_in_the_file(made_up: MadeUp, tmp_path: Path) -> None:
    """The file read by hand: codes of a list, then its labels, list after list."""
    index = index_of(made_up, 10)
    version = artifact.publish(tmp_path, index, FIELDS)
    content, start, seen = (tmp_path / version / "lists.bin").read_bytes(), 0, {}
    for number, size in enumerate(np.load(tmp_path / version / "sizes.npy")):
        codes = np.frombuffer(content, np.uint8, 16 * size, start).reshape(-1, 16)
        labels = np.frombuffer(content, np.int64, size, start + 16 * size)
        seen.update({int(label): (number, code.tobytes()) for label, code in zip(labels, codes, strict=True)})
        start += 24 * int(size)
    assert start == len(content)
    for slot in range(10):
        lists, codes = made_up.codec.entries(made_up.packed(20 + slot % 7, slot))
        for row, (number, code) in enumerate(zip(lists, codes, strict=True)):
            assert seen.pop(512 * slot + row) == (number, code.tobytes())
    assert not seen


def test_changes_of_a_mapped_index_leave_the_file_alone(made_up: MadeUp, tmp_path: Path) -> None:
    version = artifact.publish(tmp_path, index_of(made_up, 40), FIELDS)
    before = (tmp_path / version / "lists.bin").read_bytes()
    in_memory, (mapped, _) = index_of(made_up, 40), artifact.load(tmp_path, made_up.codec)
    for index in (mapped, in_memory):
        index.add([11, 13], [made_up.packed(30, 700), made_up.packed(30, 701)])
        index.remove(np.arange(40, 60))
    assert_same(made_up, mapped, in_memory)
    assert (tmp_path / version / "lists.bin").read_bytes() == before
    artifact.publish(tmp_path, mapped, FIELDS)
    assert_same(made_up, artifact.load(tmp_path, made_up.codec)[0], in_memory)


def test_a_loaded_version_outlives_its_deletion(made_up: MadeUp, tmp_path: Path) -> None:
    index = index_of(made_up, 20)
    artifact.publish(tmp_path, index, FIELDS)
    mapped, _ = artifact.load(tmp_path, made_up.codec)
    for _ in range(3):
        artifact.publish(tmp_path, index_of(made_up, 3), FIELDS)
    assert len(artifact.prune(tmp_path, keep=1)) >= 2
    assert_same(made_up, mapped, index)


def test_nothing_published_says_so(made_up: MadeUp, tmp_path: Path) -> None:
    assert artifact.current_version(tmp_path / "none") is None
    assert artifact.versions(tmp_path / "none") == []
    assert artifact.prune(tmp_path / "none") == []
    with pytest.raises(NothingPublished, match="no local index is published"):
        artifact.load(tmp_path, made_up.codec)


def test_an_index_of_another_codec_is_refused(made_up: MadeUp, tmp_path: Path) -> None:
    artifact.publish(tmp_path, index_of(made_up, 3), FIELDS)
    other = Codec.train(made_up.descriptors(1000, seed=5), lists=24, rounds=1)
    with pytest.raises(ArtifactError, match="was made with rootsift-ivf24"):
        artifact.load(tmp_path, other)


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_the_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("file", ["lists.bin", "sizes.npy", "images.npy", "manifest.json"])
@pytest.mark.parametrize("damage", [flip_a_byte, cut_the_end, Path.unlink])
def test_a_damaged_file_is_refused_by_name(made_up: MadeUp, tmp_path: Path, file: str, damage: Any) -> None:
    version = artifact.publish(tmp_path, index_of(made_up, 12), FIELDS)
    damage(tmp_path / version / file)
    if file == "manifest.json" and damage is not Path.unlink:
        (tmp_path / version / file).write_text("{")
    with pytest.raises(ArtifactError, match=file.replace(".", r"\.")):
        artifact.load(tmp_path, made_up.codec)


def test_files_that_do_not_belong_together_are_refused(
    made_up: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A manifest that was made for wrong files: what the checksums cannot see."""
    monkeypatch.setattr(artifact, "_is_same", lambda *_: True)
    monkeypatch.setattr(artifact, "_read", lambda *_: None)
    written = artifact._write

    def badly(folder: Path, *arguments: Any) -> None:
        written(folder, *arguments)
        cut_the_end(folder / "lists.bin")

    monkeypatch.setattr(artifact, "_write", badly)
    artifact.publish(tmp_path, index_of(made_up, 12), FIELDS)
    monkeypatch.undo()
    with pytest.raises(ArtifactError, match="disagree"):
        artifact.load(tmp_path, made_up.codec)


def test_lists_that_read_back_differently_are_not_published(
    made_up: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    artifact.publish(tmp_path, index_of(made_up, 5), FIELDS)
    current, written = artifact.current_version(tmp_path), artifact._write

    def badly(folder: Path, *arguments: Any) -> None:
        written(folder, *arguments)
        flip_a_byte(folder / "lists.bin")

    monkeypatch.setattr(artifact, "_write", badly)
    with pytest.raises(ArtifactError, match="reads back differently"):
        artifact.publish(tmp_path, index_of(made_up, 6), FIELDS)
    assert artifact.current_version(tmp_path) == current


class Crash(BaseException):
    """A power cut: nothing after it runs."""


STEPS = 10  # fsync of three files, the manifest and the folder; rename; fsync; fsync and replace of the pointer; fsync


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


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_crash_at_any_step_leaves_a_whole_current_version(
    made_up: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    old, new = index_of(made_up, 6), index_of(made_up, 8, seed=50)
    artifact.publish(tmp_path, old, FIELDS)
    with monkeypatch.context() as patched:
        calls = crash_at(patched, step)
        with pytest.raises(Crash):
            artifact.publish(tmp_path, new, FIELDS)
    pointer_changed = "replace" in calls[:-1]
    assert_same(made_up, artifact.load(tmp_path, made_up.codec)[0], new if pointer_changed else old)
    artifact.publish(tmp_path, new, FIELDS)
    assert_same(made_up, artifact.load(tmp_path, made_up.codec)[0], new)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".publishing-")] == []


def test_the_crash_test_covers_every_step(made_up: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = crash_at(monkeypatch, step=1000)
    artifact.publish(tmp_path, index_of(made_up, 3), FIELDS)
    assert len(calls) == STEPS


KILLED = """
import os, signal, sys
from pathlib import Path
import numpy as np
from search_model.local import artifact
from search_model.local.codec import Codec
from search_model.local.voting import VotingIndex
root, codec = Path(sys.argv[1]), Codec.load(Path(sys.argv[2]))
index, _ = artifact.load(root, codec)
index.remove(index.ids[:3])
parts = index.contents().parts
write = artifact._write
def killed(folder, contents, codec):
    write(folder, contents, codec)
    os.kill(os.getpid(), signal.SIGKILL)
artifact._write = killed
artifact.publish(root, index, {"last_change": 42})
"""


def test_a_publisher_that_is_killed_leaves_the_old_index_serving(made_up: MadeUp, tmp_path: Path) -> None:
    index = index_of(made_up, 12)
    made_up.codec.save(tmp_path / "codec.npz")
    version = artifact.publish(tmp_path / "local", index, FIELDS)
    serving, _ = artifact.load(tmp_path / "local", made_up.codec)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "local"), str(tmp_path / "codec.npz")]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert list((tmp_path / "local").glob(".publishing-*-*"))
    assert artifact.current_version(tmp_path / "local") == version
    assert_same(made_up, serving, index)
    assert_same(made_up, artifact.load(tmp_path / "local", made_up.codec)[0], index)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="needs /proc/self/smaps, which only Linux has")
def test_a_mapped_index_takes_no_memory_of_its_own(made_up: MadeUp, tmp_path: Path) -> None:
    version = artifact.publish(tmp_path, index_of(made_up, 300), FIELDS)
    loaded, _ = artifact.load(tmp_path, made_up.codec)
    assert loaded.search(made_up.features(15, seed=901), 5)
    lines = Path("/proc/self/smaps").read_text().splitlines()
    place = next(n for n, line in enumerate(lines) if line.endswith(f"{version}/lists.bin"))
    facts = dict(line.split(":") for line in lines[place + 1 : place + 20] if line.endswith("kB"))
    assert facts["Private_Dirty"].strip() == facts["Anonymous"].strip() == "0 kB"
