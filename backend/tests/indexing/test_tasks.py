"""The kinds of job, run as a worker runs them."""

from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.utils import timezone

from catalog.models import PrintImage
from core import job_runner
from core.models import Job
from indexing import describing, extraction, services, tasks
from indexing.models import Feature, FeatureProblem, KnnModel, LocalFeature
from indexing.services import COMPACT, COMPACT_LOCAL, EXTRACT, PUBLISH, PUBLISH_LOCAL, enqueue_index_update
from indexing.tasks import tend_index
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(describing, "PAUSES_S", ())


def run_waiting_jobs() -> list[str]:
    """Run what waits, as one worker does; returns the kinds in order."""
    kinds = []
    while (job := Job.objects.filter(state="queued", not_before=None).order_by("pk").first()) is not None:
        assert job_runner.run(job.pk)
        kinds.append(job.kind)
    return kinds


def test_an_index_update_describes_and_publishes(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1, 2)
    enqueue_index_update()
    assert run_waiting_jobs() == [EXTRACT, PUBLISH_LOCAL, PUBLISH]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert list(KnnModel.objects.filter(active=True).values_list("count", flat=True)) == [2, 2]


def test_the_job_says_how_far_and_how_fast(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    made = make_print(*range(20))
    (data_dir / made.images.all()[3].path).write_bytes(b"broken")
    enqueue_index_update()
    run_waiting_jobs()
    job = Job.objects.get(kind=EXTRACT)
    assert (job.done, job.total) == (20, 20)
    assert "19 described, 1 left out" in job.message
    assert "pictures/s" in job.message


def test_two_updates_that_wait_are_one(db: None) -> None:
    assert enqueue_index_update() == enqueue_index_update()


def test_an_absent_extractor_puts_the_job_back_into_the_queue(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1)
    extractor.away = True
    job = enqueue_index_update()
    job_runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.not_before is not None) == ("queued", True)
    assert "away" in job.last_error
    extractor.away = False
    Job.objects.update(not_before=None)
    run_waiting_jobs()
    assert Feature.objects.count() == 1


def test_a_cancelled_job_stops_after_its_batch(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_print(*range(40))
    job = enqueue_index_update()
    store = services.store_features

    def store_and_cancel(**values: object) -> int:
        Job.objects.update(state="cancelled")
        return store(**values)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction, "store_features", store_and_cancel)
    job_runner.run(job.pk)
    assert Feature.objects.count() == extraction.BATCH


def test_a_job_that_waits_for_the_extractor_says_so_and_can_be_cancelled(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_print(1)
    extractor.away = True
    messages: list[str] = []

    def look_and_cancel(seconds: float) -> None:
        messages.append(Job.objects.get().message)
        Job.objects.update(state="cancelled")

    monkeypatch.setattr(describing, "PAUSES_S", (60.0,))
    monkeypatch.setattr(tasks, "sleep", look_and_cancel)
    job_runner.run(enqueue_index_update().pk)
    assert messages == ["waiting for the extractor"]
    assert Job.objects.get().state == "cancelled"


def test_a_long_extraction_publishes_local_features_on_the_way(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_print(*range(5 * extraction.BATCH))
    monkeypatch.setattr("indexing.local_queries.TAIL_IN_MEMORY", extraction.BATCH)
    job_runner.run(enqueue_index_update().pk)
    counts = KnnModel.objects.filter(road="local").order_by("pk").values_list("count", flat=True)
    # After the second batch; then whenever more has come than there is in memory, and than half of it.
    assert list(counts) == [2 * extraction.BATCH, 4 * extraction.BATCH]


def test_tending_queues_what_was_forgotten(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1)
    tend_index()
    assert run_waiting_jobs() == [EXTRACT, PUBLISH_LOCAL, PUBLISH]
    tend_index()
    assert run_waiting_jobs() == []


def test_tending_leaves_work_that_is_under_way_alone(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1)
    job = enqueue_index_update()
    Job.objects.filter(pk=job.pk).update(state="running")
    tend_index()
    assert Job.objects.get() == job


def test_tending_does_not_try_a_broken_picture_for_ever(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    image = make_print(1).images.get()
    (data_dir / image.path).write_bytes(b"broken")
    tend_index()
    run_waiting_jobs()
    tend_index()
    assert run_waiting_jobs() == []


def test_tending_describes_a_picture_whose_file_was_away_when_it_is_back(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    """A share that is not there for a minute."""
    file = data_dir / make_print(1).images.get().path
    file.rename(away := file.with_name("away"))
    tend_index()
    run_waiting_jobs()
    FeatureProblem.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    tend_index()
    assert run_waiting_jobs() == []
    away.rename(file)
    tend_index()
    assert run_waiting_jobs() == [EXTRACT, PUBLISH_LOCAL, PUBLISH]
    assert not FeatureProblem.objects.exists()


def test_tending_does_not_try_a_file_every_minute_that_cannot_be_read(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("Input/output error")

    monkeypatch.setattr("indexing.loading.decoded_near", fail)
    make_print(1)
    tend_index()
    run_waiting_jobs()
    FeatureProblem.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    for expected in (EXTRACT, None):
        tend_index()
        assert (EXTRACT if EXTRACT in run_waiting_jobs() else None) == expected


def test_tending_compacts_a_long_log(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_print(1, 2)
    enqueue_index_update()
    run_waiting_jobs()
    monkeypatch.setattr("indexing.queries.TAIL_LEAST", 0)
    monkeypatch.setattr("indexing.local_queries.TAIL_LEAST", 0)
    PrintImage.objects.all()[0].delete()
    tend_index()
    assert run_waiting_jobs() == [COMPACT_LOCAL, COMPACT]
    assert list(KnnModel.objects.filter(active=True).values_list("count", flat=True)) == [1, 1]


def test_without_an_extractor_local_features_are_made_and_published_all_the_same(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1)
    extractor.away = True
    tend_index()
    assert run_waiting_jobs() == [EXTRACT, PUBLISH_LOCAL]
    assert KnnModel.objects.get().road == "local"
    assert Job.objects.get(kind=EXTRACT).state == "queued"
    tend_index()
    assert run_waiting_jobs() == []


def test_a_collection_loaded_by_an_older_recto_gets_its_local_features(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1, 2)
    tend_index()
    run_waiting_jobs()
    KnnModel.objects.filter(road="local").delete()
    LocalFeature.objects.all().delete()
    extractor.sizes.clear()
    tend_index()
    assert run_waiting_jobs() == [EXTRACT, PUBLISH_LOCAL, PUBLISH]
    assert LocalFeature.objects.count() == 2
    assert extractor.sizes == []
    tend_index()
    assert run_waiting_jobs() == []


def test_a_new_descriptor_is_not_taken_up_unasked(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_print(1, 2)
    enqueue_index_update()
    run_waiting_jobs()
    extractor.descriptor = "other@11111111"
    tend_index()
    assert run_waiting_jobs() == []
    assert "other@11111111" in caplog.text


def test_an_update_stays_with_the_descriptor_in_force_whatever_the_default_is(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1, 2)
    enqueue_index_update()
    run_waiting_jobs()
    extractor.offers = [extractor.descriptor]
    extractor.descriptor = "other@11111111"
    make_print(3, record_id="late")
    enqueue_index_update()
    run_waiting_jobs()
    assert KnnModel.objects.get(active=True, road="global").descriptor == "fake-mean@0000abcd"
    assert set(Feature.objects.values_list("descriptor", flat=True)) == {"fake-mean@0000abcd"}
    assert Feature.objects.count() == 3


def test_an_update_without_the_weights_in_force_says_so_and_makes_local_features(
    make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    make_print(1, 2)
    enqueue_index_update()
    run_waiting_jobs()
    extractor.descriptor = "other@11111111"
    make_print(3, record_id="late")
    job = enqueue_index_update()
    run_waiting_jobs()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "no weights for fake-mean@0000abcd; it offers other@11111111" in job.last_error
    assert (Feature.objects.count(), LocalFeature.objects.count()) == (2, 3)


def test_beat_sends_the_tending() -> None:
    current_app.finalize()
    assert "tend the index" in current_app.conf.beat_schedule
