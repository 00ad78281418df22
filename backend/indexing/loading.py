"""Pictures from disk, decoded once for both roads, a batch ahead of whoever describes them.

The local features are made here, in the decoders' threads, while the extractor works on the batch before.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from search_model.local.codec import Codec
from search_model.local.features import LONGEST_SIDE, extract_local

from catalog.data_files import data_file
from catalog.images import Pixels, scan_limits
from core.errors import OperatorError, UserError
from core.processors import processors
from indexing.local_services import PackedFeatures
from indexing.pictures import decoded_near, shrunk
from indexing.queries import PictureRef
from indexing.services import Problem

# Local features are the most work of all: as many pictures at once as there are processors, up to a number
# whose pixels fit into memory, and always enough of them waiting.
DECODERS = min(16, processors())
BATCHES_AHEAD = 1 + DECODERS // 8


@dataclass(frozen=True)
class Picture:
    """A decoded picture: its row, uint8 RGB of shape (h, w, 3) for the extractor, and its local features, the
    reason why there are none, or None when it has them already."""

    ref: PictureRef
    pixels: NDArray[np.uint8]
    local: PackedFeatures | Problem | None


def loaded_batches(
    batches: Iterable[list[PictureRef]], *, side: int, codec: Codec
) -> Iterator[list[Picture | Problem]]:
    """Decoded batches, longer sides at most `side`; the next is made while the caller works on this one."""
    ahead: deque[list[Future[Picture | Problem]]] = deque()
    with ThreadPoolExecutor(DECODERS, thread_name_prefix="decode") as pool:
        for batch in batches:
            ahead.append([pool.submit(_load, ref, side, codec) for ref in batch])
            if len(ahead) > BATCHES_AHEAD:
                yield [future.result() for future in ahead.popleft()]
        while ahead:
            yield [future.result() for future in ahead.popleft()]


def _load(ref: PictureRef, side: int, codec: Codec) -> Picture | Problem:
    wanted = max(side, LONGEST_SIDE["catalogue"])
    try:
        pixels, _ = decoded_near(data_file(ref.path), limits=scan_limits(), side=wanted)
    except (UserError, OperatorError) as error:
        return Problem(ref, error.code, error.sentence)
    except OSError as error:
        return Problem(ref, "file_unreadable", f"{ref.path} cannot be read: {error.strerror or error}.")
    return Picture(ref, shrunk(pixels, side), _local(ref, pixels, codec) if codec.id in ref.lacks else None)


def _local(ref: PictureRef, pixels: Pixels, codec: Codec) -> PackedFeatures | Problem:
    try:
        features = extract_local(pixels, role="catalogue")
        return PackedFeatures(ref, codec.encode(features), len(features))
    except (cv2.error, ValueError) as error:
        # The other road does not need them: the picture stays findable by its vector.
        return Problem(ref, "no_local_features", f"No local features could be made of it: {error}")
