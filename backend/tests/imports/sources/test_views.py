"""Folders of the server and trying pictures again, over HTTP; and the jobs behind them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from pytest_django.asserts import assertNumQueries
from rest_framework.test import APIClient

from accounts.models import AuditEntry, Membership
from catalog.models import Collection
from core import job_runner
from core.models import Job
from imports.models import ImportRun
from tests.core.odd_server import OddServer, body
from tests.imports.pictures_drawn import engraving, save
from tests.imports.sources.conftest import MakeRun, load, pictures_of
from tests.imports.sources.iiif_documents import manifest_2

FOLDERS = "/api/v1/imports/folders/"


def signed_in(collection: Collection, role: str) -> APIClient:
    user = User.objects.create_user(role)
    Membership.objects.create(user=user, collection=collection, role=role)
    client = APIClient()
    client.force_login(user)
    return client


@pytest.fixture
def curator(collection: Collection) -> APIClient:
    return signed_in(collection, "curator")


@pytest.fixture
def failed_run(server: OddServer, make_run: MakeRun) -> ImportRun:
    """An import of which one picture was not there."""
    return load(make_run("record_id,image_url", f"1,{server.url}/1.png", source={"kind": "url"}))


def test_folders_are_listed_for_curators(curator: APIClient, data_dir: Path) -> None:
    save(engraving(1), data_dir / "raw" / "scans" / "1.png")
    answer = curator.get(FOLDERS)
    assert answer.json() == {
        "path": "", "parent": None, "pictures": 0,
        "folders": [{"path": "raw", "name": "raw", "pictures": 1}],
    }  # fmt: skip
    inside = curator.get(FOLDERS, {"path": "raw"}).json()
    assert inside["folders"] == [{"path": "raw/scans", "name": "scans", "pictures": 1}]
    assert inside["parent"] == ""


@pytest.mark.parametrize(
    ("path", "status"), [("/etc", 400), ("raw/..", 400), ("raw/none", 404), ("x" * 2000, 400)]
)
def test_folders_that_are_not_shown(curator: APIClient, path: str, status: int) -> None:
    answer = curator.get(FOLDERS, {"path": path})
    assert answer.status_code == status
    assert "/tmp" not in json.dumps(answer.json())


def test_folders_are_not_for_everybody(collection: Collection) -> None:
    assert APIClient().get(FOLDERS).status_code == 403
    assert signed_in(collection, "viewer").get(FOLDERS).status_code == 403


def test_folders_ask_the_database_only_who_asks(curator: APIClient) -> None:
    with assertNumQueries(6):  # session, user, rights, collections, those of others, their loads
        curator.get(FOLDERS)


def test_pictures_are_tried_again_by_a_job(
    curator: APIClient, failed_run: ImportRun, server: OddServer, picture: Callable[..., bytes]
) -> None:
    server.paths["/1.png"] = body(picture())
    answer = curator.post(f"/api/v1/imports/{failed_run.pk}/retry-images/")
    assert answer.status_code == 202
    assert answer.json()["job"]["kind"] == "fetch_images"
    assert AuditEntry.objects.filter(action="import_images_retried").exists()
    assert job_runner.run(answer.json()["job"]["id"])
    assert pictures_of("1")
    job = Job.objects.get(pk=answer.json()["job"]["id"])
    assert (job.state, job.done, job.total) == ("done", 1, 1)


def test_there_may_be_nothing_to_try_again(
    curator: APIClient, make_run: MakeRun, server: OddServer, picture: Callable[..., bytes]
) -> None:
    server.paths["/1.png"] = body(picture())
    run = load(make_run("record_id,image_url", f"1,{server.url}/1.png", source={"kind": "url"}))
    answer = curator.post(f"/api/v1/imports/{run.pk}/retry-images/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "nothing_to_retry")


def test_trying_again_is_for_the_collections_curators(failed_run: ImportRun) -> None:
    address = f"/api/v1/imports/{failed_run.pk}/retry-images/"
    assert APIClient().post(address).status_code == 403
    assert signed_in(failed_run.collection, "viewer").post(address).status_code == 403
    other = Collection.objects.create(slug="other", name="Other", visibility="private")
    Collection.objects.filter(pk=failed_run.collection_id).update(visibility="private")
    user = User.objects.create_user("elsewhere")
    Membership.objects.create(user=user, collection=other, role="curator")
    stranger = APIClient()
    stranger.force_login(user)
    assert stranger.post(address).status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_other_methods_are_a_405(curator: APIClient, failed_run: ImportRun, method: str) -> None:
    assert getattr(curator, method)(f"/api/v1/imports/{failed_run.pk}/retry-images/").status_code == 405


def test_an_import_goes_its_whole_way_by_jobs(
    curator: APIClient, collection: Collection, server: OddServer, picture: Callable[..., bytes]
) -> None:
    """Manifest, check, writing, pictures: each by the job that the one before has queued."""
    server.paths["/recto.png"] = body(picture())
    server.paths["/m"] = body(json.dumps(manifest_2(server.url, "m", ["recto"])).encode())
    source = json.dumps({"kind": "iiif", "url": f"{server.url}/m"})
    form = {"collection": "prints", "image_source": source}
    run_id = curator.post("/api/v1/imports/", form, format="multipart").json()["id"]
    address = f"/api/v1/imports/{run_id}/"
    for step in ("", "check/", "apply/"):
        found = curator.post(address + step).json() if step else curator.get(address).json()
        assert job_runner.run(found["job"]["id"])
    fetching = curator.get(address).json()
    assert (fetching["state"], fetching["job"]["kind"]) == ("done", "fetch_images")
    assert job_runner.run(fetching["job"]["id"])
    assert pictures_of(f"{server.url}/m/recto") == [f"{server.url}/recto.png"]
