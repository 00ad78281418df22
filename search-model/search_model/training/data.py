"""Training images in memory, and batches of pairs made from them while the network learns."""

import logging
import math
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from search_model.preprocess import fit_within
from search_model.training.pairs import make_pair

RgbImage = NDArray[np.uint8]
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"}
KEPT_SIDE = 360  # pixels; more would only be averaged away at the training sizes

cv2.setNumThreads(1)  # its own threads cost more than they bring on pictures this small, and fight the network's

log = logging.getLogger(__name__)


def read_images(folders: Sequence[Path], *, leave_out: int = 0) -> list[RgbImage]:
    """Every picture below the folders, in order of their paths, uint8 RGB with a longer side of at most 360.

    With `leave_out` n, those that `is_left_out` names are not read: they are for validation.

    Raises:
        ValueError: fewer than two pictures could be read; a batch needs something to tell apart.
    """
    paths = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    paths = [path for path in paths if not is_left_out(path, leave_out)]
    pictures = [_read(path) for path in paths]
    readable = [picture for picture in pictures if picture is not None]
    if len(readable) < len(paths):
        log.warning("%d of %d pictures could not be read and are left out", len(paths) - len(readable), len(paths))
    if len(readable) < 2:
        raise ValueError(f"found {len(readable)} readable pictures in {[str(f) for f in folders]}; at least 2 needed")
    return readable


def is_left_out(path: Path, every: int) -> bool:
    """Whether a picture is kept from the training: one in `every`, by its name, whatever folder it is in."""
    return every > 0 and zlib.crc32(path.name.encode()) % every == 0


def _read(path: Path) -> RgbImage | None:
    decoded = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if decoded is None or min(decoded.shape[:2]) < 32:
        return None
    rgb = np.ascontiguousarray(decoded[:, :, ::-1], dtype=np.uint8)
    return fit_within(rgb, KEPT_SIDE) if max(rgb.shape[:2]) > KEPT_SIDE else rgb


class PairBatches(keras.utils.PyDataset):
    """`steps` batches of 2n inputs, n scans and then their n partners in the same order, and whose each is.

    A print is named by its number in `images`, as float32 of shape (2n,).

    A batch depends only on (seed, its number), so that a resumed training sees what it would have seen.
    """

    def __init__(
        self,
        images: Sequence[RgbImage],
        *,
        pairs: int,
        size: int,
        first: int,
        steps: int,
        seed: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.images, self.pairs, self.size = images, pairs, size
        self.first, self.steps, self.seed = first, steps, seed

    def __len__(self) -> int:
        return self.steps

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        number = self.first + index
        rng = np.random.default_rng((self.seed, number))
        chosen = self._chosen(number)
        made = [make_pair(self.images[i], rng=rng, size=self.size) for i in chosen]
        inputs = np.stack([first for first, _ in made] + [second for _, second in made])
        return inputs, np.concatenate([chosen, chosen]).astype(np.float32)

    def _chosen(self, number: int) -> NDArray[np.int64]:
        """The next images of a shuffled round through all of them; no image twice in a batch where there are enough."""
        count = len(self.images)
        start = number * self.pairs
        rounds = range(start // count, math.ceil((start + self.pairs) / count))
        order = np.concatenate([np.random.default_rng((self.seed, 1, r)).permutation(count) for r in rounds])
        offset = start - rounds[0] * count
        return order[offset : offset + self.pairs]
