"""The cell of relations -> what one record says about others. Pure: no Django, no I/O."""

import re
from dataclasses import dataclass

from imports.cells import split_outside_brackets

UNDEFINED = "undefined"
MOST = 500  # relations of one print

_KIND_AND_TARGET = re.compile(r"([^\W\d][^,:\d]*?)\s*[,:]\s*(.+)", re.DOTALL)


@dataclass(frozen=True)
class RelationEntry:
    """`kind` in lower case (`dublette`, `vorlage`, …); `target` is the other's number as written."""

    kind: str
    target: str


def relations_in(text: str) -> tuple[RelationEntry, ...]:
    """`dublette, 1916.0047.2; vorlage, D 123` -> two. A number with no kind is `undefined`."""
    entries = dict.fromkeys(_relation(part) for part in split_outside_brackets(text, ";\n|")[:MOST])
    return tuple(entry for entry in entries if entry.target)


def _relation(part: str) -> RelationEntry:
    match = _KIND_AND_TARGET.fullmatch(part)
    if match:
        return RelationEntry(match[1].casefold(), match[2].strip(" ,"))
    return RelationEntry(UNDEFINED, part.strip(" ,:"))
