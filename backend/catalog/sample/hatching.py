"""Fields of lines: an engraver's tone is the width of parallel lines, and their direction tells the form.

A phase is a function of pixel coordinates that counts lines: line n runs where the phase is n. Ink lies where
the distance to the nearest line is less than the tone asks for, so lines swell and taper with the tone.
"""

from collections.abc import Callable

import numpy as np

Field = Callable[[np.ndarray, np.ndarray], np.ndarray]  # (x, y) float32 arrays of one shape -> values there


def straight(degrees: float, pitch: float) -> Field:
    """Parallel lines `pitch` pixels apart that run at this angle."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return lambda x, y: (y * cos - x * sin) / pitch


def waves(degrees: float, pitch: float, *, height: float, length: float, shift: float = 0) -> Field:
    """Parallel lines that swing by `height` pixels every `length` pixels."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))

    def phase(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        along = x * cos + y * sin
        return np.asarray((y * cos - x * sin + height * np.sin(2 * np.pi * along / length + shift)) / pitch)

    return phase


def ramp(
    base: float,
    *,
    across: float = 0,
    down: float = 0,
    at: tuple[float, float] = (0, 0),
    low: float = 0,
    high: float = 1,
) -> Field:
    """A tone that is `base` at a point and changes by `across` and `down` for each pixel, within limits."""
    x0, y0 = at
    return lambda x, y: np.clip(base + across * (x - x0) + down * (y - y0), low, high)


def rings(cx: float, cy: float, pitch: float, *, stretch: float = 1) -> Field:
    """Circles about a centre; `stretch` > 1 makes them wider than high."""
    return lambda x, y: np.hypot((x - cx) / stretch, y - cy) / pitch


def rays(cx: float, cy: float, count: int) -> Field:
    """`count` lines that leave one point."""
    return lambda x, y: np.arctan2(y - cy, x - cx) * (count / (2 * np.pi))


def spiral_groove(cx: float, cy: float, pitch: float) -> Field:
    """One line that winds outwards from a point."""
    return lambda x, y: np.hypot(x - cx, y - cy) / pitch - np.arctan2(y - cy, x - cx) / (2 * np.pi)


def ink_of_lines(tone: np.ndarray, phase: np.ndarray, *, thinnest: float = 0.07) -> np.ndarray:
    """Anti-aliased coverage, float32 in [0, 1], of lines at whole phases that cover `tone` of the paper.

    Where the tone is below `thinnest` the burin leaves the copper: no line at all.
    """
    distance = np.abs(phase - np.round(phase)) * 2
    step = np.maximum(_slope(phase) * 2, 1e-3)
    coverage = np.clip((tone - distance) / step + 0.5, 0, 1) * np.clip(tone / step + 0.5, 0, 1)
    coverage = np.where(step > 1.2, tone, coverage)
    return np.where(tone < thinnest, 0, coverage).astype(np.float32)


def _slope(phase: np.ndarray) -> np.ndarray:
    """Change of the phase per pixel; jumps (the seam of an angle) are not slopes."""
    slope = np.zeros(phase.shape, np.float32)
    if phase.shape[0] > 1:
        down = np.abs(phase[1:] - phase[:-1])
        slope[:-1] += np.where(down > 0.9, 0, down) ** 2
        slope[-1] = slope[-2]
    if phase.shape[1] > 1:
        along = np.abs(phase[:, 1:] - phase[:, :-1])
        slope[:, :-1] += np.where(along > 0.9, 0, along) ** 2
        slope[:, -1] = slope[:, -2]
    return np.sqrt(slope)


def layers_of(tone: np.ndarray) -> list[np.ndarray]:
    """How an engraver builds a tone: one set of lines, a second across it, a third in the deepest shade."""
    return [
        np.minimum(tone * 0.85, 0.6),
        np.clip((tone - 0.42) * 1.15, 0, 0.52),
        np.clip((tone - 0.72) * 1.4, 0, 0.5),
    ]
