"""Changing the descriptor: prepared beside the old one, switched to, switched back, forgotten."""

from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from catalog.models import PrintImage
from core import job_runner
from core.errors import NotFound, OperatorError, UserError
from core.models import Job
from indexing import extraction, services, switching
from indexing.checking import compare_index
from indexing.extractor_client import DescriptorNotOffered, ExtractorAway, forget_extractor
from indexing.live import LiveIndex
from indexing.models import Feature, FeatureProblem, IndexChange, KeptDescriptor, KnnModel
from indexing.queries import descriptor_in_force, maintained_descriptors, model_of, model_states
from indexing.services import EXTRACT, compact_index, enqueue_index_update, publish_knn_model
from indexing.switching import (
    DescriptorIncomplete,
    activate_model,
    change_descriptor,
    enqueue_change,
)
from tests.indexing.fake_extractor import DIM, FAKE, OTHER, FakeExtractor, fake_vector
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


# ---- Preparing --------------------------------------------------------------------------------------------


def test_a_prepared_descriptor_is_complete_and_not_in_force(serving: MakePrint) -> None:
    model = prepare()
    assert (model.descriptor, model.active, model.count) == (OTHER, False, 3)
    assert descriptor_in_force() == FAKE
    assert maintained_descriptors() == [FAKE, OTHER]
    assert model_states()[model.pk] == "prepared"
    assert seeds_found(FAKE) == seeds_found(OTHER) == {"1", "2", "3"}
    assert compare_index(descriptor=OTHER).differences == []


def test_preparing_twice_makes_nothing_twice(serving: MakePrint, extractor: FakeExtractor) -> None:
    first = prepare()
    described = len(extractor.sizes)
    assert prepare() == first
    assert len(extractor.sizes) == described


def test_the_job_prepares_with_progress_and_can_switch(serving: MakePrint) -> None:
    job = enqueue_change(descriptor="other", activate=True)
    assert job.params == {"descriptor": OTHER, "activate": True}
    run_waiting_jobs()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert "is in force" in job.message
    assert descriptor_in_force() == OTHER


def test_a_cancelled_preparation_is_taken_up_where_it_stopped(
    serving: MakePrint, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving(*range(10, 40), record_id="many")
    enqueue_index_update()
    run_waiting_jobs()
    job = enqueue_change(descriptor=OTHER)
    store = services.store_features

    def store_and_cancel(**values: object) -> int:
        Job.objects.filter(pk=job.pk).update(state="cancelled")
        return store(**values)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(extraction, "store_features", store_and_cancel)
        job_runner.run(job.pk)
    assert counts()[OTHER] == extraction.BATCH
    assert maintained_descriptors() == [FAKE]
    # (What was asked ahead of the cancelling may still be on its way: what is stored says what was done.)
    stored = list(Feature.objects.filter(descriptor=OTHER).order_by("pk").values_list("pk", "created_at"))
    prepare()
    kept = Feature.objects.filter(descriptor=OTHER).order_by("pk").values_list("pk", "created_at")
    assert (list(kept)[: len(stored)], len(kept)) == (stored, 33)


def test_a_descriptor_that_is_not_on_offer_is_refused_with_those_that_are(serving: MakePrint) -> None:
    with pytest.raises(UserError, match=f"gone is not on offer. .* these ids: {FAKE}, {OTHER}, {THIRD}"):
        enqueue_change(descriptor="gone")


def test_a_name_that_several_have_is_refused(serving: MakePrint, extractor: FakeExtractor) -> None:
    extractor.offers = [OTHER, "other@33333333"]
    with pytest.raises(UserError, match=f"Several .* called other. .* these ids: {OTHER}, other@33333333"):
        enqueue_change(descriptor="other")


def test_an_index_that_fails_its_check_is_not_kept(
    serving: MakePrint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compare_after_damage(*, descriptor: str) -> object:
        Feature.objects.filter(descriptor=descriptor).update(vector=np.eye(1, DIM, dtype="<f2").tobytes())
        return compare_index(descriptor=descriptor)

    monkeypatch.setattr(switching, "compare_index", compare_after_damage)
    with pytest.raises(OperatorError, match="vectors differ from the index"):
        prepare()
    assert maintained_descriptors() == [FAKE]


# ---- Switching --------------------------------------------------------------------------------------------


def test_a_switch_is_followed_by_an_index_that_served_the_old_one(serving: MakePrint) -> None:
    live = LiveIndex()
    seeds_found(FAKE, live)
    prepare()
    model = switch_to(OTHER)
    assert descriptor_in_force() == OTHER
    assert seeds_found(OTHER, live) == {"1", "2", "3"}
    assert live.version_of(OTHER) == model.version
    assert model_states() == {
        model.pk: "active",
        KnnModel.objects.get(descriptor=FAKE).pk: "previous",
        KnnModel.objects.get(road="local").pk: "active",
    }


def test_a_search_that_began_before_the_switch_ends_under_the_old_descriptor(serving: MakePrint) -> None:
    live = LiveIndex()
    prepare()
    switch_to(OTHER)
    assert seeds_found(FAKE, live) == {"1", "2", "3"}
    assert seeds_found(OTHER, live) == {"1", "2", "3"}


def test_back_and_forth_with_pictures_that_come_and_go(serving: MakePrint) -> None:
    live = LiveIndex()
    prepare()
    expected = {"1", "2", "3"}
    for come, go, descriptor in [
        ("11", "1", OTHER),
        ("12", "2", FAKE),
        ("13", "11", OTHER),
        ("14", "3", FAKE),
    ]:
        serving(int(come), record_id=f"late{come}")
        enqueue_index_update()
        run_waiting_jobs()
        switch_to(descriptor)
        PrintImage.objects.get(path__endswith=f"/{go}.png").delete()
        expected = (expected | {come}) - {go}
        assert seeds_found(FAKE, live) == seeds_found(OTHER, live) == expected
    for descriptor in (FAKE, OTHER):
        assert compare_index(descriptor=descriptor).differences == []


def test_the_announcement_is_one_line_in_the_log(serving: MakePrint) -> None:
    prepare()
    before = IndexChange.objects.count()
    model = switch_to(OTHER)
    last = IndexChange.objects.latest("id")
    assert IndexChange.objects.count() == before + 1
    assert (last.kind, last.descriptor, last.pk) == ("published", OTHER, model.published_change)


def test_a_switch_that_would_lose_pictures_is_to_be_tried_again(
    serving: MakePrint, extractor: FakeExtractor
) -> None:
    prepare()
    Feature.objects.filter(descriptor=OTHER)[0].delete()
    with pytest.raises(DescriptorIncomplete, match=f"1 pictures have no vector of {OTHER}"):
        switch_to(OTHER)
    assert descriptor_in_force() == FAKE
    assert run_waiting_jobs()[0] == EXTRACT
    assert switch_to(OTHER).active


def test_a_picture_that_cannot_be_described_holds_no_switch_up(serving: MakePrint, data_dir: Path) -> None:
    image = PrintImage.objects.all()[0]
    (data_dir / image.path).write_bytes(b"broken since")
    prepare()
    assert FeatureProblem.objects.filter(descriptor=OTHER).count() == 1
    assert switch_to(OTHER).count == 2


def test_a_failure_in_the_middle_of_a_switch_changes_nothing(
    serving: MakePrint, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare()
    with monkeypatch.context() as patch:
        patch.setattr(switching, "announce_publication", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            switch_to(OTHER)
    assert descriptor_in_force() == FAKE
    assert KnnModel.objects.filter(active=True, road="global").count() == 1


def test_switching_to_what_is_in_force_changes_nothing(serving: MakePrint) -> None:
    assert switch_to(FAKE).active
    assert not KeptDescriptor.objects.exists()


def test_what_cannot_be_switched_to(serving: MakePrint, data_dir: Path) -> None:
    with pytest.raises(NotFound):
        activate_model(version="none")
    with pytest.raises(UserError, match="descriptors alone"):
        activate_model(version=KnnModel.objects.get(road="local").version)
    extraction.extract_missing_features(progress=lambda *_: None, descriptors=[OTHER])
    first = publish_knn_model(descriptor=OTHER, dim=DIM)
    with pytest.raises(UserError, match="change_descriptor other@11111111' first"):
        activate_model(version=first.version)
    prepare()
    Feature.objects.filter(descriptor=OTHER)[0].delete()
    newer = compact_index(descriptor=OTHER, dim=DIM)
    with pytest.raises(UserError, match=f"out of date; {newer.version} holds more"):
        activate_model(version=first.version)
    (data_dir / "processed/knn" / newer.version / "index.faiss").write_bytes(b"")
    with pytest.raises(OperatorError, match="gone or damaged"):
        activate_model(version=newer.version)


def test_no_switch_to_what_the_extractor_cannot_make(serving: MakePrint, extractor: FakeExtractor) -> None:
    prepare()
    extractor.offers = []
    with pytest.raises(DescriptorNotOffered):
        switch_to(OTHER)
    extractor.away = True
    with pytest.raises(ExtractorAway):
        switch_to(OTHER)
    assert descriptor_in_force() == FAKE


# ---- Commands ---------------------------------------------------------------------------------------------


def test_the_commands_do_the_same(serving: MakePrint, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("change_descriptor", "other", "--no-wait")
    run_waiting_jobs()
    call_command("activate_model", OTHER)
    call_command("list_descriptors")
    call_command("activate_model", KnnModel.objects.get(descriptor=FAKE).version)
    call_command("forget_descriptor", OTHER)
    output = capsys.readouterr().out
    assert f"Searching with {OTHER} " in output
    assert f"{OTHER}: active, 3 vectors; weights: made by the tests" in output
    assert f"{FAKE}: previous, 3 vectors" in output
    assert f"{THIRD}: no vectors" in output
    assert f"3 vectors of {OTHER} deleted." in output
    with pytest.raises(CommandError, match="is in force"):
        call_command("forget_descriptor", FAKE)
    with pytest.raises(CommandError, match="not on offer"):
        call_command("change_descriptor", "gone")
    with pytest.raises(CommandError, match="There is no KNN model gone"):
        call_command("activate_model", "gone")
