"""GET /api/v1/info/, /api/v1/knn-models/ and /api/v1/jobs/"""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from pytest_django import Settings
from rest_framework.test import APIClient

from indexing.models import KnnModel
from indexing.services import enqueue_index_update
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint

STAFF_ONLY = ["/api/v1/knn-models/", "/api/v1/jobs/"]


@pytest.fixture
def curator(api: APIClient, db: None) -> APIClient:
    api.force_authenticate(User.objects.create(username="curator", is_superuser=True))
    return api


@pytest.fixture
def built(make_print: MakePrint, extractor: FakeExtractor, data_dir: Path) -> KnnModel:
    make_print(1, 2)
    call_command("build_index")
    return KnnModel.objects.get(road="global")


def test_info_tells_what_is_in_force(api: APIClient, built: KnnModel, settings: Settings) -> None:
    info = api.get("/api/v1/info/").json()
    assert info["descriptor"] == built.descriptor
    assert info["index_version"] == built.version
    assert info["weights_source"] == "made by the tests"
    assert info["extractor_ready"] is True
    assert (info["prints"], info["images"], info["features"]) == (1, 2, 2)
    local = KnnModel.objects.get(road="local")
    assert info["local"] == {"codec": local.descriptor, "index_version": local.version, "features": 2}
    assert info["limits"]["max_bytes"] == settings.RECTO_SEARCH_MAX_BYTES
    assert "JPEG" in info["limits"]["types"]


def test_info_answers_without_an_extractor(api: APIClient, built: KnnModel, extractor: FakeExtractor) -> None:
    extractor.away = True
    info = api.get("/api/v1/info/").json()
    assert info["extractor_ready"] is False
    assert info["descriptor"] == built.descriptor


def test_info_of_an_empty_server_names_the_extractor(
    api: APIClient, db: None, extractor: FakeExtractor
) -> None:
    info = api.get("/api/v1/info/").json()
    assert (info["descriptor"], info["index_version"], info["features"]) == (extractor.descriptor, None, 0)


def test_info_of_an_empty_server_without_an_extractor_has_no_descriptor(
    api: APIClient, db: None, extractor: FakeExtractor
) -> None:
    extractor.away = True
    assert api.get("/api/v1/info/").json()["descriptor"] is None


@pytest.mark.parametrize("url", STAFF_ONLY)
def test_visitors_may_not_see_it(api: APIClient, db: None, url: str) -> None:
    response = api.get(url)
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "not_authenticated"


@pytest.mark.parametrize("url", STAFF_ONLY)
def test_nothing_can_be_posted(curator: APIClient, url: str) -> None:
    assert curator.post(url).status_code == 405


def test_versions_are_listed(curator: APIClient, built: KnnModel) -> None:
    listed = curator.get("/api/v1/knn-models/").json()
    assert listed["count"] == 2
    assert {model["road"]: model["state"] for model in listed["results"]} == {
        "global": "active",
        "local": "active",
    }
    assert built.version in [model["version"] for model in listed["results"]]
    assert listed["results"][0]["active"] is True


def test_jobs_are_listed(curator: APIClient, db: None) -> None:
    job = enqueue_index_update()
    listed = curator.get("/api/v1/jobs/").json()["results"]
    assert [(entry["id"], entry["kind"], entry["state"]) for entry in listed] == [
        (job.pk, "extract_features", "queued")
    ]
