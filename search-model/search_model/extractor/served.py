"""One descriptor that can be served: its network is loaded when it is first wanted, or failed for good."""

import logging
import threading
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from search_model.descriptors import Descriptor
from search_model.extractor.batching import Batcher, Run
from search_model.extractor.choice import Choice
from search_model.extractor.settings import Settings

log = logging.getLogger("search_model.extractor")

# Activations of VGG16 at 224 px take about 60 MB a picture.
MAX_BATCH = 4
ANSWER_SECONDS = 60.0
LOADING_SECONDS = 15.0
Load = Callable[[Choice, int], Run]


class NotReady(Exception):
    """The network is still loading."""


class Served:
    """A descriptor, its weights, and its network once that is loaded.

    Args:
        choice: the descriptor bound to its weights.
        settings: the limits.
        load: makes the network; replaced in tests.
    """

    def __init__(self, choice: Choice, settings: Settings, load: Load) -> None:
        self.choice = choice
        self.failure = ""
        self._settings = settings
        self._load = load
        self._batcher: Batcher | None = None
        self._loading = threading.Lock()

    @property
    def descriptor(self) -> Descriptor:
        """What every vector is labelled with."""
        return self.choice.descriptor

    @property
    def ready(self) -> bool:
        """Whether the network is loaded."""
        return self._batcher is not None

    def load(self) -> None:
        """Load and warm the network unless that is done; whoever comes meanwhile waits for it.

        Raises:
            NotReady: another thread has been loading it for long.
            Exception: whatever loading it raised; `failure` says it from then on.
        """
        if not self._loading.acquire(timeout=LOADING_SECONDS):
            raise NotReady
        try:
            if self._batcher is None:
                self._batcher = self._warmed()
                log.info("ready: %s", self.choice.sentence)
        except Exception as error:
            self.failure = f"its network could not be loaded: {error}"
            raise
        finally:
            self._loading.release()

    def vectors(self, inputs: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """What the network makes of n inputs (size, size, 3), float32 (n, dim). Raises NotReady, Busy."""
        if self._batcher is None:
            raise NotReady
        return self._batcher.features(inputs, timeout=ANSWER_SECONDS)

    def _warmed(self) -> Batcher:
        run = self._load(self.choice, self._settings.threads)
        # The first call of each batch size is the slow one: memory is laid out for it.
        size = self.descriptor.input_size
        for pictures in (1, MAX_BATCH):
            run(np.zeros((pictures, size, size, 3), dtype=np.float32))
        return Batcher(run, max_batch=MAX_BATCH, max_waiting=self._settings.max_waiting)
