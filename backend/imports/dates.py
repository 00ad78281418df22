"""German and English date texts of catalogues -> the range of years they allow. Pure: no Django, no I/O.

Everything that names a time in the text (a year, a decade, a century, a part of one) becomes a span, and the
answer reaches from the earliest to the latest: `designed 1523 - 1525, published 1538` is 1523 to 1538.
The rules that are choices: "ca." and "?" mean CIRCA years to both sides (ca. 1520 is 1515 to 1525);
"before" and "after" reach OPEN years; early, middle and late are thirds; the 16th century begins with 1501.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from imports.date_words import BEFORE_CHRIST, BENDS, DIVISIONS, JOINED, LAST, THIRDS, TIME, UNDATED, write_out

CIRCA = 5
OPEN = 50
READ = 1000  # characters: what follows in a longer cell is not a date


class YearRange(NamedTuple):
    """The first and the last year, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class _Span:
    """One time named in the text and where it stands there."""

    first: int
    last: int
    bend: str
    circa: bool
    start: int
    end: int


def years_of(text: str) -> YearRange | None:
    """The years that `text` allows, or None when it names none that can be read.

    >>> years_of("Entstehung des Druckträgers: 1915 - 1916")
    YearRange(first=1915, last=1916)
    """
    return _read_years(text[:READ])


@lru_cache(maxsize=2000)  # the prints of one book have one date
def _read_years(text: str) -> YearRange | None:
    plain = _plain(text)
    if BEFORE_CHRIST.search(plain):
        return None
    spans = _share_circa(plain, [_span(match) for match in TIME.finditer(plain)])
    if not spans:
        return None
    ranges = [_years(span, alone=len(spans) == 1) for span in spans]
    return YearRange(min(first for first, _ in ranges), max(last for _, last in ranges))


def says_undated(text: str) -> bool:
    """True for an empty text and for the usual ways to say that there is no date (o. J., s. d., undated)."""
    return bool(UNDATED.match(_plain(text)))


def _plain(text: str) -> str:
    # "16ᵗʰ" and full-width digits become plain ones; "c.1520" and "C.1520" are the same.
    return write_out(unicodedata.normalize("NFKC", text[:READ]).casefold())


def _span(match: re.Match[str]) -> _Span:
    first, last = _part_of(*_named_years(match), match)
    bend = next((name for name in BENDS if match[name]), "")
    # A doubted century is no wider than the century; only a year has neighbours that it may be.
    circa = bool(match["year"]) and bool(match["circa"] or match["doubt"])
    return _Span(first, last, bend, circa, match.start(), match.end())


def _named_years(match: re.Match[str]) -> tuple[int, int]:
    """The years of the thing itself: 1520 · 1520s · 1500s and 15-- (1500 to 1599) · 16th century."""
    if match["year"]:
        return int(match["year"]), int(match["year"])
    if decade := match["decade"] or match["cut_decade"]:
        return int(decade) * 10, int(decade) * 10 + 9
    if hundred := match["hundred"] or match["cut_century"]:
        return int(hundred) * 100, int(hundred) * 100 + 99
    century = int(match["century"])
    return century * 100 - 99, century * 100


def _part_of(first: int, last: int, match: re.Match[str]) -> tuple[int, int]:
    """The second half, last quarter or early third of `first` to `last`; a single year has no parts."""
    if first == last:
        return first, last
    if division := match["division"]:
        parts = DIVISIONS[division]
        nth = parts if match["nth"] == LAST else int(match["nth"])
    else:
        parts, nth = 3, next((third for name, third in THIRDS.items() if match[name]), 0)
    if not 1 <= nth <= parts:
        return first, last
    length = last - first + 1
    return first + round(length * (nth - 1) / parts), first + round(length * nth / parts) - 1


def _share_circa(plain: str, spans: list[_Span]) -> list[_Span]:
    """In "ca. 1520 - 1530" the "ca." is said of both ends; in "1520 - ca. 1530" of the second only."""
    shared: list[_Span] = []
    for span in spans:
        before = shared[-1] if shared else None
        joined = before is not None and before.circa and JOINED.match(plain[before.end : span.start])
        shared.append(replace(span, circa=True) if joined and span.first == span.last else span)
    return shared


def _years(span: _Span, *, alone: bool) -> tuple[int, int]:
    """The span's years; the open side of "vor" or "nach" reaches out only where no other time is named."""
    margin, reach = CIRCA if span.circa else 0, OPEN if alone else 1
    if span.bend == "before":
        return span.first - reach, span.first - 1 + margin
    if span.bend == "after":
        return span.last + 1 - margin, span.last + reach
    first, last = span.first - margin, span.last + margin
    if span.bend == "not_before":
        return first, last + (OPEN if alone else 0)
    if span.bend == "not_after":
        return first - (OPEN if alone else 0), last
    return first, last
