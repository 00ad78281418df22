"""The folder of tiles: bounded, never half written, and never more threads in it than it may take."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from catalog.iiif import pyramids, tile_cutting
from catalog.models import Print, PrintImage
from core.errors import TryAgain
from tests.catalog.iiif.conftest import add_scan, gradient

Catalogue = dict[str, Print]


@pytest.mark.parametrize(
    ("size", "factors"),
    [((512, 512), [1]), ((513, 10), [1, 2]), ((1024, 1024), [1, 2]), ((10_000, 300), [1, 2, 4, 8, 16, 32])],
)
def test_factors_end_where_the_picture_fits_one_tile(size: tuple[int, int], factors: list[int]) -> None:
    assert pyramids.factors_of(*size) == factors


@pytest.mark.parametrize("size", [(512, 512), (513, 512), (1025, 700), (2049, 33)])
def test_every_level_has_the_tiles_that_its_size_promises(
    catalogue: Catalogue, data_dir: Path, size: tuple[int, int]
) -> None:
    pyramid = pyramids.pyramid_of(add_scan(catalogue["war"], data_dir, gradient(size), name="scan.png"))
    promised = {
        pyramid.tile(factor, column, row)
        for factor in pyramid.factors
        for column in range(-(-pyramid.size_at(factor)[0] // pyramids.TILE))
        for row in range(-(-pyramid.size_at(factor)[1] // pyramids.TILE))
    }
    assert set(pyramid.folder.rglob("*.jpg")) == promised


def test_what_was_not_looked_at_for_longest_makes_room(
    catalogue: Catalogue, data_dir: Path, settings: Any
) -> None:
    scans = [
        add_scan(catalogue["war"], data_dir, gradient((300 + n, 300)), name=f"{n}.png") for n in range(3)
    ]
    first, second = (pyramids.pyramid_of(scan) for scan in scans[:2])
    os.utime(first.folder / "bytes", (2_000_000_000, 2_000_000_000))
    os.utime(second.folder / "bytes", (1_000_000_000, 1_000_000_000))
    settings.RECTO_TILES_MAX_BYTES = int((first.folder / "bytes").read_text()) * 5 // 2
    third = pyramids.pyramid_of(scans[2])
    assert [one.folder.is_dir() for one in (first, second, third)] == [True, False, True]


def test_who_comes_when_many_wait_is_told_to_come_again(
    scan: PrintImage, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut, started, go_on = tile_cutting.cut, threading.Event(), threading.Event()

    def slowly(source: Path, target: Path, *, tile: int) -> None:
        started.set()
        assert go_on.wait(10)
        cut(source, target, tile=tile)

    monkeypatch.setattr(pyramids, "_room", threading.BoundedSemaphore(1))
    monkeypatch.setattr(tile_cutting, "cut", slowly)
    maker = threading.Thread(target=pyramids.pyramid_of, args=[scan])
    maker.start()
    assert started.wait(10)
    with pytest.raises(TryAgain) as raised:
        pyramids.pyramid_of(scan)
    go_on.set()
    maker.join()
    assert raised.value.retry_after == 1
    assert pyramids.pyramid_of(scan).tile(1, 0, 0).is_file()


def test_nothing_is_left_of_one_that_broke_off(
    scan: PrintImage, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(source: Path, target: Path, *, tile: int) -> None:
        (target.parent / "tiles_files").mkdir()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(tile_cutting, "cut", breaking)
        with pytest.raises(OSError, match="No space"):
            pyramids.pyramid_of(scan)
    assert not list((data_dir / "processed" / "tiles").glob("*/*"))
    assert pyramids.pyramid_of(scan).tile(1, 0, 0).is_file()


def test_what_a_killed_process_left_is_deleted_by_the_next_one(scan: PrintImage, data_dir: Path) -> None:
    tiles = data_dir / "processed" / "tiles"
    left, begun = tiles / "aa" / ".dead.1a2b", tiles / "aa" / ".alive.3c4d"
    for folder in (left, begun):
        (folder / "tiles_files").mkdir(parents=True)
    os.utime(left, (1_000_000_000, 1_000_000_000))
    pyramids.pyramid_of(scan)
    assert [left.exists(), begun.exists()] == [False, True]
