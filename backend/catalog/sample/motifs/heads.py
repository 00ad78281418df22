"""Heads in profile, modelled like the relief of a medal and shaded with lines that follow the cheek."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, moved, points, ribbon, smooth, spiral
from catalog.sample.hatching import Field, straight, waves
from catalog.sample.motifs.frames import veined_leaf
from catalog.sample.plate import Plate


@dataclass(frozen=True)
class Head:
    """Where a head lies: `size` is the distance from crown to chin in pixels; it looks to the right."""

    x: float
    y: float
    size: float
    nose: float = 0.0
    chin: float = 0.0
    brow: float = 0.0

    def place(self, shape: np.ndarray) -> np.ndarray:
        """From shares of the head (0, 0 is above the ear at the crown) to pixels."""
        return shape * self.size + np.array([self.x, self.y])

    def profile(self) -> np.ndarray:
        """Forehead to chin, shape (n, 2), in shares of the head."""
        return smooth(
            points(
                (0.1, 0.0),
                (0.3, 0.09),
                (0.385 + self.brow, 0.25),
                (0.4 + self.brow, 0.31),
                (0.37, 0.375),
                (0.435 + self.nose * 0.6, 0.48),
                (0.5 + self.nose, 0.565),
                (0.455 + self.nose * 0.5, 0.6),
                (0.4, 0.605),
                (0.425, 0.655),
                (0.432, 0.68),
                (0.395, 0.693),
                (0.43, 0.715),
                (0.415, 0.745),
                (0.383, 0.775),
                (0.415 + self.chin, 0.84),
                (0.395 + self.chin, 0.91),
                (0.31, 0.955),
                (0.16, 0.91),
            ),
            7,
        )

    def outline(self) -> np.ndarray:
        """Head, neck and shoulders as one contour in shares of the head."""
        bust = smooth(
            points((0.16, 0.91), (0.12, 1.06), (0.16, 1.18), (0.42, 1.3), (0.62, 1.46), (0.7, 1.75)), 8
        )
        back = smooth(
            points(
                (-0.82, 1.75),
                (-0.74, 1.42),
                (-0.5, 1.28),
                (-0.3, 1.18),
                (-0.27, 0.98),
                (-0.36, 0.8),
                (-0.46, 0.55),
                (-0.44, 0.26),
                (-0.26, 0.05),
                (-0.06, -0.02),
                (0.1, 0.0),
            ),
            8,
        )
        return np.concatenate([self.profile(), bust, back])


def relief_tone(plate: Plate, head: Head, outline: np.ndarray, *, darkness: float = 1) -> np.ndarray:
    """Shade of the modelled head, float32 of the plate's shape, lit from the upper right."""
    mask = np.zeros(plate.ink.shape, np.float32)
    cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], 1.0)
    height = sum(
        np.sqrt(cv2.GaussianBlur(mask, (0, 0), head.size * blur)) * weight
        for blur, weight in ((0.03, 0.25), (0.09, 0.6), (0.2, 0.7))
    )
    for x, y, reach, lift in (
        (0.2, 0.58, 0.1, 0.2),
        (0.28, 0.37, 0.055, -0.22),
        (0.3, 0.29, 0.07, 0.12),
        (0.12, 0.8, 0.1, 0.1),
        (0.4, 0.5, 0.05, 0.1),
        (-0.02, 0.5, 0.07, -0.08),
        (0.36, 0.63, 0.04, -0.06),
        (0.34, 0.86, 0.06, 0.12),
    ):
        away = np.hypot(plate.x - head.x - x * head.size, plate.y - head.y - y * head.size) / (
            reach * head.size
        )
        height = height + lift * np.exp(-(away**2))
    dy, dx = np.gradient(cv2.GaussianBlur(height.astype(np.float32), (0, 0), 1.2) * head.size * 0.4)
    lit = (-0.55 * dx + 0.5 * dy + 0.66) / np.sqrt(dx**2 + dy**2 + 1)
    return np.clip((0.8 - lit * 0.85) * darkness, 0, 1).astype(np.float32) * mask


def bust(plate: Plate, head: Head, *, darkness: float = 1, phase: Field | None = None) -> None:
    """Face, neck and shoulders."""
    outline = head.place(head.outline())
    plate.erase(outline)
    tone = relief_tone(plate, head, outline, darkness=darkness)
    cheek = phase or (lambda x, y: (y + 0.16 * head.size * np.cos((x - head.x) / head.size * 3 - 0.6)) / 3.7)
    plate.shade(outline, tone, cheek, cross=(straight(52, 3.7), straight(-48, 3.7)), tremble=0.5)
    plate.line(head.place(head.profile()), 1.5)
    features(plate, head)


def features(plate: Plate, head: Head) -> None:
    """Eye, brow, nostril, lips and ear."""
    lines = [
        smooth(points((0.24, 0.4), (0.29, 0.372), (0.335, 0.392), (0.345, 0.412)), 6),
        smooth(points((0.25, 0.415), (0.3, 0.428), (0.34, 0.414)), 6),
        smooth(points((0.23, 0.375), (0.29, 0.345), (0.345, 0.37)), 6),
        smooth(points((0.2, 0.33), (0.28, 0.29), (0.37, 0.315)), 7),
        smooth(points((0.385, 0.6), (0.4, 0.565), (0.43, 0.57)), 6),
        smooth(points((0.4, 0.693), (0.35, 0.69), (0.31, 0.703)), 6),
        smooth(points((0.36, 0.5), (0.35, 0.57), (0.38, 0.605)), 6),
        smooth(points((0.29, 0.6), (0.26, 0.66), (0.27, 0.71)), 6),
    ]
    plate.strokes([head.place(line) for line in lines], head.size * 0.013)
    plate.strokes([head.place(lines[3])], head.size * 0.026)
    plate.fill(head.place(ellipse(0.312, 0.398, 0.018, 0.022, 14)))
    ear = head.place(
        smooth(
            points((-0.02, 0.42), (-0.1, 0.38), (-0.12, 0.47), (-0.06, 0.58), (0.0, 0.6), (0.0, 0.52)),
            6,
            closed=True,
        )
    )
    plate.outline(ear, head.size * 0.011)
    plate.strokes(
        [head.place(smooth(points((-0.02, 0.45), (-0.075, 0.45), (-0.05, 0.53)), 6))], head.size * 0.012
    )


def hair(
    plate: Plate,
    head: Head,
    shape: np.ndarray,
    *,
    degrees: float,
    tone: float = 0.55,
    curls: int = 0,
    rng: Generator,
) -> None:
    """A mass of hair or cloth in this outline (shares of the head), with waving strands and loose curls."""
    outline = head.place(smooth(shape, 7, closed=True))
    plate.erase(outline)
    size = head.size
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))

    def locks(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        along, across = (x * cos + y * sin) / size, (y * cos - x * sin) / size
        return tone * (
            0.72
            + 0.55 * np.sin(across * 24 + 1.4 * np.sin(along * 9))
            - 0.35 * (x - outline[:, 0].mean()) / size
        )

    plate.shade(
        outline, locks, waves(degrees, 3.4, height=size * 0.03, length=size * 0.3), tremble=3, thinnest=0.12
    )
    plate.outline(outline, 1.4)
    for _ in range(curls):
        at = outline[int(rng.integers(len(outline)))] * 0.82 + outline.mean(axis=0) * 0.18
        radius = size * rng.uniform(0.07, 0.11)
        disc = ellipse(*at, radius, radius * 1.15)
        plate.erase(disc)
        plate.hatch(
            disc, lambda x, y, cx=at[0], r=radius: np.clip(0.4 - 0.4 * (x - cx) / r, 0.05, 0.9), 80, 3.2
        )
        plate.strokes([spiral(*at, radius, 1.8, start=float(rng.uniform(0, 360)))], size * 0.02)
        plate.outline(disc, 1.2)


CROWN_HAIR = points(
    (0.16, 0.02),
    (0.28, 0.12),
    (0.18, 0.2),
    (0.1, 0.34),
    (0.0, 0.4),
    (-0.08, 0.36),
    (-0.14, 0.5),
    (-0.22, 0.72),
    (-0.36, 0.82),
    (-0.5, 0.6),
    (-0.5, 0.26),
    (-0.32, 0.0),
    (-0.05, -0.08),
)
LONG_WIG = points(
    (0.2, -0.06),
    (0.3, 0.08),
    (0.14, 0.2),
    (0.06, 0.4),
    (0.02, 0.6),
    (0.08, 0.9),
    (0.1, 1.15),
    (0.0, 1.32),
    (-0.3, 1.4),
    (-0.62, 1.3),
    (-0.7, 1.0),
    (-0.62, 0.7),
    (-0.66, 0.35),
    (-0.5, 0.0),
    (-0.15, -0.16),
)
BEARD = points(
    (0.3, 0.74),
    (0.42, 0.79),
    (0.46, 0.9),
    (0.42, 1.1),
    (0.3, 1.24),
    (0.2, 1.08),
    (0.1, 0.92),
    (0.02, 0.7),
    (0.06, 0.6),
    (0.14, 0.72),
    (0.24, 0.76),
)
BUN = points((-0.3, 0.22), (-0.42, 0.12), (-0.62, 0.18), (-0.68, 0.36), (-0.56, 0.5), (-0.42, 0.48))


def ruff(plate: Plate, head: Head) -> None:
    """A pleated collar."""
    x, y, size = head.x - 0.03 * head.size, head.y + 1.05 * head.size, head.size
    rim = rotate_ellipse(x, y, size * 0.56, size * 0.2, -8)
    plate.erase(rim)
    pleats = []
    for a in np.linspace(0, 2 * np.pi, 46, endpoint=False):
        tip = np.array([x + size * 0.56 * np.cos(a), y + size * 0.2 * np.sin(a) - 0.08 * size * np.cos(a)])
        root = np.array([x + size * 0.2 * np.cos(a), y + size * 0.06 * np.sin(a) - size * 0.03])
        pleats.append(np.linspace(tip, root, 8))
        plate.outline(ellipse(*tip, size * 0.036, size * 0.045, 14), 1.2)
    plate.strokes(pleats, 1.8)
    plate.hatch(rim, lambda px, py: np.clip(0.1 - 0.5 * (px - x) / size, 0, 0.6), 60, 3.4)


def rotate_ellipse(x: float, y: float, rx: float, ry: float, degrees: float) -> np.ndarray:
    a = np.radians(degrees)
    flat = ellipse(0, 0, rx, ry)
    return moved(flat @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]), x, y)


def coat(plate: Plate, head: Head, *, tone: float = 0.7, buttons: bool = True) -> None:
    """Shoulders in dark cloth with a row of buttons."""
    cloth = head.place(
        smooth(
            points(
                (0.1, 1.14),
                (0.36, 1.26),
                (0.62, 1.44),
                (0.74, 1.8),
                (-0.86, 1.8),
                (-0.76, 1.42),
                (-0.5, 1.26),
                (-0.3, 1.14),
                (-0.1, 1.24),
            ),
            6,
            closed=True,
        )
    )
    plate.erase(cloth)
    plate.hatch(
        cloth,
        lambda x, y: (
            tone * (0.8 + 0.35 * np.sin((x - head.x) / head.size * 6 + (y - head.y) / head.size * 3))
        ),
        62,
        3.8,
    )
    plate.outline(cloth, 1.5)
    if buttons:
        for t in np.linspace(1.34, 1.7, 5):
            knob = head.place(ellipse(0.26 + (t - 1.34) * 0.2, t, 0.03, 0.034, 16))
            plate.erase(knob)
            plate.outline(knob, 1.3)


def hat(plate: Plate, head: Head) -> None:
    """A broad felt hat with a feather."""
    crown = head.place(
        smooth(points((0.26, 0.12), (0.2, -0.24), (-0.06, -0.34), (-0.32, -0.24), (-0.44, 0.16)), 8)
    )
    brim = head.place(
        smooth(
            points((0.66, 0.1), (0.3, 0.2), (-0.2, 0.22), (-0.72, 0.06), (-0.3, 0.1), (0.2, 0.08)),
            8,
            closed=True,
        )
    )
    for shape, tone in ((crown, 0.75), (brim, 0.85)):
        plate.erase(shape)
        left = shape[:, 0].min()
        plate.hatch(
            shape, lambda x, y, a=left, t=tone: np.clip(t - 0.4 * (x - a) / head.size, 0.2, 1), 12, 3.6
        )
        plate.outline(shape, 1.5)
    quill = head.place(smooth(points((-0.1, 0.06), (-0.4, -0.25), (-0.72, -0.3), (-0.95, -0.08)), 14))
    side = ribbon(quill, np.sin(np.linspace(0.2, np.pi, len(quill))) * head.size * 0.17)
    plate.erase(side)
    half = len(quill)
    plate.strokes(
        [np.linspace(quill[i], side[i] * 0.92 + quill[max(0, i - 3)] * 0.08, 5) for i in range(2, half, 1)]
        + [np.linspace(quill[i], side[2 * half - 1 - i], 5) for i in range(2, half, 1)],
        1.3,
    )
    plate.strokes([quill], 2)


def cap(plate: Plate, head: Head) -> None:
    """A scholar's flat cap."""
    for shape, tone in (
        (points((0.28, 0.14), (0.0, 0.2), (-0.44, 0.24), (-0.46, 0.06), (-0.1, -0.02), (0.26, 0.0)), 0.7),
        (
            points(
                (0.42, -0.02),
                (0.3, -0.16),
                (-0.1, -0.22),
                (-0.5, -0.1),
                (-0.6, 0.06),
                (-0.2, 0.04),
                (0.2, 0.04),
            ),
            0.85,
        ),
    ):
        outline = head.place(smooth(shape, 7, closed=True))
        plate.erase(outline)
        plate.hatch(outline, lambda x, y, t=tone: np.clip(t - 0.3 * (x - head.x) / head.size, 0.1, 1), 8, 3.6)
        plate.outline(outline, 1.5)


def bonnet(plate: Plate, head: Head, rng: Generator) -> None:
    """A linen bonnet with a frill, tied under the chin."""
    hair(
        plate,
        head,
        points(
            (0.24, 0.02),
            (0.3, 0.14),
            (0.16, 0.26),
            (0.08, 0.42),
            (0.06, 0.62),
            (-0.1, 0.78),
            (-0.4, 0.74),
            (-0.6, 0.44),
            (-0.54, 0.08),
            (-0.26, -0.14),
            (0.04, -0.12),
        ),
        degrees=50,
        tone=0.22,
        rng=rng,
    )
    frill = head.place(smooth(points((0.26, 0.0), (0.32, 0.14), (0.2, 0.26), (0.12, 0.42), (0.1, 0.64)), 10))
    for at in frill[::3]:
        plate.erase(ellipse(*at, head.size * 0.05, head.size * 0.05, 16))
        plate.outline(ellipse(*at, head.size * 0.05, head.size * 0.05, 16), 1.2)
    plate.strokes([head.place(smooth(points((0.06, 0.64), (0.14, 0.84), (0.24, 0.98)), 8))], head.size * 0.03)


def laurel(plate: Plate, head: Head) -> None:
    """A wreath round the temples."""
    band = head.place(arc(-0.06, 0.3, 0.4, 0.3, 300, 170, 16))
    for index, at in enumerate(band):
        veined_leaf(plate, *at, head.size * 0.2, head.size * 0.075, 20 - index * 12, tone=0.5)
        veined_leaf(plate, *at, head.size * 0.17, head.size * 0.07, -40 - index * 12, tone=0.3)
