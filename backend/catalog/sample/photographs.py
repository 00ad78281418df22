"""The example queries: phone photographs of some of the sample's prints, simulated."""

from dataclasses import dataclass

import cv2
import numpy as np
from search_model.evaluation.simulate import photograph

LONG_SIDE = 960


@dataclass(frozen=True)
class Example:
    """`part` is the photographed part of the print as fractions (left, top, right, bottom)."""

    title: str
    matrix: str
    part: tuple[float, float, float, float] = (0, 0, 1, 1)
    severity: str = "normal"


EXAMPLES = (
    Example("Landschaft mit Brücke", "landscape-01"),
    Example("Winternacht, Holzschnitt", "woodcut-01"),
    Example("Karte einer Insel", "map-01"),
    Example("Bergrose, koloriert", "botany-01"),
    Example("Detail aus dem Sternenhimmel", "astronomy-03", part=(0.42, 0.3, 0.92, 0.8), severity="mild"),
    Example("Bildnis im Oval, schräg fotografiert", "portrait-01", severity="harsh"),
    Example(
        "Ein Schiff im Sturm, nur der Ausschnitt", "marine-03", part=(0.4, 0.1, 0.95, 0.75), severity="mild"
    ),
    Example("Gewölbte Halle", "architecture-01"),
    Example("Knoten auf schwarzem Grund", "ornament-03", severity="harsh"),
    Example("Schmetterlinge", "naturalia-02"),
    Example("Titelblatt in Rot und Schwarz", "titlepage-01"),
    Example("Kerzenlicht, Schabkunst", "nocturne-06"),
    Example("Festungsplan", "plan-01"),
)


def photograph_of(picture: np.ndarray, example: Example, number: int) -> np.ndarray:
    """RGB uint8, its longer side at most LONG_SIDE."""
    height, width = picture.shape[:2]
    left, top, right, bottom = example.part
    part = picture[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]
    photo = photograph(
        np.ascontiguousarray(part), seed=4200 + number, severity=example.severity, size=LONG_SIDE
    )
    scale = LONG_SIDE / max(photo.shape[:2])
    return photo if scale >= 1 else cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
