"""POST /api/v1/searches/ around a change of the descriptor: each answer is of one, and none fails."""

from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from catalog.models import Print
from indexing.services import publish_knn_model
from indexing.switching import activate_model, change_descriptor, forget_descriptor
from search import services, workers
from tests.indexing.fake_extractor import DIM, FAKE, OTHER, FakeExtractor
from tests.search.engravings import engraving
from tests.search.searching import post, upload


@pytest.fixture
def prepared(engravings: list[Print], extractor: FakeExtractor, data_dir: Path) -> str:
    """The first descriptor is in force; the version of another one that can be switched to."""
    publish_knn_model(descriptor=FAKE, dim=DIM)
    extractor.offers = [OTHER]
    model = change_descriptor(descriptor=OTHER, activate=False, progress=lambda *_: None, wait=lambda _: None)
    return str(model.version)


def search(api: APIClient, seed: int = 3) -> dict[str, Any]:
    response = post(api, image=upload(engraving(seed)))
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def first(answer: dict[str, Any]) -> tuple[str, int, bool]:
    """Descriptor, print, and whether the global road knew it."""
    best = answer["results"][0]
    return answer["descriptor"], best["print"]["id"], best["similarity"] == pytest.approx(1, abs=2e-3)


def test_the_active_descriptor_is_asked_for_whatever_the_default_is(
    api: APIClient, engravings: list[Print], prepared: str, extractor: FakeExtractor
) -> None:
    extractor.descriptor, extractor.offers = OTHER, [FAKE]
    assert first(search(api)) == (FAKE, engravings[3].pk, True)
    activate_model(version=prepared)
    extractor.descriptor, extractor.offers = FAKE, [OTHER]
    answer = search(api)
    assert first(answer) == (OTHER, engravings[3].pk, True)
    assert answer["index_version"] == prepared


def test_a_search_that_began_before_the_switch_ends_under_the_old_descriptor(
    api: APIClient, engravings: list[Print], prepared: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_after_extraction(monkeypatch, lambda: activate_model(version=prepared))
    assert first(search(api)) == (FAKE, engravings[3].pk, True)
    assert first(search(api)) == (OTHER, engravings[3].pk, True)


def switch_after_extraction(monkeypatch: pytest.MonkeyPatch, switch: Any) -> None:
    """Have the switch come when the picture has been described and before the index is asked."""
    asked = workers.aside

    def aside_and_switch(ask: Any) -> Any:
        future = asked(ask)
        future.result()
        monkeypatch.setattr(services, "aside", asked)
        switch()
        return future

    monkeypatch.setattr(services, "aside", aside_and_switch)


def test_a_search_whose_descriptor_is_forgotten_meanwhile_is_answered_by_details(
    api: APIClient, engravings: list[Print], prepared: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def switch_and_forget() -> None:
        activate_model(version=prepared)
        forget_descriptor(descriptor=FAKE)

    switch_after_extraction(monkeypatch, switch_and_forget)
    answer = search(api)
    assert (answer["descriptor"], answer["verdict"]) == (None, "same_image")
    assert first(search(api)) == (OTHER, engravings[3].pk, True)


def test_without_the_weights_in_force_details_answer_with_a_notice(
    api: APIClient, engravings: list[Print], prepared: str, extractor: FakeExtractor
) -> None:
    activate_model(version=prepared)
    extractor.offers = []
    answer = search(api)
    assert (answer["descriptor"], answer["index_version"], answer["verdict"]) == (None, None, "same_image")
    assert answer["results"][0]["print"]["id"] == engravings[3].pk
    assert [notice["code"] for notice in answer["notices"]] == ["look_not_compared"]
    similar = api.get(f"/api/v1/prints/{engravings[3].pk}/similar/").json()
    assert similar["descriptor"] == OTHER
    info = api.get("/api/v1/info/").json()
    assert (info["descriptor"], info["extractor_ready"]) == (OTHER, False)
