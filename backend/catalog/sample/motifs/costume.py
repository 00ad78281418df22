"""Hair, collars, coats and hats for heads in profile."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, moved, points, ribbon, smooth, spiral
from catalog.sample.hatching import ramp, waves
from catalog.sample.motifs.frames import veined_leaf
from catalog.sample.motifs.heads import Head
from catalog.sample.plate import Plate


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
        return np.asarray(
            tone
            * (
                0.72
                + 0.55 * np.sin(across * 24 + 1.4 * np.sin(along * 9))
                - 0.35 * (x - outline[:, 0].mean()) / size
            )
        )

    plate.shade(
        outline, locks, waves(degrees, 3.4, height=size * 0.03, length=size * 0.3), tremble=3, thinnest=0.12
    )
    plate.outline(outline, 1.4)
    for _ in range(curls):
        at = outline[int(rng.integers(len(outline)))] * 0.82 + outline.mean(axis=0) * 0.18
        radius = size * rng.uniform(0.07, 0.11)
        disc = ellipse(at[0], at[1], radius, radius * 1.15)
        plate.erase(disc)
        plate.hatch(disc, ramp(0.4, across=-0.4 / radius, at=(at[0], 0), low=0.05, high=0.9), 80, 3.2)
        plate.strokes([spiral(at[0], at[1], radius, 1.8, start=float(rng.uniform(0, 360)))], size * 0.02)
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
        plate.outline(ellipse(tip[0], tip[1], size * 0.036, size * 0.045, 14), 1.2)
    plate.strokes(pleats, 1.8)
    plate.hatch(rim, lambda px, py: np.clip(0.1 - 0.5 * (px - x) / size, 0, 0.6), 60, 3.4)


def rotate_ellipse(x: float, y: float, rx: float, ry: float, degrees: float) -> np.ndarray:
    """An ellipse that leans."""
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
        plate.hatch(shape, ramp(tone, across=-0.4 / head.size, at=(left, 0), low=0.2), 12, 3.6)
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
        plate.hatch(outline, ramp(tone, across=-0.3 / head.size, at=(head.x, 0), low=0.1), 8, 3.6)
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
        plate.erase(ellipse(at[0], at[1], head.size * 0.05, head.size * 0.05, 16))
        plate.outline(ellipse(at[0], at[1], head.size * 0.05, head.size * 0.05, 16), 1.2)
    plate.strokes([head.place(smooth(points((0.06, 0.64), (0.14, 0.84), (0.24, 0.98)), 8))], head.size * 0.03)


def laurel(plate: Plate, head: Head) -> None:
    """A wreath round the temples."""
    band = head.place(arc(-0.06, 0.3, 0.4, 0.3, 300, 170, 16))
    for index, (x, y) in enumerate(band):
        veined_leaf(plate, x, y, head.size * 0.2, head.size * 0.075, 20 - index * 12, tone=0.5)
        veined_leaf(plate, x, y, head.size * 0.17, head.size * 0.07, -40 - index * 12, tone=0.3)
