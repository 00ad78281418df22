"""For a worker of a test: it takes itself for deaf after a second."""

from core import deaf_worker
from tests.core import counting

__all__ = ["counting"]

deaf_worker.DEAF_AFTER_S, deaf_worker.LOOK_EVERY_S = 1.0, 0.1
