"""Fixtures for every app's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pillow_heif import register_heif_opener
from pytest_django import Settings
from rest_framework.test import APIClient

from core import worker_identity

register_heif_opener()  # tests write such pictures; Recto reads them in another process
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def data_dir(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty RECTO_DATA_DIR for this test alone, and this process a worker that has not run jobs yet."""
    folder = tmp_path / "data"
    (folder / "processed").mkdir(parents=True)
    settings.RECTO_DATA_DIR = folder
    settings.RECTO_PROCESSED_DIR = folder / "processed"
    settings.RECTO_BROKER_DIR = folder / "processed" / "broker"
    monkeypatch.setattr(worker_identity, "_identity", None)
    yield folder
    worker_identity.forget()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What one test has left in the process's cache would answer the next, whose rows have the same ids."""
    cache.clear()


@pytest.fixture
def api() -> APIClient:
    return APIClient()


@pytest.fixture
def shared_data() -> Path:
    """The folder of real material beside the repository; where there is none, the test is skipped by name."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"needs the real material in {SHARED_DATA.relative_to(SHARED_DATA.parents[2])}")
    return SHARED_DATA
