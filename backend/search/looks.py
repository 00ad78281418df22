"""A picture to search with: decoded, framed, and described for the local road."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from search_model.local.features import LONGEST_SIDE, LocalFeatures
from search_model.local.sheet import find_sheet

from catalog.images import DecodeLimits, Pixels, search_limits
from catalog.models import PrintImage
from indexing.extractor_client import known_extractor
from indexing.live_local import live_local_index
from indexing.local_queries import local_features_of
from indexing.pictures import decoded_near
from search.framing import Framing, framed, rectified
from search.stages import StageClock


@dataclass(frozen=True)
class Source:
    """Where the pixels are, and how much may be read of them."""

    data: bytes | Path
    limits: DecodeLimits = field(default_factory=search_limits)


@dataclass(frozen=True, eq=False)
class Look:
    """What was searched with, as verification needs it.

    Attributes:
        width, height: pixels of the whole, upright picture.
        framing: which part of it was meant; places in `features` are places in that part.
        features: its local features, None where it has none stored.
        image_id: the image of the catalogue that it is, None for a picture that was sent.
    """

    width: int
    height: int
    framing: Framing = field(default_factory=Framing)
    features: LocalFeatures | None = None
    image_id: int | None = None


@dataclass(frozen=True, eq=False)
class Photograph:
    """The framed pixels of a picture, uint8 RGB, and the sheet that its edges show, as fractions of them."""

    pixels: Pixels
    width: int
    height: int
    framing: Framing
    sheet: NDArray[np.float64] | None

    def views(self) -> list[Pixels]:
        """What the global descriptor looks at: the framed picture, and the sheet pulled straight."""
        if self.sheet is None:
            return [self.pixels]
        a, b, c, d = ((float(x), float(y)) for x, y in self.sheet)
        return [self.pixels, rectified(self.pixels, (a, b, c, d))]


def photograph(source: Source, framing: Framing, clock: StageClock) -> Photograph:
    """Decode and frame. Raises what decoding raises."""
    with clock.stage("decode"):
        side = max(1, round(_side() * framing.enlargement()))
        pixels, info = decoded_near(source.data, limits=source.limits, side=side)
        pixels = framed(pixels, framing)
    with clock.stage("sheet"):
        # Who gave the corners has found the sheet already.
        sheet = find_sheet(pixels) if framing.quad is None else None
    return Photograph(pixels, info.width, info.height, framing, sheet)


def _side() -> int:
    """What both roads can use of a picture, in pixels."""
    known = known_extractor()
    side: int = LONGEST_SIDE["query"]
    return max(side, 2 * known.input_size if known else 0)


def stored_looks(images: Sequence[PrintImage], clock: StageClock) -> list[Look]:
    """Pictures of the catalogue as they are, by their stored features. 1 query."""
    with clock.stage("local"):
        stored = local_features_of([image.pk for image in images], codec=live_local_index().codec)
    return [
        Look(image.width, image.height, features=stored.get(image.pk), image_id=image.pk) for image in images
    ]
