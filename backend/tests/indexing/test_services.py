"""Storing vectors, publishing and compacting: in one transaction with the log, and safe to repeat."""

from pathlib import Path

import numpy as np
import pytest
from django.db.models.deletion import Collector

from catalog.models import PrintImage
from indexing import services
from indexing.artifacts import artifact_versions, load_artifact
from indexing.changes import changes_since
from indexing.models import Feature, FeatureProblem, IndexChange, KnnModel
from indexing.queries import PictureRef, index_needs_compaction
from indexing.services import Problem, compact_index, publish_knn_model, record_problems, store_features
from indexing.vectors import Vectors
from tests.indexing.fixtures import MakePrint

D, DIM = "d@00000000", 4


def ref(image: PrintImage) -> PictureRef:
    return PictureRef(image.pk, image.path, image.sha256)


def unit(*seeds: int) -> Vectors:
    rows = np.stack([np.random.default_rng(seed).normal(size=DIM) for seed in seeds]).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


@pytest.fixture
def images(make_print: MakePrint) -> list[PrintImage]:
    return list(make_print(0, 1, 2).images.all())


def store(*images: PrintImage, descriptor: str = D) -> int:
    vectors = unit(*(image.pk for image in images))
    return store_features(descriptor=descriptor, pictures=[ref(image) for image in images], vectors=vectors)


def test_storing_twice_stores_once_and_logs_once(images: list[PrintImage]) -> None:
    assert store(*images) == 3
    assert store(*images) == 0
    assert Feature.objects.count() == IndexChange.objects.count() == 3


def test_a_vector_of_an_image_that_is_gone_is_left_out(images: list[PrintImage]) -> None:
    gone = ref(images[0])
    images[0].delete()
    assert store_features(descriptor=D, pictures=[gone, ref(images[1])], vectors=unit(0, 1)) == 1
    assert Feature.objects.get().image_id == images[1].pk


def test_a_vector_of_a_file_that_was_replaced_is_left_out(images: list[PrintImage]) -> None:
    old = ref(images[0])
    PrintImage.objects.filter(pk=images[0].pk).update(sha256="f" * 64)
    assert store_features(descriptor=D, pictures=[old], vectors=unit(0)) == 0


def test_a_failure_in_the_middle_stores_and_logs_nothing(
    images: list[PrintImage], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(services, "append_changes", fail)
    with pytest.raises(RuntimeError):
        store(*images)
    assert not Feature.objects.exists()
    assert not IndexChange.objects.exists()


def test_a_vector_stored_while_its_image_is_being_deleted_goes_with_it(images: list[PrintImage]) -> None:
    """Django has already looked for what hangs on the image when the vector comes."""
    collector = Collector(using="default")
    collector.collect(PrintImage.objects.filter(pk=images[0].pk))
    store(images[0])
    collector.delete()
    assert not Feature.objects.exists()
    assert [change.kind for change in changes_since(0)] == ["added", "removed"]


def test_a_problem_takes_the_old_vector_out_of_the_index(images: list[PrintImage]) -> None:
    store(images[0])
    record_problems(descriptor=D, problems=[Problem(ref(images[0]), "image_damaged", "Damaged.")])
    assert not Feature.objects.exists()
    assert [change.kind for change in changes_since(0)] == ["added", "removed"]
    assert FeatureProblem.objects.get().reason == "Damaged."


def test_a_problem_of_an_image_that_is_gone_is_left_out(images: list[PrintImage]) -> None:
    gone = ref(images[0])
    images[0].delete()
    record_problems(descriptor=D, problems=[Problem(gone, "image_damaged", "Damaged.")])
    assert not FeatureProblem.objects.exists()


def test_the_published_version_holds_every_vector(images: list[PrintImage], data_dir: Path) -> None:
    store(*images)
    model = publish_knn_model(descriptor=D, dim=DIM)
    index = load_artifact(model.version)
    assert model.count == 3
    assert model.active
    np.testing.assert_array_equal(index.ids, [image.pk for image in images])
    np.testing.assert_allclose(index.vectors(index.ids), unit(*(i.pk for i in images)), atol=2e-3)


def test_publishing_again_without_a_change_keeps_the_version(
    images: list[PrintImage], data_dir: Path
) -> None:
    store(*images)
    first = publish_knn_model(descriptor=D, dim=DIM)
    assert publish_knn_model(descriptor=D, dim=DIM) == first
    assert KnnModel.objects.count() == 1


def test_a_damaged_version_is_published_anew(images: list[PrintImage], data_dir: Path) -> None:
    store(*images)
    first = publish_knn_model(descriptor=D, dim=DIM)
    (data_dir / "processed/knn" / first.version / "ids.npy").write_bytes(b"")
    assert publish_knn_model(descriptor=D, dim=DIM).version != first.version


def test_an_index_of_nothing_can_be_published(db: None, data_dir: Path) -> None:
    assert publish_knn_model(descriptor=D, dim=DIM).count == 0


def test_a_crash_after_the_files_were_published_leaves_the_old_version_in_force(
    images: list[PrintImage], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(images[0])
    first = publish_knn_model(descriptor=D, dim=DIM)
    store(images[1])
    with monkeypatch.context() as patch:
        patch.setattr(services, "record_version", lambda **_: (_ for _ in ()).throw(RuntimeError("killed")))
        with pytest.raises(RuntimeError):
            publish_knn_model(descriptor=D, dim=DIM)
    assert KnnModel.objects.get(active=True) == first
    assert len(artifact_versions()) == 2
    assert publish_knn_model(descriptor=D, dim=DIM).count == 2


def test_an_older_publication_that_ends_later_does_not_come_into_force(
    images: list[PrintImage], data_dir: Path
) -> None:
    store(*images)
    newest = publish_knn_model(descriptor=D, dim=DIM)
    late = services.record_version(version="late", descriptor=D, last_change=1, count=1)
    assert late == newest
    assert KnnModel.objects.get(active=True) == newest


def test_compaction_cuts_the_log_but_keeps_the_announcement(images: list[PrintImage], data_dir: Path) -> None:
    store(*images)
    model = compact_index(descriptor=D, dim=DIM)
    assert [change.id for change in changes_since(0)] == [model.published_change]
    store(images[0], descriptor="other@11111111")
    assert changes_since(model.published_change)[0].id > model.published_change


def test_compaction_is_needed_when_the_log_has_grown(
    images: list[PrintImage], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not index_needs_compaction(descriptor=D)
    store(images[0])
    assert index_needs_compaction(descriptor=D)
    publish_knn_model(descriptor=D, dim=DIM)
    store(images[1])
    assert not index_needs_compaction(descriptor=D)
    monkeypatch.setattr("indexing.queries.TAIL_LEAST", 0)
    assert index_needs_compaction(descriptor=D)
