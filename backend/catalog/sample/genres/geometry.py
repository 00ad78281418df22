"""Perspectives of regular bodies, lathe-turned spheres and writing masters' flourishes."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, mirror, moved, points, ribbon, smooth, spiral
from catalog.sample.hatching import rings, straight
from catalog.sample.lettering import BOLD, ITALIC, ROMAN
from catalog.sample.motifs import devices, solids
from catalog.sample.motifs.inscriptions import with_caption
from catalog.sample.people import CERVELLI, OETTINGER, WAECKERLIN
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    return with_caption(FIGURES[sheet.options["figure"]](sheet, rng), sheet, rng)


def _stage(plate: Plate, level: float) -> None:
    """A wall and a floor for bodies to stand on."""
    plate.shade(
        None, lambda x, y: np.where(y < level, 0.42 - 0.3 * x / plate.width, 0), straight(0, 4.4), tremble=0.4
    )
    plate.shade(
        None,
        lambda x, y: np.where(y >= level, 0.3 + 0.2 * (y - level) / 200, 0),
        straight(4, 4.4),
        cross=(straight(-58, 4.4),),
        tremble=0.4,
    )


def _body(sheet: Sheet, rng: Generator) -> Plate:
    """One large solid over its shadow, smaller ones beside it."""
    plate = Plate(620, 720, rng)
    _stage(plate, 520)
    kinds = sheet.options["solids"]
    places = ((310, 320, 210), (110, 590, 78), (510, 600, 82))
    for (x, y, size), kind in zip(places, kinds, strict=False):
        plate.hatch(ellipse(x + size * 0.5, y + size * 0.95, size * 0.95, size * 0.22), 0.85, 0, 3.6)
        solid = solids.named(kind.split("+")[0])
        if "+" in kind:
            solid = solids.spiked(solid, 0.75)
        solid = solids.turned(solid, float(rng.uniform(10, 40)), float(rng.uniform(14, 34)))
        solids.engrave(plate, solid, x, y, size, skeleton=sheet.options.get("skeleton", False) and size > 100)
    return plate


def _sphere(sheet: Sheet, rng: Generator) -> Plate:
    """A sphere, a cone and a cylinder in raking light."""
    plate = Plate(800, 580, rng)
    _stage(plate, 380)
    for x, y, r in ((300, 300, 170), (628, 396, 84)):
        plate.hatch(ellipse(x + r * 0.8, y + r * 0.95, r * 1.2, r * 0.2), 0.9, 0, 3.6)
        ball = ellipse(x, y, r, r)
        plate.erase(ball)

        def tone(
            px: np.ndarray, py: np.ndarray, cx: float = x, cy: float = y, radius: float = r
        ) -> np.ndarray:
            u, v = (px - cx) / radius, (py - cy) / radius
            w = np.sqrt(np.clip(1 - u**2 - v**2, 0, 1))
            return np.clip(
                0.66 + 0.42 * u + 0.5 * v - 0.62 * w - 0.3 * np.clip(u * 0.6 + v * 0.7 - 0.55, 0, 1),
                0.02,
                0.96,
            )

        def latitude(
            px: np.ndarray, py: np.ndarray, cx: float = x, cy: float = y, radius: float = r
        ) -> np.ndarray:
            return np.arcsin(np.clip(((py - cy) * 0.94 - (px - cx) * 0.34) / radius, -1, 1)) * radius / 4.4

        def meridian(
            px: np.ndarray, py: np.ndarray, cx: float = x, cy: float = y, radius: float = r
        ) -> np.ndarray:
            return np.arcsin(np.clip(((px - cx) * 0.94 + (py - cy) * 0.34) / radius, -1, 1)) * radius / 4.4

        plate.shade(ball, tone, latitude, cross=(meridian, straight(45, 4)), tremble=0.2)
        plate.outline(ball, 1.6)
    cone = np.concatenate([points((520, 120)), ellipse(520, 330, 76, 20)[:46]])
    devices.body(plate, cone, tone=0.6, degrees=86)
    return plate


def _rings_of_balls(sheet: Sheet, rng: Generator) -> Plate:
    """A mazzocchio: a chequered ring in perspective."""
    plate = Plate(760, 600, rng)
    _stage(plate, 330)
    count, sides = 48, 12
    cells = []
    for i in range(count):
        for j in range(sides):
            corners = np.array(
                [
                    _torus(a * 2 * np.pi / count, b * 2 * np.pi / sides)
                    for a, b in ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
                ]
            )
            cells.append((corners[:, 2].mean(), corners, (i + j) % 2))
    plate.hatch(ellipse(400, 430, 330, 84), 0.85, 0, 3.6)
    for _, corners, dark in sorted(cells, key=lambda cell: cell[0]):
        normal = np.cross(corners[1] - corners[0], corners[3] - corners[0])
        if normal[2] < 0:
            continue
        lit = float(normal @ np.array([-0.5, -0.6, 0.6]) / (np.linalg.norm(normal) + 1e-9))
        flat = corners[:, :2] * 118 + (380, 300)
        plate.erase(flat)
        plate.hatch(
            flat, float(np.clip((0.86 if dark else 0.4) - 0.42 * lit, 0.02, 0.95)), 30 if dark else 80, 3.4
        )
        plate.outline(flat, 1)
    return plate


def _torus(a: float, b: float) -> tuple[float, float, float]:
    """A point of the ring, tilted towards the eye: x right, y down, z to the eye."""
    reach = 2 + 0.72 * np.cos(b)
    x, y, z = reach * np.cos(a), 0.72 * np.sin(b), reach * np.sin(a)
    tilt = np.radians(30)
    return x, y * np.cos(tilt) + z * np.sin(tilt), z * np.cos(tilt) - y * np.sin(tilt)


def _flourish(sheet: Sheet, rng: Generator) -> Plate:
    """A page of a writing master: an alphabet among strokes of the pen."""
    plate = Plate(820, 560, rng)
    for row, text in enumerate(sheet.options["rows"]):
        hand = (BOLD, ITALIC, ROMAN)[row % 3]
        plate.letter(text, 410, 204 + row * 74, (52, 40, 34, 30)[row], hand=hand, spacing=0.12)
    for x, y, size, turn in ((410, 84, 62, 1), (150, 92, 46, -1), (670, 92, 46, 1)):
        for side in (1, -1):
            line = spiral(
                x + side * size * 1.1, y, size, side * turn * 3.2, start=180 if side > 0 else 0, power=0.8
            )
            plate.strokes([line], 4.2)
    for y, sense in ((500, 1), (524, -1)):
        t = np.linspace(0, 1, 300)
        wave = np.stack(
            [80 + 660 * t + 34 * np.sin(t * 75), y + sense * 22 * np.sin(t * 75 + 1.2) * np.sin(np.pi * t)], 1
        )
        plate.fill(ribbon(wave, 0.8 + 2.4 * np.clip(np.sin(t * 75 + 0.6), 0, 1)))
    _swan(plate, 90, 410, 70)
    return plate


def _swan(plate: Plate, x: float, y: float, size: float) -> None:
    """A swan in one line."""
    line = smooth(
        points(
            (0.9, 0.2),
            (0.3, 0.5),
            (-0.5, 0.4),
            (-0.7, 0.0),
            (-0.2, -0.1),
            (0.4, -0.05),
            (0.0, 0.25),
            (-0.4, 0.1),
            (-0.3, -0.5),
            (-0.5, -0.95),
            (-0.8, -0.9),
            (-0.95, -0.7),
        )
        * size,
        16,
    )
    for shape in (line, moved(mirror(line, 0), 640, 0)):
        plate.fill(ribbon(moved(shape, x, y), 1 + 3.4 * np.abs(np.sin(np.linspace(0, 11, len(line))))))


def _guilloche(sheet: Sheet, rng: Generator) -> Plate:
    """Roses of a turning engine."""
    plate = Plate(660, 660, rng)
    c, t = 330.0, np.linspace(0, 2 * np.pi, 1400)
    for family, (base, swing, petals, count) in enumerate(sheet.options["roses"]):
        for index in range(count):
            phase = 2 * np.pi * index / count
            reach = base + swing * np.sin(petals * t + phase)
            line = np.stack([c + reach * np.cos(t + 0.2 * family), c + reach * np.sin(t + 0.2 * family)], 1)
            plate.line(line, 1.1)
    for radius in (318, 310):
        plate.outline(ellipse(c, c, radius, radius, 160), 1.6)
    plate.shade(None, 0.4 * (np.hypot(plate.x - c, plate.y - c) > 318), rings(c, c, 4.4), tremble=0)
    return plate


Figure = Callable[[Sheet, Generator], Plate]
FIGURES: dict[str, Figure] = {
    "body": _body,
    "sphere": _sphere,
    "ring": _rings_of_balls,
    "flourish": _flourish,
    "guilloche": _guilloche,
}
MASTER = ("Zeichner", "Stecher")
GENRE = Genre(
    name="geometry",
    classification="Perspektive und Geometrie",
    techniques=("Kupferstich", "Radierung"),
    teams=(
        (Hand(WAECKERLIN, MASTER, "perspexit"),),
        (Hand(CERVELLI, MASTER, "inv. et sc."),),
        (Hand(OETTINGER, MASTER, "fecit"),),
    ),
    draw=draw,
    press=Press(age=0.5),
    subjects=(
        subject(
            "Das Zwölfflach und seine Geschwister",
            figure="body",
            solids=("dodecahedron", "cube", "tetrahedron"),
        ),
        subject("Gestirnter Körper", figure="body", solids=("icosahedron+", "octahedron", "cube")),
        subject("Kugel und Kegel im Streiflicht", figure="sphere"),
        subject("Der Mazzocchio", figure="ring"),
        subject(
            "Schreibmeisterblatt mit zwei Schwänen",
            figure="flourish",
            rows=("ABCDEFGHIJKLM", "NOPQRSTUVWXYZ", "abcdefghijklmno", "pqrstuvwxyzäöüß &"),
        ),
        subject(
            "Rose of the Turning Engine",
            figure="guilloche",
            roses=((240, 66, 12, 14), (120, 58, 9, 12), (44, 24, 6, 8)),
        ),
        subject(
            "Durchbrochenes Zwanzigflach",
            figure="body",
            skeleton=True,
            solids=("icosahedron", "cuboctahedron", "octahedron"),
        ),
        subject(
            "Zweite Guillochen-Rosette",
            figure="guilloche",
            roses=((236, 70, 5, 9), (150, 34, 24, 6), (76, 52, 8, 11)),
        ),
    ),
)
