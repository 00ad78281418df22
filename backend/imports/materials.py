"""The cell of material and technique -> techniques. Pure: no Django, no I/O."""

from imports.cells import split_outside_brackets, unique

MOST = 50  # techniques of one print; a cell with more is no list of techniques


def techniques_in(text: str) -> tuple[str, ...]:
    """`Radierung, Kupferstich` -> two. What stands in brackets stays with its technique; each counts once.

    "und" separates nothing: `Feder, schwarz und weiss gehöht` would fall apart.
    """
    return unique(split_outside_brackets(text, ",;|"))[:MOST]
