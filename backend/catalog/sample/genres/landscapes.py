"""Landscapes engraved in copper: skies, ranges, water, towns and framing trees."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import points, rectangle
from catalog.sample.hatching import ramp
from catalog.sample.motifs import buildings, nature
from catalog.sample.motifs.figures import wanderers
from catalog.sample.motifs.inscriptions import with_caption
from catalog.sample.people import FUESSLIN, KOLB, LEEUWE, MUETZLER, PEMBERLEY, ZEHNDLER
from catalog.sample.plate import Plate
from catalog.sample.sheets import Genre, Hand, Sheet, State, subject

WIDTH, HEIGHT = 850, 560


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    upright = sheet.options.get("upright", False)
    plate = Plate(*((590, 760) if upright else (WIDTH, HEIGHT)), rng)
    horizon = plate.height * sheet.options.get("horizon", 0.55)
    nature.sky(
        plate,
        rng,
        horizon * 1.05,
        clouds=sheet.options.get("clouds", 0.5),
        dark=0.9 if sheet.state is State.SECOND else 0.7,
    )
    if sheet.options.get("sun"):
        _sun(plate, rng, sheet.options["sun"] * plate.width, horizon * 0.5)
    _ranges(plate, rng, horizon, sheet)
    _middle(plate, rng, horizon, sheet)
    _foreground(plate, rng, sheet)
    nature.birds(plate, rng, plate.width * rng.uniform(0.3, 0.7), horizon * 0.35, 6)
    return with_caption(plate, sheet, rng)


def _sun(plate: Plate, rng: Generator, x: float, y: float) -> None:
    radius = plate.width * 0.035
    glow = np.clip(1.6 - np.hypot(plate.x - x, plate.y - y) / (radius * 2.2), 0, 1)
    plate.scrape(np.s_[:, :], glow)
    nature.sunbeams(plate, x, y, radius, rng)


def _ranges(plate: Plate, rng: Generator, horizon: float, sheet: Sheet) -> None:
    """Mountains from the far and pale to the near and dark."""
    count, height = sheet.options.get("ranges", 3), sheet.options.get("peaks", 0.2) * plate.height
    for index in range(count):
        near = (index + 1) / count
        profile = nature.ridge_profile(
            rng,
            plate.width,
            horizon - height * (1 - near) * 0.9 - 4,
            height * (0.85 - 0.5 * near),
            roughness=0.62 - 0.14 * near,
        )
        nature.hills(
            plate,
            rng,
            profile,
            tone=0.28 + 0.3 * near,
            pitch=3.8 + 0.6 * near,
            fade=110,
            contour=0.8 + near,
            round_=near > 0.6,
        )
        if near > 0.45:
            nature.shrubs(plate, rng, profile, int(30 * near), 4 + 5 * near)


def _middle(plate: Plate, rng: Generator, horizon: float, sheet: Sheet) -> None:
    """The valley floor with what the subject asks for."""
    options, width = sheet.options, plate.width
    if options.get("water"):
        shore = plate.height * (0.84 if options["water"] == "river" else 0.93)
        nature.water(plate, rectangle(0, horizon, width, shore), tone=0.4)
        _banks(plate, rng, horizon, options["water"])
    place = options.get("place", 0.55) * width
    if options.get("town"):
        buildings.town(plate, rng, place - 0.17 * width, place + 0.17 * width, horizon + 16, width * 0.026)
    if options.get("castle"):
        _crag(plate, rng, place, horizon + 30, width * 0.17)
        buildings.castle(plate, rng, place, horizon - width * 0.045, width * 0.11)
    if options.get("bridge"):
        buildings.bridge(
            plate, place - 0.24 * width, place + 0.2 * width, horizon + 38, horizon + 84, options["bridge"]
        )
    if options.get("firs"):
        _wood(plate, rng, horizon, sheet)


def _banks(plate: Plate, rng: Generator, horizon: float, kind: str) -> None:
    """Tongues of land that reach into the water from both sides."""
    for index, side in enumerate((1, 0, 1) if kind == "river" else (0,)):
        y = horizon + (index + 0.4) * plate.height * 0.09
        tip = plate.width * rng.uniform(0.3, 0.5)
        shore = [(0, y - 12), (tip * 0.5, y - 9), (tip, y + 4), (tip * 0.45, y + 16), (0, y + 20)]
        land = np.array([(plate.width - x, at) if side else (x, at) for x, at in shore])
        plate.erase(land)
        plate.hatch(land, ramp(0, down=1 / 34, at=(0, y - 12), low=0.1), 4, 3.6)
        for _ in range(5):
            x = rng.uniform(0, tip * 0.8)
            nature.leaf_clump(plate, rng, plate.width - x if side else x, y - 13, 15, 9, tone=0.7)


def _crag(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    """The rock below a castle."""
    edge = [
        (x + t * size, foot - (1 - abs(t) ** 1.6) * size * 0.5 + rng.normal(0, 3))
        for t in np.linspace(-1, 1, 22)
    ]
    rock = points(*edge)
    plate.erase(rock)
    plate.hatch(
        rock,
        lambda px, py: np.clip(0.35 + 0.5 * (px - x) / size + 0.25 * np.sin(px / 9 + py / 23), 0.05, 1),
        68,
        4,
        turn=48,
    )
    plate.line(rock, 1.4)


def _wood(plate: Plate, rng: Generator, horizon: float, sheet: Sheet) -> None:
    for _ in range(sheet.options["firs"]):
        depth = rng.beta(1, 2)
        foot = horizon + 12 + depth * plate.height * 0.22
        nature.conifer(plate, rng, rng.uniform(0, plate.width), foot, plate.height * (0.07 + 0.13 * depth))


def _foreground(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """A dark bank in front, with trees, ruins and walkers."""
    base = plate.height * 0.93
    nature.hills(
        plate,
        rng,
        nature.ridge_profile(rng, plate.width, base, plate.height * 0.055),
        tone=0.95,
        pitch=4.8,
        fade=260,
        contour=2,
        round_=True,
    )
    if sheet.options.get("ruin"):
        at = sheet.options["ruin"] * plate.width
        buildings.ruined_arch(plate, rng, at, base + 14, plate.width * 0.24, plate.height * 0.42)
    for at in sheet.options.get("trees", ()):
        nature.tree(
            plate, rng, at * plate.width, base + rng.uniform(0, 16), plate.height * rng.uniform(0.6, 0.8)
        )
    wanderers(plate, rng, plate.width * rng.uniform(0.35, 0.65), base + 8, plate.height * 0.07, 3)
    for _ in range(16):
        nature.grass(
            plate, rng, rng.uniform(0, plate.width), plate.height - rng.uniform(0, 26), rng.uniform(14, 26)
        )


DRAWN, CUT, SOLD = ("Zeichner",), ("Stecher",), ("Verleger",)
TEAMS = (
    (Hand(MUETZLER, DRAWN, "delin."), Hand(KOLB, CUT, "sculp.")),
    (Hand(LEEUWE, ("Künstler", "Radierer"), "fec. et exc."),),
    (Hand(KOLB, ("Künstler", "Stecher"), "inv."), Hand(FUESSLIN, SOLD)),
    (Hand(PEMBERLEY, DRAWN, "pinx."), Hand(ZEHNDLER, CUT, "sculp.")),
)
GENRE = Genre(
    name="landscape",
    classification="Landschaft",
    techniques=("Kupferstich", "Radierung", "Radierung, Kupferstich"),
    teams=TEAMS,
    draw=draw,
    subjects=(
        subject(
            "Weite Landschaft mit Brücke und Wanderern",
            water="river",
            bridge=4,
            trees=(0.1, 0.03),
            peaks=0.22,
        ),
        subject("Das Schloss Tannegg von Mittag", castle=True, trees=(0.9,), peaks=0.3, ranges=4, place=0.42),
        subject(
            "Prospect der Stadt Seewyl am See",
            water="lake",
            town=True,
            trees=(0.95, 0.06),
            horizon=0.5,
            clouds=0.65,
        ),
        subject("The Ruined Abbey of Corvane at Sunrise", ruin=0.12, sun=0.72, trees=(0.92,), clouds=0.25),
        subject("Gebirgstal mit Tannenwald", firs=46, peaks=0.42, ranges=5, horizon=0.62, clouds=0.35),
        subject(
            "Abendlandschaft mit großer Eiche",
            trees=(0.3,),
            sun=0.8,
            ranges=2,
            peaks=0.1,
            clouds=0.4,
            horizon=0.68,
        ),
        subject(
            "Der Übergang über die Lütsch",
            upright=True,
            bridge=2,
            water="river",
            firs=24,
            peaks=0.34,
            ranges=4,
            place=0.52,
            horizon=0.5,
        ),
        subject(
            "View of the Castle above the Ford",
            castle=True,
            water="river",
            trees=(0.08,),
            place=0.66,
            clouds=0.7,
        ),
        subject("Römische Ruinen mit Hirten", ruin=0.55, trees=(0.1, 0.2), peaks=0.14, ranges=2, horizon=0.6),
        subject(
            "Hochgebirge mit einsamen Tannen",
            upright=True,
            firs=14,
            peaks=0.5,
            ranges=5,
            horizon=0.66,
            clouds=0.6,
        ),
        subject(
            "Dorf im Hügelland vor dem Gewitter", town=True, trees=(0.93,), clouds=0.9, ranges=3, place=0.36
        ),
        subject(
            "Flusslandschaft mit zwei Bäumen",
            water="river",
            trees=(0.16, 0.86),
            horizon=0.6,
            ranges=2,
            peaks=0.12,
        ),
    ),
)
