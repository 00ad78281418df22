"""The local index on disk: a version holds the inverted lists, the images and a manifest.

`lists.bin` is list after list: the codes of all its features (16 bytes each), then their labels (int64). FAISS reads
it where it lies (OnDiskInvertedLists), so that all processes share one copy and only what is searched is in memory.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from search_model.local.codec import Codec
from search_model.local.features import DIM
from search_model.local.packing import CODE_BYTES
from search_model.local.segment import Fold, Ids, LocalSegment
from search_model.local.voting import VotingIndex
from search_model.publishing import ArtifactError, Draft, Manifest, NothingPublished, Versions

__all__ = ["ArtifactError", "Manifest", "NothingPublished", "current_version", "load", "prune", "publish", "versions"]

LISTS_FILE = "lists.bin"
SIZES_FILE = "sizes.npy"  # int64 (lists,): features in each list
IMAGES_FILE = "images.npy"  # int64 (2, images): ids ascending, and the number of features of each
FILES = (LISTS_FILE, SIZES_FILE, IMAGES_FILE)
ENTRY_BYTES = CODE_BYTES + 8


def publish(root: Path, index: VotingIndex, manifest_fields: Mapping[str, Any]) -> str:
    """Write what is in the index now as a new version and make it the current one; returns the version.

    Works through the lists one by one: a few MB of memory whatever the index's size.

    Args:
        root: folder of all versions, made if need be. One publisher at a time: a second waits.
        index: mapped or not; it may be searched and changed meanwhile.
        manifest_fields: "last_change" (number); anything else goes into `extra`. The descriptor is the codec's id.

    Raises:
        ArtifactError: what was read back differs from what was written. Nothing was published.
        OSError: no space, no permission. Nothing was published.
    """
    contents, codec = index.contents(), index.codec
    draft = Draft(
        fields={**manifest_fields, "descriptor": codec.id},
        dim=DIM,
        count=contents.ids.size,
        files=FILES,
        write=lambda folder: _write(folder, contents, codec),
        same=lambda folder, manifest: _is_same(_read(folder, manifest, codec), contents, codec),
    )
    return _versions_in(root).publish(draft)


def load(root: Path, codec: Codec, version: str | None = None) -> tuple[VotingIndex, Manifest]:
    """Check a version against its manifest and map it into memory; None opens the current one.

    Adding and removing works all the same and changes only this process's copy.

    Raises:
        NothingPublished: there is no current version.
        ArtifactError: a file is missing, truncated, altered, of another codec, or does not belong to the others.
    """
    folder, manifest = _versions_in(root).open(version)
    return VotingIndex(codec, _read(folder, manifest, codec)), manifest


def current_version(root: Path) -> str | None:
    """The version that `load` opens; None before the first publication."""
    return _versions_in(root).current()


def versions(root: Path) -> list[str]:
    """All complete versions, oldest first (by second; within one second in no order)."""
    return _versions_in(root).complete()


def prune(root: Path, keep: int = 2, protected: Collection[str] = ()) -> list[str]:
    """Delete all but the newest `keep` versions, the current one and the protected; returns what was deleted."""
    return _versions_in(root).prune(keep, protected)


def _versions_in(root: Path) -> Versions:
    return Versions(root, "local index")


def _write(folder: Path, contents: Fold, codec: Codec) -> None:
    sizes = []
    with (folder / LISTS_FILE).open("wb") as file:
        for labels, codes in contents.parts(codec.lists):
            file.write(codes.tobytes())
            file.write(labels.astype("<i8").tobytes())
            sizes.append(labels.size)
    np.save(folder / SIZES_FILE, np.array(sizes, dtype=np.int64), allow_pickle=False)
    images = np.stack([contents.ids, contents.counts.astype(np.int64)])
    np.save(folder / IMAGES_FILE, images, allow_pickle=False)


def _is_same(segment: LocalSegment, contents: Fold, codec: Codec) -> bool:
    same = np.array_equal(segment.ids, contents.ids) and np.array_equal(segment.counts, contents.counts)
    return same and all(
        np.array_equal(written.labels, meant.labels) and np.array_equal(written.codes, meant.codes)
        for written, meant in zip(map(segment.list_part, range(codec.lists)), contents.parts(codec.lists), strict=True)
    )


def _read(folder: Path, manifest: Manifest, codec: Codec) -> LocalSegment:
    if manifest.descriptor != codec.id:
        raise ArtifactError(f"{folder} was made with {manifest.descriptor}, not {codec.id}; publish it again")
    try:
        sizes = np.load(folder / SIZES_FILE, allow_pickle=False)
        images = np.load(folder / IMAGES_FILE, allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise ArtifactError(f"{folder} cannot be read ({error}); publish the local index again") from error
    if not _agree(folder, manifest, codec, sizes, images):
        raise ArtifactError(f"{folder}: lists, images and manifest disagree; publish the local index again")
    return LocalSegment(
        _mapped_index(codec, folder / LISTS_FILE, sizes), images[0], images[1].astype(np.uint16), mapped=True
    )


def _agree(folder: Path, manifest: Manifest, codec: Codec, sizes: Ids, images: Ids) -> bool:
    return (
        sizes.shape == (codec.lists,)
        and images.shape == (2, manifest.count)
        and sizes.dtype == images.dtype == np.int64
        and bool(np.all(sizes >= 0) and np.all(np.diff(images[0]) > 0))
        and sizes.sum() == images[1].sum()
        and (folder / LISTS_FILE).stat().st_size == sizes.sum() * ENTRY_BYTES
    )


def _mapped_index(codec: Codec, path: Path, sizes: Ids) -> Any:
    """An IndexIVFPQ whose lists are the file. It may be deleted meanwhile: it lives until the index is dropped."""
    index = codec.empty_index()
    if sizes.sum() == 0:
        return index  # no memory is mapped from an empty file
    lists = faiss.OnDiskInvertedLists()
    lists.nlist, lists.code_size = codec.lists, CODE_BYTES
    lists.filename, lists.read_only, lists.totsize = str(path), True, int(sizes.sum()) * ENTRY_BYTES
    lists.prefetch_nthread = 0  # FAISS would start 32 threads for every search, to read ahead from slow disks
    offsets = np.cumsum(sizes) * ENTRY_BYTES - sizes * ENTRY_BYTES
    table = np.ascontiguousarray(np.stack([sizes, sizes, offsets], axis=1), dtype=np.uint64)
    lists.lists.resize(codec.lists)
    faiss.memcpy(lists.lists.data(), faiss.swig_ptr(table), table.nbytes)  # a row is FAISS's OnDiskOneList
    lists.do_mmap()
    index.replace_invlists(lists, True)
    lists.this.disown()
    index.ntotal = int(sizes.sum())
    return index
