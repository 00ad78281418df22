"""Fixtures of the loading tests: an empty data folder, and jobs that are queued and not sent."""

from pathlib import Path

import pytest


@pytest.fixture
def raw(data_dir: Path) -> Path:
    """data/raw/ of an empty data folder."""
    folder = data_dir / "raw"
    folder.mkdir()
    return folder
