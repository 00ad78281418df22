"""`manage.py import_prints` with pictures: the same code as in the browser."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Collection
from imports.models import ImportRun
from imports.sources.fetching_jobs import fetch_images
from tests.core.odd_server import OddServer, body
from tests.imports.sources.archives_made import archive
from tests.imports.sources.conftest import pictures_of
from tests.imports.sources.iiif_documents import manifest_2


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("import_prints", *arguments, "--collection", "prints", "--apply", stdout=out)
    return out.getvalue()


def test_pictures_from_an_archive(
    collection: Collection, tmp_path: Path, picture: Callable[..., bytes]
) -> None:
    (tmp_path / "scans.zip").write_bytes(archive({"1.png": picture()}))
    (tmp_path / "prints.csv").write_text("record_id\n1\n")
    assert "is done" in said(str(tmp_path / "prints.csv"), "--images", f"zip:{tmp_path / 'scans.zip'}")
    assert pictures_of("1") == ["1.png"]
    assert (tmp_path / "scans.zip").is_file()


def test_records_and_pictures_from_a_manifest(
    collection: Collection, server: OddServer, picture: Callable[..., bytes]
) -> None:
    server.paths["/recto.png"] = body(picture())
    server.paths["/m"] = body(json.dumps(manifest_2(server.url, "m", ["recto"])).encode())
    assert "is done" in said("--images", f"iiif:{server.url}/m")
    fetch_images(ImportRun.objects.get())  # which the command leaves to the worker
    assert pictures_of(f"{server.url}/m/recto") == [f"{server.url}/recto.png"]


@pytest.mark.parametrize(
    ("images", "message"),
    [
        ("zip:away.zip", "no file"),
        ("none", "Say which table"),
        ("folder:/etc", "Say which table"),
        ("iiif:file:///etc/passwd", "no address of the web"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused(collection: Collection, images: str, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        said("--images", images)
    assert not ImportRun.objects.exists()
