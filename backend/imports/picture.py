"""A picture file that was read through and found whole. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """Its name below its folder, its path in the data folder, and what it is; width and height upright."""

    name: str
    path: str
    sha256: str
    width: int
    height: int
    format: str
