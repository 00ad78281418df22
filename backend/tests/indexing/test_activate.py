"""POST /api/v1/knn-models/{id}/activate/, the list's states, and the same in the administration."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from indexing.models import Feature, KeptDescriptor, KnnModel
from indexing.queries import descriptor_in_force
from indexing.services import enqueue_index_update
from indexing.switching import change_descriptor
from tests.indexing.fake_extractor import FAKE, OTHER, FakeExtractor
from tests.indexing.fixtures import MakePrint
from tests.indexing.test_tasks import run_waiting_jobs


@pytest.fixture
def prepared(make_print: MakePrint, extractor: FakeExtractor, data_dir: Path) -> KnnModel:
    """A version of another descriptor, beside the one in force."""
    make_print(1, 2)
    enqueue_index_update()
    run_waiting_jobs()
    extractor.offers = [OTHER]
    return change_descriptor(descriptor=OTHER, activate=False, progress=lambda *_: None, wait=lambda _: None)


@pytest.fixture
def curator(api: APIClient, db: None) -> APIClient:
    api.force_authenticate(User.objects.create(username="curator", is_superuser=True))
    return api


def address(model: KnnModel) -> str:
    return f"/api/v1/knn-models/{model.pk}/activate/"


def states(api: APIClient) -> dict[str, str]:
    models = api.get("/api/v1/knn-models/").json()["results"]
    return {model["descriptor"]: model["state"] for model in models if model["road"] == "global"}


def test_a_prepared_version_is_activated_and_the_one_before_again(
    curator: APIClient, prepared: KnnModel
) -> None:
    assert states(curator) == {FAKE: "active", OTHER: "prepared"}
    answer = curator.post(address(prepared))
    assert (answer.status_code, answer.json()["state"], answer.json()["active"]) == (200, "active", True)
    assert states(curator) == {FAKE: "previous", OTHER: "active"}
    assert curator.get("/api/v1/info/").json()["descriptor"] == OTHER
    assert curator.post(address(KnnModel.objects.get(descriptor=FAKE))).status_code == 200
    assert states(curator) == {FAKE: "active", OTHER: "previous"}


def test_visitors_may_not_switch(api: APIClient, prepared: KnnModel) -> None:
    answer = api.post(address(prepared))
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_authenticated")
    assert descriptor_in_force() == FAKE


def test_members_who_are_not_staff_may_not_switch(api: APIClient, prepared: KnnModel) -> None:
    api.force_authenticate(User.objects.create(username="visitor"))
    assert api.post(address(prepared)).status_code == 403


def test_looking_at_the_address_does_not_switch(curator: APIClient, prepared: KnnModel) -> None:
    assert curator.get(address(prepared)).status_code == 405


@pytest.mark.parametrize("model_id", [0, 999_999, 10**30])
def test_a_version_that_is_not_there_is_a_404(curator: APIClient, db: None, model_id: int) -> None:
    answer = curator.post(f"/api/v1/knn-models/{model_id}/activate/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_model")


def test_the_local_index_is_not_switched(curator: APIClient, prepared: KnnModel) -> None:
    answer = curator.post(address(KnnModel.objects.get(road="local")))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "not_switchable")


def test_a_version_that_lacks_pictures_is_to_be_tried_again(curator: APIClient, prepared: KnnModel) -> None:
    Feature.objects.filter(descriptor=OTHER)[0].delete()
    answer = curator.post(address(prepared))
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "descriptor_incomplete")
    assert int(answer.headers["Retry-After"]) > 0


def test_an_extractor_without_the_weights_is_a_500_for_the_operator(
    curator: APIClient, prepared: KnnModel, extractor: FakeExtractor
) -> None:
    extractor.offers = []
    answer = curator.post(address(prepared))
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "descriptor_not_offered")


def test_the_operator_switches_and_forgets_in_the_administration(client: Client, prepared: KnnModel) -> None:
    client.force_login(User.objects.create_superuser("operator"))
    page = client.get("/admin/indexing/knnmodel/").content.decode()
    assert "prepared" in page
    chosen = {"action": "activate", "_selected_action": [prepared.pk]}
    answer = client.post("/admin/indexing/knnmodel/", chosen, follow=True)
    assert f"Searching with {OTHER}." in answer.content.decode()
    assert descriptor_in_force() == OTHER
    chosen = {"action": "forget", "_selected_action": [KeptDescriptor.objects.get().pk]}
    answer = client.post("/admin/indexing/keptdescriptor/", chosen, follow=True)
    assert f"2 vectors of {FAKE} deleted." in answer.content.decode()


def test_the_administration_says_why_it_cannot_switch(client: Client, prepared: KnnModel) -> None:
    client.force_login(User.objects.create_superuser("operator"))
    local = KnnModel.objects.get(road="local")
    for chosen, words in [([local.pk], "descriptors alone"), ([local.pk, prepared.pk], "Choose one")]:
        form = {"action": "activate", "_selected_action": chosen}
        assert words in client.post("/admin/indexing/knnmodel/", form, follow=True).content.decode()
