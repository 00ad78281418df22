"""The copper plate or block: everything a genre draws is drawn here, as coverage of ink and washes of colour.

The plate knows nothing of paper, margins or the press: `printing` makes an impression of it.
"""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.random import Generator

from catalog.sample.curves import closed, moved, ribbons, swell
from catalog.sample.hatching import Field, ink_of_lines, layers_of, straight
from catalog.sample.lettering import ROMAN, Hand, Stroke, bend, ink_of_strokes, strokes_of, text_width, turned
from catalog.sample.noise import value_noise

SHARPNESS = 2  # outlines are filled this many times larger and averaged down
Tone = float | np.ndarray | Callable[[np.ndarray, np.ndarray], np.ndarray]
Region = np.ndarray | None
Window = tuple[slice, slice]


class Plate:
    """What the printer inks.

    `ink` is uint8 of shape (height, width), 255 where ink will lie; `wash` float32 RGB factors or None;
    `x` and `y` are the grids of pixel coordinates.
    """

    def __init__(self, width: int, height: int, rng: Generator) -> None:
        self.width, self.height = width, height
        self.ink = np.zeros((height, width), np.uint8)
        self.wash: np.ndarray | None = None
        grid = np.indices((height, width), np.float32)
        self.y, self.x = grid[0], grid[1]
        self.tremor = value_noise(rng, (height, width), 46), value_noise(rng, (height, width), 61)

    # Regions

    def cover(self, outlines: Sequence[np.ndarray]) -> tuple[Window, np.ndarray]:
        """The window that holds the outlines and their coverage in it, float32 in [0, 1]."""
        every = np.concatenate(outlines)
        size = np.array([self.width, self.height])
        low = np.clip(np.floor(every.min(axis=0)).astype(int) - 1, 0, size - 1)
        high = np.clip(np.ceil(every.max(axis=0)).astype(int) + 2, low + 1, size)
        columns, rows = high - low
        mask = np.zeros((rows * SHARPNESS, columns * SHARPNESS), np.uint8)
        for outline in outlines:
            corners = np.round((outline - low) * (SHARPNESS * 16)).astype(np.int32)
            cv2.fillPoly(mask, [corners], 255, shift=4)
        small = cv2.resize(mask, (int(columns), int(rows)), interpolation=cv2.INTER_AREA)
        window = slice(int(low[1]), int(low[1] + rows)), slice(int(low[0]), int(low[0] + columns))
        return window, small.astype(np.float32) / 255

    def add(self, window: Window, coverage: np.ndarray) -> None:
        """Ink over ink: the darker wins."""
        patch = self.ink[window]
        np.maximum(patch, (coverage * 255).astype(np.uint8), out=patch)

    def scrape(self, window: Window, coverage: np.ndarray) -> None:
        """Take ink away where the coverage is 1."""
        self.ink[window] = (self.ink[window] * (1 - coverage)).astype(np.uint8)

    # Solid shapes and strokes

    def fill(self, outline: np.ndarray, tone: float = 1) -> None:
        window, mask = self.cover([outline])
        self.add(window, mask * tone)

    def erase(self, outline: np.ndarray) -> None:
        window, mask = self.cover([outline])
        self.scrape(window, mask)

    def strokes(
        self, lines: Sequence[np.ndarray], width: float, *, tone: float = 1, tapered: bool = True
    ) -> None:
        """Many free strokes of one greatest width, tapered at both ends like the cut of a burin."""
        shapes = _ribbons(lines, width, tapered)
        if shapes:
            window, mask = self.cover(shapes)
            self.add(window, mask * tone)

    def clear(self, outline: np.ndarray) -> None:
        """Take ink and colour away."""
        window, mask = self.cover([outline])
        self.scrape(window, mask)
        if self.wash is not None:
            self.wash[window] += (1 - self.wash[window]) * mask[..., None]

    def erase_outside(self, inset: int) -> None:
        """Clear a strip of this width along all four sides."""
        kept = self.ink[inset:-inset, inset:-inset].copy()
        self.ink[:] = 0
        self.ink[inset:-inset, inset:-inset] = kept
        if self.wash is not None:
            inner = self.wash[inset:-inset, inset:-inset].copy()
            self.wash[:] = 1
            self.wash[inset:-inset, inset:-inset] = inner

    def line(self, line: np.ndarray, width: float, *, tone: float = 1) -> None:
        self.strokes([line], width, tone=tone, tapered=False)

    def outline(self, shape: np.ndarray, width: float, *, tone: float = 1) -> None:
        """A closed contour."""
        self.line(np.concatenate([closed(shape), shape[1:2]]), width, tone=tone)

    def scratch(self, lines: Sequence[np.ndarray], width: float) -> None:
        """White lines cut into the ink, as in a white-line woodcut."""
        shapes = _ribbons(lines, width, True)
        if shapes:
            self.scrape(*self.cover(shapes))

    # Tone

    def shade(
        self,
        region: Region,
        tone: Tone,
        phase: Field,
        *,
        cross: Sequence[Field] = (),
        tremble: float = 1,
        thinnest: float = 0.07,
    ) -> None:
        """Engrave a tone into a region (None: the whole plate) with lines along `phase`, then across it."""
        window, mask = (np.s_[:, :], 1.0) if region is None else self.cover([region])
        x, y = self.x[window], self.y[window]
        shakes = [noise[window] * tremble for noise in self.tremor]
        wanted = np.clip(_tone_at(tone, x, y), 0, 1)
        parts = layers_of(wanted) if cross else [wanted * 0.92]
        for part, field in zip(parts, (phase, *cross), strict=False):
            if part.max() < thinnest:
                continue
            lines = ink_of_lines(part, field(x + shakes[0], y + shakes[1]), thinnest=thinnest)
            self.add(window, lines * mask)

    def hatch(
        self, region: Region, tone: Tone, degrees: float, pitch: float = 4.5, *, turn: float = 62
    ) -> None:
        """Straight hatching and, in the shades, cross-hatching turned by `turn` degrees."""
        crossing = straight(degrees + turn, pitch), straight(degrees - turn * 0.6, pitch)
        self.shade(region, tone, straight(degrees, pitch), cross=crossing)

    def grain(self, region: Region, tone: Tone, rng: Generator, *, size: float = 1.6) -> None:
        """Irregular dots whose number follows the tone: aquatint, stipple, a rocked mezzotint."""
        window, mask = (np.s_[:, :], 1.0) if region is None else self.cover([region])
        x, y = self.x[window], self.y[window]
        wanted = np.clip(_tone_at(tone, x, y), 0, 1)
        threshold = value_noise(rng, x.shape, size) * 0.62 + 0.5
        self.add(window, np.clip((wanted - threshold) * 3 + 0.5, 0, 1) * (wanted > 0.02) * mask)

    def tint(
        self, region: Region, colour: tuple[int, int, int], strength: Tone = 0.5, *, even: bool = False
    ) -> None:
        """A wash of water colour (RGB) laid over a region, pooled a little by the brush's tremor."""
        if self.wash is None:
            self.wash = np.ones((self.height, self.width, 3), np.float32)
        window, mask = (np.s_[:, :], np.float32(1)) if region is None else self.cover([region])
        x, y = self.x[window], self.y[window]
        uneven = 1.0 if even else 0.88 + 0.16 * self.tremor[0][window]
        alpha = (np.clip(_tone_at(strength, x, y), 0, 1) * uneven * mask)[..., None]
        self.wash[window] *= 1 - alpha + alpha * (np.array(colour, np.float32) / 255)

    def paste(self, other: "Plate", left: int, top: int) -> None:
        """Another plate's picture, replacing what is there."""
        window = slice(top, top + other.height), slice(left, left + other.width)
        self.ink[window] = other.ink
        if other.wash is not None:
            if self.wash is None:
                self.wash = np.ones((self.height, self.width, 3), np.float32)
            self.wash[window] = other.wash

    def reverse(self) -> None:
        """Turn the picture left to right, as a copyist does who cuts what he sees."""
        self.ink = np.ascontiguousarray(self.ink[:, ::-1])
        if self.wash is not None:
            self.wash = np.ascontiguousarray(self.wash[:, ::-1])

    # Letters

    def letter(
        self,
        text: str,
        x: float,
        y: float,
        height: float,
        *,
        hand: Hand = ROMAN,
        align: float = 0.5,
        spacing: float = 0.06,
        degrees: float = 0,
        tone: float = 1,
    ) -> None:
        """Text with its baseline at (x, y); `align` 0, 0.5, 1 puts x at its left, middle, right."""
        start = -align * text_width(text, height, spacing=spacing)
        strokes = [
            (moved(line, start, 0), thick, thin)
            for line, thick, thin in strokes_of(text, height, hand, spacing)
        ]
        self._write(
            [(moved(line, x, y), thick, thin) for line, thick, thin in turned(strokes, degrees)], hand, tone
        )

    def letter_round(
        self,
        text: str,
        centre: tuple[float, float],
        radius: float,
        middle: float,
        height: float,
        *,
        hand: Hand = ROMAN,
        spacing: float = 0.14,
        inside: bool = False,
    ) -> None:
        """Text round a circle, its middle at `middle` degrees (90 is below)."""
        half = np.degrees(text_width(text, height, spacing=spacing) / radius) / 2
        start = middle + half if inside else middle - half
        strokes = strokes_of(text, height, hand, spacing)
        bent = [
            (bend(_dense(line), *centre, radius, start, inside=inside), thick, thin)
            for line, thick, thin in strokes
        ]
        self._write(bent, hand, 1)

    def _write(self, strokes: list[Stroke], hand: Hand, tone: float) -> None:
        if not strokes:
            return
        every = np.concatenate([line for line, *_ in strokes])
        low = np.maximum(np.floor(every.min(axis=0)).astype(int) - 4, 0)
        high = np.minimum(np.ceil(every.max(axis=0)).astype(int) + 5, (self.width, self.height))
        if (high <= low).any():
            return
        local = [(line - low, thick, thin) for line, thick, thin in strokes]
        coverage = ink_of_strokes((int(high[1] - low[1]), int(high[0] - low[0])), local, hand.pen)
        window = slice(int(low[1]), int(high[1])), slice(int(low[0]), int(high[0]))
        self.add(window, coverage.astype(np.float32) / 255 * tone)


def _ribbons(lines: Sequence[np.ndarray], width: float, tapered: bool) -> list[np.ndarray]:
    """The outlines of many strokes; those of one length are worked out together."""
    lengths = {len(line) for line in lines if len(line) > 1}
    shapes: list[np.ndarray] = []
    for length in sorted(lengths):
        stack = np.stack([line for line in lines if len(line) == length])
        shapes += list(ribbons(stack, swell(length, width) if tapered else np.full(length, width)))
    return shapes


def _tone_at(tone: Tone, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    if callable(tone):
        return tone(x, y)
    if isinstance(tone, np.ndarray):  # an array of the whole plate
        rows, columns = y[:, 0].astype(int), x[0].astype(int)
        return tone[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.full(x.shape, tone, np.float32)


def _dense(line: np.ndarray) -> np.ndarray:
    """The same line with points between, so that it can be bent."""
    at = np.linspace(0, len(line) - 1, len(line) * 4)
    return np.stack([np.interp(at, np.arange(len(line)), line[:, axis]) for axis in (0, 1)], axis=1)
