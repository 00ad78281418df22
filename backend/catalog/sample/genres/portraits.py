"""Portraits in ovals: profiles with wigs, ruffs, hats and bonnets, and black silhouettes."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, points, rectangle
from catalog.sample.hatching import spiral_groove, straight
from catalog.sample.lettering import ITALIC, ROMAN
from catalog.sample.motifs import costume, heads, scrolls
from catalog.sample.motifs.frames import corner_scrolls, oval_frame, wreath
from catalog.sample.motifs.heads import Head
from catalog.sample.motifs.inscriptions import fitted, frame, signatures
from catalog.sample.people import ASHDOWNE, FROEHLI, KOLB, LEEUWE, MUETZLER, PEMBERLEY
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject

WIDTH, HEIGHT = 580, 780
CX, CY, RX, RY = WIDTH / 2, 306.0, 186.0, 232.0


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    plate = Plate(WIDTH, HEIGHT, rng)
    head = Head(
        CX - 12,
        CY - 130,
        196,
        nose=float(rng.uniform(-0.025, 0.02)),
        chin=float(rng.uniform(-0.03, 0.04)),
        brow=float(rng.uniform(-0.015, 0.02)),
    )
    if sheet.options["dress"] == "silhouette":
        _silhouette(plate, rng, head, sheet)
    elif sheet.options["dress"] == "spiral":
        _one_line(plate, rng, head)
    else:
        _engraved(plate, rng, head, sheet)
    _tablet(plate, sheet)
    plate.erase_outside(12)
    plate.erase(rectangle(0, HEIGHT - 24, WIDTH, HEIGHT))
    frame(plate, 12, 12, WIDTH - 12, HEIGHT - 24)
    signatures(plate, sheet, 18, HEIGHT - 8, WIDTH - 18)
    return plate


def _engraved(plate: Plate, rng: Generator, head: Head, sheet: Sheet) -> None:
    """A sitter in an oval opening of a wall."""
    side = 1 if sheet.options.get("light", 1) > 0 else -1
    plate.shade(
        None,
        lambda x, y: 0.5 - 0.3 * side * (x - CX) / RX + 0.12 * (y - CY) / RY,
        straight(4, 3.9),
        cross=(straight(64, 3.9),),
        tremble=0.6,
    )
    heads.bust(plate, head)
    DRESSES[sheet.options["dress"]](plate, rng, head)
    _only_oval(plate)
    if sheet.options.get("wall", True):
        outside = np.hypot((plate.x - CX) / RX, (plate.y - CY) / RY) > 1
        plate.shade(None, 0.36 * outside, straight(0, 4.6), tremble=0.4)
        _stones(plate)
    oval_frame(plate, CX, CY, RX, RY, width=26)
    if sheet.options.get("wreath"):
        wreath(plate, CX, CY, RX + 14, RY + 14, leaf_length=36, leaves=62)
    if not sheet.options.get("wall", True):
        corner_scrolls(plate, 26, 26, WIDTH - 26, 590, 64)


def _stones(plate: Plate) -> None:
    """Joints of the wall behind the frame."""
    joints = [points((0, y), (WIDTH, y)) for y in range(74, 600, 62)]
    joints += [
        points(
            (x + (31 if row % 2 else 0) * 2, 12 + row * 62), (x + (31 if row % 2 else 0) * 2, 74 + row * 62)
        )
        for row in range(10)
        for x in (60, 190, 320, 450)
    ]
    ring = np.hypot((plate.x - CX) / (RX + 26), (plate.y - CY) / (RY + 26)) < 1
    inside = plate.ink[ring].copy()
    plate.strokes(joints, 1.4, tapered=False)
    plate.ink[ring] = inside


def _only_oval(plate: Plate) -> None:
    plate.ink[np.hypot((plate.x - CX) / RX, (plate.y - CY) / RY) > 1] = 0


def _one_line(plate: Plate, rng: Generator, head: Head) -> None:
    """The whole head from a single groove that winds outwards from the nose and swells in the shades."""
    outline = head.place(head.outline())
    tone = heads.relief_tone(plate, head, outline, darkness=0.9)
    locks, mask = plate.cover([head.place(costume.CROWN_HAIR)])
    tone[locks] += 0.3 * mask * (0.6 + 0.5 * np.sin(plate.x[locks] / 9 + 2 * np.sin(plate.y[locks] / 21)))
    around = 0.26 + 0.16 * np.hypot((plate.x - CX) / RX, (plate.y - CY) / RY)
    tip = head.place(points((0.36, 0.53)))[0]
    plate.shade(
        None,
        np.where(tone > 0, np.clip(tone * 0.86 + 0.1, 0, 0.86), around),
        spiral_groove(tip[0], tip[1], 4.2),
        tremble=0,
    )
    heads.features(plate, head)
    plate.line(head.place(head.profile()), 1.4)
    _only_oval(plate)
    plate.outline(ellipse(CX, CY, RX, RY, 140), 1.8)
    plate.outline(ellipse(CX, CY, RX + 8, RY + 8, 140), 1.2)


def _silhouette(plate: Plate, rng: Generator, head: Head, sheet: Sheet) -> None:
    """A black shade, cut as if with scissors, in an etched garland."""
    layer = Plate(WIDTH, HEIGHT, rng)
    heads.bust(layer, head)
    layer.fill(head.place(head.outline()))
    DRESSES[sheet.options["hair"]](layer, rng, head)
    shade = cv2.morphologyEx(layer.ink, cv2.MORPH_CLOSE, np.ones((31, 31), np.uint8)).astype(np.float32) / 255
    plate.fill(head.place(head.outline()))
    plate.add(np.s_[:, :], shade)
    for shape in sheet.options.get("fill", (costume.CROWN_HAIR,)):
        plate.fill(head.place(shape))
    _only_oval(plate)
    for grow, width in ((0, 2.2), (7, 1), (20, 1.6)):
        plate.outline(ellipse(CX, CY, RX + grow, RY + grow, 140), width)
    for degrees in range(0, 360, 6):
        a = np.radians(degrees)
        plate.fill(ellipse(CX + (RX + 13.5) * np.cos(a), CY + (RY + 13.5) * np.sin(a), 3.4, 3.4, 12))
    scrolls.festoon(plate, CX - 150, CX + 150, 64, 18)
    corner_scrolls(plate, 30, 30, WIDTH - 30, 586, 60)


def _tablet(plate: Plate, sheet: Sheet) -> None:
    """Name, rank and years on a stone below the oval."""
    box = rectangle(54, 610, WIDTH - 54, 736)
    plate.erase(box)
    plate.shade(box, lambda x, y: 0.2 * np.clip((y - 700) / 36, 0, 1), straight(0, 4.4))
    plate.outline(box, 2)
    plate.outline(box + np.sign(np.array([CX, 673]) - box) * 6, 1)
    name, *rank = sheet.options["inscription"]
    plate.letter(name, CX, 652, fitted(name, 400, 20, spacing=0.14), hand=ROMAN, spacing=0.14)
    for index, line in enumerate(rank):
        plate.letter(line, CX, 682 + index * 24, fitted(line, 390, 14), hand=ITALIC)


def _wig(plate: Plate, rng: Generator, head: Head) -> None:
    costume.coat(plate, head)
    costume.hair(plate, head, costume.LONG_WIG, degrees=78, curls=26, rng=rng)


def _ruff(plate: Plate, rng: Generator, head: Head) -> None:
    costume.coat(plate, head, tone=0.9, buttons=False)
    costume.hair(plate, head, costume.CROWN_HAIR, degrees=60, rng=rng)
    costume.ruff(plate, head)
    costume.hair(plate, head, costume.BEARD, degrees=80, tone=0.5, rng=rng)


def _hat(plate: Plate, rng: Generator, head: Head) -> None:
    costume.coat(plate, head, tone=0.75)
    costume.hair(plate, head, costume.LONG_WIG * (0.86, 0.84), degrees=84, tone=0.65, curls=8, rng=rng)
    costume.hat(plate, head)


def _scholar(plate: Plate, rng: Generator, head: Head) -> None:
    costume.coat(plate, head, tone=0.85, buttons=False)
    costume.hair(plate, head, costume.CROWN_HAIR, degrees=70, tone=0.6, rng=rng)
    costume.hair(plate, head, costume.BEARD * (1, 1) + np.array([0.0, 0.02]), degrees=82, tone=0.35, rng=rng)
    costume.cap(plate, head)


def _lady(plate: Plate, rng: Generator, head: Head) -> None:
    costume.hair(plate, head, costume.CROWN_HAIR, degrees=30, tone=0.5, rng=rng)
    costume.hair(plate, head, costume.BUN, degrees=20, tone=0.6, curls=5, rng=rng)
    pearls = head.place(
        points(*[(0.12 - t * 0.4, 1.1 + 0.07 * np.sin(np.pi * t)) for t in np.linspace(0, 1, 11)])
    )
    for at in pearls:
        plate.erase(ellipse(at[0], at[1], 5.5, 5.5, 16))
        plate.outline(ellipse(at[0], at[1], 5.5, 5.5, 16), 1.2)


def _bonnet(plate: Plate, rng: Generator, head: Head) -> None:
    costume.coat(plate, head, tone=0.5, buttons=False)
    costume.bonnet(plate, head, rng)


def _emperor(plate: Plate, rng: Generator, head: Head) -> None:
    costume.hair(plate, head, costume.CROWN_HAIR, degrees=40, tone=0.5, curls=12, rng=rng)
    costume.laurel(plate, head)
    costume.coat(plate, head, tone=0.4, buttons=False)


Dress = Callable[[Plate, Generator, Head], None]
DRESSES: dict[str, Dress] = {
    "wig": _wig,
    "ruff": _ruff,
    "hat": _hat,
    "scholar": _scholar,
    "lady": _lady,
    "bonnet": _bonnet,
    "emperor": _emperor,
}
DRAWN, CUT = ("Zeichner",), ("Stecher",)
GENRE = Genre(
    name="portrait",
    classification="Bildnis",
    techniques=("Kupferstich", "Kupferstich, Punktierstich"),
    teams=(
        (Hand(MUETZLER, DRAWN, "del."), Hand(KOLB, CUT, "sculp.")),
        (Hand(LEEUWE, ("Künstler", "Stecher"), "ad vivum fec."),),
        (Hand(FROEHLI, DRAWN, "del."), Hand(PEMBERLEY, ("Stecherin",), "sc.")),
        (Hand(ASHDOWNE, ("Künstler", "Stecher"), "pinx. et sculp."),),
    ),
    draw=draw,
    press=Press(age=0.45),
    subjects=(
        subject(
            "Bildnis des Bürgermeisters Johann Jakob Ällig",
            dress="wig",
            inscription=("IOHANN IACOB ÄLLIG", "Bürgermeister zu Birsau", "aetatis suae LXI"),
        ),
        subject(
            "Bildnis des Ratsherrn Melchior Tößer",
            dress="ruff",
            wreath=True,
            inscription=("MELCHIOR TÖSSERVS", "Senator Seewylensis", "pietate & prudentia"),
        ),
        subject(
            "Madame de Vallorne im Profil",
            dress="lady",
            wall=False,
            inscription=("MADAME DE VALLORNE", "dessinée d'après nature"),
        ),
        subject(
            "Portrait of Captain Edmund Merrow",
            dress="hat",
            inscription=("CAPTAIN EDMUND MERROW", "of the Ship Good Intent"),
        ),
        subject(
            "Schattenriss der Jungfer Lavatta Hösli",
            dress="silhouette",
            hair="lady",
            fill=(costume.CROWN_HAIR, costume.BUN),
            inscription=("JGFR. LAVATTA HÖSLI", "den 3. May"),
        ),
        subject(
            "Bildnis des Gelehrten Conradus Öxlin",
            dress="scholar",
            light=-1,
            inscription=("CONRADVS OEXLINVS", "Philologus, Medicus, Poeta", "studio & vigiliis"),
        ),
        subject(
            "Kopf aus einer einzigen Linie",
            dress="spiral",
            inscription=("FORMATVR VNICVS VNA", "mit einem einzigen Strich gestochen"),
        ),
        subject(
            "Portrait of Mrs Abigail Stroud in a Bonnet",
            dress="bonnet",
            wall=False,
            inscription=("MRS. ABIGAIL STROUD", "from a Drawing in Chalks"),
        ),
        subject(
            "Caesar mit Lorbeerkranz",
            dress="emperor",
            wreath=True,
            light=-1,
            inscription=("IMPERATOR CAESAR", "ex numismate antiquo"),
        ),
        subject(
            "Schattenriss eines Herrn mit Zopf",
            dress="silhouette",
            hair="wig",
            fill=(costume.CROWN_HAIR, costume.LONG_WIG * (0.9, 0.55)),
            inscription=("HERR S. F.", "in Birsau"),
        ),
    ),
)
