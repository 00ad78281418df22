"""The heavens: world systems, phases of the moon, charts of constellations, spheres and comets."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, points, rectangle, rotate, star
from catalog.sample.hatching import rings, straight
from catalog.sample.lettering import ITALIC, ROMAN
from catalog.sample.motifs import buildings, devices, nature
from catalog.sample.motifs.frames import corner_scrolls, scale_border
from catalog.sample.motifs.inscriptions import fitted, frame, signatures, with_caption
from catalog.sample.motifs.instruments import foot, hoop
from catalog.sample.motifs.moons import crater, globe, lit_ball, phase_disc, planet
from catalog.sample.motifs.skycharts import figures, rotate_field, zodiac
from catalog.sample.noise import fractal_noise
from catalog.sample.people import CERVELLI, FUESSLIN, KOLB, LEEUWE, ZEHNDLER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject

SIDE = 740


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    return CHARTS[sheet.options["chart"]](sheet, rng)


def _square(sheet: Sheet, rng: Generator) -> tuple[Plate, float, float]:
    plate = Plate(SIDE, SIDE + 40, rng)
    return plate, SIDE / 2, SIDE / 2 + 34


def _titled(plate: Plate, sheet: Sheet) -> Plate:
    """Title above, frame around, signatures below."""
    title = sheet.subject.title.upper()
    plate.letter(
        title,
        plate.width / 2,
        48,
        fitted(title, plate.width * 0.8, 22, spacing=0.18),
        hand=ROMAN,
        spacing=0.18,
    )
    frame(plate, 12, 12, plate.width - 12, plate.height - 24)
    signatures(plate, sheet, 18, plate.height - 8, plate.width - 18)
    return plate


def _world_system(sheet: Sheet, rng: Generator) -> Plate:
    """Spheres of the planets about the sun or the earth, inside the ring of the signs."""
    plate, cx, cy = _square(sheet, rng)
    outer = SIDE * 0.45
    plate.shade(
        None,
        0.34
        * (np.hypot(plate.x - cx, plate.y - cy) > outer)
        * (np.abs(plate.y - cy) < SIDE * 0.462)
        * (np.abs(plate.x - cx) < SIDE * 0.468),
        straight(45, 4.4),
        tremble=0.4,
    )
    zodiac(plate, cx, cy, outer)
    orbits = np.linspace(62, outer - 64, 7)
    for radius in orbits:
        plate.outline(ellipse(cx, cy, radius, radius, 120), 1.2)
        for tick in range(0, 360, 6):
            a = np.radians(tick)
            plate.line(
                points(
                    (cx + radius * np.cos(a), cy + radius * np.sin(a)),
                    (cx + (radius + 4) * np.cos(a), cy + (radius + 4) * np.sin(a)),
                ),
                0.8,
            )
    for radius, name in zip(orbits, sheet.options["bodies"], strict=False):
        a = rng.uniform(0, 2 * np.pi)
        planet(plate, cx + radius * np.cos(a), cy + radius * np.sin(a), rng.uniform(8, 14), np.degrees(a))
        plate.letter_round(
            f"SPHAERA {name}", (cx, cy), radius + 9, float(np.degrees(a)) + 180, 9, hand=ITALIC
        )
    if sheet.options["middle"] == "sun":
        devices.sun_face(plate, cx, cy, 52)
    else:
        globe(plate, cx, cy, 38)
    corner_scrolls(plate, 24, 66, plate.width - 24, plate.height - 36, 52)
    return _titled(plate, sheet)


def _moon_phases(sheet: Sheet, rng: Generator) -> Plate:
    """The moon as the sun lights it, eight times round the earth."""
    plate, cx, cy = _square(sheet, rng)
    orbit = SIDE * 0.27
    plate.shade(
        None, 0.4 * (np.hypot(plate.x - cx, plate.y - cy) < SIDE * 0.4), rings(cx, cy, 4.6), tremble=0.5
    )
    for radius in (SIDE * 0.4, SIDE * 0.39):
        plate.outline(ellipse(cx, cy, radius, radius, 180), 1.8)
    plate.outline(ellipse(cx, cy, orbit, orbit, 160), 1.2)
    seas = fractal_noise(rng, plate.ink.shape, 26, 3)
    for index in range(8):
        a = np.radians(index * 45)
        lit_ball(plate, seas, cx + orbit * np.cos(a), cy + orbit * np.sin(a), 47, -np.pi)
        phase_disc(
            plate, cx + (orbit + 88) * np.cos(a) * 1.02, cy + (orbit + 88) * np.sin(a) * 1.02, 19, index
        )
    plate.erase(ellipse(cx, cy, 62, 62))
    globe(plate, cx, cy, 46)
    devices.sun_face(plate, 66, cy, 50)
    corner_scrolls(plate, 24, 66, plate.width - 24, plate.height - 36, 60)
    return _titled(plate, sheet)


def _constellations(sheet: Sheet, rng: Generator) -> Plate:
    """A hemisphere of the sky with stars of six sizes, figures as lines, and the Milky Way."""
    plate, cx, cy = _square(sheet, rng)
    radius = SIDE * 0.405
    inside = np.hypot(plate.x - cx, plate.y - cy) < radius
    night = sheet.options.get("night", True)
    if night:
        plate.shade(None, 0.9 * inside, rings(cx, cy, 3.4), tremble=0.2)
    band = (
        np.exp(
            -(
                ((rotate_field(plate, cx, cy, 35) + 70 * fractal_noise(rng, plate.ink.shape, 140, 3)) / 46)
                ** 2
            )
        )
        * inside
    )
    if night:
        plate.scrape(
            np.s_[:, :], (band * (fractal_noise(rng, plate.ink.shape, 5, 2) > 0.1)).astype(np.float32)
        )
    else:
        plate.grain(None, 0.32 * band, rng)
    draw_line = plate.scratch if night else plate.strokes
    draw_line([arc(cx, cy, radius * r, radius * r, 0, 360, 120) for r in (0.33, 0.66)], 1.2)
    draw_line(
        [
            points((cx, cy), (cx + radius * np.cos(a), cy + radius * np.sin(a)))
            for a in np.arange(12) * np.pi / 6
        ],
        1.2,
    )
    figures(plate, rng, cx, cy, radius, night=night)
    plate.ink[~inside & (np.hypot(plate.x - cx, plate.y - cy) < radius + 40)] = 0
    zodiac(plate, cx, cy, radius + 38)
    return _titled(plate, sheet)


def _armillary(sheet: Sheet, rng: Generator) -> Plate:
    """A sphere of rings on a turned foot."""
    plate = Plate(600, 780, rng)
    cx, cy, radius = 300.0, 330.0, 220.0
    nature.sky(plate, rng, 900, clouds=0.7, dark=0.22)
    foot(plate, cx, cy + radius, 190)
    hoops = ((1, 90, 0), (1, 24, 23), (0.98, 62, 90), (1, 16, -23), (0.72, 12, 23), (0.72, 12, 0))
    for share, squash, turn in hoops:
        hoop(plate, cx, cy, radius * share, radius * share * np.sin(np.radians(squash)), turn, front=False)
    devices.body(
        plate,
        rotate(rectangle(cx - 4, cy - radius * 1.2, cx + 4, cy + radius * 1.14), 23, (cx, cy)),
        tone=0.5,
    )
    globe(plate, cx, cy, 50)
    for share, squash, turn in hoops:
        hoop(plate, cx, cy, radius * share, radius * share * np.sin(np.radians(squash)), turn, front=True)
    return with_caption(plate, sheet, rng)


def _comet(sheet: Sheet, rng: Generator) -> Plate:
    """A star with a tail above a sleeping town."""
    plate = Plate(820, 560, rng)
    plate.shade(
        None,
        np.clip(0.95 - 0.35 * plate.y / plate.height, 0, 1),
        straight(0, 3.8),
        cross=(straight(58, 3.8),),
        tremble=0.6,
    )
    hx, hy = 250.0, 190.0
    along = (plate.x - hx) * np.cos(-0.28) + (plate.y - hy) * np.sin(-0.28)
    across = np.abs(-(plate.x - hx) * np.sin(-0.28) + (plate.y - hy) * np.cos(-0.28))
    tail = (
        np.clip(1.25 - across / (10 + 0.2 * np.clip(along, 0, None)), 0, 1)
        * (along > 0)
        * np.clip(1.15 - along / 560, 0, 1)
    )
    plate.scrape(np.s_[:, :], np.clip(tail * 1.6, 0, 1) * (0.5 + 0.5 * (np.sin(across * 1.1) > -0.2)))
    plate.erase(ellipse(hx, hy, 30, 30))
    plate.outline(star(hx, hy, 42, 15, 8), 1.4)
    plate.erase(star(hx, hy, 40, 14, 8))
    for x, y in rng.uniform(0, 1, (70, 2)) * (plate.width, 330):
        size = float(rng.choice([2.5, 3.5, 6]))
        plate.erase(star(x, y, size, size * 0.4, 6))
    nature.hills(plate, rng, nature.ridge_profile(rng, plate.width, 400, 34), tone=0.95, fade=200)
    for left, right, ground, size in ((0.05, 0.5, 470, 26), (0.45, 1, 520, 38)):
        buildings.town(plate, rng, left * plate.width, right * plate.width, ground, size)
    nature.hills(plate, rng, nature.ridge_profile(rng, plate.width, 530, 18), tone=1, fade=400, round_=True)
    return with_caption(plate, sheet, rng)


def _eclipse(sheet: Sheet, rng: Generator) -> Plate:
    """Sun, moon and earth in one line, with the cones of shade."""
    plate = Plate(860, 520, rng)
    axis = 260.0
    plate.shade(None, 0.3 + 0.35 * (plate.x / plate.width), straight(0, 4.4))
    cone = points((130, axis - 112), (560, axis - 40), (850, axis), (560, axis + 40), (130, axis + 112))
    plate.erase(cone)
    plate.outline(cone, 1.2)
    for lean in (-1, 1):
        plate.line(points((130, axis + lean * 112), (850, axis - lean * 150)), 1)
    shadow = points((560, axis - 40), (850, axis), (560, axis + 40))
    plate.hatch(shadow, 0.8, 0, 3.6)
    seas = fractal_noise(rng, plate.ink.shape, 26, 3)
    devices.sun_face(plate, 130, axis, 118)
    plate.erase(ellipse(560, axis, 60, 60))
    globe(plate, 560, axis, 46)
    lit_ball(plate, seas, 722, axis - 6, 26, np.pi)
    plate.outline(ellipse(560, axis, 166, 166, 120), 1)
    for label, x, y in (("SOL", 130, 418), ("TERRA", 560, 336), ("LVNA", 722, 312)):
        plate.erase(rectangle(x - 40, y - 16, x + 40, y + 5))
        plate.letter(label, x, y, 15, spacing=0.2)
    scale_border(plate, 5, 5, plate.width - 5, plate.height - 5)
    return with_caption(plate, sheet, rng)


def _moon_map(sheet: Sheet, rng: Generator) -> Plate:
    """The face of the moon with its spots and craters."""
    plate, cx, cy = _square(sheet, rng)
    radius = SIDE * 0.4
    seas = fractal_noise(rng, plate.ink.shape, 150, 5)
    plate.shade(
        None,
        0.55
        * (np.hypot(plate.x - cx, plate.y - cy) > radius)
        * (np.hypot(plate.x - cx, plate.y - cy) < radius * 1.13),
        rings(cx, cy, 4),
        tremble=0.3,
    )
    u, v = (plate.x - cx) / radius, (plate.y - cy) / radius
    limb = np.clip(u**2 + v**2, 0, 1) ** 3
    tone = (0.62 * np.clip(seas * 3 + 0.3, 0, 1) + 0.32 * limb) * (u**2 + v**2 < 1)
    plate.shade(None, tone, straight(35, 3.8), cross=(straight(-40, 3.8),), tremble=1.5)
    for _ in range(74):
        a, r = rng.uniform(0, 2 * np.pi), np.sqrt(rng.random()) * 0.93
        crater(plate, cx + radius * r * np.cos(a), cy + radius * r * np.sin(a), rng.gamma(2.2, 3.4) + 3, r, a)
    plate.outline(ellipse(cx, cy, radius, radius, 160), 2)
    plate.outline(ellipse(cx, cy, radius * 1.13, radius * 1.13, 160), 1.4)
    for index in range(8):
        plate.letter(
            f"{'ABCDEFGH'[index]}",
            cx + radius * 1.065 * np.cos(index * np.pi / 4),
            cy + radius * 1.065 * np.sin(index * np.pi / 4) + 6,
            13,
        )
    return _titled(plate, sheet)


Chart = Callable[[Sheet, Generator], Plate]
CHARTS: dict[str, Chart] = {
    "system": _world_system,
    "phases": _moon_phases,
    "stars": _constellations,
    "sphere": _armillary,
    "comet": _comet,
    "eclipse": _eclipse,
    "moon": _moon_map,
}
ENGRAVER = ("Zeichner", "Stecher")
COPERNICAN = ("MERCVRII", "VENERIS", "TERRAE", "MARTIS", "IOVIS", "SATVRNI", "STELLARVM")
PTOLEMAIC = ("LVNAE", "MERCVRII", "VENERIS", "SOLIS", "MARTIS", "IOVIS", "SATVRNI")
GENRE = Genre(
    name="astronomy",
    classification="Wissenschaftliche Darstellung",
    techniques=("Kupferstich", "Radierung, Kupferstich"),
    teams=(
        (Hand(CERVELLI, ENGRAVER, "incidit"),),
        (Hand(ZEHNDLER, ENGRAVER, "fec."),),
        (Hand(KOLB, ENGRAVER, "sculp."), Hand(FUESSLIN, ("Verleger",))),
        (Hand(LEEUWE, ("Zeichner", "Stecher"), "del. et sc."),),
    ),
    draw=draw,
    press=Press(age=0.5, margin=34),
    subjects=(
        subject("Systema mundi Copernicanum", chart="system", middle="sun", bodies=COPERNICAN),
        subject("Die Gestalten des Mondes", chart="phases"),
        subject("Der nördliche Sternenhimmel", chart="stars"),
        subject("Eine Armillarsphäre", chart="sphere"),
        subject("Der große Komet über Birsau", chart="comet"),
        subject("De eclipsi lunae | Von der Mondfinsternis", chart="eclipse"),
        subject("Facies lunae", chart="moon"),
        subject("Systema mundi veterum", chart="system", middle="earth", bodies=PTOLEMAIC),
        subject("A Celestial Planisphere", chart="stars", night=False),
    ),
)
