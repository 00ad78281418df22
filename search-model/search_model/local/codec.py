"""The codec of local features: what turns 128 numbers into a list of the index and 16 bytes, and back.

Coarse k-means (the lists of an inverted file) and a product quantiser of what is left over (Jégou, Douze, Schmid:
"Product quantization for nearest neighbor search", PAMI 2011, section IV). Features and index entries made by two
codecs must never meet, so its id names every packed row and every published index. Packing is in `packing`.
"""

import hashlib
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import faiss
import numpy as np
from numpy.typing import NDArray

from search_model.local.features import DIM, Floats, LocalFeatures
from search_model.local.packing import CODE_BYTES, PackedRow, pack, unpack

Codes = NDArray[np.uint8]
Lists = NDArray[np.uint16]

SUBSPACE = DIM // CODE_BYTES
LARGEST = 65536  # lists; a list's number is stored in 16 bits
ROUNDS = 20  # of k-means
SHIPPED = "rootsift-ivf2048-pq16.npz"


class CodecError(Exception):
    """A codec file or a packed row that cannot be used; the message says why and what to do."""


class Entries(NamedTuple):
    """Features as the index holds them, row by row: lists uint16 (n,), codes uint8 (n, 16)."""

    lists: Lists
    codes: Codes


class Codec:
    """A trained codec, for ever unchanged.

    Args:
        coarse: centroids of the lists, (lists, 128).
        residual: centroids of each of the 16 parts of 8 dimensions of what is left, (16, 256, 8).

    Both are rounded to float16, so that a codec just trained and the same one read from its file agree to the bit.
    """

    def __init__(self, coarse: NDArray[Any], residual: NDArray[Any]) -> None:
        if coarse.ndim != 2 or coarse.shape[1] != DIM or not 0 < len(coarse) <= LARGEST:
            raise CodecError(f"the coarse centroids have shape {coarse.shape}, not (1 to {LARGEST}, {DIM})")
        if residual.shape != (CODE_BYTES, 256, SUBSPACE):
            raise CodecError(f"the residual centroids have shape {residual.shape}, not (16, 256, {SUBSPACE})")
        self._stored = (coarse.astype("<f2"), residual.astype("<f2"))
        self.coarse: Floats = self._stored[0].astype(np.float32)
        self.residual: Floats = self._stored[1].astype(np.float32)
        digest = hashlib.sha256(self._stored[0].tobytes() + self._stored[1].tobytes()).hexdigest()
        self.id = f"rootsift-ivf{self.lists}-pq{CODE_BYTES}@{digest[:8]}"

    @classmethod
    @cache
    def shipped(cls) -> "Codec":
        """The one that comes with Recto; its card lies beside it."""
        with resources.as_file(resources.files("search_model.local") / "shipped" / SHIPPED) as path:
            return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> "Codec":
        """Read a codec that `save` wrote. Raises CodecError when it is none, OSError when it cannot be read."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                return cls(stored["coarse"], stored["residual"])
        except (ValueError, KeyError, EOFError, BadZipFile) as error:
            raise CodecError(f"{path} is not a codec of local features; train one again") from error

    @classmethod
    def train(cls, descriptors: NDArray[Any], *, lists: int = 2048, rounds: int = ROUNDS, seed: int = 1) -> "Codec":
        """Learn from RootSIFT descriptors (n, 128), at least 39 a list for good ones; minutes for half a million."""
        rows = np.ascontiguousarray(descriptors, dtype=np.float32)
        if len(rows) < max(lists, 256):
            raise CodecError(f"{len(rows)} descriptors cannot teach {lists} lists; give at least {max(lists, 256)}")
        coarse = _k_means(rows, lists, rounds=rounds, seed=seed).astype(np.float16).astype(np.float32)
        left_over = rows - coarse[_nearest(coarse, rows)]
        parts = (np.ascontiguousarray(left_over[:, p : p + SUBSPACE]) for p in range(0, DIM, SUBSPACE))
        return cls(coarse, np.stack([_k_means(part, 256, rounds=rounds, seed=seed) for part in parts]))

    def save(self, path: Path) -> None:
        """Write it as float16; `load` reads it."""
        with path.open("wb") as file:
            np.savez(file, coarse=self._stored[0], residual=self._stored[1])

    @property
    def lists(self) -> int:
        """How many lists there are."""
        return len(self.coarse)

    @cached_property
    def quantizer(self) -> Any:
        """FAISS's exact index of the coarse centroids; shared by all indexes of this codec and never changed."""
        quantizer = faiss.IndexFlatL2(DIM)
        quantizer.add(self.coarse)
        return quantizer

    def empty_index(self) -> Any:
        """A trained and empty IndexIVFPQ that borrows the quantizer: keep the codec as long as the index."""
        index = faiss.IndexIVFPQ(self.quantizer, DIM, self.lists, CODE_BYTES, 8)
        faiss.copy_array_to_vector(self.residual.ravel(), index.pq.centroids)
        index.is_trained = True
        return index

    def entries_of(self, descriptors: Floats) -> Entries:
        """Encode descriptors float32 (n, 128)."""
        lists = _nearest(self.coarse, descriptors)
        left_over = np.ascontiguousarray(descriptors - self.coarse[lists])
        return Entries(lists.astype(np.uint16), self._encoder.pq.compute_codes(left_over))

    def encode(self, features: LocalFeatures) -> bytes:
        """A packed row of an image's features, 23 bytes each and 7 more; see `packing`.

        Raises:
            ValueError: more than 512 features, or mirrored ones, whose keypoints are not those of their picture.
        """
        if features.mirrored:
            raise ValueError("mirrored features are for searching; encode those of the picture as it is")
        lists, codes = self.entries_of(features.descriptors)
        return pack(PackedRow(features.width, features.height, features.keypoints, lists, codes))

    def entries(self, packed: bytes) -> Entries:
        """The index entries of a packed row. Raises ValueError for one that is damaged or of another codec."""
        row = unpack(packed)
        if len(row.lists) and int(row.lists.max()) >= self.lists:
            raise ValueError(f"a packed row names list {row.lists.max()} of {self.lists}: another codec made it")
        return Entries(row.lists, row.codes)

    def decode(self, packed: bytes) -> LocalFeatures:
        """The features of a packed row: keypoints rounded, descriptors as their codes have them (length about 1)."""
        lists, codes = self.entries(packed)
        row = unpack(packed)
        left_over = self.residual[np.arange(CODE_BYTES), codes].reshape(-1, DIM)
        return LocalFeatures(row.width, row.height, row.keypoints, self.coarse[lists] + left_over)

    @cached_property
    def _encoder(self) -> Any:
        return self.empty_index()


def _k_means(rows: Floats, count: int, *, rounds: int, seed: int) -> Floats:
    means = faiss.Kmeans(rows.shape[1], count, niter=rounds, seed=seed)
    means.train(rows)
    return np.asarray(means.centroids, dtype=np.float32)


def _nearest(centroids: Floats, rows: Floats) -> NDArray[np.int64]:
    if not len(rows):
        return np.empty(0, dtype=np.int64)
    return np.asarray(faiss.knn(np.ascontiguousarray(rows, dtype=np.float32), centroids, 1)[1][:, 0])
