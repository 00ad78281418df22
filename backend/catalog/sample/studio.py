"""From a sheet of the catalogue to its picture; the same sheet always gives the same pixels."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from catalog.sample.printing import Press, impression, random_press
from catalog.sample.sheets import Sheet


def picture_of(sheet: Sheet) -> np.ndarray:
    """RGB uint8 of shape (height, width, 3)."""
    plate = sheet.genre.draw(sheet, _generator(sheet.matrix))
    rng = _generator(f"{sheet.matrix}/{sheet.impression}")
    press = random_press(rng, _press(sheet))
    return impression(plate, press, rng, stamp=sheet.inventory_number[:2] if rng.random() < 0.3 else "")


def _generator(name: str) -> Generator:
    return np.random.default_rng(list(name.encode()))


def _press(sheet: Sheet) -> Press:
    """A late impression comes from a worn plate, on whiter paper."""
    press = sheet.genre.press
    return replace(press, wear=press.wear + 0.1, age=press.age * 0.5) if sheet.impression else press
