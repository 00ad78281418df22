"""Simulated phone photographs of a print: the sheet on a table, seen at an angle, lit unevenly, badly focused.

Pure and seeded: the same picture, seed, severity and size give the same photograph. Used to train the shipped
descriptor, to draw the sample collection's examples and to evaluate a collection that has no real photographs.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

RgbImage = NDArray[np.uint8]
FloatImage = NDArray[np.float32]
Quad = NDArray[np.float32]


@dataclass(frozen=True)
class Severity:
    """How far a photograph may stray. Lengths are fractions of the photograph's side, angles degrees."""

    sheet_share: tuple[float, float]  # longer side of the sheet in the photograph
    tilt: float  # how far each corner may move
    turn: float  # rotation of the sheet either way
    light: float  # strength of the uneven light
    glare: float  # probability of a reflection
    blur: float  # largest blur, in thousandths of the side
    noise: float  # standard deviation of the sensor noise, of 255
    jpeg_quality: tuple[int, int]


SEVERITIES = {
    "mild": Severity((0.75, 0.98), 0.02, 5, 0.15, 0.05, 1.0, 3, (80, 95)),
    "normal": Severity((0.5, 0.98), 0.05, 15, 0.35, 0.25, 2.5, 7, (60, 92)),
    "harsh": Severity((0.35, 1.05), 0.09, 30, 0.55, 0.45, 4.5, 12, (35, 85)),
}


def photograph(rgb: RgbImage, *, seed: int, severity: str = "normal", size: int = 1000) -> RgbImage:
    """A square photograph of a print.

    Args:
        rgb: the scan, uint8 of shape (h, w, 3).
        seed: decides everything that is left to chance.
        severity: one of "mild", "normal", "harsh".
        size: side of the photograph in pixels.

    Returns:
        uint8 of shape (size, size, 3).
    """
    return photograph_with_quad(rgb, seed=seed, severity=severity, size=size)[0]


def photograph_with_quad(
    rgb: RgbImage, *, seed: int, severity: str = "normal", size: int = 1000
) -> tuple[RgbImage, Quad]:
    """As `photograph`, with the sheet's corners: float32 (4, 2), pixels, clockwise from the print's top left."""
    rng = np.random.default_rng(seed)
    level = SEVERITIES[severity]
    share = rng.uniform(*level.sheet_share)
    quad = _sheet_corners(rng, rgb.shape[1] / rgb.shape[0], share, level, size)
    scene = _lay_sheet_on_table(rng, _shrink_to(rgb, share * size), quad, size)
    return _expose(rng, scene, level), quad


def _shrink_to(rgb: RgbImage, longer_side: float) -> RgbImage:
    """Area-average before the warp, which samples and would alias fine lines."""
    scale = longer_side / max(rgb.shape[:2])
    if scale >= 1:
        return rgb
    target = (max(2, round(rgb.shape[1] * scale)), max(2, round(rgb.shape[0] * scale)))
    return np.asarray(cv2.resize(rgb, target, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _sheet_corners(rng: np.random.Generator, aspect: float, share: float, level: Severity, size: int) -> Quad:
    half_width, half_height = min(1.0, aspect) * share / 2, min(1.0, 1 / aspect) * share / 2
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [half_width, half_height]
    angle = np.deg2rad(np.clip(rng.normal(0, level.turn / 2), -level.turn, level.turn))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners = corners @ turn + rng.uniform(-level.tilt, level.tilt, (4, 2)) * share
    room = np.maximum(0.0, 0.5 - np.abs(corners).max(axis=0))
    centre = 0.5 + rng.uniform(-1, 1, 2) * (room + 0.02)
    return np.asarray((corners + centre) * size, dtype=np.float32)


def _lay_sheet_on_table(rng: np.random.Generator, print_: RgbImage, quad: Quad, size: int) -> FloatImage:
    height, width = print_.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, quad)
    table = _table(rng, size)
    sheet = cv2.warpPerspective(print_, matrix, (size, size), flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (size, size)) / np.float32(255)
    shadow = cv2.GaussianBlur(mask, (0, 0), size * 0.012)
    offset = rng.uniform(-0.015, 0.015, 2) * size
    shift = np.array([[1, 0, offset[0]], [0, 1, offset[1]]], dtype=np.float32)
    shadow = cv2.warpAffine(shadow, shift, (size, size))
    table *= 1 - rng.uniform(0, 0.5) * shadow[..., None]
    blended = table * (1 - mask[..., None]) + sheet.astype(np.float32) * mask[..., None]
    return np.asarray(blended, dtype=np.float32)


def _table(rng: np.random.Generator, size: int) -> FloatImage:
    """A surface: plain, stained, grained like wood or woven, or another sheet of grey noise; float32 of 0-255."""
    colour = _surface_colour(rng)
    kind = rng.choice(["plain", "grain", "blotches", "weave", "boards"])
    texture = _texture(rng, str(kind), size)
    contrast = rng.uniform(5, 60)
    return np.asarray(np.clip(colour + contrast * texture[..., None], 0, 255), dtype=np.float32)


def _surface_colour(rng: np.random.Generator) -> FloatImage:
    """Mostly greys and browns, sometimes a strong colour: tables, felt, blankets, cutting mats."""
    if rng.random() < 0.5:
        value = rng.uniform(20, 235)
        return np.asarray(value + rng.uniform(-25, 25, 3), dtype=np.float32)
    return np.asarray(rng.uniform(0, 255, 3), dtype=np.float32)


def _texture(rng: np.random.Generator, kind: str, size: int) -> FloatImage:
    """Zero-mean texture of unit scale, float32 (size, size)."""
    if kind == "plain":
        return _scaled(_smooth_noise(rng, size, 3, 3)) * np.float32(0.3)
    if kind == "blotches":
        cells = int(rng.integers(4, 30))
        return _scaled(_smooth_noise(rng, size, cells, cells))
    if kind == "grain":
        return _turned(rng, _scaled(_smooth_noise(rng, size, int(rng.integers(2, 8)), int(rng.integers(30, 120)))))
    rows = np.linspace(0, rng.uniform(4, 40) * 2 * np.pi, size, dtype=np.float32)
    waves = np.sin(rows)[:, None] + (np.sin(rows)[None, :] if kind == "weave" else 0)
    return _turned(rng, _scaled(waves + 0.7 * _smooth_noise(rng, size, 6, 40)))


def _smooth_noise(rng: np.random.Generator, size: int, columns: int, rows: int) -> FloatImage:
    seedlings = rng.standard_normal((rows, columns), dtype=np.float32)
    return np.asarray(cv2.resize(seedlings, (size, size), interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def _scaled(texture: FloatImage) -> FloatImage:
    return np.asarray((texture - texture.mean()) / (texture.std() + 1e-6), dtype=np.float32)


def _turned(rng: np.random.Generator, texture: FloatImage) -> FloatImage:
    size = texture.shape[0]
    matrix = cv2.getRotationMatrix2D((size / 2, size / 2), rng.uniform(0, 180), 1.5)
    turned = cv2.warpAffine(texture, matrix, (size, size), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(turned, dtype=np.float32)


def _expose(rng: np.random.Generator, scene: FloatImage, level: Severity) -> RgbImage:
    scene = _light(rng, scene, level)
    scene = _blur(rng, scene, level.blur * scene.shape[0] / 1000)
    noise = rng.standard_normal(scene.shape, dtype=np.float32)
    scene = scene + noise * np.float32(rng.uniform(0, level.noise))
    picture = np.clip(scene, 0, 255).astype(np.uint8)
    quality = int(rng.integers(*level.jpeg_quality))
    _, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), dtype=np.uint8)


def _light(rng: np.random.Generator, scene: FloatImage, level: Severity) -> FloatImage:
    """Exposure, tone curve, a colour cast, a gradient of light, and sometimes a reflection."""
    size = scene.shape[0]
    axis = np.linspace(-1, 1, size, dtype=np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    gradient = np.cos(angle) * axis[None, :] + np.sin(angle) * axis[:, None]
    vignette = -0.5 * (axis[None, :] ** 2 + axis[:, None] ** 2)
    lit = 1 + level.light * rng.uniform(0, 1) * gradient + 0.5 * level.light * rng.uniform(0, 1) * vignette
    cast = 1 + rng.uniform(-0.5, 0.5, 3) * level.light
    exposure = rng.uniform(1 - level.light * 0.8, 1 + level.light * 0.5)
    tone = np.power(np.clip(scene, 0, 255) / 255, np.float32(np.exp(rng.normal(0, level.light * 0.6))))
    result = tone * lit[..., None] * (255 * exposure * cast).astype(np.float32)
    if rng.random() < level.glare:
        result = result + _glare(rng, axis)[..., None]
    return np.asarray(result, dtype=np.float32)


def _glare(rng: np.random.Generator, axis: FloatImage) -> FloatImage:
    x, y = rng.uniform(-0.7, 0.7, 2)
    wide, high = rng.uniform(0.08, 0.4, 2)
    spot = np.exp(-(((axis[None, :] - x) / wide) ** 2) - ((axis[:, None] - y) / high) ** 2)
    return np.asarray(rng.uniform(60, 255) * spot, dtype=np.float32)


def _blur(rng: np.random.Generator, scene: FloatImage, largest: float) -> FloatImage:
    sigma = rng.uniform(0, largest)
    if sigma < 0.2:
        return scene
    if rng.random() < 0.5:
        return np.asarray(cv2.GaussianBlur(scene, (0, 0), sigma), dtype=np.float32)
    return np.asarray(cv2.filter2D(scene, -1, _motion_kernel(rng, sigma)), dtype=np.float32)


def _motion_kernel(rng: np.random.Generator, sigma: float) -> FloatImage:
    length = max(3, int(sigma * 4) | 1)
    kernel = np.zeros((length, length), dtype=np.float32)
    kernel[length // 2] = 1
    centre = ((length - 1) / 2, (length - 1) / 2)
    turned = cv2.warpAffine(kernel, cv2.getRotationMatrix2D(centre, rng.uniform(0, 180), 1), (length, length))
    return np.asarray(turned / turned.sum(), dtype=np.float32)
