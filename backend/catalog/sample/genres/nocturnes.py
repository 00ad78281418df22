"""Night pieces in mezzotint and aquatint: tones scraped out of a dark ground, no lines."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, points, rectangle, smooth
from catalog.sample.motifs.inscriptions import with_caption
from catalog.sample.motifs.nature import ridge_profile
from catalog.sample.motifs.night import glitter, laid_over, lit_jug, moon_sky, under, with_silhouettes
from catalog.sample.noise import fractal_noise, rough_line, value_noise
from catalog.sample.people import ASHDOWNE, FROEHLI, PEMBERLEY, WALDMEYER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, State, subject


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    plate = Plate(*((620, 740) if sheet.options.get("upright") else (820, 570)), rng)
    tone = SCENES[sheet.options["scene"]](plate, rng)
    if sheet.state is State.SECOND:
        tone = tone * 0.85
    _rocked(plate, rng, np.clip(tone, 0.02, 0.98))
    return with_caption(plate, sheet, rng)


def _rocked(plate: Plate, rng: Generator, tone: np.ndarray) -> None:
    """The grain of a rocked plate: two directions of teeth and a fine noise, thresholded by the tone."""
    teeth = 0.09 * np.sin((plate.x * 0.94 + plate.y * 0.34) * 2.1) + 0.09 * np.sin(
        (plate.x * 0.34 - plate.y * 0.94) * 2.3
    )
    grain = 0.5 + 0.3 * value_noise(rng, tone.shape, 1.6) + teeth
    plate.ink = (255 * np.clip(0.62 * tone + 0.55 * (tone - grain) + 0.14, 0, 1)).astype(np.uint8)


def _moonlit_lake(plate: Plate, rng: Generator) -> np.ndarray:
    width, height = plate.width, plate.height
    horizon, mx = height * 0.52, width * 0.6
    tone = moon_sky(plate, rng, mx, height * 0.2, 30)
    for base, rise, value in ((0.5, 0.12, 0.8), (0.52, 0.07, 0.92)):
        tone = laid_over(
            tone,
            under(plate, ridge_profile(rng, width, height * base, height * rise)(np.arange(width))),
            value,
        )
    water = 0.86 + 0.08 * value_noise(rng, tone.shape, 7) - 0.8 * glitter(plate, rng, mx, horizon, height)
    tone = laid_over(tone, np.clip(plate.y - horizon, 0, 1), water)
    boat = Plate(width, height, rng)
    boat.fill(
        smooth(
            points((-0.5, -0.1), (-0.3, 0.08), (0.3, 0.08), (0.52, -0.14), (0, -0.04)) * 90, 8, closed=True
        )
        + np.array([mx - 40, height * 0.74])
    )
    boat.fill(ellipse(mx - 46, height * 0.74 - 26, 7, 16))
    boat.line(points((mx - 50, height * 0.74 - 20), (mx - 130, height * 0.74 + 14)), 3)
    return with_silhouettes(plate, rng, laid_over(tone, boat.ink / 255, 0.98), left=True)


def _volcano(plate: Plate, rng: Generator) -> np.ndarray:
    """A mountain of fire above a bay."""
    width, height = plate.width, plate.height
    x, top, horizon = width * 0.52, height * 0.3, height * 0.66
    away = np.hypot((plate.x - x) * 0.9, plate.y - top)
    plume = np.exp(
        -(((plate.x - x - (top - plate.y) * 0.25) / (24 + 0.5 * np.clip(top - plate.y, 0, None))) ** 2)
    ) * (plate.y < top + 10)
    smoke = np.clip(fractal_noise(rng, plate.ink.shape, 90, 5) * 0.8 + 0.5, 0, 1)
    tone = 0.95 - 0.8 * np.exp(-away / 90) - 0.5 * plume * smoke
    slope = top + np.abs(np.arange(width) - x) ** 0.82 * 0.9 + 8 * rough_line(rng, width)
    tone = laid_over(
        tone, under(plate, slope), 0.9 - 0.12 * np.clip(fractal_noise(rng, tone.shape, 40, 3), -1, 1)
    )
    down = plate.y - top
    for lean, reach in ((-0.42, 120), (0.12, 190), (0.5, 150)):
        middle = x + down * lean + 7 * np.sin(down / 19 + lean * 9) * np.clip(down / 60, 0, 1)
        stream = np.clip(2.4 + down * 0.014 - np.abs(plate.x - middle), 0, 1) * (down > 2) * (down < reach)
        tone = laid_over(tone, stream, np.clip(0.06 + 0.75 * (down / reach) ** 2, 0, 0.9))
    water = 0.9 - 0.75 * glitter(plate, rng, x, horizon, height)
    tone = laid_over(tone, np.clip(plate.y - horizon, 0, 1), water)
    for _ in range(60):
        a, r = rng.uniform(-2.6, -0.5), rng.gamma(2, 40)
        tone = laid_over(
            tone,
            np.clip(2.2 - np.hypot(plate.x - x - r * np.cos(a), plate.y - top - r * np.sin(a)), 0, 1),
            0.08,
        )
    return with_silhouettes(plate, rng, tone, left=False)


def _forge(plate: Plate, rng: Generator) -> np.ndarray:
    """A lit window and an open door in a dark lane."""
    width, height = plate.width, plate.height
    tone = np.clip(0.9 - 0.5 * np.exp(-plate.y / 120) * np.exp(-(((plate.x - width / 2) / 130) ** 2)), 0, 1)
    for side in (-1, 1):
        edge = width / 2 + side * (70 + 0.2 * plate.y)
        wall = np.clip((plate.x - edge) * side, 0, 1)
        course = np.floor(plate.y / 20)
        joints = (plate.y % 20 < 2) | ((plate.x + 23 * (course % 2)) % 46 < 2)
        bricks = 0.07 * joints - 0.05 * value_noise(rng, tone.shape, 30)
        tone = laid_over(tone, wall, 0.9 + bricks)
    door = (np.abs(plate.x - width * 0.22) < 62) & (plate.y > height * 0.52) & (plate.y < height * 0.86)
    tone = laid_over(tone, door.astype(np.float32), 0.08 + 0.2 * np.abs(plate.x - width * 0.22) / 62)
    away = np.hypot(plate.x - width * 0.24, (plate.y - height * 0.74) * 1.3)
    tone = tone - 0.55 * np.exp(-away / 130) * ~door
    beam = (
        np.clip(1 - np.abs((plate.y - height * 0.86) / (60 + 0.4 * np.abs(plate.x - width * 0.22))), 0, 1)
        * (plate.x > width * 0.14)
        * (plate.y > height * 0.84)
    )
    tone = tone - 0.4 * beam * np.exp(-np.abs(plate.x - width * 0.3) / 190)
    figure = Plate(width, height, rng)
    figure.fill(ellipse(width * 0.21, height * 0.665, 12, 15))
    figure.fill(
        smooth(
            points((-0.3, -0.6), (0.3, -0.6), (0.42, 0.2), (0.3, 1.0), (-0.3, 1.0), (-0.4, 0.2)) * 62,
            6,
            closed=True,
        )
        + np.array([width * 0.21, height * 0.75])
    )
    figure.line(points((width * 0.23, height * 0.7), (width * 0.29, height * 0.62)), 9)
    figure.fill(rectangle(width * 0.275, height * 0.595, width * 0.32, height * 0.625))
    for column in range(2):
        for row in range(3):
            x, y = width * (0.8 + column * 0.09), height * (0.2 + row * 0.2)
            pane = (np.abs(plate.x - x) < 15) & (np.abs(plate.y - y) < 24)
            tone = laid_over(tone, pane * float(rng.random() < 0.5), 0.22)
    return laid_over(tone, figure.ink / 255, 0.97)


def _cave(plate: Plate, rng: Generator) -> np.ndarray:
    """Out of a grotto onto a bright sea."""
    width, height = plate.width, plate.height
    horizon = height * 0.58
    tone = 0.08 + 0.25 * plate.y / horizon * np.clip(fractal_noise(rng, plate.ink.shape, 130, 4) + 0.4, 0, 1)
    waves = np.repeat(value_noise(rng, (height, width // 6 + 2), 4), 6, axis=1)[:, :width]
    tone = laid_over(
        tone,
        np.clip(plate.y - horizon, 0, 1),
        0.5 + 0.16 * waves - 0.5 * glitter(plate, rng, width * 0.5, horizon, height),
    )
    sail = Plate(width, height, rng)
    sail.fill(
        points((width * 0.56, horizon - 78), (width * 0.61, horizon - 12), (width * 0.53, horizon - 10))
    )
    sail.fill(
        points(
            (width * 0.51, horizon - 6),
            (width * 0.63, horizon - 8),
            (width * 0.6, horizon + 10),
            (width * 0.53, horizon + 10),
        )
    )
    tone = laid_over(tone, sail.ink / 255, 0.85)
    angle = np.arctan2(plate.y - height * 0.56, plate.x - width * 0.5)
    jagged = np.interp(angle, np.linspace(-np.pi, np.pi, 400), 0.24 * rough_line(rng, 400))
    reach = (
        np.hypot(
            (plate.x - width * 0.5) / (width * 0.36),
            (plate.y - height * 0.6) / (height * np.where(plate.y > height * 0.6, 0.62, 0.42)),
        )
        + jagged
    )
    rock = np.clip((reach - 1) * 26, 0, 1)
    ledges = 0.82 + 0.16 * fractal_noise(rng, tone.shape, 46, 4) - 0.26 * np.exp(-(reach - 1) * 5)
    return laid_over(tone, rock, np.clip(ledges, 0.3, 0.98))


ROCKETS = ((0.3, 0.26, 120), (0.62, 0.2, 150), (0.8, 0.4, 84), (0.46, 0.42, 70), (0.14, 0.44, 64))


def _fireworks(plate: Plate, rng: Generator) -> np.ndarray:
    """Rockets above a palace and its pond."""
    width, height = plate.width, plate.height
    horizon = int(height * 0.72)
    glow = sum(
        (np.exp(-np.hypot(plate.x - x * width, plate.y - y * height) / 110) for x, y, _ in ROCKETS[:3]),
        0 * plate.x,
    )
    tone = np.clip(0.97 - 0.28 * glow, 0, 1)
    tone = laid_over(tone, _rockets(plate, rng, horizon), 0.04)
    palace = Plate(width, height, rng)
    for left, right, top in ((0.24, 0.76, 0.64), (0.42, 0.58, 0.56), (0.22, 0.3, 0.58), (0.7, 0.78, 0.58)):
        palace.fill(rectangle(left * width, top * height, right * width, horizon))
    tone = laid_over(tone, palace.ink / 255, 0.98)
    for x in np.arange(0.26, 0.75, 0.035):
        pane = (np.abs(plate.x - x * width) < 5) & (np.abs(plate.y - height * 0.68) < 10)
        tone = laid_over(tone, pane.astype(np.float32), 0.1)
    depth = height - horizon
    mirrored = tone[horizon - 1 :: -1][:depth]
    tone[horizon:] = np.clip(0.4 + 0.6 * mirrored + 0.1 * value_noise(rng, (depth, width), 5), 0, 1)
    return tone


def _rockets(plate: Plate, rng: Generator, horizon: float) -> np.ndarray:
    """Bursts and the trails that lead up to them, in [0, 1]."""
    sky = Plate(plate.width, plate.height, rng)
    for x, y, size in ROCKETS:
        start = np.array([x * plate.width, y * plate.height])
        for a in rng.uniform(0, 2 * np.pi, 54):
            reach = size * rng.uniform(0.7, 1.05)
            end = start + reach * np.array([np.cos(a), np.sin(a) + 0.16])
            bow = start * 0.45 + end * 0.55 - np.array([0, reach * 0.08])
            sky.strokes([smooth(np.stack([start, bow, end]), 6)], 2.4)
            sky.fill(ellipse(end[0], end[1], 2.2, 2.2, 8))
        trail = np.stack([start, [start[0] + 14, plate.height * 0.56], [plate.width * 0.5, horizon]])
        sky.strokes([smooth(trail, 8)], 1.6)
    return np.asarray(sky.ink / 255)


def _candle(plate: Plate, rng: Generator) -> np.ndarray:
    """A candle, a skull-white jug and a book on a table."""
    width, height = plate.width, plate.height
    table, fx, fy = height * 0.68, width * 0.42, height * 0.32
    away = np.hypot(plate.x - fx, (plate.y - fy) * 0.9)
    tone = 0.98 - 0.62 * np.exp(-away / 150)
    tone = laid_over(
        tone,
        np.clip(plate.y - table, 0, 1),
        0.92 - 0.5 * np.exp(-np.hypot((plate.x - fx) / 230, (plate.y - table) / 60)),
    )
    tone = lit_jug(plate, tone, width * 0.68, table + 46, 92, 250, fx)
    body = (np.abs(plate.x - fx) < 17) & (plate.y > fy + 46) & (plate.y < table + 30)
    tone = laid_over(
        tone,
        body.astype(np.float32),
        np.clip(0.08 + 0.5 * np.abs(plate.x - fx) / 20 + (plate.y - fy - 46) / 700, 0, 1),
    )
    dish = np.hypot((plate.x - fx) / 84, (plate.y - table - 34) / 20) < 1
    tone = laid_over(tone, dish.astype(np.float32), 0.3 + 0.5 * np.clip((plate.y - table - 24) / 26, 0, 1))
    flame = np.hypot((plate.x - fx) / 12, (plate.y - fy - 8) / (34 + 8 * np.sign(fy + 8 - plate.y))) < 1
    tone = laid_over(tone, flame.astype(np.float32), 0.02)
    book = Plate(width, height, rng)
    book.fill(
        points(
            (width * 0.08, table + 66),
            (width * 0.3, table + 34),
            (width * 0.38, table + 78),
            (width * 0.14, table + 118),
        )
    )
    tone = laid_over(tone, book.ink / 255, 0.35 + 0.1 * np.sin(plate.y * 1.3))
    return np.asarray(np.clip(tone, 0, 1))


Scene = Callable[[Plate, Generator], np.ndarray]
SCENES: dict[str, Scene] = {
    "lake": _moonlit_lake,
    "volcano": _volcano,
    "forge": _forge,
    "cave": _cave,
    "fireworks": _fireworks,
    "candle": _candle,
}
SCRAPER = ("Künstler", "Schabkünstler")
GENRE = Genre(
    name="nocturne",
    classification="Nachtstück",
    techniques=("Schabkunst", "Schabkunst, Aquatinta", "Aquatinta"),
    teams=(
        (Hand(ASHDOWNE, SCRAPER, "pinx. & fecit"),),
        (Hand(PEMBERLEY, ("Zeichnerin",), "del."), Hand(ASHDOWNE, ("Schabkünstler",), "fec.")),
        (Hand(FROEHLI, SCRAPER, "fec."), Hand(WALDMEYER, ("Verlegerin",))),
    ),
    draw=draw,
    press=Press(ink=(30, 26, 26), laid=False, wear=0.08, plate_tone=0.06, age=0.3),
    subjects=(
        subject("Mondschein über dem Seewyler See", scene="lake"),
        subject("An Eruption by Night", scene="volcano"),
        subject("Die Schmiede in der Gasse", scene="forge", upright=True),
        subject("A Grotto by the Sea", scene="cave"),
        subject("Feuerwerk über dem Schloss", scene="fireworks"),
        subject("Kerzenlicht mit Krug und Buch", scene="candle", upright=True),
        subject("Moonlight, an Upright Composition", scene="lake", upright=True),
    ),
)
