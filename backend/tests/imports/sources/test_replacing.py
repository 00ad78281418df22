"""An import that replaces a collection takes the old pictures of its records once it has all the new ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.models import PrintImage
from imports.files import check_files
from imports.models import ImportRun
from imports.running import undo_import
from imports.sources.fetching_jobs import fetch_images, retry_images
from tests.core.odd_server import OddServer, body
from tests.imports.pictures_drawn import engraving, no_image_available, save
from tests.imports.sources.conftest import MakeRun, load, pictures_of
from tests.imports.staged import database, files, fresh

Draw = Callable[..., bytes]
Replace = Callable[..., ImportRun]


@pytest.fixture
def replace(server: OddServer, make_run: MakeRun, picture: Draw) -> Replace:
    """Record 1 has old.png and kept.png; the run names these instead. A `missing` one is not there."""
    for name in ("old.png", "kept.png", "new.png", "other.png"):
        server.paths[f"/{name}"] = body(picture(name))
    source = {"kind": "url"}
    addresses = f"{server.url}/old.png; {server.url}/kept.png"
    load(make_run("record_id,image_url", f"1,{addresses}", source=source))

    def load_instead(*names: str, missing: str = "") -> ImportRun:
        if missing:
            del server.paths[f"/{missing}"]
        addresses = "; ".join(name if "://" in name else f"{server.url}/{name}" for name in names)
        return load(make_run("record_id,image_url", f"1,{addresses}", source=source, action="replace"))

    return load_instead


def names() -> list[str]:
    return [name.rpartition("/")[2] for name in pictures_of("1")]


def test_what_the_table_names_no_more_goes_and_what_it_still_names_stays(replace: Replace) -> None:
    kept = PrintImage.objects.get(name__endswith="kept.png").pk
    run = replace("new.png", "kept.png")
    assert names() == ["kept.png", "new.png"]
    assert PrintImage.objects.get(name__endswith="kept.png").pk == kept
    assert run.counts["images"] == {"added": 1, "replaced": 0, "unchanged": 1, "removed": 1}


def test_undoing_brings_the_old_ones_back(replace: Replace, data_dir: Path) -> None:
    before, files_before = database(), files(data_dir)
    run = replace("new.png", "kept.png")
    undo_import(fresh(run), user=None)
    assert database() == before
    assert files_before.items() <= files(data_dir).items()
    assert not check_files().missing


def test_what_cannot_be_fetched_leaves_the_old_ones_until_it_can(
    replace: Replace, server: OddServer, picture: Draw
) -> None:
    run = replace("new.png", "other.png", missing="other.png")
    assert names() == ["old.png", "kept.png", "new.png"]
    server.paths["/other.png"] = body(picture("other.png"))
    fetch_images(retry_images(run, user=None))
    assert names() == ["new.png", "other.png"]


def test_nothing_goes_when_nothing_comes(replace: Replace) -> None:
    replace("new.png", missing="new.png")
    assert names() == ["old.png", "kept.png"]


def test_an_address_that_cannot_be_one_leaves_the_old_ones(replace: Replace) -> None:
    replace("new.png", "http://2130706433/a.png")
    assert names() == ["old.png", "kept.png", "new.png"]


def test_a_placeholder_among_the_new_ones_keeps_nothing(
    replace: Replace, server: OddServer, data_dir: Path
) -> None:
    none = save(no_image_available(), data_dir / "raw" / "prints" / "images_to_remove" / "none.png")
    server.paths["/other.png"] = body(none.read_bytes())
    replace("new.png", "other.png")
    assert names() == ["new.png"]


def test_pictures_of_a_folder_stay_as_well_while_one_is_damaged(make_run: MakeRun, data_dir: Path) -> None:
    folder, source = data_dir / "raw" / "scans", {"kind": "folder", "path": "raw/scans"}
    for seed, name in enumerate(("a.png", "b.png", "c.png")):
        save(engraving(seed), folder / name)
    load(make_run("record_id,image_file", "1,a.png; b.png", source=source))
    good = (folder / "c.png").read_bytes()
    (folder / "c.png").write_bytes(good[:100])
    run = load(make_run("record_id,image_file", "1,b.png; c.png", source=source, action="replace"))
    assert pictures_of("1") == ["a.png", "b.png"]
    (folder / "c.png").write_bytes(good)
    fetch_images(retry_images(run, user=None))
    assert pictures_of("1") == ["b.png", "c.png"]
