"""The names under which emblems and printers' devices are asked for."""

from collections.abc import Callable

from numpy.random import Generator

from catalog.sample.motifs import creatures, devices
from catalog.sample.plate import Plate

Device = Callable[[Plate, Generator, float, float, float], None]


def _alone(draw: Callable[[Plate, float, float, float], None]) -> Device:
    """A device that leaves nothing to chance."""
    return lambda plate, _, x, y, size: draw(plate, x, y, size)


def _anchor_and_dolphin(plate: Plate, rng: Generator, x: float, y: float, size: float) -> None:
    devices.anchor(plate, x, y, size)
    creatures.dolphin(plate, x, y, size)


def _serpent_round_a_book(plate: Plate, rng: Generator, x: float, y: float, size: float) -> None:
    creatures.serpent(plate, x, y, size)
    devices.book(plate, x, y, size * 0.42)


def _hand(plate: Plate, rng: Generator, x: float, y: float, size: float) -> None:
    devices.hand_from_cloud(plate, rng, x - size * 0.3, y - size * 0.3, size)


DEVICES: dict[str, Device] = {
    "anchor": _anchor_and_dolphin,
    "beehive": creatures.beehive,
    "book": _alone(devices.book),
    "column": _alone(devices.column),
    "hand": _hand,
    "heart": _alone(devices.heart),
    "hourglass": _alone(devices.hourglass),
    "oak": creatures.oak,
    "phoenix": _alone(creatures.phoenix),
    "serpent": _serpent_round_a_book,
    "ship": creatures.sailing,
    "sun": _alone(devices.sun_face),
    "tower": _alone(devices.tower),
}
