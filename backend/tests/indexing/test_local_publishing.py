"""Storing, publishing and compacting local features: in one transaction with the log, and safe to repeat."""

from pathlib import Path

import numpy as np
import pytest
from django.db import connection
from django.db.models.deletion import Collector
from django.test.utils import CaptureQueriesContext
from search_model.local.codec import Codec
from search_model.local.features import extract_local

from catalog.models import PrintImage
from indexing import local_publishing, local_services
from indexing.changes import changes_since
from indexing.live_local import LiveLocalIndex
from indexing.local_artifacts import load_local_artifact, local_artifact_versions, publish_local_artifact
from indexing.local_publishing import compact_local_index, publish_local_index
from indexing.local_queries import local_features_of, local_index_is_behind, local_index_needs_compaction
from indexing.local_services import PackedFeatures, store_local_features
from indexing.models import FeatureProblem, IndexChange, KnnModel, LocalFeature, Road
from indexing.queries import PictureRef
from indexing.services import Problem, record_problems, record_version
from tests.indexing.fixtures import MakePrint, drawing

CODEC = Codec.shipped()


@pytest.fixture
def images(make_print: MakePrint) -> list[PrintImage]:
    return list(make_print(0, 1, 2).images.all())


def packed(image: PrintImage, codec: Codec = CODEC) -> PackedFeatures:
    features = extract_local(drawing(image.position), role="catalogue")
    ref = PictureRef(image.pk, image.path, image.sha256)
    return PackedFeatures(ref, codec.encode(features), len(features))


def store(*images: PrintImage, codec: Codec = CODEC) -> int:
    return store_local_features(codec=codec.id, rows=[packed(image, codec) for image in images])


def local_changes() -> list[str]:
    return [change.kind for change in changes_since(0, road=Road.LOCAL)]


def other_codec() -> Codec:
    """A codec of an older Recto: eight lists, nobody's best."""
    random = np.random.default_rng(1)
    return Codec(random.random((8, 128)) / 8, random.normal(0, 0.02, (16, 256, 8)))


def test_storing_twice_stores_once_and_logs_once(images: list[PrintImage]) -> None:
    assert store(*images) == 3
    assert store(*images) == 0
    assert LocalFeature.objects.count() == IndexChange.objects.count() == 3


def test_features_of_an_image_that_is_gone_are_left_out(images: list[PrintImage]) -> None:
    gone = packed(images[0])
    images[0].delete()
    assert store_local_features(codec=CODEC.id, rows=[gone, packed(images[1])]) == 1
    assert LocalFeature.objects.get().image_id == images[1].pk


def test_features_of_a_file_that_was_replaced_are_left_out(images: list[PrintImage]) -> None:
    old = packed(images[0])
    PrintImage.objects.filter(pk=images[0].pk).update(sha256="f" * 64)
    assert store_local_features(codec=CODEC.id, rows=[old]) == 0


def test_a_failure_in_the_middle_stores_and_logs_nothing(
    images: list[PrintImage], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(local_services, "append_changes", fail)
    with pytest.raises(RuntimeError):
        store(*images)
    assert not LocalFeature.objects.exists()
    assert not IndexChange.objects.exists()


def test_features_stored_while_their_image_is_being_deleted_go_with_it(images: list[PrintImage]) -> None:
    """Django has already looked for what hangs on the image when the features come."""
    collector = Collector(using="default")
    collector.collect(PrintImage.objects.filter(pk=images[0].pk))
    store(images[0])
    collector.delete()
    assert not LocalFeature.objects.exists()
    assert local_changes() == ["added", "removed"]


def test_a_deletion_does_not_read_the_features(images: list[PrintImage]) -> None:
    store(*images)
    collector = Collector(using="default")
    collector.collect(PrintImage.objects.all())
    found = [row for rows in collector.data.values() for row in rows if isinstance(row, LocalFeature)]
    assert len(found) == 3
    assert all("packed" in row.get_deferred_fields() for row in found)


def test_a_problem_takes_the_old_features_out_of_the_index(images: list[PrintImage]) -> None:
    store(images[0])
    record_problems(
        descriptor=CODEC.id, problems=[Problem(packed(images[0]).picture, "image_damaged", "Damaged.")]
    )
    assert not LocalFeature.objects.exists()
    assert local_changes() == ["added", "removed"]
    assert FeatureProblem.objects.get().reason == "Damaged."


def test_the_published_version_holds_every_feature(images: list[PrintImage], data_dir: Path) -> None:
    store(*images)
    model = publish_local_index()
    index = load_local_artifact(model.version, codec=CODEC.id)
    assert (model.road, model.descriptor, model.count, model.active) == ("local", CODEC.id, 3, True)
    assert index.ids.tolist() == [image.pk for image in images]


def test_both_roads_have_a_version_in_force(images: list[PrintImage], data_dir: Path) -> None:
    record_version(version="v", descriptor="d@00000000", last_change=0, count=0)
    publish_local_index()
    assert set(KnnModel.objects.filter(active=True).values_list("road", flat=True)) == {"global", "local"}


def test_publishing_again_without_a_change_keeps_the_version(
    images: list[PrintImage], data_dir: Path
) -> None:
    store(*images)
    assert publish_local_index() == publish_local_index()
    assert KnnModel.objects.count() == 1


def test_a_damaged_version_is_published_anew(images: list[PrintImage], data_dir: Path) -> None:
    store(*images)
    first = publish_local_index()
    (data_dir / "processed/local" / first.version / "lists.bin").write_bytes(b"")
    second = publish_local_index()
    assert second.version != first.version
    assert len(load_local_artifact(second.version, codec=CODEC.id)) == 3


def test_an_index_of_nothing_can_be_published(db: None, data_dir: Path) -> None:
    assert publish_local_index().count == 0
    assert LiveLocalIndex().current().ids.tolist() == []


def test_what_changes_while_a_version_is_written_is_not_lost(
    images: list[PrintImage], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(images[0], images[1])

    def publish_slowly(*args: object, **options: object) -> str:
        version = publish_local_artifact(*args, **options)  # type: ignore[arg-type]
        store(images[2])
        images[0].delete()
        return version

    monkeypatch.setattr(local_publishing, "publish_local_artifact", publish_slowly)
    kept = [images[1].pk, images[2].pk]
    publish_local_index()
    assert LiveLocalIndex().current().ids.tolist() == kept


def test_a_crash_after_the_files_were_published_leaves_the_old_version_in_force(
    images: list[PrintImage], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(images[0])
    first = publish_local_index()
    store(images[1])
    with monkeypatch.context() as patch:
        patch.setattr(local_publishing, "record_version", lambda **_: (_ for _ in ()).throw(RuntimeError))
        with pytest.raises(RuntimeError):
            publish_local_index()
    assert KnnModel.objects.get(active=True) == first
    assert len(local_artifact_versions()) == 2
    assert publish_local_index().count == 2


def test_an_older_publication_that_ends_later_does_not_come_into_force(
    images: list[PrintImage], data_dir: Path
) -> None:
    store(*images)
    newest = publish_local_index()
    late = record_version(version="late", road=Road.LOCAL, descriptor=CODEC.id, last_change=1, count=1)
    assert late == newest
    assert KnnModel.objects.get(active=True) == newest


def test_compaction_cuts_this_roads_log_and_not_the_others(images: list[PrintImage], data_dir: Path) -> None:
    IndexChange.objects.create(kind="added", descriptor="d@00000000", image_id=images[0].pk)
    store(*images)
    model = compact_local_index()
    assert [change.id for change in changes_since(0, road=Road.LOCAL)] == [model.published_change]
    assert len(changes_since(0)) == 1


def test_compaction_is_needed_when_the_log_has_grown(
    images: list[PrintImage], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not local_index_needs_compaction(codec=CODEC.id)
    store(images[0])
    assert local_index_needs_compaction(codec=CODEC.id)
    publish_local_index()
    assert not local_index_is_behind(codec=CODEC.id)
    store(images[1])
    assert local_index_is_behind(codec=CODEC.id)
    assert not local_index_needs_compaction(codec=CODEC.id)
    monkeypatch.setattr("indexing.local_queries.TAIL_LEAST", 0)
    assert local_index_needs_compaction(codec=CODEC.id)


def test_the_index_of_an_older_codec_serves_until_its_successor_is_published(
    images: list[PrintImage], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = other_codec()
    with monkeypatch.context() as older:
        for module in ("live_local", "local_publishing", "local_queries"):
            older.setattr(f"indexing.{module}.codec_of_new_features", lambda: old)
        store(*images, codec=old)
        publish_local_index()
    live = LiveLocalIndex()
    assert live.current().codec.id == old.id
    store(*images)
    images[0].delete()
    assert live.current().ids.tolist() == [images[1].pk, images[2].pk]
    assert set(local_features_of([images[1].pk], codec=live.codec)) == {images[1].pk}
    compact_local_index()
    assert live.current().codec.id == CODEC.id
    assert live.current().ids.tolist() == [images[1].pk, images[2].pk]
    assert set(LocalFeature.objects.values_list("codec", flat=True)) == {CODEC.id}


def test_what_an_older_codec_left_behind_goes_a_part_at_a_time(
    images: list[PrintImage], monkeypatch: pytest.MonkeyPatch
) -> None:
    store(*images, codec=other_codec())
    store(*images)
    monkeypatch.setattr(local_publishing, "CHUNK", 2)
    with CaptureQueriesContext(connection) as queries:
        compact_local_index()
    deleting = f'DELETE FROM "{LocalFeature._meta.db_table}"'
    assert sum(query["sql"].startswith(deleting) for query in queries) == 2
    assert set(LocalFeature.objects.values_list("codec", flat=True)) == {CODEC.id}
