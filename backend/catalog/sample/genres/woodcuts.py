"""Modern woodcuts: masses of black, white lines cut with the gouge, sometimes a second block of colour."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, moved, points, rectangle, ribbon, smooth
from catalog.sample.motifs.blockfigures import facade, passer_by, raven
from catalog.sample.motifs.blocklands import furrows, great_wave, lake_moon
from catalog.sample.motifs.gouges import (
    all_black,
    birch,
    block_edge,
    facets,
    fir,
    gouges,
    level_cuts,
    level_cuts_dark,
    snow_house,
    wood_grain,
)
from catalog.sample.motifs.inscriptions import monogram
from catalog.sample.noise import rough_line
from catalog.sample.people import AMSTEIN, GUENTHARDT, LINDGREN, VOGELSANGER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    width, height = sheet.options.get("size", (640, 720))
    plate = Plate(width, height, rng)
    SCENES[sheet.options["scene"]](plate, rng, sheet)
    block_edge(plate, rng)
    wood_grain(plate, rng)
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
    return np.asarray(np.clip(reach - radius * plate.width, 0, 1))


# Scenes


def _village_at_night(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Snow on the roofs, light in the windows, a moon."""
    width, height = plate.width, plate.height
    all_black(plate)
    mx, my = width * 0.7, height * 0.17
    for ring in range(1, 9):
        cuts = [
            arc(mx, my, 44 + ring * 17, 44 + ring * 17, a, a + rng.uniform(16, 40), 12)
            for a in np.arange(0, 360, 46) + rng.uniform(0, 46)
        ]
        gouges(plate, rng, cuts, 4.2 - ring * 0.35)
    plate.erase(ellipse(mx, my, 44, 44))
    profile = height * 0.5 + 60 * rough_line(rng, width)
    plate.erase(
        np.concatenate([np.stack([np.arange(width), profile], 1), points((width, height), (0, height))])
    )
    for _ in range(34):
        x = rng.uniform(0, width)
        fir(plate, rng, x, profile[int(x)] + rng.uniform(8, 46), rng.uniform(40, 84))
    for y, size in ((0.68, 74), (0.8, 96), (0.94, 124)):
        for x in np.arange(rng.uniform(-40, 20), width, size * 1.55):
            snow_house(plate, rng, x, height * y + rng.uniform(-10, 10), size)
    flakes = rng.uniform(0, 1, (150, 2)) * (width, height * 0.6)
    for x, y in flakes:
        plate.erase(ellipse(x, y, rng.uniform(1, 2.6), rng.uniform(1, 2.6), 8))


def _mountain(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """A peak with snow, its reflection in a lake, bars of cloud."""
    width, height = plate.width, plate.height
    all_black(plate)
    level_cuts(plate, rng, 0, width, 12, height * 0.45, 13, 5, length=210)
    shore, peak = height * 0.66, points((width * 0.47, height * 0.13))[0]
    ridge = [
        (t * width, shore - (shore - peak[1]) * max(0, 1 - abs(t - 0.47) * 1.9) ** 0.9 + rng.normal(0, 7))
        for t in np.linspace(0, 1, 40)
    ]
    body = points(*ridge, (width, shore), (0, shore))
    plate.erase(body)
    plate.outline(body, 4)
    facets(plate, rng, points(*ridge), shore)
    bank = shore + 8 + 10 * rough_line(rng, width)
    plate.fill(
        np.concatenate(
            [np.stack([np.arange(width), bank - 24], 1), np.stack([np.arange(width), bank + 8], 1)[::-1]]
        )
    )
    for x in np.arange(0, width, 17):
        fir(plate, rng, x + rng.uniform(-6, 6), bank[min(int(x), width - 1)], rng.uniform(26, 52))
    plate.fill(rectangle(0, shore + 12, width, height))
    level_cuts(plate, rng, 0, width, shore + 26, height - 8, 10, 4, length=90)
    level_cuts(plate, rng, width * 0.3, width * 0.62, shore + 22, height - 30, 10, 7, length=80)


def _birches(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """White trunks against a black wood."""
    width, height = plate.width, plate.height
    all_black(plate)
    ground = height * 0.84 + 14 * rough_line(rng, width)
    plate.erase(
        np.concatenate([np.stack([np.arange(width), ground], 1), points((width, height), (0, height))])
    )
    gouges(
        plate,
        rng,
        [
            points((x, y), (x + rng.normal(0, 10), y - rng.uniform(30, 90)))
            for x, y in rng.uniform(0, 1, (90, 2)) * (width, height * 0.84)
        ],
        2.4,
    )
    for x in np.sort(rng.uniform(0.02, 0.98, 13)) * width:
        birch(plate, rng, x, float(ground[int(x)]) + rng.uniform(0, 80), rng.uniform(14, 34))
    plate.strokes(
        [
            points((x, y), (x + rng.uniform(40, 120), y + rng.normal(0, 3)))
            for x, y in rng.uniform(0, 1, (26, 2)) * (width, height * 0.14) + (-30, height * 0.86)
        ],
        4,
    )


def _umbrellas(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Passers-by in the rain."""
    width, height = plate.width, plate.height
    crowd = sorted(
        [(rng.uniform(0.02, 0.98) * width, height * (0.5 + 0.44 * rng.random())) for _ in range(15)],
        key=lambda spot: spot[1],
    )
    facade(plate, rng, height * 0.5)
    for x, foot in crowd:
        size = 60 + 150 * (foot / height - 0.45) / 0.5
        passer_by(plate, rng, x, foot, size)
    plate.strokes(
        [points((x, y), (x - 30, y + 120)) for x, y in rng.uniform(-0.1, 1.1, (90, 2)) * (width, height)], 1.8
    )
    plate.scratch(
        [points((x, y), (x - 26, y + 104)) for x, y in rng.uniform(-0.1, 1.1, (150, 2)) * (width, height)],
        2.6,
    )


def _ravens(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Black birds on a bare branch before a huge sun."""
    width, height = plate.width, plate.height
    level_cuts_dark(plate, rng, height * 0.9)
    sun = ellipse(width * 0.5, height * 0.42, width * 0.33, width * 0.33)
    plate.erase(sun)
    plate.outline(sun, 4)
    limb = smooth(points((-0.05, 0.86), (0.3, 0.74), (0.62, 0.72), (1.05, 0.6)) * (width, height), 20)
    plate.fill(ribbon(limb, np.linspace(40, 18, len(limb))))
    for start, lean in ((14, -0.22), (30, 0.2), (44, -0.12), (22, 0.1)):
        at = limb[start]
        twig = smooth(
            np.stack([at, moved(at, lean * 150, -90), moved(at, lean * 330, -170 - abs(lean) * 260)]), 14
        )
        plate.fill(ribbon(twig, np.linspace(13, 2.5, len(twig))))
    for x, size, face in ((0.3, 150, 1), (0.58, 170, -1), (0.8, 110, -1)):
        index = int(np.argmin(np.abs(limb[:, 0] - x * width)))
        raven(plate, rng, x * width, limb[index, 1] - 10, size, face)


Scene = Callable[[Plate, Generator, Sheet], None]
SCENES: dict[str, Scene] = {
    "village": _village_at_night,
    "mountain": _mountain,
    "wave": great_wave,
    "birches": _birches,
    "rain": _umbrellas,
    "ravens": _ravens,
    "furrows": furrows,
    "lake": lake_moon,
}
CUTTER = ("Künstler", "Holzschneider")
CUTTERESS = ("Künstlerin", "Holzschneiderin")
GENRE = Genre(
    name="woodcut",
    classification="Freie Graphik",
    techniques=("Holzschnitt",),
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
