"""One immutable run of images in the local index: their features in a FAISS IndexIVFPQ, and which images still count.

A feature's label is `slot * 512 + row`: the image's place in `ids`, and the feature's row in the packed row. So a
label tells image and feature without a table, and an image is masked by 64 bytes of a bitmap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from search_model.local.codec import Codec, Codes, Entries
from search_model.local.features import Floats
from search_model.local.packing import CODE_BYTES, MOST_ROWS

Ids = NDArray[np.int64]
Counts = NDArray[np.uint16]

NO_LABEL = -1


class Probe(NamedTuple):
    """Query descriptors and where to look for their neighbours.

    Attributes:
        descriptors: float32 (n, 128).
        lists: int64 (n, probes), the nearest lists.
        distances: float32 (n, probes), squared distances of their centroids.
    """

    descriptors: Floats
    lists: Ids
    distances: Floats


class ListPart(NamedTuple):
    """What one list of the index holds: labels int64 (n,), codes uint8 (n, 16)."""

    labels: Ids
    codes: Codes


_NOTHING = ListPart(np.empty(0, dtype=np.int64), np.empty((0, CODE_BYTES), dtype=np.uint8))


@dataclass(frozen=True, eq=False)
class LocalSegment:
    """Images in an IndexIVFPQ.

    Attributes:
        index: the FAISS index; it borrows the codec's quantizer.
        ids: int64 (slots,), strictly ascending: image ids.
        counts: uint16 (slots,), features of each image.
        live: bool (slots,), False where the image was removed; None when all count.
        mapped: whether the lists are a memory-mapped file, which must not be copied into memory.
    """

    index: Any
    ids: Ids
    counts: Counts
    live: NDArray[np.bool_] | None = None
    mapped: bool = False

    def __len__(self) -> int:
        """Images that still count."""
        return self.ids.size if self.live is None else int(np.count_nonzero(self.live))

    def live_mask(self) -> NDArray[np.bool_]:
        """bool (slots,): which images still count."""
        return np.ones(self.ids.size, dtype=bool) if self.live is None else self.live

    def without(self, ids: Ids) -> "LocalSegment":
        """The same features less those of the images `ids` (ascending)."""
        gone = np.isin(self.ids, ids, assume_unique=True) & self.live_mask()
        return replace(self, live=self.live_mask() & ~gone) if gone.any() else self

    def neighbours(self, probe: Probe, k: int, allowed_ids: Ids | None) -> tuple[Ids, Floats]:
        """Labels int64 (n, k) and squared distances float32 (n, k) of the nearest features of allowed images.

        Nearest first; padded with -1 and a huge distance. `allowed_ids` ascending, None for all.
        """
        visited = self.live
        if allowed_ids is not None:
            visited = np.isin(self.ids, allowed_ids, assume_unique=True) & self.live_mask()
        parameters = faiss.SearchParametersIVF(nprobe=probe.lists.shape[1], sel=_selector(visited))
        count = len(probe.descriptors)
        labels, distances = np.empty((count, k), dtype=np.int64), np.empty((count, k), dtype=np.float32)
        # The C++ call, because FAISS's Python one takes no parameters with lists assigned beforehand.
        asked = (faiss.swig_ptr(array) for array in probe)
        found = (faiss.swig_ptr(array) for array in (distances, labels))
        descriptors, lists, list_distances = asked
        self.index.search_preassigned_c(count, descriptors, k, lists, list_distances, *found, False, parameters)
        return labels, distances

    def list_part(self, number: int) -> ListPart:
        """All that a list holds, removed images too: read-only views, nothing is copied."""
        lists = self.index.invlists
        size = lists.list_size(number)
        if not size:
            return _NOTHING
        labels = faiss.rev_swig_ptr(lists.get_ids(number), size)
        codes = faiss.rev_swig_ptr(lists.get_codes(number), size * CODE_BYTES).reshape(size, CODE_BYTES)
        return ListPart(labels, codes)


@dataclass(frozen=True, eq=False)
class Fold:
    """The live images of several segments, numbered anew by ascending id; reads one list at a time.

    Attributes:
        ids, counts: as in a segment.
    """

    segments: Sequence[LocalSegment]
    ids: Ids
    counts: Counts

    def parts(self, lists: int) -> Iterator[ListPart]:
        """What each of the `lists` lists holds, first to last; copies."""
        tables = [self._new_slots(segment) for segment in self.segments]
        for number in range(lists):
            parts = [_renumbered(s.list_part(number), table) for s, table in zip(self.segments, tables, strict=True)]
            parts.append(_NOTHING)  # there may be no segment
            yield ListPart(np.concatenate([p.labels for p in parts]), np.concatenate([p.codes for p in parts]))

    def _new_slots(self, segment: LocalSegment) -> Ids:
        return np.where(segment.live_mask(), np.searchsorted(self.ids, segment.ids), NO_LABEL)


def fold(segments: Sequence[LocalSegment]) -> Fold:
    """The live images of segments; an image must be live in at most one."""
    ids = np.concatenate([np.empty(0, np.int64), *(s.ids[s.live_mask()] for s in segments)])
    counts = np.concatenate([np.empty(0, np.uint16), *(s.counts[s.live_mask()] for s in segments)])
    order = np.argsort(ids)
    return Fold(segments, ids[order], counts[order])


def segment_of(codec: Codec, ids: Ids, entries: Sequence[Entries]) -> LocalSegment:
    """A segment in memory of images in any order; ids must be unique."""
    order = np.argsort(ids)
    ordered = [entries[place] for place in order]
    counts = np.array([len(e.lists) for e in ordered], dtype=np.uint16)
    index = codec.empty_index()
    if counts.any():
        rows = np.concatenate([np.arange(count) for count in counts])
        labels = np.repeat(np.arange(len(ordered)) * MOST_ROWS, counts) + rows
        index.add_sa_codes(_standalone_codes(index, ordered), labels)
    return LocalSegment(index, ids[order], counts)


def merged(codec: Codec, segments: Sequence[LocalSegment]) -> LocalSegment:
    """One segment in memory with the images of all that still count."""
    folded, index = fold(segments), codec.empty_index()
    for number, (labels, codes) in enumerate(folded.parts(codec.lists)):
        if labels.size:
            index.invlists.add_entries(number, labels.size, faiss.swig_ptr(labels), faiss.swig_ptr(codes))
            index.ntotal += labels.size
    return LocalSegment(index, folded.ids, folded.counts)


def _standalone_codes(index: Any, entries: Sequence[Entries]) -> Codes:
    # FAISS's own format of a feature outside its list: the list's number in as few bytes as hold it, then the code.
    lists = np.concatenate([e.lists for e in entries]).astype("<u4").view(np.uint8).reshape(-1, 4)
    codes = np.concatenate([e.codes for e in entries])
    return np.ascontiguousarray(np.concatenate([lists[:, : index.coarse_code_size()], codes], axis=1))


def _renumbered(part: ListPart, new_slots: Ids) -> ListPart:
    slots = new_slots[part.labels // MOST_ROWS]
    kept = slots != NO_LABEL
    return ListPart((slots * MOST_ROWS + part.labels % MOST_ROWS)[kept], part.codes[kept])


def _selector(visited: NDArray[np.bool_] | None) -> Any:
    if visited is None:
        return None
    return faiss.IDSelectorBitmap(np.repeat(visited.astype(np.uint8) * np.uint8(255), MOST_ROWS // 8))
