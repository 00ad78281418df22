"""Rows <-> lines of JSON, by what the columns are: any database's rows are read back into any other."""

import base64
import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Field, Model

# Bytes of a chunk before it is packed. Rows come in the order of their ids, so that chunks of rows that have
# not changed are the same in the next backup, which need not write them again.
CHUNK = 4_000_000
Rows = Iterator[tuple[Any, ...]]

_WRITE: dict[str, Callable[[Any], Any]] = {
    "BinaryField": lambda value: base64.b64encode(value).decode(),
    "DateTimeField": datetime.isoformat,
}
_READ: dict[str, Callable[[Any], Any]] = {
    "BinaryField": base64.b64decode,
    "DateTimeField": datetime.fromisoformat,
}


def columns_of(model: type[Model]) -> "list[Field[Any, Any]]":
    return list(model._meta.concrete_fields)


def packed_rows(columns: "Sequence[Field[Any, Any]]", rows: Rows) -> Iterator[tuple[int, bytes]]:
    """The rows in chunks: how many, and their bytes. Values are as the columns' model has them."""
    writers = [_WRITE.get(column.get_internal_type()) for column in columns]
    lines: list[str] = []
    size = 0
    for row in rows:
        lines.append(json.dumps([_applied(write, value) for write, value in zip(writers, row, strict=True)]))
        size += len(lines[-1])
        if size >= CHUNK:
            yield len(lines), _packed(lines)
            lines, size = [], 0
    if lines:
        yield len(lines), _packed(lines)


def unpacked_rows(columns: "Sequence[Field[Any, Any]]", packed: bytes) -> Rows:
    """What `packed_rows` wrote."""
    readers = [_READ.get(column.get_internal_type()) for column in columns]
    for line in gzip.decompress(packed).splitlines():
        yield tuple(_applied(read, value) for read, value in zip(readers, json.loads(line), strict=True))


def _applied(change: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if change is None or value is None else change(value)


def _packed(lines: list[str]) -> bytes:
    """The same lines are the same bytes. (Packed hardest, features shrink no further.)"""
    return gzip.compress("\n".join(lines).encode(), compresslevel=1, mtime=0)
