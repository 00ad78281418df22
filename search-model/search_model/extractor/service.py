"""The loaded network behind the HTTP: not ready, ready, or failed. Knows no HTTP and no TensorFlow."""

import importlib
import logging
import threading
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from search_model.descriptors import Descriptor
from search_model.extractor.batching import Batcher, Run
from search_model.extractor.choice import Choice
from search_model.extractor.decoding import Refused, decode
from search_model.extractor.settings import Settings
from search_model.knn.index import LENGTH_TOLERANCE
from search_model.preprocess import network_input

log = logging.getLogger("search_model.extractor")

# Activations of VGG16 at 224 px take about 60 MB a picture.
MAX_BATCH = 4
ANSWER_SECONDS = 60.0


class NotReady(Exception):
    """The network is still loading."""


def load_network(choice: Choice, threads: int) -> Run:
    """Load TensorFlow and the network.

    TensorFlow is imported by name, here in the loading thread: it takes seconds, during which `/health` must
    already answer, and the process that gunicorn forks from must never have loaded it (it hangs after a
    fork).
    """
    network = importlib.import_module("search_model.extractor.network")
    network.limit_threads(threads)
    run: Run = network.Network(choice)
    return run


class Service:
    """Features of pictures by one descriptor.

    Args:
        choice: what to serve.
        settings: the limits.
        load: makes the network; replaced in tests.
        on_failure: called with the error when loading fails.
    """

    def __init__(
        self,
        choice: Choice,
        settings: Settings,
        *,
        load: Callable[[Choice, int], Run] = load_network,
        on_failure: Callable[[Exception], None],
    ) -> None:
        self.choice = choice
        self.settings = settings
        self._load = load
        self._on_failure = on_failure
        self._batcher: Batcher | None = None
        # Decoding is where a hostile request could take memory: one picture at a time, whatever the threads.
        self._decoding = threading.Lock()

    @property
    def descriptor(self) -> Descriptor:
        """What every vector of this service is labelled with."""
        return self.choice.descriptor

    @property
    def ready(self) -> bool:
        """Whether `features` answers."""
        return self._batcher is not None

    def start(self) -> threading.Thread:
        """Load and warm the network in a thread of its own."""
        thread = threading.Thread(target=self._become_ready, name="loading", daemon=True)
        thread.start()
        return thread

    def features(self, pictures: Iterable[tuple[bytes, str]]) -> NDArray[np.float32]:
        """Vectors float32 (n, dim) of n pictures, each its bytes and content type; rows of length 1.

        Raises:
            NotReady, Busy: try again.
            Refused: a picture that cannot be taken.
        """
        if self._batcher is None:
            raise NotReady
        inputs = [self._network_input(body, content_type) for body, content_type in pictures]
        if not inputs:
            raise Refused("no_image", "the request holds no picture; send one as the body, or parts named 'image'")
        vectors = self._batcher.features(inputs, timeout=ANSWER_SECONDS)
        if not np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1) <= LENGTH_TOLERANCE):
            raise Refused("no_features", "the network finds nothing in the picture; is it blank?")
        return vectors

    def _network_input(self, body: bytes, content_type: str) -> NDArray[np.float32]:
        with self._decoding:
            rgb = decode(
                body,
                content_type,
                max_pixels=self.settings.max_pixels,
                wanted_size=self.descriptor.input_size,
            )
            return network_input(rgb, self.descriptor)

    def _become_ready(self) -> None:
        try:
            run = self._load(self.choice, self.settings.threads)
            # The first call of each batch size is the slow one: memory is laid out for it.
            size = self.descriptor.input_size
            for pictures in (1, MAX_BATCH):
                run(np.zeros((pictures, size, size, 3), dtype=np.float32))
            self._batcher = Batcher(run, max_batch=MAX_BATCH, max_waiting=self.settings.max_waiting)
            log.info("ready: %s", self.choice.sentence)
        except Exception as error:
            log.error("the network could not be loaded: %s", error)
            self._on_failure(error)
