"""Marines: ships on quiet and stormy seas, harbours and battles."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, points
from catalog.sample.hatching import rings, straight, waves
from catalog.sample.motifs import buildings, nature, ships
from catalog.sample.motifs.inscriptions import with_caption
from catalog.sample.noise import fractal_noise
from catalog.sample.people import ASHDOWNE, FUESSLIN, KOLB, LEEUWE, MUETZLER
from catalog.sample.plate import Plate
from catalog.sample.sheets import Genre, Hand, Sheet, State, subject


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    options = sheet.options
    plate = Plate(*((600, 720) if options.get("upright") else (840, 580)), rng)
    horizon = plate.height * options.get("horizon", 0.58)
    nature.sky(
        plate,
        rng,
        horizon,
        clouds=options.get("clouds", 0.6),
        dark=0.85 if sheet.state is State.SECOND else 0.65,
    )
    if options.get("storm", 0.2) > 0.6:
        _squall(plate, rng, horizon)
    if options.get("moon"):
        _moon(plate, options["moon"] * plate.width, horizon * 0.35)
    if options.get("coast"):
        _coast(plate, rng, horizon, options["coast"])
    _fleet(plate, rng, horizon, sheet)
    nature.birds(plate, rng, plate.width * 0.3, horizon * 0.6, 9, size=9)
    return with_caption(plate, sheet, rng)


def _fleet(plate: Plate, rng: Generator, horizon: float, sheet: Sheet) -> None:
    """Waves and ships from the horizon forwards, so that each crest hides the keels behind it."""
    placed = sorted(sheet.options["fleet"], key=lambda spot: spot[1])
    rows = [(horizon + (plate.height - horizon) * depth, x * plate.width, size) for x, depth, size in placed]
    near, y = 0.0, horizon
    while y < plate.height + 30:
        ships.crest(plate, rng, y, near, tone=0.62, storm=sheet.options.get("storm", 0.2))
        step = 9 + 34 * near
        for water, x, size in rows:
            if y <= water < y + step:
                _vessel(plate, rng, x, water, size * plate.width)
        y += step
        near = (y - horizon) / (plate.height - horizon)


def _vessel(plate: Plate, rng: Generator, x: float, water: float, size: float) -> None:
    if size < 0.13 * plate.width:
        ships.boat(plate, x, water, size)
    else:
        ships.ship(plate, rng, x, water, size)


def _squall(plate: Plate, rng: Generator, horizon: float) -> None:
    """Rain in slanting lines and rolling dark clouds."""
    dark = np.clip(fractal_noise(rng, plate.ink.shape, 190, 4) + 0.45 - plate.y / horizon * 0.4, 0, 1)
    plate.shade(
        None,
        dark * (plate.y < horizon),
        waves(-24, 4.6, height=10, length=170),
        cross=(straight(40, 4.6), straight(80, 4.6)),
        tremble=4,
    )
    plate.shade(None, 0.3 * (plate.y < horizon) * (plate.x > plate.width * 0.6), straight(64, 7))


def _moon(plate: Plate, x: float, y: float) -> None:
    glow = np.clip(1.5 - np.hypot(plate.x - x, plate.y - y) / 70, 0, 1)
    plate.scrape(np.s_[:, :], glow)
    plate.shade(
        ellipse(x, y, 150, 150),
        lambda px, py: 0.3 * np.sin(np.pi * np.clip(np.hypot(px - x, py - y) / 150, 0, 1)) ** 2,
        rings(x, y, 5),
    )
    plate.outline(ellipse(x, y, 30, 30), 1.3)


def _coast(plate: Plate, rng: Generator, horizon: float, kind: str) -> None:
    """Land at one side of the horizon, with what stands on it."""
    cliff = nature.ridge_profile(rng, plate.width, 0, plate.height * 0.07)

    def shore(x: np.ndarray) -> np.ndarray:
        rise = np.clip(x / plate.width * 1.9 - 0.75, 0, 1)
        return horizon + 6 - rise * plate.height * 0.2 + cliff(x) * rise

    nature.hills(plate, rng, shore, tone=0.6, fade=90)
    top = float(shore(np.array([plate.width * 0.8]))[0])
    if kind == "lighthouse":
        buildings.crenellated(plate, plate.width * 0.78, top - 130, plate.width * 0.82, top + 24)
        beams = [
            points(
                (plate.width * 0.8, top - 140),
                (plate.width * 0.8 + 190 * np.cos(a), top - 140 + 190 * np.sin(a)),
            )
            for a in np.linspace(2.6, 3.7, 9)
        ]
        plate.strokes(beams, 2)
    elif kind == "castle":
        buildings.castle(plate, rng, plate.width * 0.82, top + 18, 110)
    else:
        buildings.town(plate, rng, plate.width * 0.62, plate.width, horizon, 22)


FLEET = ((0.2, 0.06, 0.1), (0.74, 0.1, 0.12), (0.48, 0.4, 0.4))
GENRE = Genre(
    name="marine",
    classification="Seestück",
    techniques=("Radierung", "Kupferstich", "Kupferstich, Radierung"),
    teams=(
        (Hand(LEEUWE, ("Künstler", "Radierer"), "fecit"),),
        (Hand(MUETZLER, ("Zeichner",), "del."), Hand(KOLB, ("Stecher",), "sc.")),
        (Hand(ASHDOWNE, ("Künstler", "Stecher"), "del. & sculp."),),
        (Hand(KOLB, ("Zeichner",), "inv."), Hand(FUESSLIN, ("Verleger",))),
    ),
    draw=draw,
    subjects=(
        subject("Ein Dreimaster bei frischem Wind", fleet=FLEET),
        subject(
            "Der Leuchtturm von Holmsund",
            fleet=((0.3, 0.36, 0.3), (0.12, 0.1, 0.105)),
            coast="lighthouse",
            clouds=0.3,
        ),
        subject("Schiffe im Sturm", fleet=((0.26, 0.3, 0.3), (0.7, 0.5, 0.38)), storm=1.0, clouds=0.1),
        subject(
            "Fishing Boats off the Harbour of Merrow",
            coast="town",
            horizon=0.5,
            fleet=(
                (0.2, 0.34, 0.105),
                (0.34, 0.2, 0.095),
                (0.48, 0.6, 0.113),
                (0.1, 0.55, 0.105),
                (0.66, 0.3, 0.084),
            ),
        ),
        subject(
            "Mondnacht auf See", fleet=((0.36, 0.3, 0.34),), moon=0.7, clouds=0.1, upright=True, horizon=0.6
        ),
        subject(
            "Die Flotte vor der Festung Sankt Ägidien",
            coast="castle",
            storm=0.35,
            fleet=((0.14, 0.1, 0.16), (0.32, 0.22, 0.2), (0.58, 0.34, 0.24), (0.24, 0.55, 0.3)),
        ),
        subject(
            "A Lone Sail in a Heavy Swell", fleet=((0.6, 0.34, 0.105),), storm=0.9, horizon=0.4, clouds=0.8
        ),
        subject(
            "Zwei Kauffahrer auf der Reede",
            fleet=((0.3, 0.24, 0.36), (0.74, 0.46, 0.4)),
            upright=True,
            horizon=0.64,
        ),
        subject(
            "Rückkehr der Fischer bei Windstille",
            storm=0.02,
            clouds=0.75,
            fleet=((0.3, 0.2, 0.105), (0.52, 0.34, 0.113), (0.8, 0.16, 0.095), (0.66, 0.62, 0.116)),
        ),
    ),
)
