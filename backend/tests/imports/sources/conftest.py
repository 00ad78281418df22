"""An import from its table to its pictures, by the services that jobs call, and a server to fetch from."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from catalog.models import Collection, PrintImage
from imports.checking import check_import
from imports.models import ImportRun
from imports.preparing import create_import
from imports.running import apply_import
from imports.sources import polite
from imports.sources.fetching_jobs import fetch_images, start_fetching
from imports.sources.preparing import open_pictures
from tests.core.odd_server import OddServer, odd_server
from tests.imports.pictures_drawn import engraving, save

MakeRun = Callable[..., ImportRun]


@pytest.fixture(autouse=True)
def _quickly(settings: Settings, monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    """Pauses of milliseconds; time limits are those of a machine that does much else."""
    settings.RECTO_FETCH_PAUSE_MS = 0
    settings.RECTO_FETCH_SECONDS = 60
    settings.RECTO_SCAN_MAX_BYTES = 300_000
    settings.RECTO_IMPORT_ROOTS = [data_dir / "raw"]
    (data_dir / "raw").mkdir()
    monkeypatch.setattr(polite, "PAUSES_S", (0.01, 0.01))


@pytest.fixture
def collection(db: None) -> Collection:
    return Collection.objects.create(slug="prints", name="Prints")


@pytest.fixture
def server(socket_enabled: None, settings: Settings) -> Iterator[OddServer]:
    """A server that the operator has named as their own."""
    with odd_server() as running:
        settings.RECTO_FETCH_ALLOW_HOSTS = [running.place]
        yield running


@pytest.fixture
def make_run(collection: Collection, tmp_path: Path) -> MakeRun:
    """A run for a table (its lines), not checked yet."""

    def make(*lines: str, source: dict[str, Any], action: str = "add_and_update") -> ImportRun:
        table = tmp_path / "prints.csv"
        table.write_text("\n".join(lines) + "\n")
        return create_import(
            collection=collection,
            table=table,
            table_name="prints.csv",
            action=action,
            image_source=source,
            user=None,
        )

    return make


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., bytes]:
    """The bytes of a small picture, another for each name."""

    def draw(name: str = "a.png") -> bytes:
        return save(engraving(zlib.crc32(name.encode())), tmp_path / "drawn" / name).read_bytes()

    return draw


def load(run: ImportRun) -> ImportRun:
    """Check, write and fetch, as the jobs do."""
    check_import(run)
    apply_import(run, opened=open_pictures)
    start_fetching(run, user=None)
    fetch_images(run)
    run.refresh_from_db()
    return run


def codes(run: ImportRun) -> dict[str, str]:
    """What was said of each value or file."""
    return {one.value or one.file: one.code for one in run.issues.all()}


def pictures_of(record_id: str) -> list[str]:
    rows = PrintImage.objects.filter(print__record_id=record_id).order_by("position")
    return list(rows.values_list("name", flat=True))
