"""Botanical plates: one plant with its root, coloured by hand."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import moved, points, smooth
from catalog.sample.lettering import ITALIC, ROMAN
from catalog.sample.motifs import flowers, plants
from catalog.sample.motifs.inscriptions import frame, signatures
from catalog.sample.people import BRUEGGLI, MOREAU, PEMBERLEY, WALDMEYER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject

GREEN, DARK, PALE = (120, 158, 86), (84, 128, 78), (168, 184, 104)
ROSE, RED, BLUE, VIOLET = (214, 112, 126), (200, 70, 58), (104, 134, 190), (156, 110, 172)
YELLOW, WHITE, ORANGE = (232, 196, 76), (240, 236, 226), (226, 142, 62)
WIDTH, HEIGHT = 600, 830
Bloom = Callable[[Plate, Generator, np.ndarray, float, tuple[int, int, int]], None]


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    plate = Plate(WIDTH, HEIGHT, rng)
    {"stalk": _stalk, "spray": _spray, "bulb": _bulbous, "branch": _branch, "fern": _fern}[
        sheet.options["habit"]
    ](plate, rng, sheet)
    latin, *vernacular = sheet.subject.lines
    frame(plate, 16, 16, WIDTH - 16, HEIGHT - 66)
    plate.letter(latin.upper(), WIDTH / 2, HEIGHT - 27, 15, hand=ROMAN, spacing=0.16)
    plate.letter(" ".join(vernacular), WIDTH / 2, HEIGHT - 7, 12, hand=ITALIC, spacing=0.1)
    plate.letter(f"Tab. {sheet.options['tab']}.", WIDTH - 30, 40, 12, hand=ITALIC, align=1)
    signatures(plate, sheet, 20, HEIGHT - 52, WIDTH - 20)
    return plate


BLOOMS: dict[str, Bloom] = {
    "daisy": lambda plate, rng, at, size, colour: flowers.daisy(plate, rng, at, size, colour),
    "rose": flowers.rose,
    "tulip": lambda plate, rng, at, size, colour: flowers.tulip(
        plate, at, size * 1.5, -90 + rng.uniform(-14, 14), colour
    ),
    "lily": lambda plate, rng, at, size, colour: flowers.lily(
        plate, at, size * 1.35, -90 + rng.uniform(-50, 50), colour
    ),
    "bell": lambda plate, rng, at, size, colour: flowers.bell(
        plate, at, size * 1.1, 90 + rng.uniform(-40, 40), colour
    ),
    "umbel": lambda plate, rng, at, size, colour: flowers.umbel(plate, rng, at, size * 1.3, -90, colour),
    "thistle": lambda plate, rng, at, size, colour: flowers.thistle(plate, rng, at, size * 0.9, -90, colour),
    "berry": lambda plate, rng, at, size, colour: flowers.berry(plate, at, size * 0.42, colour),
}


def _bloom(plate: Plate, rng: Generator, at: np.ndarray, size: float, sheet: Sheet) -> None:
    BLOOMS[sheet.options["bloom"]](plate, rng, at, size, sheet.options["colour"])


def _leaf(plate: Plate, at: np.ndarray, length: float, degrees: float, sheet: Sheet, curl: float) -> None:
    plants.leaf(
        plate,
        at,
        length,
        length * sheet.options.get("broad", 0.34),
        degrees,
        sheet.options.get("green", GREEN),
        kind=sheet.options.get("leaf", "lance"),
        curl=curl,
    )


def _stalk(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """One upright stem with pairs of leaves, a flower on top and others on side shoots."""
    foot = np.array([WIDTH * 0.5, HEIGHT * 0.8])
    top = np.array([WIDTH * rng.uniform(0.44, 0.56), HEIGHT * 0.19])
    main = smooth(np.stack([foot, foot * 0.6 + top * 0.4 + (rng.uniform(-30, 30), 0), top]), 30)
    plants.roots(plate, foot, 84, rng)
    for side in (-1, 1):
        start = main[int(len(main) * rng.uniform(0.48, 0.6))]
        end = start + np.array([side * rng.uniform(125, 170), -rng.uniform(150, 220)])
        shoot = smooth(np.stack([start, start * 0.5 + end * 0.5 + (side * 34, 26), end]), 20)
        plants.stem(plate, shoot, 7, GREEN)
        _leaf(plate, shoot[18], 92, -90 + side * 70, sheet, side * 0.3)
        _bloom(plate, rng, end, rng.uniform(56, 72), sheet)
    plants.stem(plate, main, 11, GREEN)
    for index, share in enumerate(np.linspace(0.08, 0.7, sheet.options.get("pairs", 5))):
        side = 1 if index % 2 else -1
        length = 230 * (1 - share * 0.5)
        for turn in (side, -side):
            _leaf(
                plate,
                main[int(share * (len(main) - 1))],
                length * rng.uniform(0.8, 1),
                -90 + turn * rng.uniform(50, 70),
                sheet,
                turn * rng.uniform(0.15, 0.4),
            )
    _bloom(plate, rng, top, 96, sheet)


def _spray(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """A bunch of stems from one root."""
    foot = np.array([WIDTH * 0.5, HEIGHT * 0.78])
    plants.roots(plate, foot, 90, rng)
    for turn in rng.permutation(np.linspace(-150, -30, 9)):
        _leaf(plate, moved(foot, 0, 6), rng.uniform(180, 250), turn, sheet, 0.3 if turn > -90 else -0.3)
    for lean in (-0.9, 0.95, -0.48, 0.55, 0.02):
        end = np.array(
            [WIDTH * (0.5 + lean * 0.33), HEIGHT * (0.19 + abs(lean) * 0.2) + rng.uniform(-14, 14)]
        )
        line = smooth(np.stack([foot, foot * 0.5 + end * 0.5 + (lean * -40, 0), end]), 24)
        plants.stem(plate, line, 6.5, PALE)
        _bloom(plate, rng, end, rng.uniform(56, 74), sheet)


def _bulbous(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """A bulb, long leaves, and one or two flowers on bare scapes."""
    foot = np.array([WIDTH * 0.5, HEIGHT * 0.73])
    for lean in sheet.options.get("scapes", (0.05,)):
        end = np.array([WIDTH * (0.5 + lean), HEIGHT * (0.27 + abs(lean) * 0.3)])
        plants.stem(
            plate, smooth(np.stack([foot, foot * 0.5 + end * 0.5 + (lean * -90, 0), end]), 24), 10, PALE
        )
        _bloom(plate, rng, end, 104, sheet)
    for turn, reach in ((-132, 250), (-52, 270), (-112, 330), (-68, 300)):
        plants.leaf(plate, foot, reach, 46, turn, DARK, curl=0.35 if turn > -90 else -0.35)
    plants.bulb(plate, moved(foot, 0, 42), 56, rng)


def _branch(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """A woody branch across the sheet with leaves, flowers or fruits."""
    line = smooth(
        points(
            (WIDTH * 0.22, HEIGHT * 0.82),
            (WIDTH * 0.38, HEIGHT * 0.58),
            (WIDTH * 0.52, HEIGHT * 0.38),
            (WIDTH * 0.8, HEIGHT * 0.16),
        ),
        20,
    )
    for index, share in enumerate(np.linspace(0.1, 0.92, sheet.options.get("pairs", 8))):
        at = line[int(share * (len(line) - 1))]
        for side in (-1, 1):
            _leaf(
                plate,
                at,
                rng.uniform(135, 170) * (1.1 - 0.4 * share),
                -52 + side * rng.uniform(42, 78),
                sheet,
                side * 0.25,
            )
        if index % 2:
            for _ in range(sheet.options.get("cluster", 1)):
                spot = at + rng.normal(0, 30, 2) + (26, 40)
                plate.strokes([smooth(np.stack([at, at * 0.4 + spot * 0.6 + (8, 0), spot]), 6)], 2)
                _bloom(plate, rng, spot, sheet.options.get("size", 58), sheet)
    plants.stem(plate, line, 15, (150, 116, 84))


def _fern(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Fronds with leaflets in two rows."""
    foot = np.array([WIDTH * 0.5, HEIGHT * 0.8])
    plants.roots(plate, foot, 70, rng)
    for lean in (-0.85, 0.85, -0.4, 0.45, 0.03):
        end = foot + np.array([lean * 250, -HEIGHT * (0.62 - abs(lean) * 0.24)])
        rachis = smooth(np.stack([foot, foot * 0.45 + end * 0.55 + (-lean * 50, -40), end]), 26)
        along = np.gradient(rachis, axis=0)
        for index in range(8, len(rachis) - 1, 3):
            share = index / len(rachis)
            degrees = np.degrees(np.arctan2(along[index, 1], along[index, 0]))
            length = 78 * np.sin(np.pi * min(1, 0.25 + share * 0.75)) ** 0.8 + 8
            for side in (-1, 1):
                plants.leaf(
                    plate,
                    rachis[index],
                    length,
                    length * 0.3,
                    degrees + side * 66,
                    sheet.options["colour"],
                    kind="toothed",
                    curl=-side * 0.12,
                )
        plate.strokes([rachis], 4)


TEAMS = (
    (Hand(BRUEGGLI, ("Zeichnerin", "Stecherin"), "ad nat. pinx. et sculp."),),
    (Hand(MOREAU, ("Zeichnerin",), "pinx."), Hand(PEMBERLEY, ("Stecherin",), "sc.")),
    (Hand(BRUEGGLI, ("Zeichnerin",), "del."), Hand(WALDMEYER, ("Verlegerin",))),
)
GENRE = Genre(
    name="botany",
    classification="Pflanzendarstellung",
    techniques=("Kupferstich, koloriert", "Radierung, koloriert", "Punktierstich, koloriert"),
    teams=TEAMS,
    draw=draw,
    press=Press(laid=False, paper=(247, 241, 228), ink=(62, 54, 46), margin=32, age=0.35),
    subjects=(
        subject(
            "Rosa alpestris | Bergrose",
            habit="stalk",
            bloom="rose",
            colour=ROSE,
            leaf="toothed",
            broad=0.5,
            tab="IV",
        ),
        subject("Tulipa flammea | Geflammte Tulpe", habit="bulb", bloom="tulip", colour=RED, tab="XI"),
        subject(
            "Bellis maior | Große Maßliebe",
            habit="spray",
            bloom="daisy",
            colour=WHITE,
            leaf="oval",
            broad=0.3,
            tab="II",
        ),
        subject(
            "Lilium corvanum | Feuerlilie",
            habit="bulb",
            bloom="lily",
            colour=ORANGE,
            scapes=(-0.16, 0.17),
            tab="XXIII",
        ),
        subject(
            "Campanula seewylensis | Glockenblume",
            habit="stalk",
            bloom="bell",
            colour=BLUE,
            tab="VII",
            pairs=4,
        ),
        subject(
            "Carduus superbus | Stolze Distel",
            habit="stalk",
            bloom="thistle",
            colour=VIOLET,
            leaf="fern",
            broad=0.44,
            green=(142, 164, 128),
            tab="XXXI",
        ),
        subject("Filix montana | Bergfarn", habit="fern", colour=DARK, tab="XL"),
        subject(
            "Prunus sylvestris | Schlehe",
            habit="branch",
            bloom="berry",
            colour=(88, 92, 150),
            cluster=3,
            leaf="oval",
            broad=0.46,
            tab="LII",
        ),
        subject(
            "Chaerophyllum altum | Hoher Kälberkropf",
            habit="spray",
            bloom="umbel",
            colour=WHITE,
            leaf="fern",
            broad=0.5,
            tab="IX",
        ),
        subject(
            "Quercus merrowana | Merrow Oak",
            habit="branch",
            bloom="berry",
            colour=(170, 128, 72),
            leaf="oak",
            broad=0.52,
            cluster=2,
            tab="LX",
            pairs=7,
        ),
        subject(
            "Aster tanneggensis | Tannegger Aster",
            habit="stalk",
            bloom="daisy",
            colour=VIOLET,
            tab="XV",
            broad=0.26,
        ),
        subject(
            "Camellia nivea | Schneekamelie",
            habit="branch",
            bloom="rose",
            colour=WHITE,
            leaf="oval",
            broad=0.5,
            green=DARK,
            size=76,
            pairs=6,
            tab="LXXI",
        ),
    ),
)
