"""Parts of engraved title pages: columns, headpieces, the year in Roman numerals."""

import numpy as np

from catalog.sample.curves import arc, points, rectangle
from catalog.sample.hatching import straight
from catalog.sample.motifs import devices, scrolls
from catalog.sample.motifs.frames import leaf, palmette
from catalog.sample.plate import Plate


def roman_numeral(year: int) -> str:
    """The year as printers set it, with points at both ends of the thousands."""
    values = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    text = ""
    for value, letters in values:
        text += letters * (year // value)
        year %= value
    return f"{text}."


def column(plate: Plate, x: float, top: float, foot: float) -> None:
    """A fluted shaft with its capital and base."""
    shaft = points((x - 26, top + 40), (x + 26, top + 40), (x + 31, foot - 24), (x - 31, foot - 24))
    plate.erase(shaft)
    plate.shade(
        shaft,
        lambda px, py: np.clip(
            0.32 + 0.45 * (px - x) / 30 + 0.3 * np.sin(np.arcsin(np.clip((px - x) / 31, -1, 1)) * 12), 0.02, 1
        ),
        straight(90, 3.4),
        tremble=0.3,
    )
    plate.outline(shaft, 1.6)
    for grow, a, b in (
        (6, foot - 26, foot - 14),
        (12, foot - 14, foot),
        (4, top + 34, top + 42),
        (18, top, top + 10),
    ):
        devices.body(plate, rectangle(x - 28 - grow, a, x + 28 + grow, b), tone=0.4)
    for spread in (-60, -28, 0, 28, 60):
        scrolls.acanthus(plate, x + spread * 0.35, top + 36, 34, -90 + spread * 0.7, curl=spread / 120)


def head(plate: Plate, left: float, top: float, right: float, bottom: float) -> None:
    """A headpiece: leaves that meet at a mask-like shell, on hatched ground."""
    box = rectangle(left, top, right, bottom)
    plate.hatch(box, 0.5, 0, 3.8)
    plate.outline(box, 2)
    middle, axis = (top + bottom) / 2, (left + right) / 2
    for side in (-1, 1):
        for index in range(5):
            x = axis + side * (64 + index * 44)
            scrolls.acanthus(
                plate,
                x,
                middle,
                52,
                (0 if side > 0 else 180) + (34 if index % 2 else -34),
                curl=(0.5 if index % 2 else -0.5) * side,
            )
        stem = arc(axis + side * 150, middle, 110, 10, 0, 180, 20)
        plate.strokes([stem], 3)
    palmette(plate, axis, bottom - 22, 74, lobes=9)
    for side in (-1, 1):
        outline = leaf(axis + side * 26, middle + 8, 40, 16, 0 if side > 0 else 180)
        plate.erase(outline)
        plate.outline(outline, 1.2)
