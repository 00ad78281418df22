"""Manifests -> the rows of a table that is then mapped, checked and loaded like any other. Pure.

A record is a manifest with its canvases as pictures, or a single canvas. Metadata become columns under their
own labels, so that a curator maps "Creator" once for the collection.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from imports.columns import field_named
from imports.sources.iiif import Canvas, Manifest

OWN = ("record_id", "title", "image_url", "record_url", "image_licence", "institution_isil")
LONGEST_ID = 200
Row = dict[str, str]


def rows_of(manifest: Manifest, *, each_canvas: bool) -> Iterator[Row]:
    """The rows of one manifest, by column. Rows after the first of a record only add a picture."""
    if each_canvas:
        for canvas in manifest.canvases:
            yield from _record(manifest, [canvas], canvas.id or f"{manifest.id}#{canvas.label}", canvas)
    else:
        yield from _record(manifest, manifest.canvases, manifest.id, None)


def _record(manifest: Manifest, canvases: Iterable[Canvas], name: str, only: Canvas | None) -> Iterator[Row]:
    record_id = short_id(name)
    labels = [manifest.label, only.label if only else ""]
    row = {
        "record_id": record_id,
        "title": ", ".join(dict.fromkeys(filter(None, labels))),
        "record_url": manifest.homepage,
        "image_licence": manifest.licence,
        "institution_isil": manifest.institution,
    }
    for label, value in [*manifest.pairs, *(only.pairs if only else [])]:
        _add(row, label, value)
    images = [url for canvas in canvases for url in canvas.images]
    yield row | {"image_url": images[0] if images else ""}
    for url in images[1:]:
        yield {"record_id": record_id, "image_url": url}


def _add(row: Row, label: str, value: str) -> None:
    """A label that names one of our own columns fills it where it is empty, and else stands beside it."""
    field = field_named(label)
    if field in OWN and field is not None:
        if not row.get(field):
            row[field] = value
            return
        if row[field] == value:
            return
        label = f"{label} (IIIF)"
    elif field is not None:
        label = field
    row[label] = f"{row[label]}; {value}" if label in row and row[label] != value else value


def short_id(name: str) -> str:
    """`name`, or its beginning and a hash where it is longer than a record id may be."""
    if len(name) <= LONGEST_ID:
        return name
    return f"{name[: LONGEST_ID - 17]}~{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def write_table(rows: Iterable[Row], columns: Iterable[str], file: Path) -> None:
    """CSV in UTF-8, the columns in their order."""
    with file.open("w", encoding="utf-8", newline="") as content:
        writer = csv.DictWriter(content, list(columns), restval="")
        writer.writeheader()
        writer.writerows(rows)
