"""The example queries: phone photographs of some of the sample's prints, simulated.

The camera (perspective, light, blur, noise) is search_model's; the table under the sheet and a milder
colour cast are added here, because these pictures stand on the front page.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from search_model.evaluation.simulate import photograph_with_quad

from catalog.sample.tables import TABLES

SIDE = 900


@dataclass(frozen=True)
class Example:
    """`part` is the photographed part of the print as fractions (left, top, right, bottom).

    The seeds were chosen so that the sheet fills about half the picture or more, as people frame it.
    """

    title: str
    matrix: str
    table: str
    seed: int
    part: tuple[float, float, float, float] = (0, 0, 1, 1)
    severity: str = "normal"


EXAMPLES = (
    Example("Landschaft mit Brücke", "landscape-01", "wood", 4),
    Example("Winternacht, Holzschnitt", "woodcut-01", "linen", 9),
    Example("Karte einer Insel", "map-01", "slate", 14),
    Example("Bergrose, koloriert", "botany-01", "wood", 15),
    Example("Ausschnitt aus dem Sternenhimmel", "astronomy-03", "felt", 5, (0.2, 0.14, 1, 0.94), "mild"),
    Example("Bildnis im Oval, unscharf und schräg", "portrait-01", "linen", 6, severity="harsh"),
    Example("Schiffe im Sturm", "marine-03", "wood", 17),
    Example("Gewölbte Halle", "architecture-01", "felt", 28),
    Example("Knoten auf schwarzem Grund", "ornament-03", "wood", 23),
    Example("Schmetterlinge", "naturalia-02", "slate", 47),
    Example("Titelblatt in Rot und Schwarz", "titlepage-01", "felt", 16),
    Example("Kerzenlicht, Schabkunst", "nocturne-06", "wood", 50),
    Example("Festungsplan", "plan-01", "linen", 72),
    Example("Umschlungener Anker, Emblem", "emblem-01", "slate", 77),
)


def photograph_of(picture: np.ndarray, example: Example) -> np.ndarray:
    """RGB uint8 of shape (SIDE, SIDE, 3)."""
    height, width = picture.shape[:2]
    left, top, right, bottom = example.part
    part = picture[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]
    photo, quad = photograph_with_quad(
        np.ascontiguousarray(part), seed=example.seed, severity=example.severity, size=SIDE
    )
    sheet = _less_tinted(photo.astype(np.float32), quad, part)
    return _on_table(sheet, quad, example.table, np.random.default_rng(example.seed))


def _mask_of(quad: np.ndarray) -> np.ndarray:
    """1 on the sheet, float32 of shape (SIDE, SIDE)."""
    mask = np.zeros((SIDE, SIDE), np.uint8)
    cv2.fillConvexPoly(mask, np.round(quad * 16).astype(np.int32), 255, cv2.LINE_AA, shift=4)
    return mask.astype(np.float32) / 255


def _less_tinted(photo: np.ndarray, quad: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Take back three quarters of the colour cast, as a phone's white balance does."""
    inside = _mask_of(quad) > 0.9
    cast = photo[inside].mean(axis=0) / part.reshape(-1, 3).mean(axis=0)
    return np.asarray(photo * (cast.mean() / cast) ** 0.75)


def _on_table(sheet: np.ndarray, quad: np.ndarray, table: str, rng: np.random.Generator) -> np.ndarray:
    """The sheet on a table of this kind, with a soft shadow and light from one side."""
    mask = cv2.GaussianBlur(_mask_of(quad), (0, 0), 0.9)
    shift = np.array([[1, 0, 7], [0, 1, 9]], np.float32)
    shadow = cv2.warpAffine(cv2.GaussianBlur(mask, (0, 0), 13), shift, (SIDE, SIDE))
    slope = np.linspace(1.06, 0.88, SIDE, dtype=np.float32)
    surface = TABLES[table](rng, SIDE) * (slope[:, None] * slope[None])[..., None]
    surface = cv2.GaussianBlur(surface * (1 - 0.5 * shadow[..., None]), (0, 0), 0.8)
    surface += rng.normal(0, 2.5, surface.shape)
    blended = surface * (1 - mask[..., None]) + sheet * mask[..., None]
    return np.asarray(np.clip(blended, 0, 255), np.uint8)
