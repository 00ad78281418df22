"""Vectors as they are stored (float16 bytes) and as they are searched (float32 rows of length 1). Pure."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
# SQLite gives bytes, PostgreSQL a memoryview.
Stored = bytes | memoryview
StoredRows = NDArray[np.float16]
STORED = np.dtype("<f2")


def to_stored(vector: Vectors) -> bytes:
    """One vector, float of shape (dim,), as little-endian float16: two bytes a dimension."""
    return np.asarray(vector).astype(STORED).tobytes()


def stored_rows(rows: Iterable[Stored], *, dim: int) -> StoredRows:
    """Stored vectors as float16 of shape (n, dim). Raises ValueError when they have another dimension."""
    return np.frombuffer(b"".join(bytes(row) for row in rows), dtype=STORED).reshape(-1, dim)


def unit_rows(rows: StoredRows) -> Vectors:
    """As float32 with every row of length 1 again, which the rounding to float16 had changed a little."""
    vectors = rows.astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)
