"""Listing what belongs into a backup, while others write and delete."""

import os
from pathlib import Path
from typing import Any

import pytest

from backups.sources import Named, files_to_copy

NAMED = Named(kept=frozenset(), imports=frozenset({"7"}), pictures=frozenset())


def listed() -> list[str]:
    return [one.path for one in files_to_copy(NAMED, originals=True, secret_key=False)]


@pytest.fixture
def full(data_dir: Path) -> Path:
    for path in ("raw/prints/images/1.png", "raw/prints/metadata.csv", "processed/imports/7/table.csv"):
        (data_dir / path).parent.mkdir(parents=True, exist_ok=True)
        (data_dir / path).write_text(path)
    return data_dir


@pytest.mark.parametrize("gone", ["raw/prints/images", "processed/imports/7"])
def test_a_folder_that_goes_while_all_is_listed_is_left_out(
    full: Path, gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = listed()
    real = os.scandir

    def scandir(folder: Any) -> Any:
        if Path(folder) == full / gone and (full / gone).exists():
            (full / gone).rename(full / "gone")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert listed() == [path for path in before if not path.startswith(gone)]
    assert len(listed()) == 2


def test_a_folder_that_may_not_be_read_is_no_folder_that_is_gone(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scandir(folder: Any) -> Any:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(PermissionError):
        listed()
