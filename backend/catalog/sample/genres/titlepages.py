"""Title pages: words in a doorway, a cartouche or a border, with a device and some lines in red."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, points, rectangle
from catalog.sample.hatching import straight
from catalog.sample.lettering import BOLD, ITALIC, ROMAN
from catalog.sample.lettering import Hand as Lettering
from catalog.sample.motifs import devices, scrolls
from catalog.sample.motifs.doorways import column, head, roman_numeral
from catalog.sample.motifs.emblematic import DEVICES
from catalog.sample.motifs.frames import cartouche, rosette
from catalog.sample.motifs.inscriptions import fitted, frame, signatures
from catalog.sample.people import CERVELLI, DREXLER, FUESSLIN, HARTLAUB, KOLB, OETTINGER, WAECKERLIN
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject

WIDTH, HEIGHT = 580, 820
MIDDLE = WIDTH / 2
RED = (176, 52, 40)


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    plate = Plate(WIDTH, HEIGHT, rng)
    BORDERS[sheet.options["border"]](plate, rng, sheet)
    return plate


def _set_lines(plate: Plate, sheet: Sheet, top: float, width: float, scale: float = 1) -> float:
    """The title's lines from `top` down, the first and every third in red; returns where they end."""
    y = top
    for index, (text, height) in enumerate(sheet.options["lines"]):
        size = fitted(text, width, height * scale, spacing=0.1)
        y += size * 1.05
        hand = BOLD if index == 0 else ITALIC if text != text.upper() else ROMAN
        _write(plate, text, y, size, hand, red=sheet.options.get("red", False) and index % 3 == 0)
        y += 9 + size * 0.32
    return y


def _write(plate: Plate, text: str, y: float, size: float, hand: Lettering, *, red: bool) -> None:
    if not red:
        plate.letter(text, MIDDLE, y, size, hand=hand, spacing=0.1)
        return
    second = Plate(WIDTH, HEIGHT, np.random.default_rng(0))
    second.letter(text, MIDDLE + 1, y, size, hand=hand, spacing=0.1)
    plate.tint(None, RED, second.ink.astype(np.float32) / 255, even=True)


def _imprint(plate: Plate, sheet: Sheet, y: float, width: float) -> None:
    """Rule, place, printer and year."""
    plate.line(points((MIDDLE - width / 2, y), (MIDDLE + width / 2, y)), 1.4)
    place, printer = sheet.options["imprint"]
    plate.letter(place.upper(), MIDDLE, y + 24, 14, spacing=0.16)
    plate.letter(printer, MIDDLE, y + 44, fitted(printer, width, 12), hand=ITALIC)
    plate.letter(roman_numeral(sheet.year), MIDDLE, y + 64, 13, spacing=0.2)


def _portal(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """A doorway with columns, an entablature and a broken pediment."""
    plate.shade(None, 0.2, straight(0, 5))
    for x in (92, WIDTH - 92):
        column(plate, x, 190, 690)
    devices.body(plate, rectangle(26, 690, WIDTH - 26, 800), tone=0.3)
    for x in (92, WIDTH - 92):
        devices.body(plate, rectangle(x - 46, 682, x + 46, 800), tone=0.4)
        rosette(plate, x, 744, 26)
    for top, bottom, grow in ((168, 192, 0), (146, 168, 8), (130, 146, 18)):
        devices.body(plate, rectangle(36 - grow, top, WIDTH - 36 + grow, bottom), tone=0.35)
    for side in (-1, 1):
        slope = points(
            (MIDDLE + side * 272, 130),
            (MIDDLE + side * 70, 44),
            (MIDDLE + side * 60, 62),
            (MIDDLE + side * 214, 130),
        )
        devices.body(plate, slope, tone=0.4)
        scrolls.acanthus(plate, MIDDLE + side * 74, 56, 66, -90 + side * 60, curl=side * 0.7)
    plate.erase(ellipse(MIDDLE, 82, 62, 62))
    plate.outline(ellipse(MIDDLE, 82, 62, 62), 2)
    DEVICES[sheet.options["device"]](plate, rng, MIDDLE, 82, 46)
    door = rectangle(142, 198, WIDTH - 142, 684)
    plate.erase(door)
    plate.outline(door, 2)
    end = _set_lines(plate, sheet, 226, 262)
    scrolls.festoon(plate, 190, WIDTH - 190, min(end + 8, 610), 34)
    panel = rectangle(158, 700, WIDTH - 158, 792)
    plate.erase(panel)
    plate.outline(panel, 1.6)
    _imprint(plate, sheet, 708, 220)


def _leafy(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """A border of scrolls on black."""
    plate.fill(rectangle(14, 14, WIDTH - 14, HEIGHT - 14))
    for index, y in enumerate(np.linspace(92, HEIGHT - 92, 5)):
        scrolls.scroll(plate, 66, y, 62, 1 if index % 2 else -1, 90 if index % 2 else 270, leaves=7)
    for index, x in enumerate(np.linspace(180, WIDTH - 180, 3)):
        for y in (66, HEIGHT - 66):
            scrolls.scroll(plate, x, y, 54, 1 if index % 2 else -1, 0 if index % 2 else 180, leaves=7)
    left = plate.ink[:, : WIDTH // 2].copy()
    plate.ink[:, WIDTH - WIDTH // 2 :] = left[:, ::-1]
    field = rectangle(128, 128, WIDTH - 128, HEIGHT - 128)
    plate.erase(field)
    plate.outline(field, 3)
    end = _set_lines(plate, sheet, 150, 290)
    DEVICES[sheet.options["device"]](plate, rng, MIDDLE, (end + 590) / 2, min(70, (590 - end) / 2.4))
    _imprint(plate, sheet, 606, 220)


def _plain(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Type alone, with the printer's device."""
    frame(plate, 14, 14, WIDTH - 14, HEIGHT - 14)
    end = _set_lines(plate, sheet, 46, WIDTH - 110, 1.22)
    size = min(100.0, (690 - end) / 2.5)
    middle = (end + 690) / 2
    cartouche_size = size * 1.25
    cartouche(plate, MIDDLE, middle, cartouche_size * 1.6, cartouche_size * 1.5)
    DEVICES[sheet.options["device"]](plate, rng, MIDDLE, middle, size * 0.7)
    _imprint(plate, sheet, 726, 320)


def _headed(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """An etched vignette above, text below, a tailpiece at the foot."""
    frame(plate, 14, 14, WIDTH - 14, HEIGHT - 14)
    head(plate, 26, 26, WIDTH - 26, 130)
    end = _set_lines(plate, sheet, 142, WIDTH - 130, 1.1)
    middle = (end + 676) / 2
    for side in (-1, 1):
        scrolls.scroll(plate, MIDDLE + side * 128, middle, 60, side, 90 - side * 90, leaves=8)
    plate.erase(ellipse(MIDDLE, middle, 70, 70))
    plate.outline(ellipse(MIDDLE, middle, 70, 70), 2)
    plate.outline(ellipse(MIDDLE, middle, 64, 64), 1)
    DEVICES[sheet.options["device"]](plate, rng, MIDDLE, middle, 48)
    _imprint(plate, sheet, 724, 320)


def _engraved(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """A great cartouche on a hatched wall, signed by its engraver."""
    plate.shade(
        None,
        np.clip(0.55 - 0.35 * np.sin(np.pi * plate.y / HEIGHT), 0.1, 0.8),
        straight(30, 4.6),
        cross=(straight(-40, 4.6),),
    )
    cartouche(plate, MIDDLE, 330, 400, 430)
    _set_lines(plate, sheet, 170, 330, 1.05)
    cartouche(plate, MIDDLE, 706, 300, 104)
    _imprint(plate, sheet, 664, 180)
    for side in (-1, 1):
        scrolls.scroll(plate, MIDDLE + side * 226, 706, 50, side, 90 - side * 90, leaves=6)
    frame(plate, 12, 12, WIDTH - 12, HEIGHT - 24)
    signatures(plate, sheet, 18, HEIGHT - 8, WIDTH - 18)


Border = Callable[[Plate, Generator, Sheet], None]
BORDERS: dict[str, Border] = {
    "portal": _portal,
    "leafy": _leafy,
    "plain": _plain,
    "headed": _headed,
    "engraved": _engraved,
}
PRINTER = ("Drucker", "Verleger")
GENRE = Genre(
    name="titlepage",
    classification="Titelblatt",
    techniques=("Holzschnitt, Typendruck", "Kupferstich"),
    teams=(
        (Hand(WAECKERLIN, ("Holzschneider",), "fecit"), Hand(DREXLER, PRINTER)),
        (Hand(HARTLAUB, ("Holzschneider",)),),
        (
            Hand(CERVELLI, ("Entwerfer",), "inv."),
            Hand(KOLB, ("Stecher",), "sculp."),
            Hand(FUESSLIN, ("Verleger",)),
        ),
        (Hand(OETTINGER, ("Holzschneider",)), Hand(DREXLER, PRINTER)),
    ),
    draw=draw,
    press=Press(plate_mark=False, age=0.7, wear=0.2, margin=34, paper=(244, 233, 212)),
    subjects=(
        subject(
            "Titelblatt zur Cosmographia",
            border="portal",
            device="sun",
            red=True,
            imprint=("Seewyl", "apud haeredes Drexleri"),
            lines=(
                ("COSMO", 46),
                ("GRAPHIA", 40),
                ("das ist", 16),
                ("Beschreibung aller Länder", 20),
                ("Meere und Inseln", 20),
                ("sampt ihren Städten", 17),
                ("in sechs Büchern", 17),
            ),
        ),
        subject(
            "Titelblatt zum Kräuterbuch",
            border="leafy",
            device="oak",
            imprint=("Birsau", "bey Marx Öttinger"),
            lines=(
                ("KREVTER", 38),
                ("BVCH", 44),
                ("von mancherley Wurtzen", 18),
                ("Stauden vnd Bäumen", 18),
                ("mit Figuren", 15),
            ),
        ),
        subject(
            "Titelblatt zur Architectura",
            border="engraved",
            device="tower",
            imprint=("Tannegg", "chez Füesslin"),
            lines=(
                ("ARCHI", 50),
                ("TECTVRA", 44),
                ("von den fünf Säulen", 22),
                ("und deren Zierrathen", 20),
                ("sampt einem Anhang", 18),
                ("PARS PRIMA", 16),
            ),
        ),
        subject(
            "Titelblatt zum Lob der Druckerey",
            border="plain",
            device="phoenix",
            red=True,
            imprint=("Lindach", "in der Offizin Drexler"),
            lines=(
                ("LOB DER", 40),
                ("DRVCKEREY", 44),
                ("und aller freyen Künste", 20),
                ("in teutsche Reimen verfasst", 18),
            ),
        ),
        subject(
            "Titelblatt zur Seefahrt",
            border="headed",
            device="ship",
            imprint=("Holmsund", "by the Widow Drexler"),
            lines=(
                ("THE SEAMAN'S", 34),
                ("COMPANION", 38),
                ("or the Whole Art of Navigation", 17),
                ("with Tables of the Sun", 16),
            ),
        ),
        subject(
            "Titelblatt zum Bienenbuch",
            border="leafy",
            device="beehive",
            red=True,
            imprint=("Grünau", "bey Jost Wäckerlin"),
            lines=(("VON DEN", 34), ("BIENEN", 44), ("ihrem Stand, Recht", 18), ("und Regiment", 18)),
        ),
        subject(
            "Titelblatt zu den Grabschriften",
            border="engraved",
            device="book",
            imprint=("Birsau", "sumptibus Füesslin"),
            lines=(
                ("MONVMENTA", 42),
                ("ET TVMVLI", 36),
                ("qui in ecclesiis urbis", 20),
                ("Birsaviae visuntur", 20),
                ("collecta & aeri incisa", 17),
            ),
        ),
        subject(
            "Titelblatt zum Rechenbuch",
            border="portal",
            device="book",
            imprint=("Seewyl", "gedruckt bey Drexler"),
            lines=(
                ("RECHEN", 46),
                ("BVCH", 46),
                ("auff der Linien", 19),
                ("und mit der Feder", 19),
                ("für Kauffleuth", 17),
                ("und Gemeine", 17),
            ),
        ),
        subject(
            "Titelblatt zu den Sinnbildern",
            border="plain",
            device="serpent",
            imprint=("Rothenau", "apud Sebaldum Hartlaub"),
            lines=(("EMBLEMATVM", 44), ("LIBER PRIMVS", 34), ("Das erste Buch der Sinnbilder", 19)),
        ),
    ),
)
