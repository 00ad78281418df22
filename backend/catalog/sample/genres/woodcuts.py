"""Modern woodcuts: masses of black, white lines cut with the gouge, sometimes a second block of colour."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, moved, points, rectangle, ribbon, smooth
from catalog.sample.motifs.inscriptions import monogram
from catalog.sample.noise import fractal_noise, rough_line, value_noise
from catalog.sample.people import AMSTEIN, GUENTHARDT, LINDGREN, VOGELSANGER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject


def draw(sheet: Sheet, rng: Generator) -> Plate:
    plate = Plate(*sheet.options.get("size", (640, 720)), rng)
    SCENES[sheet.options["scene"]](plate, rng, sheet)
    _block_edge(plate, rng)
    _wood_grain(plate, rng)
    if "colour" in sheet.options:
        plate.tint(
            None, sheet.options["colour"], 0.62 * _tone_block(plate, sheet.options.get("light")), even=True
        )
    monogram(plate, sheet, plate.width - 40, plate.height - 26)
    return plate


def _tone_block(plate: Plate, light: tuple[float, float, float] | None) -> np.ndarray:
    """The second block: flat colour all over, but for a round light (x, y, radius as shares of the block)."""
    if light is None:
        return np.ones_like(plate.x)
    x, y, radius = light
    reach = np.hypot(plate.x - plate.width * x, plate.y - plate.height * y)
    return np.clip(reach - radius * plate.width, 0, 1)


def _block_edge(plate: Plate, rng: Generator) -> None:
    """Blocks are sawn by hand: clear a ragged rim and cut a border line."""
    plate.erase_outside(5)
    rim = rectangle(6, 6, plate.width - 6, plate.height - 6)
    plate.outline(np.concatenate([rim, rim[:1]]), 3.5)


def _wood_grain(plate: Plate, rng: Generator) -> None:
    """Fine pale streaks where the grain of the plank prints."""
    streaks = value_noise(rng, (plate.height, max(8, plate.width // 24)), 2.2)
    wide = np.repeat(streaks, 25, axis=1)[:, : plate.width]
    plate.scrape(
        np.s_[:, :], np.clip((wide + 0.35 * plate.tremor[1] - 0.62) * 1.6, 0, 0.55).astype(np.float32)
    )


def _gouges(plate: Plate, rng: Generator, lines: list[np.ndarray], width: float) -> None:
    """White cuts that jump a little, as a gouge does."""
    plate.scratch([line + rng.normal(0, 0.7, line.shape) for line in lines], width)


def _level_cuts(
    plate: Plate,
    rng: Generator,
    left: float,
    right: float,
    top: float,
    bottom: float,
    step: float,
    width: float,
    *,
    length: float = 120,
) -> None:
    """Broken horizontal cuts all over a rectangle."""
    lines = []
    for y in np.arange(top, bottom, step):
        x = left + rng.uniform(-length, 0)
        while x < right:
            span = length * rng.uniform(0.4, 1.3)
            a, b = max(x, left), min(x + span, right)
            if b - a > 8:
                lines.append(smooth(points((a, y), ((a + b) / 2, y + rng.normal(0, 1.5)), (b, y)), 5))
            x += span + rng.uniform(4, 16)
    _gouges(plate, rng, lines, width)


def _all_black(plate: Plate) -> None:
    plate.ink[:] = 255


# Scenes


def _village_at_night(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Snow on the roofs, light in the windows, a moon."""
    width, height = plate.width, plate.height
    _all_black(plate)
    mx, my = width * 0.7, height * 0.17
    for ring in range(1, 9):
        cuts = [
            arc(mx, my, 44 + ring * 17, 44 + ring * 17, a, a + rng.uniform(16, 40), 12)
            for a in np.arange(0, 360, 46) + rng.uniform(0, 46)
        ]
        _gouges(plate, rng, cuts, 4.2 - ring * 0.35)
    plate.erase(ellipse(mx, my, 44, 44))
    profile = height * 0.5 + 60 * rough_line(rng, width)
    plate.erase(
        np.concatenate([np.stack([np.arange(width), profile], 1), points((width, height), (0, height))])
    )
    for _ in range(34):
        x = rng.uniform(0, width)
        _fir(plate, rng, x, profile[int(x)] + rng.uniform(8, 46), rng.uniform(40, 84))
    for y, size in ((0.68, 74), (0.8, 96), (0.94, 124)):
        for x in np.arange(rng.uniform(-40, 20), width, size * 1.55):
            _snow_house(plate, rng, x, height * y + rng.uniform(-10, 10), size)
    flakes = rng.uniform(0, 1, (150, 2)) * (width, height * 0.6)
    for x, y in flakes:
        plate.erase(ellipse(x, y, rng.uniform(1, 2.6), rng.uniform(1, 2.6), 8))


def _snow_house(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    wall = rectangle(x, foot - size * 0.5, x + size, foot)
    plate.fill(wall)
    for column in (0.18, 0.6):
        pane = rectangle(x + column * size, foot - size * 0.36, x + (column + 0.2) * size, foot - size * 0.1)
        if rng.random() < 0.75:
            plate.erase(pane)
            plate.line(
                points(
                    (x + (column + 0.1) * size, foot - size * 0.36),
                    (x + (column + 0.1) * size, foot - size * 0.1),
                ),
                2,
            )
    roof = points(
        (x - 0.1 * size, foot - 0.46 * size),
        (x + 0.16 * size, foot - 0.98 * size),
        (x + 0.86 * size, foot - 0.98 * size),
        (x + 1.1 * size, foot - 0.46 * size),
    )
    plate.erase(roof)
    plate.outline(roof, 3.4)
    plate.strokes(
        [
            points((x + t * size, foot - 0.92 * size), (x + (t + (t - 0.5) * 0.3) * size, foot - 0.55 * size))
            for t in rng.uniform(0.1, 0.9, 4)
        ],
        2.4,
    )


def _fir(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    tiers = [(x, foot - size)]
    for level in np.linspace(0.25, 1, 4):
        tiers = [
            (x - size * 0.26 * level, foot - size * (1 - level)),
            *tiers,
            (x + size * 0.26 * level, foot - size * (1 - level)),
        ]
        tiers = [
            *tiers[:1],
            (x - size * 0.12 * level, foot - size * (1.04 - level)),
            *tiers[1:-1],
            (x + size * 0.12 * level, foot - size * (1.04 - level)),
            *tiers[-1:],
        ]
    plate.fill(np.array(tiers))
    _gouges(
        plate,
        rng,
        [
            points((x - size * 0.02, foot - size * (1 - t)), (x - size * 0.2 * t, foot - size * (0.94 - t)))
            for t in (0.35, 0.6, 0.85)
        ],
        2.2,
    )


def _mountain(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """A peak with snow, its reflection in a lake, bars of cloud."""
    width, height = plate.width, plate.height
    _all_black(plate)
    _level_cuts(plate, rng, 0, width, 12, height * 0.45, 13, 5, length=210)
    shore, peak = height * 0.66, points((width * 0.47, height * 0.13))[0]
    ridge = [
        (t * width, shore - (shore - peak[1]) * max(0, 1 - abs(t - 0.47) * 1.9) ** 0.9 + rng.normal(0, 7))
        for t in np.linspace(0, 1, 40)
    ]
    body = points(*ridge, (width, shore), (0, shore))
    plate.erase(body)
    plate.outline(body, 4)
    _facets(plate, rng, points(*ridge), shore)
    bank = shore + 8 + 10 * rough_line(rng, width)
    plate.fill(
        np.concatenate(
            [np.stack([np.arange(width), bank - 24], 1), np.stack([np.arange(width), bank + 8], 1)[::-1]]
        )
    )
    for x in np.arange(0, width, 17):
        _fir(plate, rng, x + rng.uniform(-6, 6), bank[min(int(x), width - 1)], rng.uniform(26, 52))
    plate.fill(rectangle(0, shore + 12, width, height))
    _level_cuts(plate, rng, 0, width, shore + 26, height - 8, 10, 4, length=90)
    _level_cuts(plate, rng, width * 0.3, width * 0.62, shore + 22, height - 30, 10, 7, length=80)


def _facets(plate: Plate, rng: Generator, ridge: np.ndarray, shore: float) -> None:
    """Shadow sides of the spurs as black wedges."""
    for index in range(2, len(ridge) - 1):
        x, y = ridge[index]
        drop = (shore - y) * rng.uniform(0.4, 0.9)
        lean = rng.uniform(10, 46)
        wedge = points(
            (x, y + 3),
            (x + lean * 0.6, y + drop * 0.4),
            (x + lean * 0.2, y + drop * 0.55),
            (x + lean, y + drop),
        )
        plate.fill(
            np.concatenate(
                [wedge, points((x + lean * 1.9, y + drop * 0.8), (x + lean * 0.9, y + drop * 0.3))]
            )
        )


def _great_wave(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Rows of swell with foam, the last one breaking."""
    width, height = plate.width, plate.height
    _level_cuts_dark(plate, rng, height * 0.34)
    plate.fill(ellipse(width * 0.3, height * 0.17, 46, 46))
    for row in range(6):
        base = height * (0.36 + row * 0.11)
        t = np.linspace(0, width, 160)
        size = 16 + 11 * row
        top = base - size * np.abs(np.sin(t / (46 + 20 * row) + rng.uniform(0, 3))) ** 0.7
        body = np.concatenate([np.stack([t, top], 1), points((width, height), (0, height))])
        plate.erase(body)
        plate.line(np.stack([t, top], 1), 3 + row * 0.6)
        lines = [np.stack([t, top + 8 + k * (5 + row) + k**1.4], 1) for k in range(1, 7)]
        for k, line in enumerate(lines):
            pieces = [
                line[a : a + int(rng.integers(10, 26))] for a in range(int(rng.integers(0, 8)), 150, 27)
            ]
            plate.strokes(pieces, 2.4 + row * 0.7 + k * 0.4)
    _breaker(plate, rng, width * 0.72, height * 0.92, width * 0.44)


def _level_cuts_dark(plate: Plate, rng: Generator, bottom: float) -> None:
    lines = [
        smooth(
            points(
                (rng.uniform(-20, 120), y),
                (plate.width / 2, y + rng.normal(0, 2)),
                (plate.width - rng.uniform(-20, 140), y),
            )
        )
        for y in np.arange(18, bottom, 15)
    ]
    plate.strokes(lines, 5)


def _breaker(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    """One curling wave with claws of foam."""
    back = smooth(points((0.9, 0.1), (0.75, -0.5), (0.35, -0.95), (-0.2, -1.05), (-0.6, -0.82)) * size, 20)
    front = smooth(
        points((-0.6, -0.82), (-0.3, -0.8), (0.0, -0.6), (0.06, -0.3), (-0.3, 0.0), (-0.9, 0.1)) * size, 20
    )
    body = moved(np.concatenate([back, front]), x, foot)
    plate.erase(body)
    plate.fill(body)
    for share in np.linspace(0.12, 0.92, 12):
        inner = back[::-1][: len(front)] if len(back) > len(front) else back[::-1]
        count = min(len(inner), len(front))
        line = inner[:count] * (1 - share) + front[:count] * share
        _gouges(plate, rng, [moved(line[6:-4], x, foot)], 6.5)
    for at in back[24::5]:
        for _ in range(3):
            spot = at + rng.normal(0, size * 0.035, 2)
            plate.erase(ellipse(x + spot[0], foot + spot[1], size * 0.045, size * 0.04, 14))
            plate.outline(ellipse(x + spot[0], foot + spot[1], size * 0.045, size * 0.04, 14), 2.6)
    for _ in range(60):
        spot = points((x - 0.5 * size, foot - 0.9 * size))[0] + rng.normal(0, size * 0.22, 2)
        plate.fill(ellipse(*spot, 2.2, 2.2, 8))


def _birches(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """White trunks against a black wood."""
    width, height = plate.width, plate.height
    _all_black(plate)
    ground = height * 0.84 + 14 * rough_line(rng, width)
    plate.erase(
        np.concatenate([np.stack([np.arange(width), ground], 1), points((width, height), (0, height))])
    )
    _gouges(
        plate,
        rng,
        [
            points((x, y), (x + rng.normal(0, 10), y - rng.uniform(30, 90)))
            for x, y in rng.uniform(0, 1, (90, 2)) * (width, height * 0.84)
        ],
        2.4,
    )
    for x in np.sort(rng.uniform(0.02, 0.98, 13)) * width:
        _birch(plate, rng, x, float(ground[int(x)]) + rng.uniform(0, 80), rng.uniform(14, 34))
    plate.strokes(
        [
            points((x, y), (x + rng.uniform(40, 120), y + rng.normal(0, 3)))
            for x, y in rng.uniform(0, 1, (26, 2)) * (width, height * 0.14) + (-30, height * 0.86)
        ],
        4,
    )


def _birch(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    lean = rng.normal(0, 20)
    line = smooth(points((x, foot), (x + lean * 0.3, foot * 0.5), (x + lean, -20)), 14)
    plate.erase(ribbon(line, np.linspace(size, size * 0.6, len(line))))
    plate.strokes([line + (size * 0.4, 0)], size * 0.28)
    for _ in range(22):
        at = line[int(rng.integers(len(line)))] + (0, rng.uniform(-20, 20))
        reach = size * rng.uniform(0.2, 0.75)
        side = rng.choice([-0.45, 0.45]) * size
        plate.fill(
            points(
                (at[0] + side, at[1] - 3),
                (at[0] + side * (1 - 2 * reach / size), at[1]),
                (at[0] + side, at[1] + 4),
            )
        )


def _umbrellas(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Passers-by in the rain."""
    width, height = plate.width, plate.height
    crowd = sorted(
        [(rng.uniform(0.02, 0.98) * width, height * (0.5 + 0.44 * rng.random())) for _ in range(15)],
        key=lambda spot: spot[1],
    )
    _facade(plate, rng, height * 0.5)
    for x, foot in crowd:
        size = 60 + 150 * (foot / height - 0.45) / 0.5
        _passer_by(plate, rng, x, foot, size)
    plate.strokes(
        [points((x, y), (x - 30, y + 120)) for x, y in rng.uniform(-0.1, 1.1, (90, 2)) * (width, height)], 1.8
    )
    plate.scratch(
        [points((x, y), (x - 26, y + 104)) for x, y in rng.uniform(-0.1, 1.1, (150, 2)) * (width, height)],
        2.6,
    )


def _facade(plate: Plate, rng: Generator, foot: float) -> None:
    plate.fill(rectangle(0, 0, plate.width, foot))
    for x in np.arange(26, plate.width - 50, 84):
        for y in (24, 150):
            plate.erase(rectangle(x, y, x + 44, y + 84))
            if rng.random() < 0.5:
                plate.strokes([points((x, y + s), (x + 44, y + s)) for s in range(6, 84, 9)], 4)
            plate.line(points((x + 22, y), (x + 22, y + 84)), 4)
    plate.strokes(
        [
            points((rng.uniform(0, plate.width * 0.5), y), (plate.width * rng.uniform(0.5, 1), y))
            for y in np.linspace(foot + 20, plate.height, 20)
        ],
        3,
    )


def _passer_by(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    coat = smooth(
        points((-0.08, -0.72), (-0.2, -0.5), (-0.3, -0.08), (0.24, -0.06), (0.2, -0.5), (0.08, -0.72)) * size,
        5,
    )
    coat = moved(coat, x, foot)
    plate.erase(coat)
    if rng.random() < 0.7:
        plate.fill(coat)
        plate.scratch([moved(points((0.02, -0.66), (-0.02, -0.1)) * size, x, foot)], 3)
    else:
        plate.outline(coat, 3)
        plate.strokes([moved(points((a, -0.6), (a * 2, -0.12)) * size, x, foot) for a in (-0.08, 0, 0.08)], 3)
    plate.fill(moved(points((-0.14, -0.08), (-0.12, 0), (0, 0), (-0.04, -0.08)) * size, x, foot))
    canopy = (
        np.concatenate(
            [
                arc(0, -0.84, 0.52, 0.4, 180, 360, 30),
                *[arc(0.52 - 0.26 * (k + 0.5), -0.84, 0.13, 0.06, 0, -180, 8) for k in range(4)],
            ]
        )
        * size
    )
    canopy = moved(canopy, x + 0.06 * size, foot)
    plate.erase(canopy)
    plate.fill(canopy)
    ribs = [
        smooth(points((0, -1.2), (a * 0.7, -1.08), (a, -0.86)) * size, 6) for a in (-0.3, -0.1, 0.12, 0.32)
    ]
    plate.scratch([moved(rib, x + 0.06 * size, foot) for rib in ribs], max(2.0, size * 0.022))


def _ravens(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Black birds on a bare branch before a huge sun."""
    width, height = plate.width, plate.height
    _level_cuts_dark(plate, rng, height * 0.9)
    sun = ellipse(width * 0.5, height * 0.42, width * 0.33, width * 0.33)
    plate.erase(sun)
    plate.outline(sun, 4)
    limb = smooth(points((-0.05, 0.86), (0.3, 0.74), (0.62, 0.72), (1.05, 0.6)) * (width, height), 20)
    plate.fill(ribbon(limb, np.linspace(40, 18, len(limb))))
    for start, lean in ((14, -0.22), (30, 0.2), (44, -0.12), (22, 0.1)):
        at = limb[start]
        twig = smooth(np.stack([at, at + (lean * 150, -90), at + (lean * 330, -170 - abs(lean) * 260)]), 14)
        plate.fill(ribbon(twig, np.linspace(13, 2.5, len(twig))))
    for x, size, face in ((0.3, 150, 1), (0.58, 170, -1), (0.8, 110, -1)):
        index = int(np.argmin(np.abs(limb[:, 0] - x * width)))
        _raven(plate, rng, x * width, limb[index, 1] - 10, size, face)


def _raven(plate: Plate, rng: Generator, x: float, foot: float, size: float, face: int) -> None:
    body = smooth(
        points(
            (-0.7, 0.28),
            (-0.4, -0.1),
            (-0.1, -0.55),
            (0.06, -0.82),
            (0.24, -0.9),
            (0.36, -0.8),
            (0.6, -0.7),
            (0.36, -0.66),
            (0.3, -0.4),
            (0.12, -0.06),
            (-0.1, 0.04),
            (-0.4, 0.16),
        )
        * size,
        7,
        closed=True,
    )
    outline = moved(body * (face, 1), x, foot)
    plate.erase(moved(body * (face * 1.04, 1.04), x, foot + size * 0.02))
    plate.fill(outline)
    plate.erase(ellipse(x + face * 0.25 * size, foot - 0.78 * size, size * 0.028, size * 0.028))
    wing = [
        smooth(
            points((0.04, -0.4), (-0.2 - k * 0.06, -0.2 + k * 0.02), (-0.5, 0.1 + k * 0.02))
            * size
            * (face, 1),
            8,
        )
        + np.array([x + face * k * 7, foot - k * 7])
        for k in range(4)
    ]
    _gouges(plate, rng, wing, size * 0.024)


def _furrows(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Ploughed land that runs to the horizon under a sun of rays."""
    width, height = plate.width, plate.height
    horizon = height * 0.4
    sun = points((width * 0.64, horizon * 0.62))[0]
    wedges = [(a, a + 0.055) for a in np.arange(0, 2 * np.pi, 0.13)]
    for a, b in wedges:
        plate.fill(
            sun
            + np.array(
                [
                    (60 * np.cos(a), 60 * np.sin(a)),
                    (1200 * np.cos(a), 1200 * np.sin(a)),
                    (1200 * np.cos(b), 1200 * np.sin(b)),
                ]
            )
        )
    plate.erase(rectangle(0, horizon, width, height))
    vanish = points((width * 0.36, horizon - 6))[0]
    for x in np.linspace(-2.4, 3.2, 42) * width:
        strip = np.array([vanish, (x, height), (x + width * 0.075, height)])
        plate.fill(strip)
    _level_cuts(plate, rng, 0, width, horizon + 30, height - 6, 26, 3, length=60)
    hedge = horizon - 14 * np.abs(rough_line(rng, width))
    plate.fill(
        np.concatenate(
            [np.stack([np.arange(width), hedge - 4], 1), points((width, horizon + 8), (0, horizon + 8))]
        )
    )
    for x, size in ((0.14, 120), (0.22, 90), (0.88, 150)):
        _poplar(plate, rng, x * width, horizon + 10, size)


def _poplar(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    plate.fill(ellipse(x, foot - size * 0.52, size * 0.15, size * 0.5))
    plate.fill(rectangle(x - 3, foot - size * 0.2, x + 3, foot))
    _gouges(
        plate,
        rng,
        [
            smooth(
                points(
                    (x + a * size, foot - size * 0.2),
                    (x + a * size * 1.3, foot - size * 0.55),
                    (x, foot - size * 0.95),
                ),
                7,
            )
            for a in (-0.08, -0.02, 0.05)
        ],
        2.6,
    )


def _lake_moon(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """One boat in the path of the moon."""
    width, height = plate.width, plate.height
    _all_black(plate)
    horizon = height * 0.4
    mx = width * 0.5
    clouds = fractal_noise(rng, plate.ink.shape, 170, 3)
    _level_cuts(plate, rng, 0, width, 20, horizon - 60, 22, 4, length=170)
    plate.ink[(clouds > 0.1) & (plate.y < horizon)] = 255
    plate.erase(ellipse(mx, horizon * 0.5, 40, 40))
    far = horizon - 30 - 26 * rough_line(rng, width)
    plate.fill(np.concatenate([np.stack([np.arange(width), far], 1), points((width, horizon), (0, horizon))]))
    plate.scratch([np.stack([np.arange(0, width, 6.0), far[::6]], 1)], 4)
    for y in np.arange(horizon + 8, height, 11):
        spread = 30 + (y - horizon) * 0.42
        _level_cuts(plate, rng, mx - spread, mx + spread, y, y + 2, 11, 6.5, length=spread * 0.8)
    _level_cuts(plate, rng, 0, width, horizon + 12, height, 24, 2.4, length=70)
    hull = smooth(
        points((-0.5, -0.14), (-0.3, 0.06), (0.3, 0.06), (0.55, -0.18), (0, -0.06)) * 180, 8, closed=True
    )
    plate.erase(moved(hull * 1.08, mx, height * 0.72))
    plate.fill(moved(hull, mx, height * 0.72))
    rower = smooth(
        points((-0.1, -0.06), (-0.14, -0.34), (-0.02, -0.46), (0.1, -0.34), (0.1, -0.06)) * 180,
        6,
        closed=True,
    )
    plate.fill(moved(rower, mx, height * 0.72))
    plate.fill(ellipse(mx - 6, height * 0.72 - 92, 16, 19))
    plate.line(points((mx - 20, height * 0.66), (mx - 160, height * 0.79)), 6)


Scene = Callable[[Plate, Generator, Sheet], None]
SCENES: dict[str, Scene] = {
    "village": _village_at_night,
    "mountain": _mountain,
    "wave": _great_wave,
    "birches": _birches,
    "rain": _umbrellas,
    "ravens": _ravens,
    "furrows": _furrows,
    "lake": _lake_moon,
}
CUTTER = ("Künstler", "Holzschneider")
CUTTERESS = ("Künstlerin", "Holzschneiderin")
GENRE = Genre(
    name="woodcut",
    classification="Freie Graphik",
    techniques=("Holzschnitt", "Holzschnitt auf Japanpapier"),
    teams=(
        (Hand(VOGELSANGER, CUTTER),),
        (Hand(GUENTHARDT, CUTTERESS),),
        (Hand(LINDGREN, CUTTERESS),),
        (Hand(AMSTEIN, CUTTER),),
    ),
    draw=draw,
    press=Press(
        plate_mark=False, laid=False, paper=(246, 240, 224), ink=(26, 24, 24), wear=0.16, margin=52, age=0.25
    ),
    subjects=(
        subject("Winternacht im Dorf", scene="village"),
        subject("Der Berg und der See", scene="mountain", size=(760, 640)),
        subject("Die große Welle bei Holmsund", scene="wave", size=(760, 620)),
        subject("Birkenwald", scene="birches", size=(720, 640)),
        subject("Sous la pluie", scene="rain", size=(780, 600)),
        subject(
            "Drei Raben vor der Sonne",
            scene="ravens",
            size=(620, 760),
            colour=(222, 132, 84),
            light=(0.5, 0.42, 0.335),
        ),
        subject("Ackerfurchen am Morgen", scene="furrows", size=(760, 600)),
        subject("Moonlight Crossing", scene="lake", size=(600, 760)),
        subject("Das Matthorn im Föhn", scene="mountain", size=(600, 760), colour=(150, 178, 186)),
        subject(
            "Schneefall über den Dächern",
            scene="village",
            size=(760, 640),
            colour=(150, 170, 204),
            light=(0.7, 0.17, 0.06),
        ),
        subject("Birches, Evening", scene="birches", size=(560, 780), colour=(226, 190, 120)),
        subject("Regentag auf der Brücke", scene="rain", size=(620, 720), colour=(188, 190, 176)),
    ),
)
