"""Skies, hills, water, trees and tufts of grass, drawn with the burin."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator

from catalog.sample.curves import points, smooth
from catalog.sample.hatching import Field, straight, waves
from catalog.sample.noise import fractal_noise, rough_line
from catalog.sample.plate import Plate

Profile = Callable[[np.ndarray], np.ndarray]  # x in pixels -> y in pixels


def sky(plate: Plate, rng: Generator, horizon: float, *, clouds: float = 0.5, dark: float = 0.55) -> None:
    """Ruled lines that thicken towards the zenith and stop at the clouds, whose undersides are shaded."""
    billows = fractal_noise(rng, plate.ink.shape, plate.width / 4, 4) - plate.y / horizon * 0.55 + 0.15
    lit = np.clip((billows - (0.42 - clouds * 0.6)) * 7, 0, 1)
    height = np.clip(1 - plate.y / horizon, 0, 1)
    plate.shade(
        None, (dark * height**0.8 + 0.1) * (1 - lit) * (plate.y < horizon), straight(0, 4.2), thinnest=0.06
    )
    under = np.clip(np.gradient(billows, axis=0) * -26, 0, 0.5) * lit * (plate.y < horizon)
    plate.shade(None, under, waves(-14, 4.6, height=3, length=90), thinnest=0.1)


def sunbeams(plate: Plate, x: float, y: float, radius: float, rng: Generator, *, rays: int = 40) -> None:
    """The disc of the sun and its rays."""
    angles = np.linspace(0, 2 * np.pi, rays, endpoint=False)
    reach = radius * (1.9 + 0.5 * (np.arange(rays) % 2) + rng.uniform(-0.1, 0.1, rays))
    beams = [
        points(
            (x + 1.15 * radius * np.cos(a), y + 1.15 * radius * np.sin(a)),
            (x + r * np.cos(a), y + r * np.sin(a)),
        )
        for a, r in zip(angles, reach, strict=True)
    ]
    plate.strokes(beams, 2)


def ridge_profile(
    rng: Generator, width: int, base: float, height: float, *, roughness: float = 0.55
) -> Profile:
    """A skyline around y = `base`, up and down by about `height`."""
    line = base + height * rough_line(rng, width + 1, roughness=roughness)
    return lambda x: np.interp(x, np.arange(width + 1), line)


def below(plate: Plate, profile: Profile, *, step: int = 3) -> np.ndarray:
    """The outline of everything under a skyline."""
    x = np.append(np.arange(0, plate.width, step), plate.width).astype(float)
    foot = points((plate.width, plate.height), (0, plate.height))
    return np.concatenate([np.stack([x, profile(x)], axis=1), foot])


def hills(
    plate: Plate,
    rng: Generator,
    profile: Profile,
    *,
    tone: float = 0.4,
    pitch: float = 4.4,
    fade: float = 120,
    contour: float = 1.2,
    round_: bool = False,
) -> None:
    """One range, dark on the side away from the light and fading towards its foot.

    Rocks are cut with lines that fall with the slope, round hills with lines that follow the skyline.
    """
    body = below(plate, profile)
    plate.erase(body)
    skyline = profile(np.arange(plate.width)).astype(np.float32)
    depth = np.clip(plate.y - skyline[None], 0, None)
    folds = fractal_noise(rng, plate.ink.shape, 70, 3)
    lean = _lean(skyline, depth, folds)
    near = np.exp(-depth / fade)
    wanted = tone * (0.3 + 0.95 * lean + 0.55 * folds * (1 - near) + 0.2 * near) * (0.45 + 0.55 * near)
    phase = follow(skyline, pitch) if round_ else straight(rng.uniform(50, 64), pitch)
    plate.shade(
        body,
        np.clip(wanted, 0, 1),
        phase,
        cross=(straight(rng.uniform(-30, -12), pitch), straight(-52, pitch)),
        tremble=2.5,
    )
    x = np.arange(0, plate.width, 3.0)
    plate.line(np.stack([x, profile(x)], axis=1), contour)


def follow(skyline: np.ndarray, pitch: float) -> Field:
    """Lines that echo a skyline, given as y at each whole x, flattening as they do."""
    bow = 0.75 * np.convolve(np.pad(skyline, 40, mode="edge"), np.ones(81) / 81, mode="valid")
    return lambda x, y: (y - np.interp(x, np.arange(len(bow)), bow)) / pitch


def _lean(skyline: np.ndarray, depth: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """How far the ground leans from the light, in about [-1, 1]; spurs run down aslant from each peak."""
    slope = np.convolve(np.pad(np.gradient(skyline), 4, mode="edge"), np.ones(9) / 9, mode="valid")
    columns = np.arange(len(skyline), dtype=np.float32)[None] + depth * (0.55 * folds - 0.18)
    spurs = cv2.remap(
        np.clip(slope, -1, 1)[None].astype(np.float32),
        columns,
        np.zeros_like(columns),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return spurs * np.exp(-depth / 70) + 0.45 * folds


def shrubs(plate: Plate, rng: Generator, profile: Profile, count: int, size: float) -> None:
    """Bushes along and below a skyline."""
    for x in np.sort(rng.uniform(0, plate.width, count)):
        radius = size * rng.uniform(0.5, 1.2)
        leaf_clump(
            plate,
            rng,
            x,
            float(profile(np.array([x]))[0]) + rng.exponential(size * 1.6),
            radius * 1.4,
            radius,
            tone=0.8,
        )


def water(
    plate: Plate, region: np.ndarray, *, tone: float = 0.35, pitch: float = 5, ripple: float = 1.6
) -> None:
    """Level lines that ripple, closer and darker at the shores."""
    top, bottom = region[:, 1].min(), region[:, 1].max()
    plate.erase(region)

    def depth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        flow = np.sin(x / 83 + y / 17) * np.sin(x / 41 - y / 9) * 0.22
        near = (y - top) / max(1, bottom - top)
        return np.asarray(tone * (1.15 - 0.8 * np.sin(np.pi * near)) + flow)

    plate.shade(region, depth, waves(0, pitch, height=ripple, length=54))


def tree(
    plate: Plate,
    rng: Generator,
    x: float,
    foot: float,
    height: float,
    *,
    tone: float = 0.75,
    spread: float = 0.36,
) -> None:
    """A leafy tree: a forked trunk, then clumps of leaves from the back to the front."""
    trunk = _trunk(rng, x, foot, height * 0.62)
    plate.strokes([line for line, _ in trunk], height * 0.012)
    for line, width in trunk:
        plate.fill(_limb(line, width * height), 0.92)
    crown = [
        (x + rng.normal(0, spread * 0.55) * height, foot - height * rng.uniform(0.45, 0.93))
        for _ in range(int(9 + height / 22))
    ]
    for cx, cy in sorted(crown, key=lambda spot: spot[1]):
        size = height * rng.uniform(0.11, 0.19)
        leaf_clump(plate, rng, cx, cy, size * 1.3, size, tone=tone)


def _trunk(rng: Generator, x: float, foot: float, height: float) -> list[tuple[np.ndarray, float]]:
    """Limbs as (line, width as a share of the tree's height)."""
    sway = rng.uniform(-0.07, 0.07) * height
    stem = smooth(points((x, foot), (x + sway, foot - 0.45 * height), (x - sway * 0.4, foot - height)))
    limbs = [(stem, 0.05)]
    for _ in range(4):
        start = stem[int(len(stem) * rng.uniform(0.45, 0.85))]
        reach = points((0, 0), (rng.uniform(-0.2, 0.2), -0.16), (rng.uniform(-0.42, 0.42), -0.42)) * height
        limbs.append((smooth(start + reach), 0.022))
    return limbs


def _limb(line: np.ndarray, width: float) -> np.ndarray:
    half = np.linspace(width, width * 0.25, len(line))[:, None] * (0.5, 0)
    return np.concatenate([line - half, (line + half)[::-1]])


def leaf_clump(
    plate: Plate, rng: Generator, cx: float, cy: float, rx: float, ry: float, *, tone: float
) -> None:
    """A scalloped cushion of leaves, lit from the upper left."""
    lobes = max(7, int((rx + ry) / 5))
    angle = np.linspace(0, 2 * np.pi, lobes * 7)
    warp = angle + 0.22 * np.sin(angle * 2 + rng.uniform(0, 6)) + 0.1 * np.sin(angle * 5 + rng.uniform(0, 6))
    bumps = 0.88 + 0.12 * np.abs(np.sin(warp * lobes / 2)) + 0.06 * np.sin(angle * 3 + rng.uniform(0, 6))
    edge = np.stack([cx + rx * bumps * np.cos(angle), cy + ry * bumps * np.sin(angle)], axis=1)
    plate.erase(edge)
    plate.shade(
        edge,
        lambda x, y: tone * (0.42 + 0.55 * ((x - cx) / rx + (y - cy) / ry)),
        straight(38, 3.6),
        cross=(straight(-30, 3.6), straight(85, 3.6)),
        tremble=3,
    )
    shadowed = np.cos(angle - np.pi / 4) > rng.uniform(-0.5, -0.1)
    plate.line(edge[shadowed] if shadowed.all() else edge, 1.1, tone=0.85)
    plate.strokes(_leaf_loops(rng, cx, cy, rx, ry), 1.2)


def _leaf_loops(rng: Generator, cx: float, cy: float, rx: float, ry: float) -> list[np.ndarray]:
    """Small three-lobed scribbles inside a clump."""
    loops = []
    for _ in range(max(2, int(rx * ry / 130))):
        at = np.array([cx, cy]) + rng.uniform(-0.62, 0.62, 2) * (rx, ry)
        angle = np.linspace(np.pi * 0.9, np.pi * 2.3, 13)
        size = 3.2 * (0.7 + 0.4 * np.abs(np.sin(angle * 1.5)))
        loops.append(at + np.stack([size * np.cos(angle), size * np.sin(angle)], axis=1))
    return loops


def conifer(plate: Plate, rng: Generator, x: float, foot: float, height: float) -> None:
    """A fir: drooping branches, dark at the right."""
    branches = []
    for level in np.linspace(0.06, 1, max(6, int(height / 5))):
        y = foot - height * (1 - level * 0.92)
        reach = height * 0.2 * level * rng.uniform(0.75, 1.15)
        for side in (-1, 1):
            branches.append(
                smooth(
                    points(
                        (x, y - 1),
                        (x + side * reach * 0.6, y + 0.12 * reach),
                        (x + side * reach, y + 0.42 * reach),
                    ),
                    5,
                )
            )
    plate.strokes(branches, max(1.6, height * 0.028))
    plate.fill(points((x - height * 0.012, foot), (x, foot - height), (x + height * 0.02, foot)))


def grass(plate: Plate, rng: Generator, x: float, y: float, size: float, blades: int = 9) -> None:
    """A tuft."""
    lean = rng.uniform(-0.8, 0.8, blades)
    tall = size * rng.uniform(0.55, 1.1, blades)
    tuft = [
        smooth(
            points((x + k * size * 0.25, y), (x + k * size * 0.35, y - t * 0.6), (x + k * size * 0.9, y - t)),
            4,
        )
        for k, t in zip(lean, tall, strict=True)
    ]
    plate.strokes(tuft, max(1.4, size * 0.09))


def birds(plate: Plate, rng: Generator, x: float, y: float, count: int, size: float = 7) -> None:
    """A few birds far off."""
    flock = []
    for _ in range(count):
        at = np.array([x, y]) + rng.normal(0, 1, 2) * (size * 5, size * 2)
        wing = size * rng.uniform(0.6, 1.2)
        flock.append(
            at
            + smooth(
                points(
                    (-wing, -wing * 0.5),
                    (-wing * 0.4, -wing * 0.55),
                    (0, 0),
                    (wing * 0.5, -wing * 0.6),
                    (wing, -wing * 0.35),
                ),
                4,
            )
        )
    plate.strokes(flock, 1.5)
