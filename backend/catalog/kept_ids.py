"""Which pictures somebody may see, kept by this process for as long as it holds."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

import numpy as np
from numpy.typing import NDArray

from catalog.shown import shown_state

Ids = NDArray[np.int64]
# Of visitors, of members, of the curators of this and that: eight bytes a picture each.
MOST = 8


class KeptIds:
    """Ids by those who see them; the ones that were asked for last are kept. For all threads of a process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[int, Ids]] = OrderedDict()
        self._changing = threading.Lock()

    def of(self, whom: Hashable, read: Callable[[], Ids]) -> Ids:
        """What `read` says, or said in the state that is committed now. 1 query; a second when it is read."""
        # The state first: what is read after it is at least as new.
        state = shown_state()
        with self._changing:
            kept = self._kept.get(whom)
        if kept is None or kept[0] != state:
            kept = (state, read())
            kept[1].flags.writeable = False
        with self._changing:
            self._kept[whom] = kept
            self._kept.move_to_end(whom)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return kept[1]
