"""How many pixels may be decoded at the same time in this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class PixelBudget:
    """Visitors who all send large pictures at once shall wait for each other, not fill the memory.

    Of `pixels` in all, each picture takes its share; one that is larger than everything gets it alone.
    """

    def __init__(self, pixels: int) -> None:
        self._free = self._all = pixels
        self._changed = threading.Condition()

    @contextmanager
    def share(self, pixels: int) -> Iterator[None]:
        """Wait for so many pixels, and give them back at the end of the block."""
        pixels = min(pixels, self._all)
        with self._changed:
            self._changed.wait_for(lambda: self._free >= pixels)
            self._free -= pixels
        try:
            yield
        finally:
            with self._changed:
                self._free += pixels
                self._changed.notify_all()
