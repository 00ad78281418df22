"""Heads in profile, modelled like the relief of a medal and shaded with lines that follow the cheek."""

from dataclasses import dataclass

import cv2
import numpy as np

from catalog.sample.curves import ellipse, points, smooth
from catalog.sample.hatching import Field, straight
from catalog.sample.plate import Plate


@dataclass(frozen=True)
class Head:
    """Where a head lies: `size` is the distance from crown to chin in pixels; it looks to the right."""

    x: float
    y: float
    size: float
    nose: float = 0.0
    chin: float = 0.0
    brow: float = 0.0

    def place(self, shape: np.ndarray) -> np.ndarray:
        """From shares of the head (0, 0 is above the ear at the crown) to pixels."""
        return np.asarray(shape * self.size + np.array([self.x, self.y]))

    def profile(self) -> np.ndarray:
        """Forehead to chin, shape (n, 2), in shares of the head."""
        return smooth(
            points(
                (0.1, 0.0),
                (0.3, 0.09),
                (0.385 + self.brow, 0.25),
                (0.4 + self.brow, 0.31),
                (0.37, 0.375),
                (0.435 + self.nose * 0.6, 0.48),
                (0.5 + self.nose, 0.565),
                (0.455 + self.nose * 0.5, 0.6),
                (0.4, 0.605),
                (0.425, 0.655),
                (0.432, 0.68),
                (0.395, 0.693),
                (0.43, 0.715),
                (0.415, 0.745),
                (0.383, 0.775),
                (0.415 + self.chin, 0.84),
                (0.395 + self.chin, 0.91),
                (0.31, 0.955),
                (0.16, 0.91),
            ),
            7,
        )

    def outline(self) -> np.ndarray:
        """Head, neck and shoulders as one contour in shares of the head."""
        bust = smooth(
            points((0.16, 0.91), (0.12, 1.06), (0.16, 1.18), (0.42, 1.3), (0.62, 1.46), (0.7, 1.75)), 8
        )
        back = smooth(
            points(
                (-0.82, 1.75),
                (-0.74, 1.42),
                (-0.5, 1.28),
                (-0.3, 1.18),
                (-0.27, 0.98),
                (-0.36, 0.8),
                (-0.46, 0.55),
                (-0.44, 0.26),
                (-0.26, 0.05),
                (-0.06, -0.02),
                (0.1, 0.0),
            ),
            8,
        )
        return np.concatenate([self.profile(), bust, back])


# Cheek, eye socket, brow, jaw, nose, temple, lips and chin: x, y, radius and height in shares of the head.
BUMPS = (
    (0.2, 0.58, 0.1, 0.2),
    (0.28, 0.37, 0.055, -0.22),
    (0.3, 0.29, 0.07, 0.12),
    (0.12, 0.8, 0.1, 0.1),
    (0.4, 0.5, 0.05, 0.1),
    (-0.02, 0.5, 0.07, -0.08),
    (0.36, 0.63, 0.04, -0.06),
    (0.34, 0.86, 0.06, 0.12),
)


def relief_tone(plate: Plate, head: Head, outline: np.ndarray, *, darkness: float = 1) -> np.ndarray:
    """Shade of the modelled head, float32 of the plate's shape, lit from the upper right."""
    mask = np.zeros(plate.ink.shape, np.float32)
    cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], 1.0)
    height = np.zeros_like(mask)
    for blur, weight in ((0.03, 0.25), (0.09, 0.6), (0.2, 0.7)):
        height += np.sqrt(cv2.GaussianBlur(mask, (0, 0), head.size * blur)) * weight
    for x, y, reach, lift in BUMPS:
        off_x, off_y = plate.x - head.x - x * head.size, plate.y - head.y - y * head.size
        height += lift * np.exp(-(off_x**2 + off_y**2) / (reach * head.size) ** 2)
    dy, dx = np.gradient(cv2.GaussianBlur(height.astype(np.float32), (0, 0), 1.2) * head.size * 0.4)
    lit = (-0.55 * dx + 0.5 * dy + 0.66) / np.sqrt(dx**2 + dy**2 + 1)
    return np.asarray(np.clip((0.8 - lit * 0.85) * darkness, 0, 1).astype(np.float32) * mask)


def bust(plate: Plate, head: Head, *, darkness: float = 1, phase: Field | None = None) -> None:
    """Face, neck and shoulders."""
    outline = head.place(head.outline())
    plate.erase(outline)
    tone = relief_tone(plate, head, outline, darkness=darkness)
    cheek = phase or (lambda x, y: (y + 0.16 * head.size * np.cos((x - head.x) / head.size * 3 - 0.6)) / 3.7)
    plate.shade(outline, tone, cheek, cross=(straight(52, 3.7), straight(-48, 3.7)), tremble=0.5)
    plate.line(head.place(head.profile()), 1.5)
    features(plate, head)


def features(plate: Plate, head: Head) -> None:
    """Eye, brow, nostril, lips and ear."""
    lines = [
        smooth(points((0.24, 0.4), (0.29, 0.372), (0.335, 0.392), (0.345, 0.412)), 6),
        smooth(points((0.25, 0.415), (0.3, 0.428), (0.34, 0.414)), 6),
        smooth(points((0.23, 0.375), (0.29, 0.345), (0.345, 0.37)), 6),
        smooth(points((0.2, 0.33), (0.28, 0.29), (0.37, 0.315)), 7),
        smooth(points((0.385, 0.6), (0.4, 0.565), (0.43, 0.57)), 6),
        smooth(points((0.4, 0.693), (0.35, 0.69), (0.31, 0.703)), 6),
        smooth(points((0.36, 0.5), (0.35, 0.57), (0.38, 0.605)), 6),
        smooth(points((0.29, 0.6), (0.26, 0.66), (0.27, 0.71)), 6),
    ]
    plate.strokes([head.place(line) for line in lines], head.size * 0.013)
    plate.strokes([head.place(lines[3])], head.size * 0.026)
    plate.fill(head.place(ellipse(0.312, 0.398, 0.018, 0.022, 14)))
    ear = head.place(
        smooth(
            points((-0.02, 0.42), (-0.1, 0.38), (-0.12, 0.47), (-0.06, 0.58), (0.0, 0.6), (0.0, 0.52)),
            6,
            closed=True,
        )
    )
    plate.outline(ear, head.size * 0.011)
    plate.strokes(
        [head.place(smooth(points((-0.02, 0.45), (-0.075, 0.45), (-0.05, 0.53)), 6))], head.size * 0.012
    )
