"""One-point perspective: rooms measured in units become points on the plate."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class View:
    """The eye is `distance` units before the picture plane, where a unit is `unit` pixels.

    (cx, cy) is the vanishing point.
    """

    cx: float
    cy: float
    unit: float
    distance: float = 6.0

    def at(self, *spots: tuple[float, float, float]) -> np.ndarray:
        """Points (x right, y up from the eye's height, z away) as pixels, shape (n, 2)."""
        room = np.array(spots, float)
        scale = self.unit * self.distance / (self.distance + room[:, 2])
        return np.stack([self.cx + room[:, 0] * scale, self.cy - room[:, 1] * scale], 1)

    def line(
        self, start: tuple[float, float, float], end: tuple[float, float, float], count: int = 12
    ) -> np.ndarray:
        """A straight line in the room."""
        return self.at(*(tuple(p) for p in np.linspace(start, end, count)))

    def arch(
        self, left: float, right: float, spring: float, z: float, *, rise: float = 1.0, count: int = 40
    ) -> np.ndarray:
        """A round arch that faces the eye, from its right foot over the crown to the left."""
        middle, half = (left + right) / 2, (right - left) / 2
        a = np.linspace(0, np.pi, count)
        return self.at(
            *zip(middle + half * np.cos(a), spring + rise * half * np.sin(a), np.full(count, z), strict=True)
        )

    def side_arch(self, x: float, near: float, far: float, spring: float, *, count: int = 40) -> np.ndarray:
        """A round arch in a wall that runs away from the eye."""
        middle, half = (near + far) / 2, (far - near) / 2
        a = np.linspace(0, np.pi, count)
        return self.at(
            *zip(np.full(count, x), spring + half * np.sin(a), middle - half * np.cos(a), strict=True)
        )
