"""The press: a plate becomes an impression on paper, with margins, plate mark, stains and owners' stamps."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse
from catalog.sample.lettering import ITALIC
from catalog.sample.noise import fractal_noise, value_noise
from catalog.sample.plate import Plate

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Press:
    """How one impression is made. Lengths in pixels, colours RGB, strengths from 0 to 1."""

    paper: Colour = (246, 238, 221)
    ink: Colour = (38, 33, 30)
    margin: int = 34
    laid: bool = True
    plate_mark: bool = True
    plate_tone: float = 0.03
    wear: float = 0.12
    age: float = 0.4
    backing: Colour | None = None


def random_press(rng: Generator, press: Press) -> Press:
    """The same press on another day: another sheet, more or less ink, other stains."""
    shift = rng.normal(0, 4) + rng.normal(0, 0.9, 3)
    red, green, blue = (int(value) for value in np.clip(np.array(press.paper) + shift, 150, 252))
    backing = (
        ((205, 204, 200), (58, 57, 55), (228, 226, 221))[rng.integers(3)] if rng.random() < 0.3 else None
    )
    return replace(
        press,
        paper=(red, green, blue),
        margin=int(press.margin * rng.uniform(0.7, 1.35)),
        wear=float(np.clip(press.wear * rng.uniform(0.6, 1.8), 0, 0.5)),
        age=float(np.clip(press.age * rng.uniform(0.5, 1.6), 0, 1)),
        backing=backing,
    )


def impression(plate: Plate, press: Press, rng: Generator, *, stamp: str = "") -> np.ndarray:
    """RGB uint8 of shape (height, width, 3): the sheet with the print on it."""
    margin = press.margin
    foot = int(margin * 1.25)
    shape = plate.height + margin + foot, plate.width + 2 * margin
    sheet = _paper(rng, shape, press)
    inner = slice(margin, margin + plate.height), slice(margin, margin + plate.width)
    if press.plate_mark:
        _press_mark(sheet, inner, press)
    if plate.wash is not None:
        sheet[inner] *= plate.wash
    _print_ink(sheet[inner], plate, press, rng)
    if stamp:
        _stamp(sheet, stamp, rng)
    picture = np.clip(sheet, 0, 255).astype(np.uint8)
    return picture if press.backing is None else _mounted(picture, press.backing, rng)


def _paper(rng: Generator, shape: tuple[int, int], press: Press) -> np.ndarray:
    """float32 RGB of shape (height, width, 3)."""
    shade = fractal_noise(rng, shape, 260, 3) * 5 * press.age
    shade += cv2.GaussianBlur(rng.standard_normal(shape, np.float32), (0, 0), 0.8) * 4.2
    if press.laid:
        shade += _laid_lines(rng, shape)
    shade -= _edge_toning(shape) * 26 * press.age
    sheet = shade[..., None] * np.array([1.0, 1.06, 1.25], np.float32) + np.array(press.paper, np.float32)
    for _ in range(rng.poisson(7 * press.age)):
        _fox(sheet, rng)
    return sheet


def _laid_lines(rng: Generator, shape: tuple[int, int]) -> np.ndarray:
    """The sieve of hand-made paper: fine laid lines and a chain line every three centimetres or so."""
    y, x = np.arange(shape[0], dtype=np.float32)[:, None], np.arange(shape[1], dtype=np.float32)[None]
    chains = np.exp(-(((x + rng.uniform(0, 60)) % 62 - 31) ** 2) / 3)
    return np.asarray(1.0 * np.sin(2 * np.pi * y / 3.3) - 2.4 * chains.astype(np.float32))


def _edge_toning(shape: tuple[int, int]) -> np.ndarray:
    """1 at the edges of the sheet, falling to 0 within a few dozen pixels."""
    y, x = np.arange(shape[0], dtype=np.float32), np.arange(shape[1], dtype=np.float32)
    edge = np.minimum(np.minimum(y, y[::-1])[:, None], np.minimum(x, x[::-1])[None])
    return np.exp(-edge / 22)


def _fox(sheet: np.ndarray, rng: Generator) -> None:
    """One brown stain."""
    radius = int(rng.gamma(2.0, 2.2)) + 2
    top, left = (int(rng.integers(0, max(1, size - 2 * radius))) for size in sheet.shape[:2])
    y, x = np.mgrid[-radius:radius, -radius:radius].astype(np.float32)
    spot = np.exp(-(x**2 + y**2) / (0.35 * radius**2))[..., None] * rng.uniform(8, 30)
    patch = sheet[top : top + 2 * radius, left : left + 2 * radius]
    patch -= spot[: patch.shape[0], : patch.shape[1]] * np.array([0.45, 0.8, 1.1], np.float32)


def _press_mark(sheet: np.ndarray, inner: tuple[slice, slice], press: Press) -> None:
    """The dent of the plate's edge, and the film of ink that wiping leaves inside it."""
    rows, columns = inner
    sheet[inner] *= 1 - press.plate_tone
    for grow, change in ((0, -20), (1, -11), (2, 7), (3, 4)):
        top, bottom = rows.start - grow, rows.stop - 1 + grow
        left, right = columns.start - grow, columns.stop - 1 + grow
        for edge in (
            np.s_[top, left:right],
            np.s_[bottom, left:right],
            np.s_[top:bottom, left],
            np.s_[top:bottom, right],
        ):
            sheet[edge] += change


def _print_ink(patch: np.ndarray, plate: Plate, press: Press, rng: Generator) -> None:
    """Ink spreads a little into the paper, and no plate prints evenly."""
    ink = cv2.GaussianBlur(plate.ink, (0, 0), 0.55).astype(np.float32) / 255
    even = 1 - press.wear * (0.5 + 0.5 * value_noise(rng, ink.shape, 90))
    grain = 1 - 0.13 * np.abs(cv2.GaussianBlur(rng.standard_normal(ink.shape, np.float32), (0, 0), 0.7))
    alpha = np.clip(ink * 1.06, 0, 1) * even * grain
    patch += alpha[..., None] * (np.array(press.ink, np.float32) - patch)


def _stamp(sheet: np.ndarray, text: str, rng: Generator) -> None:
    """A collector's stamp in a lower corner."""
    mark = Plate(54, 38, rng)
    mark.outline(ellipse(27, 19, 23, 15), 1.5)
    mark.letter(text, 27, 24, 11, hand=ITALIC)
    colour = np.array(((92, 44, 110), (150, 40, 38), (40, 60, 110))[rng.integers(3)], np.float32)
    left = int(sheet.shape[1] * rng.choice([0.03, 0.9])) - 6
    patch = sheet[-44:-6, max(left, 2) : max(left, 2) + 54]
    alpha = mark.ink[: patch.shape[0], : patch.shape[1], None].astype(np.float32) / 255 * 0.55
    patch += alpha * (colour - patch)


def _mounted(picture: np.ndarray, backing: Colour, rng: Generator) -> np.ndarray:
    """The sheet lies on a table of one colour, a hair out of true, with the shadow of its edge."""
    border = 12
    framed = cv2.copyMakeBorder(picture, border, border, border, border, cv2.BORDER_CONSTANT, value=backing)
    height, width = framed.shape[:2]
    tilt = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-0.5, 0.5)), 1)
    return cv2.warpAffine(framed, tilt, (width, height), flags=cv2.INTER_LINEAR, borderValue=backing)
