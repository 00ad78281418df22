"""The columns that Recto understands, in the ancestor's spelling, ours, or one the caller maps. Pure.

The ancestor wrote `recordID` or `record_id`; blanks, hyphens, underscores and case make no difference here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FIELDS = (
    "record_id", "image_url", "image_file", "inventory_number", "person", "date", "title",
    "classification", "material_technique", "institution_isil", "record_url", "image_licence",
    "relations", "latitude", "longitude",
)  # fmt: skip
IGNORED = "timestamp"  # when the ancestor's export ran; says nothing about the print

_OTHER_SPELLINGS = {
    "invnr": "inventory_number",
    "mattec": "material_technique",
    "imagelicense": "image_licence",
    "timestamp": IGNORED,
}


def _key(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


_FIELD_OF_KEY = {_key(field): field for field in FIELDS} | _OTHER_SPELLINGS


def field_named(header: str) -> str | None:
    """The field that a column's `header` names, IGNORED, or None when it names none."""
    return _FIELD_OF_KEY.get(_key(header))


@dataclass(frozen=True)
class ColumnMap:
    """Which column (by position) holds which field; `extra` keeps the rest under their own names."""

    fields: Mapping[str, int]
    extra: Mapping[str, int]
    repeated: tuple[str, ...] = ()


def map_columns(header: Sequence[str], mapping: Mapping[str, str] | None = None) -> ColumnMap:
    """The columns of a table. `mapping` (header -> field) goes before the known spellings.

    Of two columns for one field the first counts; the headers of the others are in `repeated`.
    """
    fields: dict[str, int] = {}
    extra: dict[str, int] = {}
    repeated: list[str] = []
    for position, name in enumerate(header):
        if not name:
            continue
        field = (mapping or {}).get(name) or field_named(name)
        target = extra if field is None else fields
        if (field or name) in target:
            repeated.append(name)
        elif field != IGNORED:
            target[field or name] = position
    return ColumnMap(fields, extra, tuple(repeated))
