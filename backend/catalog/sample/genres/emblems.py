"""Emblems: a motto, a picture with a meaning, and two lines of verse below it."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, points, rectangle
from catalog.sample.lettering import ITALIC
from catalog.sample.motifs import nature
from catalog.sample.motifs.emblematic import DEVICES
from catalog.sample.motifs.frames import corner_scrolls, motto, oval_frame, rosette, wreath
from catalog.sample.motifs.inscriptions import fitted, frame, monogram
from catalog.sample.people import DREXLER, HARTLAUB, OETTINGER, WAECKERLIN
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject

WIDTH, HEIGHT = 600, 760
CENTRE = (WIDTH / 2, 330.0)


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    plate = Plate(WIDTH, HEIGHT, rng)
    shape = sheet.options.get("field", "oval")
    _ground(plate, rng, sheet)
    DEVICES[sheet.options["device"]](plate, rng, CENTRE[0], CENTRE[1] + 4, 146)
    _mask(plate, shape)
    _surround(plate, rng, shape, sheet)
    latin, german = sheet.options["motto"], sheet.subject.title
    motto(plate, latin.upper(), WIDTH / 2, 70, 376, 44, sag=0.06)
    size = fitted(german, WIDTH * 0.8, 17)
    plate.letter(german, WIDTH / 2, 640, size, hand=ITALIC)
    for index, line in enumerate(sheet.options["verse"]):
        plate.letter(line, WIDTH / 2, 674 + index * 24, fitted(line, WIDTH * 0.74, 13), hand=ITALIC)
    frame(plate, 16, 16, WIDTH - 16, HEIGHT - 16)
    monogram(plate, sheet, WIDTH - 60, HEIGHT - 34, 11)
    return plate


def _ground(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """A sky and low hills, or the sea, behind the device."""
    nature.sky(plate, rng, CENTRE[1] + 150, clouds=0.45, dark=0.4)
    if sheet.options["device"] in ("ship", "anchor"):
        nature.water(plate, rectangle(40, CENTRE[1] + 66, WIDTH - 40, CENTRE[1] + 260), tone=0.5)
        return
    for base, tone in ((70, 0.35), (98, 0.5), (122, 0.6)):
        nature.hills(
            plate,
            rng,
            nature.ridge_profile(rng, WIDTH, CENTRE[1] + base, 16),
            tone=tone,
            fade=80,
            round_=base > 80,
        )


def _mask(plate: Plate, shape: str) -> None:
    """Keep only what lies inside the picture's field."""
    dx, dy = np.abs(plate.x - CENTRE[0]), np.abs(plate.y - CENTRE[1])
    inside = {
        "round": np.hypot(dx, dy) < 190,
        "oval": np.hypot(dx / 175, dy / 205) < 1,
        "square": (dx < 185) & (dy < 190),
    }[shape]
    plate.ink[~inside] = 0


def _surround(plate: Plate, rng: Generator, shape: str, sheet: Sheet) -> None:
    if shape == "oval":
        oval_frame(plate, *CENTRE, 175, 205, width=22)
        corner_scrolls(plate, 60, 110, WIDTH - 60, 580, 54)
    elif shape == "round":
        wreath(plate, *CENTRE, 206, 206, leaf_length=34, leaves=58)
        plate.outline(ellipse(CENTRE[0], CENTRE[1], 190, 190, 140), 2)
    else:
        left, top, right, bottom = CENTRE[0] - 185, CENTRE[1] - 190, CENTRE[0] + 185, CENTRE[1] + 190
        _moulding(plate, left, top, right, bottom, 30)
        for x in (left - 15, right + 15):
            for y in (top - 15, bottom + 15):
                plate.erase(ellipse(x, y, 20, 20))
                rosette(plate, x, y, 20)


def _moulding(plate: Plate, left: float, top: float, right: float, bottom: float, width: float) -> None:
    """A mitred frame, darker at the right and the foot."""
    outer = rectangle(left - width, top - width, right + width, bottom + width)
    inner = rectangle(left, top, right, bottom)
    for index, tone in enumerate((0.2, 0.5, 0.6, 0.3)):
        side = np.stack([outer[index], outer[(index + 1) % 4], inner[(index + 1) % 4], inner[index]])
        plate.erase(side)
        plate.hatch(side, tone, 0 if index % 2 == 0 else 90, 3.8)
        plate.outline(side, 1.4)
    plate.outline(points(*((outer + inner) / 2)), 1)


CUTTER = ("Holzschneider",)
GENRE = Genre(
    name="emblem",
    classification="Emblem",
    techniques=("Holzschnitt", "Kupferstich"),
    teams=(
        (Hand(HARTLAUB, ("Zeichner", "Holzschneider")),),
        (Hand(OETTINGER, CUTTER), Hand(DREXLER, ("Verleger",))),
        (Hand(WAECKERLIN, CUTTER),),
    ),
    draw=draw,
    press=Press(ink=(34, 28, 24), age=0.65, wear=0.18, margin=36, paper=(243, 231, 207)),
    subjects=(
        subject(
            "Eile mit Weile",
            device="anchor",
            motto="Festina lente",
            field="oval",
            verse=(
                "Der Anker hält, der schnelle Fisch umwindt;",
                "wer beides kann, der ist ein kluges Kind.",
            ),
        ),
        subject(
            "Das brennende Herz",
            device="heart",
            motto="Ardet in corde",
            field="round",
            verse=("Was innen glüht, das löscht kein Regen aus,", "die Flamme baut im Herzen sich ihr Haus."),
        ),
        subject(
            "Die Ewigkeit",
            device="serpent",
            motto="Finis ab origine",
            field="round",
            verse=("Am Ende fasst der Wurm den Anfang an:", "so rundet sich, was niemand enden kann."),
        ),
        subject(
            "Die Sonne bringt es an den Tag",
            device="sun",
            motto="Omnia revelat",
            field="square",
            verse=(
                "Kein Schnee so tief, kein Keller so verhüllt,",
                "den nicht zuletzt der Sonne Licht erfüllt.",
            ),
        ),
        subject(
            "Maß und Beständigkeit",
            device="hand",
            motto="Labore et constantia",
            field="oval",
            verse=(
                "Ein Fuß bleibt stehn, der andre geht im Kreis;",
                "so wird das Werk durch Ruhe und durch Fleiß.",
            ),
        ),
        subject(
            "Der feste Turm",
            device="tower",
            motto="Stat contra ventos",
            field="square",
            verse=(
                "Es bläst der Wind, es schlägt der Hagel drein:",
                "der Turm bleibt stehn und muss kein Fels nicht sein.",
            ),
        ),
        subject(
            "Treue über den Tod",
            device="column",
            motto="Etiam post fata",
            field="oval",
            verse=(
                "Die Säule brach, der Efeu lässt sie nicht:",
                "so hält ein Freund, wenn alles sonst zerbricht.",
            ),
        ),
        subject(
            "The Phoenix Reborn",
            device="phoenix",
            motto="Post ignem vita",
            field="square",
            verse=("From ashes of the elder bird is born", "a younger one, to sing another morn."),
        ),
        subject(
            "Die flüchtige Stunde",
            device="hourglass",
            motto="Volat irreparabile",
            field="oval",
            verse=(
                "Zwei Flügel hat das Glas, der Sand hat keine Ruh;",
                "was heute rinnt, das rinnt dem Gestern zu.",
            ),
        ),
        subject(
            "Die Eiche im Sturm",
            device="oak",
            motto="Radicibus fortis",
            field="round",
            verse=("Je stärker sich der Sturm am Wipfel rührt,", "je tiefer sie im Grund die Wurzel spürt."),
        ),
        subject(
            "A Ship in Fair Weather",
            device="ship",
            motto="Spes proxima",
            field="round",
            verse=(
                "The wind is fair, the harbour not yet won;",
                "praise not the voyage till the voyage is done.",
            ),
        ),
        subject(
            "Der Bienen Fleiß",
            device="beehive",
            motto="Non nobis",
            field="square",
            verse=("Sie tragen süß und behalten nichts davon:", "die Arbeit selber ist der Biene Lohn."),
        ),
    ),
)
