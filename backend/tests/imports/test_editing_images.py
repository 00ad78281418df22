"""Scans of single records over HTTP: added, replaced, removed; kept in the store, found by searches."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from catalog.models import Print, PrintImage
from core.models import Job
from imports.files import check_files, sweep_files
from indexing.live import live_index
from indexing.models import Feature
from tests.accounts.conftest import House, house
from tests.imports.test_undoing import describe_all
from tests.indexing.fake_extractor import FAKE, FakeExtractor, fake_vector
from tests.indexing.fixtures import _fresh_live_index, drawing, extractor, png

__all__ = ["_fresh_live_index", "extractor", "house"]


@pytest.fixture
def curator(house: House, data_dir: Path) -> APIClient:
    return house.client("curator")


@pytest.fixture
def row(house: House) -> Print:
    return house.prints["private"]


def send(client: APIClient, path: str, content: bytes, *, name: str = "scan.png", put: bool = False) -> Any:
    file = SimpleUploadedFile(name, content, "image/png")
    method = client.put if put else client.post
    return method(path, {"image": file}, format="multipart")


def added(client: APIClient, row: Print, seed: int) -> PrintImage:
    answer = send(client, f"/api/v1/prints/{row.pk}/images/", png(drawing(seed)))
    assert answer.status_code == 201, answer.json()
    return PrintImage.objects.get(pk=answer.json()["id"])


def test_scan_is_kept_by_its_content_and_waits_for_its_features(
    curator: APIClient, row: Print, data_dir: Path
) -> None:
    image = added(curator, row, 1)
    assert image.path == f"processed/scans/{image.sha256[:2]}/{image.sha256}.png"
    assert (data_dir / image.path).read_bytes() == png(drawing(1))
    assert (image.width, image.height, image.name) == (120, 90, "scan.png")
    assert Job.objects.filter(kind="extract_features", state="queued").exists()
    assert check_files(checksums=True).agree


def test_same_scan_twice_is_a_409(curator: APIClient, row: Print) -> None:
    added(curator, row, 1)
    answer = send(curator, f"/api/v1/prints/{row.pk}/images/", png(drawing(1)))
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "image_exists")


@pytest.mark.parametrize(
    ("content", "status"), [(b"%PDF-1.4", 415), (png(drawing(1))[:200], 400), (b"", 400)]
)
def test_what_is_no_whole_picture_is_refused_and_leaves_nothing(
    curator: APIClient, row: Print, data_dir: Path, content: bytes, status: int
) -> None:
    answer = send(curator, f"/api/v1/prints/{row.pk}/images/", content)
    assert answer.status_code == status
    assert not [file for file in (data_dir / "processed" / "scans").rglob("*") if file.is_file()]
    assert not row.images.exists()


def test_request_without_a_file_is_a_400(curator: APIClient, row: Print) -> None:
    answer = curator.post(f"/api/v1/prints/{row.pk}/images/", {}, format="multipart")
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, ["image"])


def test_replaced_scan_keeps_its_id_and_is_found_by_its_new_look(
    curator: APIClient, row: Print, extractor: FakeExtractor
) -> None:
    image = added(curator, row, 1)
    describe_all()
    path = f"/api/v1/prints/{row.pk}/images/{image.pk}/"
    answer = send(curator, path, png(drawing(2)), name="better.png", put=True)
    assert (answer.status_code, answer.json()["id"]) == (200, image.pk)
    describe_all()
    found = live_index().search(fake_vector(drawing(2)), 1, descriptor=FAKE)
    assert (found.ids.tolist(), found.scores[0] > 0.99) == ([image.pk], True)


def test_removed_scan_is_not_found_by_the_next_search_and_returns_with_its_vector(
    curator: APIClient, row: Print, extractor: FakeExtractor
) -> None:
    image = added(curator, row, 1)
    describe_all()
    kept = list(Feature.objects.values())
    assert curator.delete(f"/api/v1/prints/{row.pk}/images/{image.pk}/").status_code == 204
    assert live_index().search(fake_vector(drawing(1)), 1, descriptor=FAKE).ids.tolist() == []
    removal = curator.get(f"/api/v1/prints/{row.pk}/history/").json()["results"][0]
    assert (removal["kind"], removal["pictures_removed"]) == ("changed", 1)
    curator.post(f"/api/v1/prints/{row.pk}/history/{removal['id']}/restore/", {"before": True})
    assert list(Feature.objects.values()) == kept
    assert live_index().search(fake_vector(drawing(1)), 1, descriptor=FAKE).ids.tolist() == [image.pk]


def test_file_of_a_removed_scan_stays_for_the_history(curator: APIClient, row: Print, data_dir: Path) -> None:
    image = added(curator, row, 1)
    curator.delete(f"/api/v1/prints/{row.pk}/images/{image.pk}/")
    assert sweep_files() == []
    assert (data_dir / image.path).is_file()


def test_state_whose_scan_is_gone_cannot_be_restored(curator: APIClient, row: Print, data_dir: Path) -> None:
    image = added(curator, row, 1)
    curator.delete(f"/api/v1/prints/{row.pk}/images/{image.pk}/")
    (data_dir / image.path).unlink()
    removal: dict[str, Any] = curator.get(f"/api/v1/prints/{row.pk}/history/").json()["results"][0]
    answer = curator.post(f"/api/v1/prints/{row.pk}/history/{removal['id']}/restore/", {"before": True})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "scan_gone")


def test_picture_of_another_print_is_a_404(curator: APIClient, row: Print, house: House) -> None:
    other = Print.objects.create(collection=row.collection, record_id="other")
    image = added(curator, row, 1)
    assert curator.delete(f"/api/v1/prints/{other.pk}/images/{image.pk}/").status_code == 404
