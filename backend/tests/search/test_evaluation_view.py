"""GET /api/v1/knn-models/{id}/evaluation/"""

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import Membership
from catalog.models import Collection, Print
from indexing.models import KnnModel, Road
from search.evaluation.services import store_evaluation
from search.models import Evaluation

FIGURES = {"queries": 3, "kinds": [], "wrong": []}


def model(
    version: str, descriptor: str = "net@1", *, road: str = Road.GLOBAL, active: bool = False
) -> KnnModel:
    return KnnModel.objects.create(
        version=version,
        descriptor=descriptor,
        road=road,
        active=active,
        last_change=1,
        published_change=1,
        count=9,
    )


def evaluated(row: KnnModel, seed: int = 1) -> Evaluation:
    return store_evaluation(model=row, figures=FIGURES, collection="prints", seed=seed)


def url(row: KnnModel) -> str:
    return f"/api/v1/knn-models/{row.pk}/evaluation/"


@pytest.fixture
def curator(api: APIClient, db: None) -> APIClient:
    api.force_authenticate(User.objects.create(username="curator", is_superuser=True))
    return api


def test_the_newest_evaluation_of_the_version(
    curator: APIClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    local = model("l1", "sift@1", road=Road.LOCAL, active=True)
    row = model("v1", active=True)
    evaluated(row)
    newest = evaluated(row, seed=2)
    with django_assert_num_queries(2):
        body = curator.get(url(row)).json()
    assert (body["id"], body["seed"], body["figures"]) == (newest.pk, 2, FIGURES)
    assert (body["version"], body["local_version"], body["codec"]) == ("v1", "l1", "sift@1")
    assert curator.get(url(local)).json()["id"] == newest.pk


def test_a_version_that_was_not_measured_shows_one_of_its_descriptor(curator: APIClient) -> None:
    before = evaluated(model("v1"))
    evaluated(model("w1", "other@1"))
    body = curator.get(url(model("v2"))).json()
    assert (body["id"], body["version"]) == (before.pk, "v1")


def test_an_evaluation_outlives_its_version(curator: APIClient) -> None:
    first = model("v1")
    evaluated(first)
    first.delete()
    assert curator.get(url(model("v2"))).json()["version"] == "v1"


def test_a_descriptor_that_was_never_measured_is_a_404(curator: APIClient) -> None:
    response = curator.get(url(model("v1")))
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "evaluation_missing"


def test_an_unknown_version_is_a_404(curator: APIClient) -> None:
    response = curator.get("/api/v1/knn-models/99/evaluation/")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "unknown_model")


def test_visitors_may_not_see_it(api: APIClient, db: None) -> None:
    assert api.get(url(model("v1"))).status_code == 403


def test_other_methods_are_refused(curator: APIClient) -> None:
    assert curator.post(url(model("v1"))).status_code == 405


def test_who_does_not_see_everything_is_told_of_no_print(api: APIClient, db: None) -> None:
    """What went wrong names prints and their files, and how many there are tells how large the others are."""
    prints, vault = (Collection.objects.create(slug=slug, name=slug) for slug in ("prints", "vault"))
    Collection.objects.filter(pk=vault.pk).update(visibility="private")
    secret = Print.objects.create(collection=vault, record_id="V9")
    wrong = {"kind": "normal", "query": "raw/vault/images/v9.jpg, seed 1", "shows": [secret.pk]}
    row = model("v1", active=True)
    store_evaluation(model=row, figures={**FIGURES, "wrong": [wrong]}, collection="", seed=1)

    def told_to(name: str, **rights: bool) -> tuple[int | None, dict[str, Any]]:
        user = User.objects.create(username=name, **rights)
        Membership.objects.create(user=user, collection=prints, role="curator")
        api.force_authenticate(user)
        body = api.get(url(row)).json()
        return body["prints"], body["figures"]

    assert told_to("curator") == (None, FIGURES)
    assert told_to("administrator", is_superuser=True) == (1, {**FIGURES, "wrong": [wrong]})
