"""The sample collection, made once for all tests that look at its files."""

from pathlib import Path

import pytest

from catalog.sample import make_sample_collection


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    make_sample_collection(folder)
    return folder
