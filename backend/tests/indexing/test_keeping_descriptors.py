"""Descriptors beside the one in force: kept complete, let go of, forgotten."""

from pathlib import Path

import pytest

from catalog.models import PrintImage
from core.errors import UserError
from indexing.extractor_client import forget_extractor
from indexing.live import LiveIndex
from indexing.mismatch import DescriptorMismatch
from indexing.models import Feature, IndexChange, KnnModel
from indexing.queries import maintained_descriptors, model_of, model_states
from indexing.services import enqueue_index_update
from indexing.switching import (
    activate_model,
    change_descriptor,
    enqueue_change,
    forget_descriptor,
)
from indexing.tasks import tend_index
from tests.indexing.fake_extractor import FAKE, OTHER, FakeExtractor, fake_vector
from tests.indexing.fixtures import MakePrint, drawing
from tests.indexing.test_tasks import run_waiting_jobs

THIRD = "third@22222222"


@pytest.fixture
def serving(make_print: MakePrint, extractor: FakeExtractor, data_dir: Path) -> MakePrint:
    """Three prints under the first descriptor in force; the extractor offers two more."""
    make_print(1, 2, 3)
    enqueue_index_update()
    run_waiting_jobs()
    extractor.offers = [OTHER, THIRD]
    forget_extractor()
    return make_print


def prepare(descriptor: str = OTHER, *, activate: bool = False) -> KnnModel:
    return change_descriptor(
        descriptor=descriptor, activate=activate, progress=lambda *_: None, wait=lambda _: None
    )


def switch_to(descriptor: str) -> KnnModel:
    model = model_of(descriptor)
    assert model
    return activate_model(version=model.version)


def seeds_found(descriptor: str, live: LiveIndex | None = None) -> set[str]:
    """The names of the pictures that are found first by their own vector."""
    live, found = live or LiveIndex(), set()
    for image in PrintImage.objects.all():
        query = fake_vector(drawing(int(Path(image.path).stem)), descriptor)
        if live.search(query, 1, descriptor=descriptor).ids.tolist() == [image.pk]:
            found.add(Path(image.path).stem)
    return found


def counts() -> dict[str, int]:
    return {name: Feature.objects.filter(descriptor=name).count() for name in (FAKE, OTHER, THIRD)}


# ---- Keeping ----------------------------------------------------------------------------------------------


def test_new_pictures_get_vectors_of_the_prepared_and_the_previous(serving: MakePrint) -> None:
    prepare(activate=True)
    prepare(THIRD)
    serving(4, record_id="late")
    enqueue_index_update()
    run_waiting_jobs()
    assert counts() == {FAKE: 4, OTHER: 4, THIRD: 4}


def test_the_next_change_lets_the_one_before_the_last_go(serving: MakePrint) -> None:
    prepare(activate=True)
    prepare(THIRD, activate=True)
    assert maintained_descriptors() == [THIRD, OTHER]
    with pytest.raises(DescriptorMismatch):
        LiveIndex().search(fake_vector(drawing(1)), 1, descriptor=FAKE)


def test_a_kept_descriptor_that_is_no_longer_on_offer_does_not_stop_the_others(
    serving: MakePrint, extractor: FakeExtractor, caplog: pytest.LogCaptureFixture
) -> None:
    prepare()
    extractor.offers = []
    serving(4, record_id="late")
    enqueue_index_update()
    run_waiting_jobs()
    assert counts()[FAKE] == 4
    assert f"no vector of {OTHER}" in caplog.text


def test_versions_of_kept_descriptors_are_not_pruned(serving: MakePrint) -> None:
    prepared = prepare()
    for seed in range(10, 16):
        serving(seed, record_id=f"late{seed}")
        enqueue_index_update()
        run_waiting_jobs()
    assert KnnModel.objects.filter(pk=prepared.pk).exists()
    assert switch_to(OTHER).version == prepared.version
    assert len(seeds_found(OTHER)) == 9


def test_tending_completes_what_is_kept(serving: MakePrint) -> None:
    prepare()
    Feature.objects.filter(descriptor=OTHER)[0].delete()
    tend_index()
    run_waiting_jobs()
    assert counts()[OTHER] == 3


def test_tending_compacts_the_log_of_what_is_kept(
    serving: MakePrint, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare()
    monkeypatch.setattr("indexing.queries.TAIL_LEAST", 0)
    PrintImage.objects.all()[0].delete()
    tend_index()
    run_waiting_jobs()
    model = model_of(OTHER)
    assert model
    assert (model.count, model.active) == (2, False)
    assert model.last_change > prepared.last_change
    assert model_states()[model.pk] == "prepared"
    assert switch_to(OTHER).count == 2


def test_tending_leaves_a_kept_descriptor_without_weights_alone(
    serving: MakePrint, extractor: FakeExtractor
) -> None:
    prepare()
    extractor.offers = []
    serving(4, record_id="late")
    tend_index()
    run_waiting_jobs()
    tend_index()
    assert run_waiting_jobs() == []


def test_what_nobody_searches_is_let_go_of(serving: MakePrint, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare()
    live = LiveIndex()
    seeds_found(FAKE, live)
    seeds_found(OTHER, live)
    assert live.version_of(FAKE)
    monkeypatch.setattr("indexing.live.UNUSED_S", 0.0)
    seeds_found(OTHER, live)
    assert live.version_of(FAKE) is None


# ---- Forgetting -------------------------------------------------------------------------------------------


def test_a_forgotten_descriptor_leaves_nothing_behind(serving: MakePrint, data_dir: Path) -> None:
    live = LiveIndex()
    prepare()
    version = switch_to(OTHER).version
    seeds_found(OTHER, live)
    switch_to(FAKE)
    assert forget_descriptor(descriptor=OTHER) == 3
    assert counts()[OTHER] == 0
    assert not KnnModel.objects.filter(descriptor=OTHER).exists()
    assert not (data_dir / "processed/knn" / version).exists()
    assert maintained_descriptors() == [FAKE]
    assert [change.kind for change in IndexChange.objects.filter(descriptor=OTHER)] == ["published"]
    with pytest.raises(DescriptorMismatch):
        live.search(fake_vector(drawing(1), OTHER), 1, descriptor=OTHER)
    assert seeds_found(FAKE, live) == {"1", "2", "3"}


def test_what_is_in_force_or_in_preparation_is_not_forgotten(serving: MakePrint) -> None:
    with pytest.raises(UserError, match="is in force"):
        forget_descriptor(descriptor=FAKE)
    enqueue_change(descriptor=OTHER)
    with pytest.raises(UserError, match="is being prepared"):
        forget_descriptor(descriptor=OTHER)
    with pytest.raises(UserError, match="Nothing of gone@00000000"):
        forget_descriptor(descriptor="gone@00000000")
