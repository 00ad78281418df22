"""The lettering around a picture: title, signatures, addresses, and the frame they stand in."""

from numpy.random import Generator

from catalog.sample.curves import rectangle
from catalog.sample.lettering import ITALIC, ROMAN, Hand, text_width
from catalog.sample.plate import Plate
from catalog.sample.sheets import Sheet, State


def fitted(text: str, width: float, height: float, *, spacing: float = 0.06) -> float:
    """The height, at most `height`, at which the text is no longer than `width`."""
    return min(height, height * width / max(1, text_width(text, height, spacing=spacing)))


def with_caption(
    picture: Plate,
    sheet: Sheet,
    rng: Generator,
    *,
    hand: Hand = ITALIC,
    height: float = 17,
    border: int = 12,
    capitals: bool = False,
) -> Plate:
    """The picture in a ruled frame, with signatures and, except in proofs before letters, its title below."""
    if sheet.mirrored:
        picture.reverse()
    foot = int(height * 2.9)
    plate = Plate(picture.width + 2 * border, picture.height + border + foot, rng)
    plate.paste(picture, border, border)
    bottom = border + picture.height
    frame(plate, border, border, border + picture.width, bottom)
    title = sheet.subject.title.upper() if capitals else sheet.subject.title
    size = fitted(title, picture.width * 0.92, height, spacing=0.1)
    if sheet.state != State.FIRST:
        plate.letter(title, plate.width / 2, bottom + height * 2.05, size, hand=hand, spacing=0.1)
    if sheet.state == State.SECOND:
        plate.letter("Nr. 12", border + picture.width, bottom + height * 2.05, 11, hand=ITALIC, align=1)
    signatures(plate, sheet, border + 3, bottom + height * 0.82, border + picture.width - 3)
    return plate


def frame(plate: Plate, left: float, top: float, right: float, bottom: float, *, gap: float = 4) -> None:
    """A thin and a thick rule round a picture."""
    plate.outline(rectangle(left, top, right, bottom), 1.2)
    plate.outline(rectangle(left - gap, top - gap, right + gap, bottom + gap), 1.8)


def signatures(
    plate: Plate, sheet: Sheet, left: float, y: float, right: float, *, height: float = 8.5
) -> None:
    """Whoever comes last (the engraver or the publisher) signs at the right, all others at the left."""
    *others, last = (hand.signature for hand in sheet.hands)
    plate.letter("  ".join(others), left, y, height, hand=ITALIC, align=0, spacing=0.08)
    plate.letter(last, right, y, height, hand=ITALIC, align=1, spacing=0.08)


def monogram(plate: Plate, sheet: Sheet, x: float, y: float, height: float = 13) -> None:
    """Initials in a small tablet, as woodcutters sign."""
    text = "".join(letter for letter in sheet.hands[0].person.signature if letter.isupper())
    width = text_width(text, height)
    box = rectangle(x - width / 2 - 5, y - height - 4, x + width / 2 + 5, y + 5)
    plate.erase(box)
    plate.outline(box, 1.6)
    plate.letter(text, x, y, height, hand=ROMAN)
