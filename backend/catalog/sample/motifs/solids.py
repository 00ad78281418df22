"""Solid bodies: corners and faces, turned in space, seen in parallel and shaded face by face."""

from dataclasses import dataclass
from itertools import permutations, product

import numpy as np

from catalog.sample.plate import Plate

GOLDEN = (1 + 5**0.5) / 2


@dataclass(frozen=True)
class Solid:
    """`corners` is (n, 3); each face lists corners in order round it."""

    corners: np.ndarray
    faces: tuple[tuple[int, ...], ...]


def convex(corners: np.ndarray) -> Solid:
    """The convex body of these corners: every plane through three of them that has all others on one side."""
    corners = corners / np.linalg.norm(corners, axis=1).max()
    faces: dict[tuple[int, ...], tuple[int, ...]] = {}
    count = len(corners)
    for i in range(count):
        for j in range(i + 1, count):
            for k in range(j + 1, count):
                normal = np.cross(corners[j] - corners[i], corners[k] - corners[i])
                if np.linalg.norm(normal) > 1e-6:
                    _add_face(faces, corners, i, normal / np.linalg.norm(normal))
    return Solid(corners, tuple(faces.values()))


def _add_face(
    faces: dict[tuple[int, ...], tuple[int, ...]], corners: np.ndarray, start: int, normal: np.ndarray
) -> None:
    height = (corners - corners[start]) @ normal
    if height.max() > 1e-6 and height.min() < -1e-6:
        return
    outward = normal if height.max() < 1e-6 else -normal
    members = tuple(int(index) for index in np.flatnonzero(np.abs(height) < 1e-6))
    if members in faces:
        return
    middle = corners[list(members)].mean(axis=0)
    u = corners[members[0]] - middle
    v = np.cross(outward, u)
    angle = np.arctan2((corners[list(members)] - middle) @ v, (corners[list(members)] - middle) @ u)
    faces[members] = tuple(members[index] for index in np.argsort(angle))


def named(kind: str) -> Solid:
    """Tetrahedron, cube, octahedron, icosahedron, dodecahedron or cuboctahedron."""
    signs = np.array(list(product((-1, 1), repeat=3)), float)
    if kind == "tetrahedron":
        return convex(signs[signs.prod(axis=1) > 0])
    if kind == "cube":
        return convex(signs)
    if kind == "octahedron":
        return convex(np.concatenate([np.eye(3), -np.eye(3)]))
    if kind == "cuboctahedron":
        flat = {tuple(p) for a, b in product((-1, 1), repeat=2) for p in permutations((a, b, 0))}
        return convex(np.array(sorted(flat), float))
    pairs = np.array([(a, b * GOLDEN) for a, b in product((-1, 1), repeat=2)])
    ring = np.concatenate(
        [np.insert(pairs, 0, 0, axis=1)[:, np.roll([0, 1, 2], shift)] for shift in range(3)]
    )
    if kind == "icosahedron":
        return convex(ring)
    flat_pairs = np.array([(a / GOLDEN, b * GOLDEN) for a, b in product((-1, 1), repeat=2)])
    rest = np.concatenate(
        [np.insert(flat_pairs, 0, 0, axis=1)[:, np.roll([0, 1, 2], shift)] for shift in range(3)]
    )
    return convex(np.concatenate([signs, rest]))


def spiked(solid: Solid, height: float) -> Solid:
    """A pyramid on every face."""
    corners, faces = [*solid.corners], []
    for face in solid.faces:
        middle = solid.corners[list(face)].mean(axis=0)
        corners.append(middle * (1 + height / np.linalg.norm(middle)))
        faces += [(face[i], face[(i + 1) % len(face)], len(corners) - 1) for i in range(len(face))]
    return Solid(np.array(corners), tuple(faces))


def turned(solid: Solid, yaw: float, pitch: float) -> Solid:
    """The solid turned about the upright and then about the level axis, in degrees."""
    a, b = np.radians(yaw), np.radians(pitch)
    about_y = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]])
    return Solid(solid.corners @ (about_x @ about_y).T, solid.faces)


def engrave(plate: Plate, solid: Solid, x: float, y: float, size: float, *, skeleton: bool = False) -> None:
    """Draw the faces from back to front, each hatched to its slope; a skeleton keeps only its bars."""
    order = sorted(solid.faces, key=lambda face: solid.corners[list(face)][:, 2].mean())
    light = np.array([-0.5, -0.65, 0.58])
    for face in order:
        corners = solid.corners[list(face)]
        normal = np.cross(corners[1] - corners[0], corners[2] - corners[1])
        normal = normal / np.linalg.norm(normal) * np.sign(normal @ corners.mean(axis=0))
        if normal[2] < 0 and not skeleton:
            continue
        flat = corners[:, :2] * size + (x, y)
        tone = float(np.clip(0.56 - 0.62 * normal @ light, 0.03, 0.95))
        _face(plate, flat, tone, float(np.degrees(np.arctan2(normal[1], normal[0]))) + 90, skeleton=skeleton)


def _face(plate: Plate, flat: np.ndarray, tone: float, degrees: float, *, skeleton: bool) -> None:
    if not skeleton:
        plate.erase(flat)
        plate.hatch(flat, tone, degrees, 3.8)
        plate.outline(flat, 1.6)
        return
    hole = flat.mean(axis=0) + (flat - flat.mean(axis=0)) * 0.7
    bar = np.concatenate([flat, flat[:1], hole[:1], hole[::-1]])
    plate.erase(bar)
    plate.hatch(bar, tone, degrees, 3.6)
    plate.outline(flat, 1.5)
    plate.outline(hole, 1.3)
