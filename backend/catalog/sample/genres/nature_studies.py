"""Cabinets of nature: shells, butterflies, beetles, fishes and feathers, drawn larger than life."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, mirror, moved, points, ribbon, rotate, smooth
from catalog.sample.hatching import rings, straight
from catalog.sample.lettering import ITALIC
from catalog.sample.motifs.inscriptions import with_caption
from catalog.sample.people import ASHDOWNE, BRUEGGLI, FROEHLI, MOREAU, PEMBERLEY
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject

Colour = tuple[int, int, int]
WINGS: tuple[tuple[Colour, Colour], ...] = (
    ((224, 150, 66), (120, 84, 60)),
    ((110, 146, 190), (60, 70, 110)),
    ((216, 196, 96), (140, 110, 60)),
    ((190, 92, 74), (90, 60, 60)),
    ((150, 176, 132), (84, 104, 84)),
    ((196, 160, 190), (110, 80, 120)),
)


def draw(sheet: Sheet, rng: Generator) -> Plate:
    plate = Plate(*((820, 580) if sheet.options.get("wide") else (580, 740)), rng)
    CABINETS[sheet.options["kind"]](plate, rng, sheet)
    return with_caption(plate, sheet, rng)


def _numbered(plate: Plate, number: int, x: float, y: float) -> None:
    plate.letter(f"Fig. {number}.", x, y, 11, hand=ITALIC)


# Shells


def _shells(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Snails wound as spires, flat spirals and cockles."""
    makers = {"spire": _spire, "ammonite": _ammonite, "cockle": _cockle}
    for number, (kind, x, y, size) in enumerate(sheet.options["shells"]):
        at = np.array([x * plate.width, y * plate.height])
        _shadow(plate, at, size)
        makers[kind](plate, rng, at, size)
        _numbered(plate, number + 1, at[0], at[1] + size * 1.18)


def _shadow(plate: Plate, at: np.ndarray, size: float) -> None:
    plate.shade(
        ellipse(at[0] + size * 0.28, at[1] + size * 0.86, size * 0.8, size * 0.16),
        0.5,
        straight(0, 3.8),
        tremble=0.4,
    )


def _spire(plate: Plate, rng: Generator, at: np.ndarray, size: float) -> None:
    """A turret of whorls seen from the side, its mouth at the lower right."""
    colour = WINGS[int(rng.integers(len(WINGS)))][0]
    turns = int(rng.integers(6, 9))
    tops = at[1] - size + size * 1.75 * (np.arange(turns + 1) / turns) ** 1.35
    for index in range(turns):
        top, bottom = tops[index], tops[index + 1]
        wide = size * 0.58 * ((index + 1) / turns) ** 1.15
        lean = size * 0.05 * ((index + 1) / turns)
        whorl = np.concatenate(
            [
                arc(at[0], top + lean, wide * 0.86, (bottom - top) * 0.2, 180, 360, 20),
                smooth(
                    points(
                        (at[0] + wide * 0.86, top + lean),
                        (at[0] + wide, (top + bottom) / 2),
                        (at[0] + wide * 0.94, bottom),
                    ),
                    6,
                ),
                arc(at[0], bottom, wide * 0.94, (bottom - top) * 0.34, 0, 180, 20),
                smooth(
                    points(
                        (at[0] - wide * 0.94, bottom - lean),
                        (at[0] - wide, (top + bottom) / 2),
                        (at[0] - wide * 0.86, top),
                    ),
                    6,
                ),
            ]
        )
        plate.clear(whorl)
        plate.tint(
            whorl,
            colour,
            lambda x, y, w=wide: 0.3 + 0.25 * np.sin(np.arcsin(np.clip((x - at[0]) / w, -1, 1)) * 9),
        )
        plate.shade(
            whorl,
            lambda x, y, w=wide, t=top, b=bottom: np.clip(
                0.06
                + 0.6 * np.clip((x - at[0]) / w, -0.2, 1) ** 2
                + 0.5 * np.clip((y - b + (b - t) * 0.1) / (b - t), 0, 1),
                0,
                0.9,
            ),
            lambda x, y, w=wide: (
                np.arcsin(np.clip((x - at[0] + (y - at[1]) * 0.1) / w / 1.1, -1, 1)) * w / 4.6
            ),
            cross=(straight(8, 3.8),),
            tremble=0.6,
        )
        plate.outline(whorl, 1.3)
    mouth = rotate(
        ellipse(at[0] + size * 0.2, at[1] + size * 0.74, size * 0.22, size * 0.36),
        -20,
        (at[0] + size * 0.2, at[1] + size * 0.74),
    )
    plate.clear(mouth)
    plate.tint(mouth, (226, 170, 150), 0.6)
    plate.shade(
        mouth,
        lambda x, y: np.clip(0.8 - (x - at[0]) / size * 2.2, 0, 0.9),
        rings(at[0] + size * 0.5, at[1] + size * 0.7, 3.8),
    )
    plate.outline(mouth, 1.8)


def _ammonite(plate: Plate, rng: Generator, at: np.ndarray, size: float) -> None:
    """A flat ribbed spiral."""
    t = np.linspace(0, 1, 420)
    angle = 2 * np.pi * 3.4 * t
    growth = size * 0.94 * np.exp(2.35 * (t - 1))
    outer = at + np.stack([growth * np.cos(angle), growth * np.sin(angle)], 1)
    inner = at + np.stack([growth * 0.52 * np.cos(angle), growth * 0.52 * np.sin(angle)], 1)
    for start in range(0, 414, 6):
        piece = np.concatenate([outer[start : start + 8], inner[start : start + 8][::-1]])
        plate.clear(piece)
        plate.tint(piece, (206, 170, 116), 0.5)
    edge = np.concatenate([outer, inner[::-1]])
    tone = _ammonite_tone(plate, at, size)
    plate.shade(
        edge[::1],
        tone,
        lambda x, y: np.arctan2(y - at[1], x - at[0]) * 26 + np.log(np.hypot(x - at[0], y - at[1]) + 1) * 5,
        cross=(rings(*at, 4),),
        tremble=0.4,
    )
    plate.line(outer, 2)
    plate.line(inner[120:], 1.4)
    ribs = [
        smooth(
            np.stack(
                [inner[i], (inner[i] + outer[i]) / 2 + (outer[i] - inner[i]) * 0.04, outer[min(i + 5, 419)]]
            ),
            6,
        )
        for i in range(60, 415, 5)
    ]
    plate.strokes(ribs, size * 0.02)
    plate.strokes(
        [smooth(np.stack([inner[-1], (inner[-1] + outer[-1]) / 2 + (0, size * 0.08), outer[-1]]), 8)], 3
    )


def _ammonite_tone(plate: Plate, at: np.ndarray, size: float) -> np.ndarray:
    """Shade of the whorls: dark in the grooves between them and at the lower right."""
    dx, dy = plate.x - at[0], plate.y - at[1]
    reach = np.hypot(dx, dy) + 1e-3
    turn = np.log(reach / (size * 0.94)) / 2.35 * 3.4 - np.arctan2(dy, dx) / (2 * np.pi)
    place = turn - np.floor(turn)
    return np.clip(
        0.2 + 0.4 * np.cos(2 * np.pi * place) ** 2 * (place > 0.5) + 0.3 * (dx + dy) / size, 0, 0.9
    ).astype(np.float32)


def _cockle(plate: Plate, rng: Generator, at: np.ndarray, size: float) -> None:
    """A fan of ribs."""
    hinge = at + (0, size * 0.72)
    ribs = 17
    edges = np.radians(np.linspace(-158, -22, ribs + 1))
    colour = WINGS[int(rng.integers(len(WINGS)))][0]
    for index in range(ribs):
        a, b = edges[index], edges[index + 1]
        middle = (a + b) / 2
        reach = size * (1.5 - 0.26 * abs(np.degrees(middle) + 90) / 68)
        fan = np.stack(
            [
                hinge,
                hinge + reach * 0.98 * np.array([np.cos(a), np.sin(a)]),
                hinge + reach * 1.05 * np.array([np.cos(middle), np.sin(middle)]),
                hinge + reach * 0.98 * np.array([np.cos(b), np.sin(b)]),
            ]
        )
        plate.clear(fan)
        plate.tint(
            fan,
            colour,
            lambda x, y: 0.24 + 0.34 * np.sin(np.hypot(x - hinge[0], y - hinge[1]) / size * 13) ** 2,
        )
        plate.shade(
            fan,
            lambda x, y, m=middle: np.clip(
                0.28 + 2.4 * (np.arctan2(y - hinge[1], x - hinge[0]) - m) + 0.25 * np.cos(m), 0, 0.85
            ),
            rings(*hinge, 3.8),
            tremble=0.3,
        )
        plate.outline(fan, 1.1)
    for side in (-1, 1):
        ear = np.stack(
            [hinge, hinge + (side * size * 0.34, -size * 0.02), hinge + (side * size * 0.3, -size * 0.2)]
        )
        plate.clear(ear)
        plate.hatch(ear, 0.4, 90, 3.4)
        plate.outline(ear, 1.3)


# Butterflies and beetles


def _butterflies(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    for number, (x, y, size, pair) in enumerate(sheet.options["insects"]):
        at = np.array([x * plate.width, y * plate.height])
        _butterfly(plate, rng, at, size, WINGS[pair])
        _numbered(plate, number + 1, at[0], at[1] + size * 0.98)


def _butterfly(
    plate: Plate, rng: Generator, at: np.ndarray, size: float, colours: tuple[Colour, Colour]
) -> None:
    """Spread wings with veins, margins and eyes."""
    tail, wave = rng.uniform(0, 0.3), rng.uniform(0, 0.03)
    fore = smooth(
        points(
            (0.04, -0.1),
            (0.3, -0.5),
            (0.8, -0.82),
            (1.02, -0.74),
            (0.94, -0.4),
            (0.86, -0.08),
            (0.4, 0.04),
            (0.06, 0.02),
        ),
        9,
        closed=True,
    )
    hind = smooth(
        points(
            (0.05, 0.0),
            (0.5, -0.02),
            (0.82, 0.16),
            (0.74, 0.5),
            (0.52 + tail * 0.2, 0.72 + tail),
            (0.36, 0.6),
            (0.14, 0.42),
        ),
        9,
        closed=True,
    )
    for shape in (hind, fore):
        shape = shape * (1 + wave * np.sin(np.linspace(0, 60, len(shape)))[:, None])
        eye = shape[int(len(shape) * (0.56 if shape is hind else 0.42))] * 0.66
        for side in (1, -1):
            _wing(plate, at, shape * (size * side, size), colours, eye * (size * side, size))
    body = moved(
        smooth(
            points(
                (0, -0.26),
                (0.06, -0.14),
                (0.05, 0.1),
                (0.03, 0.46),
                (0, 0.56),
                (-0.03, 0.46),
                (-0.05, 0.1),
                (-0.06, -0.14),
            )
            * size,
            6,
            closed=True,
        ),
        *at,
    )
    plate.clear(body)
    plate.tint(body, colours[1], 0.7)
    plate.shade(body, 0.6, straight(0, 3.4))
    plate.outline(body, 1.4)
    for side in (-1, 1):
        feeler = smooth(points((0.02, -0.24), (0.12, -0.5), (0.3, -0.7)) * (side * size, size), 8) + at
        plate.strokes([feeler], 2)
        plate.fill(ellipse(*feeler[-1], 3, 3, 10))


def _wing(
    plate: Plate, at: np.ndarray, shape: np.ndarray, colours: tuple[Colour, Colour], eye: np.ndarray
) -> None:
    outline = shape + at
    plate.clear(outline)
    plate.tint(outline, colours[0], 0.62)
    inner = shape * 0.8 + at
    border = np.concatenate([outline, outline[:1], inner[:1], inner[::-1]])
    plate.tint(border, colours[1], 0.75)
    plate.shade(border, 0.5, rings(*at, 3.4), tremble=0.4)
    plate.shade(inner, lambda x, y: 0.3 * np.exp(-np.hypot(x - at[0], y - at[1]) / 60), rings(*at, 3.8))
    veins = [
        smooth(np.stack([at + shape[0] * 0.2, at + shape[i] * 0.5, at + shape[i] * 0.97]), 6)
        for i in range(6, len(shape) - 4, 6)
    ]
    plate.strokes(veins, 1.5)
    spot = ellipse(*(at + eye), 9, 9, 24)
    plate.clear(spot)
    plate.tint(spot, (236, 220, 170), 0.7)
    plate.outline(spot, 2)
    plate.fill(ellipse(*(at + eye), 4.4, 4.4, 16))
    plate.outline(outline, 1.5)


def _beetles(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    for number, (x, y, size, pair) in enumerate(sheet.options["insects"]):
        at = np.array([x * plate.width, y * plate.height])
        _beetle(plate, rng, at, size, WINGS[pair][1], horned=number % 2 == 0)
        _numbered(plate, number + 1, at[0], at[1] + size * 1.22)


def _beetle(
    plate: Plate, rng: Generator, at: np.ndarray, size: float, colour: Colour, *, horned: bool
) -> None:
    """Wing cases, breastplate, head, six jointed legs."""
    for side in (-1, 1):
        for root, knee, foot in (
            ((0.34, -0.34), (0.7, -0.62), (0.86, -0.96)),
            ((0.42, 0.0), (0.84, 0.02), (1.0, 0.34)),
            ((0.36, 0.3), (0.72, 0.56), (0.76, 1.02)),
        ):
            leg = smooth(points(root, knee, foot) * (side * size, size), 8) + at
            plate.fill(
                ribbon(
                    leg,
                    np.interp(np.linspace(0, 1, len(leg)), [0, 0.5, 0.55, 1], [0.09, 0.11, 0.05, 0.02])
                    * size,
                ),
                0.95,
            )
        feeler = smooth(points((0.1, -0.86), (0.3, -1.08), (0.62, -1.12)) * (side * size, size), 8) + at
        plate.strokes([feeler], 3)
        if horned:
            horn = (
                smooth(
                    points((0.1, -0.86), (0.3, -1.1), (0.22, -1.4), (0.04, -1.46)) * (side * size, size), 8
                )
                + at
            )
            plate.fill(ribbon(horn, np.linspace(0.14, 0.02, len(horn)) * size))
    parts = (
        points((0, -0.42), (0.44, -0.36), (0.56, 0.1), (0.4, 0.66), (0, 0.94)),
        points((0, -0.72), (0.34, -0.66), (0.46, -0.44), (0.3, -0.36), (0, -0.36)),
        points((0, -0.98), (0.2, -0.9), (0.22, -0.74), (0, -0.68)),
    )
    for half in parts:
        right = smooth(half * size, 8)
        outline = np.concatenate([right, mirror(right, 0)[::-1]]) + at
        plate.clear(outline)
        plate.tint(outline, colour, 0.75)
        plate.shade(
            outline,
            lambda x, y: np.clip(
                0.42
                + 0.5 * np.abs(x - at[0]) / (size * 0.5)
                - 0.9 * np.exp(-(((x - at[0] + size * 0.2) / (size * 0.1)) ** 2)),
                0.03,
                1,
            ),
            lambda x, y: (y + 0.22 * np.abs(x - at[0])) / 3.6,
            cross=(straight(64, 3.6),),
            tremble=0.3,
        )
        plate.outline(outline, 1.8)
    plate.line(points((at[0], at[1] - size * 0.38), (at[0], at[1] + size * 0.93)), 2)
    grooves = [
        smooth(points((s * 0.1, -0.34), (s * 0.14 * k, 0.2), (s * 0.05 * k, 0.78)) * size, 8) + at
        for s in (-1, 1)
        for k in (1.2, 2.2, 3.0)
    ]
    plate.strokes(grooves, 1.4)


# Fishes and feathers


def _fishes(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    for number, (x, y, size, pair) in enumerate(sheet.options["insects"]):
        at = np.array([x * plate.width, y * plate.height])
        _fish(plate, rng, at, size, WINGS[pair])
        _numbered(plate, number + 1, at[0], at[1] + size * 0.52)


def _fish(plate: Plate, rng: Generator, at: np.ndarray, size: float, colours: tuple[Colour, Colour]) -> None:
    """A fish that swims to the left, with every scale."""
    high = size * rng.uniform(0.26, 0.36)
    t = np.linspace(0, 1, 60)
    back = np.stack([-size + 1.7 * size * t, -high * np.sin(np.pi * t**0.75) ** 0.8 * (1 - 0.3 * t)], 1) + at
    belly = (
        np.stack([-size + 1.7 * size * t, high * 0.86 * np.sin(np.pi * t**0.7) ** 0.8 * (1 - 0.34 * t)], 1)
        + at
    )
    tail = smooth(points((0.6, 0), (0.98, -0.34), (0.9, 0), (0.98, 0.34)) * size, 8, closed=True) + at
    fin = np.concatenate(
        [
            back[16:46],
            back[16:46][::-1]
            + np.stack([np.full(30, size * 0.08), -high * 0.5 * np.sin(np.linspace(0.3, np.pi, 30))], 1),
        ]
    )
    low = np.concatenate(
        [
            belly[26:40],
            belly[26:40][::-1]
            + np.stack([np.full(14, size * 0.1), high * 0.5 * np.sin(np.linspace(0.4, np.pi, 14))], 1),
        ]
    )
    for shape, centre in ((tail, at + (size * 0.4, 0)), (fin, at + (0, high * 2)), (low, at - (0, high * 2))):
        plate.clear(shape)
        plate.tint(shape, colours[1], 0.5)
        plate.shade(shape, 0.34, lambda x, y, c=centre: np.arctan2(y - c[1], x - c[0]) * 46, tremble=0.3)
        plate.outline(shape, 1.4)
    body = np.concatenate([back, belly[::-1]])
    plate.clear(body)
    plate.tint(body, colours[0], lambda x, y: 0.5 - 0.35 * (y - at[1]) / high)
    _scales(plate, body, at, size, high)
    plate.outline(body, 1.8)
    gill = smooth(points((-0.58, -0.15), (-0.5, 0), (-0.58, 0.16)) * size, 8) + at
    plate.strokes([gill, gill - (size * 0.03, 0)], 2.4)
    for radius, act in (
        (0.05, plate.clear),
        (0.05, lambda shape: plate.outline(shape, 1.6)),
        (0.024, plate.fill),
    ):
        act(ellipse(at[0] - size * 0.78, at[1] - high * 0.2, size * radius, size * radius, 24))
    plate.strokes([smooth(points((-0.98, 0.04), (-0.9, 0.05), (-0.84, 0.1)) * size, 6) + at], 2)


def _scales(plate: Plate, body: np.ndarray, at: np.ndarray, size: float, high: float) -> None:
    layer = Plate(plate.width, plate.height, np.random.default_rng(1))
    rows = np.arange(-high, high, 11)
    arcs = [
        arc(at[0] - size * 0.48 + column * 13 + (6.5 if row % 2 else 0), at[1] + y, 7, 6.4, -80, 80, 8)
        for row, y in enumerate(rows)
        for column in range(int(size * 1.16 / 13))
    ]
    layer.strokes(arcs, 1.5)
    layer.shade(
        None,
        lambda x, y: np.clip(0.2 + 0.5 * np.abs((y - at[1]) / high) ** 2 + 0.2 * (y - at[1]) / high, 0, 0.8),
        straight(2, 3.8),
        cross=(straight(50, 3.8),),
    )
    window, mask = plate.cover([body])
    plate.add(window, mask * layer.ink[window].astype(np.float32) / 255)


def _feathers(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    for number, (x, y, size, pair) in enumerate(sheet.options["insects"]):
        at = np.array([x * plate.width, y * plate.height])
        _feather(plate, rng, at, size, WINGS[pair])
        _numbered(plate, number + 1, at[0] + 24, at[1] + 8)


def _feather(
    plate: Plate, rng: Generator, at: np.ndarray, size: float, colours: tuple[Colour, Colour]
) -> None:
    """One quill with bars across its vane."""
    lean = rng.uniform(-0.24, 0.24)
    quill = smooth(points((0, 0), (lean * 0.2, -0.5), (lean, -1)) * size, 40) + at
    count = len(quill)
    t = np.linspace(0, 1, count)
    half = size * 0.13 * np.sin(np.pi * np.clip((t - 0.16) / 0.84, 0, 1) ** 0.7) ** 0.7
    vane = ribbon(quill, half * 2)
    plate.clear(vane)
    plate.tint(vane, colours[0], 0.55)
    for start in np.arange(0.24, 0.95, 0.13):
        a, b = int(start * count), int((start + 0.06) * count)
        bar = np.concatenate([vane[a:b], vane[2 * count - b : 2 * count - a]])
        plate.tint(bar, colours[1], 0.7)
        plate.hatch(bar, 0.35, 30, 3.4)
    barbs = [
        np.linspace(quill[i], vane[min(i + 7, count - 1)], 6) for i in range(int(0.16 * count), count - 2)
    ]
    barbs += [
        np.linspace(quill[i], vane[2 * count - 1 - min(i + 7, count - 1)], 6)
        for i in range(int(0.16 * count), count - 2)
    ]
    plate.strokes(barbs, 1.3)
    plate.fill(ribbon(quill, np.linspace(0.024, 0.004, count) * size))
    plate.outline(vane, 0.9)


Cabinet = Callable[[Plate, Generator, Sheet], None]
CABINETS: dict[str, Cabinet] = {
    "shells": _shells,
    "butterflies": _butterflies,
    "beetles": _beetles,
    "fishes": _fishes,
    "feathers": _feathers,
}
PAINTRESS = ("Zeichnerin",)
GENRE = Genre(
    name="naturalia",
    classification="Naturstudie",
    techniques=("Kupferstich, koloriert", "Radierung, koloriert", "Aquatinta, koloriert"),
    teams=(
        (Hand(PEMBERLEY, ("Zeichnerin", "Stecherin"), "del. et sculp."),),
        (Hand(BRUEGGLI, PAINTRESS, "ad viv. pinx."), Hand(ASHDOWNE, ("Stecher",), "sc.")),
        (Hand(MOREAU, PAINTRESS, "pinx."), Hand(FROEHLI, ("Stecher",), "sc.")),
    ),
    draw=draw,
    press=Press(laid=False, ink=(54, 46, 40), age=0.35),
    subjects=(
        subject(
            "Drey Schnecken und eine Muschel",
            kind="shells",
            shells=(
                ("spire", 0.3, 0.3, 150),
                ("ammonite", 0.7, 0.24, 110),
                ("cockle", 0.3, 0.74, 108),
                ("spire", 0.72, 0.7, 130),
            ),
        ),
        subject(
            "Tagfalter, erste Tafel",
            kind="butterflies",
            insects=((0.5, 0.26, 190, 0), (0.28, 0.62, 118, 1), (0.74, 0.62, 122, 2), (0.5, 0.87, 84, 3)),
        ),
        subject(
            "Ammonshorn aus dem Steinbruch bei Lindach", kind="shells", shells=(("ammonite", 0.5, 0.46, 250),)
        ),
        subject(
            "Hirschkäfer und andere Käfer",
            kind="beetles",
            insects=((0.5, 0.38, 170, 0), (0.22, 0.78, 74, 4), (0.78, 0.78, 74, 1)),
        ),
        subject(
            "Fishes of the Merrow Estuary",
            kind="fishes",
            wide=True,
            insects=((0.5, 0.24, 250, 1), (0.36, 0.62, 200, 0), (0.74, 0.84, 160, 4)),
        ),
        subject(
            "Federn der Sumpfvögel",
            kind="feathers",
            insects=((0.14, 0.93, 560, 0), (0.36, 0.93, 640, 1), (0.58, 0.93, 590, 3), (0.8, 0.93, 500, 4)),
        ),
        subject(
            "Moths and Butterflies, Plate the Second",
            kind="butterflies",
            wide=True,
            insects=(
                (0.24, 0.3, 140, 4),
                (0.72, 0.3, 170, 5),
                (0.2, 0.76, 96, 2),
                (0.5, 0.72, 124, 3),
                (0.82, 0.78, 90, 0),
            ),
        ),
        subject(
            "Muscheln vom Strand zu Holmsund",
            kind="shells",
            wide=True,
            shells=(
                ("cockle", 0.22, 0.42, 150),
                ("cockle", 0.78, 0.34, 104),
                ("spire", 0.52, 0.44, 170),
                ("ammonite", 0.79, 0.78, 76),
            ),
        ),
        subject(
            "Käfer mit glänzenden Flügeldecken",
            kind="beetles",
            wide=True,
            insects=((0.2, 0.5, 104, 3), (0.5, 0.5, 130, 1), (0.8, 0.5, 104, 2)),
        ),
    ),
)
