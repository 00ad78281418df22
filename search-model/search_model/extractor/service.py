"""The networks behind the HTTP: the default is loaded at the start, others when they are first asked for. Knows no
HTTP and no TensorFlow.
"""

import importlib
import logging
import threading
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from search_model.descriptors import Descriptor
from search_model.extractor.batching import Run
from search_model.extractor.choice import Choice, Offer
from search_model.extractor.decoding import Refused, decode
from search_model.extractor.served import Load, NotReady, Served
from search_model.extractor.settings import Settings
from search_model.knn.index import LENGTH_TOLERANCE
from search_model.preprocess import network_input

log = logging.getLogger("search_model.extractor")


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
    """Features of pictures by any of the descriptors on offer.

    Args:
        offer: what can be served, the default first.
        settings: the limits.
        load: makes a network; replaced in tests.
        on_failure: called with the error when loading the default fails.
    """

    def __init__(
        self,
        offer: Offer,
        settings: Settings,
        *,
        load: Load = load_network,
        on_failure: Callable[[Exception], None],
    ) -> None:
        self.settings = settings
        self._served = {choice.descriptor.id: Served(choice, settings, load) for choice in offer.choices}
        self.default = self._served[offer.default.descriptor.id]
        self._on_failure = on_failure
        # Decoding is where a hostile request could take memory: one picture at a time, whatever the threads.
        self._decoding = threading.Lock()

    @property
    def on_offer(self) -> list[Served]:
        """What `features` takes, the default first; without those whose weights proved to be wrong."""
        return [served for served in self._served.values() if not served.failure]

    @property
    def ready(self) -> bool:
        """Whether `features` answers."""
        return self.default.ready

    def start(self) -> threading.Thread:
        """Load and warm the default's network in a thread of its own."""
        thread = threading.Thread(target=self._become_ready, name="loading", daemon=True)
        thread.start()
        return thread

    def served(self, descriptor_id: str | None) -> Served:
        """The descriptor with that id, loaded now if it was not yet; None for the default.

        Raises:
            Refused: no such descriptor is on offer; the message lists those that are.
            NotReady: its network, or the first one, is still loading.
        """
        wanted = self.default if descriptor_id is None else self._served.get(descriptor_id)
        if wanted is None or (wanted.failure and wanted is not self.default):
            raise self._not_on_offer(str(descriptor_id), wanted)
        if not self.default.ready:
            raise NotReady
        if not wanted.ready:
            self._load_late(wanted)
        return wanted

    def features(self, pictures: Iterable[tuple[bytes, str]], served: Served) -> NDArray[np.float32]:
        """Vectors float32 (n, dim) of n pictures, each its bytes and content type; rows of length 1.

        Raises:
            NotReady, Busy: try again.
            Refused: a picture that cannot be taken.
        """
        recipe = served.descriptor
        inputs = [self._network_input(body, content_type, recipe) for body, content_type in pictures]
        if not inputs:
            raise Refused("no_image", "the request holds no picture; send one as the body, or parts named 'image'")
        vectors = served.vectors(inputs)
        if not np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1) <= LENGTH_TOLERANCE):
            raise Refused("no_features", "the network finds nothing in the picture; is it blank?")
        return vectors

    def _network_input(self, body: bytes, content_type: str, recipe: Descriptor) -> NDArray[np.float32]:
        with self._decoding:
            rgb = decode(
                body,
                content_type,
                max_pixels=self.settings.max_pixels,
                wanted_size=recipe.input_size,
            )
            return network_input(rgb, recipe)

    def _load_late(self, wanted: Served) -> None:
        try:
            wanted.load()
        except NotReady:
            raise
        except Exception as error:
            log.error("%s cannot be served: %s", wanted.descriptor.id, error)
            raise self._not_on_offer(wanted.descriptor.id, wanted) from error

    def _not_on_offer(self, descriptor_id: str, found: Served | None) -> Refused:
        reason = found.failure if found else "it is not known here"
        ids = ", ".join(served.descriptor.id for served in self.on_offer)
        return Refused("unknown_descriptor", f"{descriptor_id} cannot be served, {reason}; on offer are {ids}", 404)

    def _become_ready(self) -> None:
        try:
            self.default.load()
        except Exception as error:
            log.error("the network could not be loaded: %s", error)
            self._on_failure(error)
