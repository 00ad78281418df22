"""The heavens: world systems, phases of the moon, charts of constellations, spheres and comets."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, moved, points, rectangle, rotate, smooth, star
from catalog.sample.hatching import rays, rings, straight
from catalog.sample.lettering import ITALIC, ROMAN
from catalog.sample.motifs import buildings, devices, nature
from catalog.sample.motifs.frames import corner_scrolls, scale_border
from catalog.sample.motifs.inscriptions import fitted, frame, signatures, with_caption
from catalog.sample.noise import fractal_noise
from catalog.sample.people import CERVELLI, FUESSLIN, KOLB, LEEUWE, ZEHNDLER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject

SIGNS = (
    "ARIES",
    "TAVRVS",
    "GEMINI",
    "CANCER",
    "LEO",
    "VIRGO",
    "LIBRA",
    "SCORPIVS",
    "SAGITTARIVS",
    "CAPRICORNVS",
    "AQVARIVS",
    "PISCES",
)
SIDE = 740


def draw(sheet: Sheet, rng: Generator) -> Plate:
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
    _zodiac(plate, cx, cy, outer)
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
        _planet(plate, cx + radius * np.cos(a), cy + radius * np.sin(a), rng.uniform(8, 14), np.degrees(a))
        plate.letter_round(
            f"SPHAERA {name}", (cx, cy), radius + 9, float(np.degrees(a)) + 180, 9, hand=ITALIC
        )
    if sheet.options["middle"] == "sun":
        devices.sun_face(plate, cx, cy, 52)
    else:
        _globe(plate, cx, cy, 38)
    corner_scrolls(plate, 24, 66, plate.width - 24, plate.height - 36, 52)
    return _titled(plate, sheet)


def _zodiac(plate: Plate, cx: float, cy: float, outer: float) -> None:
    """Twelve fields with the names of the signs, and a scale of degrees."""
    for radius, width in ((outer, 2.2), (outer - 9, 1), (outer - 36, 1.6)):
        plate.outline(ellipse(cx, cy, radius, radius, 180), width)
    for degree in range(0, 360, 5):
        a, b = np.radians(degree), np.radians(degree + 2.5)
        cell = [
            (r * np.cos(t) + cx, r * np.sin(t) + cy)
            for r, t in ((outer, a), (outer, b), (outer - 9, b), (outer - 9, a))
        ]
        plate.fill(points(*cell), 0.9)
    for index, name in enumerate(SIGNS):
        a = np.radians(index * 30)
        plate.line(
            points(
                (cx + (outer - 36) * np.cos(a), cy + (outer - 36) * np.sin(a)),
                (cx + (outer - 9) * np.cos(a), cy + (outer - 9) * np.sin(a)),
            ),
            1.4,
        )
        plate.letter_round(name, (cx, cy), outer - 28, index * 30 + 15, 11.5)


def _planet(plate: Plate, x: float, y: float, radius: float, sunward: float) -> None:
    plate.erase(ellipse(x, y, radius + 3, radius + 3))
    away = np.radians(sunward)
    plate.shade(
        ellipse(x, y, radius, radius),
        lambda px, py: np.clip(
            0.4 + 0.7 * ((px - x) * np.cos(away) + (py - y) * np.sin(away)) / radius, 0, 0.95
        ),
        straight(30, 3),
    )
    plate.outline(ellipse(x, y, radius, radius), 1.4)


def _globe(plate: Plate, x: float, y: float, radius: float) -> None:
    ball = ellipse(x, y, radius, radius)
    plate.erase(ball)
    plate.shade(
        ball, lambda px, py: np.clip(0.15 + 0.5 * ((px - x) + (py - y)) / radius, 0, 0.8), straight(0, 3.6)
    )
    for share in (0.3, 0.7, 1):
        plate.line(arc(x, y, radius * share, radius, -90, 90, 30), 1)
        plate.line(arc(x, y, radius * share, radius, 90, 270, 30), 1)
    plate.outline(ball, 2)


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
        _lit_ball(plate, seas, cx + orbit * np.cos(a), cy + orbit * np.sin(a), 47, -np.pi)
        _phase_disc(
            plate, cx + (orbit + 88) * np.cos(a) * 1.02, cy + (orbit + 88) * np.sin(a) * 1.02, 19, index
        )
    plate.erase(ellipse(cx, cy, 62, 62))
    _globe(plate, cx, cy, 46)
    devices.sun_face(plate, 66, cy, 50)
    corner_scrolls(plate, 24, 66, plate.width - 24, plate.height - 36, 60)
    return _titled(plate, sheet)


def _lit_ball(plate: Plate, seas: np.ndarray, x: float, y: float, radius: float, light: float) -> None:
    """A moon with spots, lit from the direction `light` (radians)."""
    ball = ellipse(x, y, radius, radius)
    plate.erase(ellipse(x, y, radius + 4, radius + 4))

    def tone(px: np.ndarray, py: np.ndarray) -> np.ndarray:
        u, v = (px - x) / radius, (py - y) / radius
        depth = np.sqrt(np.clip(1 - u**2 - v**2, 0, 1))
        lit = u * np.cos(light) + v * np.sin(light) + 0.25 * depth
        spots = seas[py[:, 0].astype(int)[:, None], px[0].astype(int)[None]]
        return np.clip(0.5 - 0.75 * lit + 0.3 * np.clip(spots, 0, 1), 0, 1)

    plate.shade(ball, tone, straight(20, 3.4), cross=(straight(-50, 3.4), straight(80, 3.4)))
    plate.outline(ball, 1.6)


def _phase_disc(plate: Plate, x: float, y: float, radius: float, index: int) -> None:
    """The moon as it looks from the earth in this part of the month."""
    plate.erase(ellipse(x, y, radius + 4, radius + 4))
    plate.fill(ellipse(x, y, radius, radius))
    bulge = np.cos(index * np.pi / 4)
    right = arc(x, y, radius, radius, -90, 90, 30) if index < 4 else arc(x, y, radius, radius, 90, 270, 30)
    inner = arc(x, y, radius * abs(bulge), radius, 90, -90, 30)
    back = mirror_about(inner, x) if (bulge > 0) != (index < 4) else inner
    if index != 0:
        plate.erase(
            np.concatenate([right, back if index < 4 else mirror_about(back, x)[::-1]])
            if index != 4
            else ellipse(x, y, radius, radius)
        )
    plate.outline(ellipse(x, y, radius, radius), 1.4)


def mirror_about(line: np.ndarray, x: float) -> np.ndarray:
    return np.stack([2 * x - line[:, 0], line[:, 1]], 1)


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
    _figures(plate, rng, cx, cy, radius, night=night)
    plate.ink[~inside & (np.hypot(plate.x - cx, plate.y - cy) < radius + 40)] = 0
    _zodiac(plate, cx, cy, radius + 38)
    return _titled(plate, sheet)


def rotate_field(plate: Plate, cx: float, cy: float, degrees: float) -> np.ndarray:
    """Distance of each pixel from a line through (cx, cy)."""
    a = np.radians(degrees)
    return (plate.x - cx) * np.sin(a) - (plate.y - cy) * np.cos(a)


def _figures(plate: Plate, rng: Generator, cx: float, cy: float, radius: float, *, night: bool) -> None:
    put = (lambda shape: plate.erase(shape)) if night else (lambda shape: plate.fill(shape))
    join = plate.scratch if night else plate.strokes
    for _ in range(260):
        a, r = rng.uniform(0, 2 * np.pi), radius * np.sqrt(rng.random()) * 0.98
        put(ellipse(cx + r * np.cos(a), cy + r * np.sin(a), *([float(rng.uniform(0.8, 1.8))] * 2), 8))
    for index in range(17):
        a, r = index * 2.4, radius * (0.14 + 0.78 * np.sqrt(index / 17))
        at = np.array([cx + r * np.cos(a), cy + r * np.sin(a)])
        walk = at + np.cumsum(rng.normal(0, 24, (int(rng.integers(5, 9)), 2)), axis=0)
        walk = walk[np.hypot(*(walk - (cx, cy)).T) < radius - 12]
        if len(walk) > 2:
            join([walk[i : i + 2] for i in range(len(walk) - 1)], 1.6)
            for spot in walk:
                size = float(rng.choice([4, 5.5, 7.5]))
                put(star(*spot, size, size * 0.42, 6, float(rng.uniform(0, 60))))


def _armillary(sheet: Sheet, rng: Generator) -> Plate:
    """A sphere of rings on a turned foot."""
    plate = Plate(600, 780, rng)
    cx, cy, radius = 300.0, 330.0, 220.0
    nature.sky(plate, rng, 900, clouds=0.7, dark=0.22)
    _foot(plate, cx, cy + radius, 190)
    hoops = ((1, 90, 0), (1, 24, 23), (0.98, 62, 90), (1, 16, -23), (0.72, 12, 23), (0.72, 12, 0))
    for share, squash, turn in hoops:
        _hoop(plate, cx, cy, radius * share, radius * share * np.sin(np.radians(squash)), turn, front=False)
    devices.body(
        plate,
        rotate(rectangle(cx - 4, cy - radius * 1.2, cx + 4, cy + radius * 1.14), 23, (cx, cy)),
        tone=0.5,
    )
    _globe(plate, cx, cy, 50)
    for share, squash, turn in hoops:
        _hoop(plate, cx, cy, radius * share, radius * share * np.sin(np.radians(squash)), turn, front=True)
    return with_caption(plate, sheet, rng)


def _hoop(plate: Plate, cx: float, cy: float, rx: float, ry: float, turn: float, *, front: bool) -> None:
    """The far or near half of a ring, with a scale on it."""
    start = 0 if front else 180
    outer, inner = (
        arc(0, 0, rx, ry, start, start + 180, 70),
        arc(0, 0, rx - 13, max(ry - 13, ry * 0.8), start + 180, start, 70),
    )
    band = moved(rotate(np.concatenate([outer, inner]), turn), cx, cy)
    plate.erase(band)
    plate.shade(band, 0.14 if front else 0.45, rays(cx, cy, 220), tremble=0.2)
    plate.outline(band, 1.4)
    ticks = [moved(rotate(np.stack([outer[i], outer[i] * 0.97]), turn), cx, cy) for i in range(2, 69, 3)]
    plate.strokes(ticks, 1.6, tapered=False)


def _foot(plate: Plate, x: float, top: float, height: float) -> None:
    """A turned baluster."""
    t = np.linspace(0, 1, 80)
    profile = (
        16
        + 26 * np.exp(-(((t - 0.35) / 0.12) ** 2))
        + 12 * np.exp(-(((t - 0.08) / 0.04) ** 2))
        + 70 * np.clip(t - 0.72, 0, 1) ** 0.8 * 2.2
    )
    outline = np.concatenate(
        [np.stack([x - profile, top + t * height], 1), np.stack([x + profile, top + t * height], 1)[::-1]]
    )
    plate.erase(outline)
    plate.shade(
        outline,
        lambda px, py: np.clip(0.4 + 0.6 * (px - x) / np.interp(py, top + t * height, profile), 0.02, 1),
        straight(0, 3.6),
        cross=(straight(60, 3.6), straight(-60, 3.6)),
    )
    plate.outline(outline, 1.8)


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
    for left, right, foot, size in ((0.05, 0.5, 470, 26), (0.45, 1, 520, 38)):
        buildings.town(plate, rng, left * plate.width, right * plate.width, foot, size)
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
    _globe(plate, 560, axis, 46)
    _lit_ball(plate, seas, 722, axis - 6, 26, np.pi)
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
        _crater(
            plate, cx + radius * r * np.cos(a), cy + radius * r * np.sin(a), rng.gamma(2.2, 3.4) + 3, r, a
        )
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


def _crater(plate: Plate, x: float, y: float, size: float, r: float, a: float) -> None:
    """A ring wall, foreshortened near the limb."""
    ring = moved(rotate(ellipse(0, 0, size * np.sqrt(1 - (r * 0.94) ** 2), size, 28), np.degrees(a)), x, y)
    plate.erase(ring)
    plate.hatch(ring, lambda px, py: np.clip(0.3 - 0.9 * (px - x) / size, 0, 0.9), 70, 3)
    plate.outline(ring, 1.2)


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
