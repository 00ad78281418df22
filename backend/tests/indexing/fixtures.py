"""Fixtures for the tests of the index and of the search: a fake extractor and a small catalogue."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
from django.db import connection, connections
from numpy.typing import NDArray

from catalog.models import Collection, Print, PrintImage
from indexing import extractor_client
from indexing.live import live_index
from indexing.live_local import live_local_index
from tests.indexing.fake_extractor import FakeExtractor

MakePrint = Callable[..., Print]


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeExtractor]:
    """The service, in memory."""
    fake = FakeExtractor()
    monkeypatch.setattr(extractor_client, "exchange", fake.exchange)
    extractor_client.forget_extractor()
    yield fake
    extractor_client.forget_extractor()


@pytest.fixture(autouse=True)
def _fresh_live_index() -> Iterator[None]:
    live_index().forget()
    live_local_index().forget()
    yield
    live_index().forget()
    live_local_index().forget()


def drawing(seed: int, *, width: int = 120, height: int = 90) -> NDArray[np.uint8]:
    """A picture of soft coloured patches, uint8 RGB (height, width, 3): each seed another one."""
    patches = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), dtype=np.uint8)
    return cv2.resize(patches, (width, height), interpolation=cv2.INTER_NEAREST).astype(np.uint8, copy=False)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """The picture as a PNG file."""
    return bytes(cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))[1])


@pytest.fixture
def make_print(db: None, data_dir: Path) -> MakePrint:
    """Make a print with one picture for each seed; the files lie below RECTO_DATA_DIR."""
    collection = Collection.objects.create(slug="prints", name="Prints")

    def make(*seeds: int, **fields: object) -> Print:
        record = f"r{seeds[0]}" if seeds else "r"
        made = Print.objects.create(**{"collection": collection, "record_id": record, **fields})
        for position, seed in enumerate(seeds):
            add_image(made, data_dir, drawing(seed), name=f"{seed}.png", position=position)
        return made

    return make


def add_image(
    to: Print, data_dir: Path, pixels: NDArray[np.uint8], *, name: str, position: int = 0
) -> PrintImage:
    """A picture of a print, in a file of its own."""
    content = png(pixels)
    path = f"raw/prints/images/{name}"
    (data_dir / path).parent.mkdir(parents=True, exist_ok=True)
    (data_dir / path).write_bytes(content)
    return PrintImage.objects.create(
        print=to,
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        width=pixels.shape[1],
        height=pixels.shape[0],
        format="PNG",
        position=position,
    )


RunInThreads = Callable[..., None]


@pytest.fixture
def run_in_threads() -> RunInThreads:
    """Run functions side by side, each with a database connection of its own; the first error is raised."""

    def run(*functions: Callable[[], None]) -> None:
        with ThreadPoolExecutor(len(functions)) as pool:
            for future in [pool.submit(_with_own_connection, function) for function in functions]:
                future.result()

    return run


def _with_own_connection(function: Callable[[], None]) -> None:
    try:
        function()
    finally:
        connections.close_all()


@pytest.fixture
def which_database(transactional_db: None) -> str:
    """For tests of transactions side by side: `sqlite`, or `postgresql` in `make test-hosted`."""
    return connection.vendor
