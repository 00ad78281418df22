"""The cell of people -> names, life dates and roles. Pure: no Django, no I/O.

`Vallotton, Félix (1865 - 1925), Künstler, Herausgeber; Doré, Gustave (1832 - 1883), designer`: people stand
between semicolons; of each, what is in front of the life dates is the name, and what follows are the roles.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from imports.cells import split_outside_brackets, unique
from imports.roles import is_role

MOST = 200  # people of one print; a cell with more is no list of people


@dataclass(frozen=True)
class PersonEntry:
    """One person as named on a print: years are None where the cell does not say them."""

    name: str
    birth_year: int | None = None
    death_year: int | None = None
    roles: tuple[str, ...] = ()


class LifeDates(NamedTuple):
    """The years of birth and death, None where not said."""

    birth_year: int | None
    death_year: int | None


_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])|(?<![0-9.])[1-9][0-9]{2}(?![0-9.])")
# "tätig" is about the work and not about the life: those years are nobody's birth or death.
_ACTIVE = re.compile(
    r"\b(?:tätig|akt(?:iv|\.)|active|act\.|fl\.|flor(?:uit|\.)|nachweisbar|erwähnt|wirksam|bl\.)"
)
_ONLY_DEATH = re.compile(r"^(?:gest(?:orben|\.)|died\b|d\.|†|[-?\s]+(?=[^-\s]*[0-9]))")
_CENTURY = re.compile(r"\b(?:jh|jahrhundert|century|cent\b)|[0-9](?:th|st|nd|rd)\b")
_BETWEEN = re.compile(
    r"\s-+\s|(?<=[0-9?])-(?=[0-9?\s])|(?<=[0-9])-$|^-|\bbis\b|;|,?\s*†|,?\s*gest(?:orben\b|\.)|,?\s*\bdied\b"
)
_DASHES = str.maketrans("‐‑‒–—−", "------")


@lru_cache(maxsize=2000)  # the prints of one book have the same people
def people_in(text: str) -> tuple[PersonEntry, ...]:
    """The people named in `text`, each once, in their order; the roles of one named twice go together."""
    found: dict[tuple[str, int | None, int | None], PersonEntry] = {}
    for part in split_outside_brackets(text, ";\n|")[:MOST]:
        person = _person(part)
        if person is None:
            continue
        key = (person.name, person.birth_year, person.death_year)
        roles = unique([*(found[key].roles if key in found else ()), *person.roles])
        found[key] = PersonEntry(*key, roles)
    return tuple(found.values())


def _person(text: str) -> PersonEntry | None:
    text += ")" * (text.count("(") > text.count(")"))  # a bracket somebody forgot to close
    life = _life_brackets(text)
    if life is None:
        name, roles, dates = *_name_and_known_roles(text), LifeDates(None, None)
    else:
        name, roles = text[: life.start()], split_outside_brackets(text[life.end() :], ",")
        dates = life_dates_in(life[1] if life[1] is not None else life[2])
    name, bracketed = _roles_in_brackets(name.strip(" ,"))
    return PersonEntry(name, *dates, unique([*bracketed, *roles])) if name else None


def _life_brackets(text: str) -> re.Match[str] | None:
    """The first brackets that hold a year, a century or the dash of life dates."""
    for match in _BRACKETS.finditer(text):
        inside = (match[1] if match[1] is not None else match[2]).translate(_DASHES).casefold()
        if _YEAR.search(inside) or _CENTURY.search(inside) or not inside.strip(" -?*†"):
            return match
    return None


def _name_and_known_roles(text: str) -> tuple[str, list[str]]:
    """Without life dates only words known to be roles are taken from the end: "Holbein, Hans, Stecher"."""
    parts = split_outside_brackets(text, ",")
    roles: list[str] = []
    while len(parts) > 1 and is_role(parts[-1]):
        roles.insert(0, parts.pop())
    return ", ".join(parts), roles


def _roles_in_brackets(name: str) -> tuple[str, list[str]]:
    """`Doré, Gustave (designer)` -> the name and its role; other brackets belong to the name."""
    roles = []
    for match in _BRACKETS.finditer(name):
        words = split_outside_brackets(match[1] if match[1] is not None else match[2], ",")
        if words and all(is_role(word) for word in words):
            roles += words
            name = name.replace(match[0], " ")
    return " ".join(name.split()).strip(" ,"), roles


def life_dates_in(text: str) -> LifeDates:
    """What stands in the brackets: `1865 - 1925`, `geb. 1950`, `um 1500 - nach 1560`, `1865 - `, `died 1526`.

    Of a side with several years (`1497/98`) the first counts. Years of activity and centuries are none.
    A birth after the death is a mistake of the cell, and neither is kept.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold().strip()
    if _ACTIVE.search(plain) or _CENTURY.search(plain):
        return LifeDates(None, None)
    if _ONLY_DEATH.match(plain):
        return LifeDates(None, _first_year(plain))
    born, *died = _BETWEEN.split(plain, maxsplit=1)
    dates = LifeDates(_first_year(born), _first_year(died[0]) if died else None)
    if dates.birth_year and dates.death_year and dates.birth_year > dates.death_year:
        return LifeDates(None, None)
    return dates


def _first_year(text: str) -> int | None:
    year = _YEAR.search(text)
    return int(year[0]) if year else None
