"""What a gouge leaves on a plank: white cuts, grain, and simple things made of black and white."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, moved, points, rectangle, ribbon, smooth
from catalog.sample.noise import value_noise
from catalog.sample.plate import Plate


def block_edge(plate: Plate, rng: Generator) -> None:
    """Blocks are sawn by hand: clear a ragged rim and cut a border line."""
    plate.erase_outside(5)
    rim = rectangle(6, 6, plate.width - 6, plate.height - 6)
    plate.outline(np.concatenate([rim, rim[:1]]), 3.5)


def wood_grain(plate: Plate, rng: Generator) -> None:
    """Fine pale streaks where the grain of the plank prints."""
    streaks = value_noise(rng, (plate.height, max(8, plate.width // 24)), 2.2)
    wide = np.repeat(streaks, 25, axis=1)[:, : plate.width]
    plate.scrape(
        np.s_[:, :], np.clip((wide + 0.35 * plate.tremor[1] - 0.62) * 1.6, 0, 0.55).astype(np.float32)
    )


def gouges(plate: Plate, rng: Generator, lines: list[np.ndarray], width: float) -> None:
    """White cuts that jump a little, as a gouge does."""
    plate.scratch([line + rng.normal(0, 0.7, line.shape) for line in lines], width)


def level_cuts(
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
    gouges(plate, rng, lines, width)


def all_black(plate: Plate) -> None:
    """A block nobody has cut yet."""
    plate.ink[:] = 255


def snow_house(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    """A house under snow, with lit windows."""
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


def fir(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    """A fir as a black silhouette."""
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
    gouges(
        plate,
        rng,
        [
            points((x - size * 0.02, foot - size * (1 - t)), (x - size * 0.2 * t, foot - size * (0.94 - t)))
            for t in (0.35, 0.6, 0.85)
        ],
        2.2,
    )


def facets(plate: Plate, rng: Generator, ridge: np.ndarray, shore: float) -> None:
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


def level_cuts_dark(plate: Plate, rng: Generator, bottom: float) -> None:
    """Dark level lines, as in a sky left standing."""
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


def birch(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    """A white trunk with its marks."""
    lean = rng.normal(0, 20)
    line = smooth(points((x, foot), (x + lean * 0.3, foot * 0.5), (x + lean, -20)), 14)
    plate.erase(ribbon(line, np.linspace(size, size * 0.6, len(line))))
    plate.strokes([moved(line, size * 0.4, 0)], size * 0.28)
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


def poplar(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    """A poplar with three cuts of light."""
    plate.fill(ellipse(x, foot - size * 0.52, size * 0.15, size * 0.5))
    plate.fill(rectangle(x - 3, foot - size * 0.2, x + 3, foot))
    gouges(
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
