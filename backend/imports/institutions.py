"""The cell of the institution -> its name and its ISIL. Pure: no Django, no I/O."""

import re
from dataclasses import dataclass

# ISO 15511: a country (two letters) or another prefix that it registers, a hyphen, up to eleven signs.
_ISIL = re.compile(r"(?:[A-Z]{2}|EUR|GTB|OCLC|ZDB|O|M)-[A-Za-z0-9:/-]{1,11}")
_IN_BRACKETS = re.compile(r"\s*[(\[]\s*(?:ISIL:?\s*)?([^()\[\]]*?)\s*[)\]]\s*$")


@dataclass(frozen=True)
class InstitutionEntry:
    """Who keeps the print; `isil` is empty where the cell has none."""

    name: str
    isil: str = ""


def institution_in(text: str) -> InstitutionEntry | None:
    """`Graphische Sammlung ETH Zürich (CH-000511-9)` -> name and ISIL; an ISIL alone is the name, too."""
    if not text:
        return None
    if _ISIL.fullmatch(text):
        return InstitutionEntry(text, text)
    brackets = _IN_BRACKETS.search(text)
    if brackets and _ISIL.fullmatch(brackets[1]):
        return InstitutionEntry(text[: brackets.start()].strip() or brackets[1], brackets[1])
    return InstitutionEntry(text)
