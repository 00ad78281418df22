"""Taking an import back: everything is as before, down to ids, files and vectors; later changes are kept."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from django.contrib.auth.models import User

from catalog.history import Author, recorded
from catalog.models import Collection, Example, Person, Print, PrintImage, Relation, Revision
from core.errors import Conflict
from imports import undoing
from imports.files import check_files, sweep_files
from imports.institutions import InstitutionEntry
from imports.models import ImportRun
from imports.people import PersonEntry
from imports.records import Record
from imports.relations import RelationEntry
from imports.running import request_undoing, undo_import
from imports.undoing import plan_undoing
from indexing.checking import compare_index
from indexing.extraction import extract_missing_features
from indexing.live import live_index
from indexing.local_checking import compare_local_index
from indexing.models import Feature
from tests.imports.staged import applied, database, files, fresh, record, staged, titles, undone
from tests.indexing.fake_extractor import FAKE, FakeExtractor, fake_vector
from tests.indexing.fixtures import _fresh_live_index, drawing, extractor, png

__all__ = ["_fresh_live_index", "extractor"]
pytestmark = pytest.mark.usefixtures("data_dir")


@pytest.fixture
def swiss(db: None) -> Collection:
    return Collection.objects.create(slug="swiss", name="Swiss prints")


def described(number: int, *, title: str, maker: str) -> Record:
    return record(
        f"r{number:03}",
        inventory_number=f"1916.{number:04}",
        title=title,
        people=(PersonEntry(maker, 1865, None, ("Künstler",)),),
        techniques=("Radierung", f"Technik {number % 5} von {title}"),
        classification=f"Blatt {title}",
        institution=InstitutionEntry(f"Museum {title}", "CH-1"),
        relations=(RelationEntry("dublette", f"1916.{number + 1:04}"),),
        extra={"Standort": f"Kasten {number}"},
    )


def pictures(numbers: range, *, seed: int = 0) -> Mapping[str, list[bytes]]:
    return {f"r{number:03}": [png(drawing(seed + number))] for number in numbers}


def describe_all() -> None:
    extract_missing_features(progress=lambda done, total, message: None, wait=lambda seconds: None)


def answers(seeds: range) -> list[tuple[list[int], list[float]]]:
    """What a search with each of these drawings finds, and how alike it is."""
    vectors = [fake_vector(drawing(seed)) for seed in seeds]
    found = [live_index().search(vector, 10, descriptor=FAKE) for vector in vectors]
    return [(one.ids.tolist(), one.scores.tolist()) for one in found]


def test_everything_is_as_before_an_import_that_created_200_changed_50_and_removed_10(
    swiss: Collection, extractor: FakeExtractor, data_dir: Path
) -> None:
    """Rows with all ids, files with their checksums, vectors bit for bit, and what searches find."""
    old = [described(number, title="alt", maker=f"Alte, Anna {number % 7}") for number in range(70)]
    applied(staged(swiss, *old), pictures(range(0, 70, 3)))
    Example.objects.create(slug="e", title="E", path="x.jpg", print=Print.objects.get(record_id="r066"))
    describe_all()
    before, before_files, before_answers = database(), files(data_dir), answers(range(0, 70, 3))

    changed = [described(number, title="neu", maker=f"Neue, Nina {number}") for number in range(50)]
    new = [described(number, title="neu", maker=f"Neue, Nina {number}") for number in range(100, 300)]
    run = staged(swiss, *changed, *new, removed=[f"r{number:03}" for number in range(60, 70)])
    scans = {**pictures(range(0, 50, 6), seed=1000), **pictures(range(100, 130))}
    run = applied(run, scans)
    describe_all()
    plan = plan_undoing(run)
    assert (plan.created, plan.changed, plan.removed, plan.conflicts) == (200, 50, 10, [])
    assert database() != before
    assert answers(range(0, 70, 3)) != before_answers

    assert undone(run).state == "undone"
    sweep_files()
    assert database() == before
    assert files(data_dir) == before_files
    assert answers(range(0, 70, 3)) == before_answers
    assert (compare_index(descriptor=FAKE).differences, compare_local_index().differences) == ([], [])
    assert check_files(checksums=True).agree


def test_vectors_return_without_the_extractor(swiss: Collection, extractor: FakeExtractor) -> None:
    applied(staged(swiss, record("r001")), pictures(range(1, 2)))
    describe_all()
    kept = list(Feature.objects.values())
    run = applied(staged(swiss, removed=["r001"]))
    assert not Feature.objects.exists()
    extractor.away = True
    undone(run)
    assert list(Feature.objects.values()) == kept
    found = live_index().search(fake_vector(drawing(1)), 1, descriptor=FAKE)
    assert found.ids.tolist() == [PrintImage.objects.get().pk]
    assert found.scores[0] == pytest.approx(1, abs=1e-3)


def test_replaced_scan_gets_its_old_bytes_and_vector_back(
    swiss: Collection, extractor: FakeExtractor, data_dir: Path
) -> None:
    applied(staged(swiss, record("r001")), pictures(range(1, 2)))
    describe_all()
    before = database()
    run = applied(staged(swiss, record("r001")), pictures(range(1, 2), seed=500))
    describe_all()
    image = PrintImage.objects.get()
    assert np.dot(fake_vector(drawing(501)), fake_vector(drawing(1))) < 0.9
    assert run.counts["images"] == {"added": 0, "replaced": 1, "unchanged": 0, "removed": 0}
    undone(run)
    assert database() == before
    assert [path.name for path in (data_dir / image.path).parent.parent.rglob("*.png")]
    sweep_files()
    assert not (data_dir / image.path).exists()


def test_relation_that_found_its_target_by_the_import_is_open_again(swiss: Collection) -> None:
    applied(staged(swiss, record("a", relations=(RelationEntry("kopie", "b"),))))
    before = database()
    run = applied(staged(swiss, record("b")))
    assert Relation.objects.get().target is not None
    undone(run)
    assert database() == before


def test_record_changed_later_is_named_with_time_and_user_and_nothing_is_undone(
    swiss: Collection, django_user_model: type[User]
) -> None:
    run = applied(staged(swiss, record("a", title="1"), record("b", title="1")))
    anna = django_user_model.objects.create_user("anna")
    row = Print.objects.get(record_id="a")
    with recorded(swiss, [row.pk], Author("edit", user=anna)):
        Print.objects.filter(pk=row.pk).update(title="2")
    conflict = plan_undoing(run).conflicts[0]
    at = Revision.objects.get(origin="edit").at
    assert (conflict.record_id, conflict.changed_at, conflict.by) == ("a", at, "anna")
    with pytest.raises(Conflict) as caught:
        request_undoing(run, user=anna)
    assert caught.value.fields == {"conflicts": ["a"]}
    with pytest.raises(Conflict):
        undo_import(fresh(run), user=anna)
    assert (titles(swiss), fresh(run).state) == ({"a": "2", "b": "1"}, "done")


def test_rest_is_undone_when_asked(swiss: Collection) -> None:
    applied(staged(swiss, record("a", title="0")))
    run = applied(staged(swiss, record("a", title="1"), record("b", title="1"), record("c", title="1")))
    applied(staged(swiss, record("a", title="2"), removed=["b"]))
    run = undone(run, rest=True)
    assert titles(swiss) == {"a": "2"}
    assert (run.state, run.message[:2]) == ("undone", "2 ")


def test_removed_record_whose_number_is_in_use_again_is_a_conflict(swiss: Collection) -> None:
    applied(staged(swiss, record("a", title="old")))
    run = applied(staged(swiss, removed=["a"]))
    applied(staged(swiss, record("a", title="another")))
    assert [one.record_id for one in plan_undoing(run).conflicts] == ["a"]
    undone(run, rest=True)
    assert titles(swiss) == {"a": "another"}


def test_import_can_be_undone_once_the_later_one_is_undone(swiss: Collection) -> None:
    empty = database()
    first = applied(staged(swiss, record("a", title="1"), record("b")))
    between = database()
    second = applied(staged(swiss, record("a", title="2"), removed=["b"]))
    assert len(plan_undoing(first).conflicts) == 2
    undone(second)
    assert database() == between
    undone(first)
    assert database() == empty


def test_change_that_no_revision_tells_of_is_a_conflict_too(swiss: Collection) -> None:
    run = applied(staged(swiss, record("a", title="1")))
    Print.objects.update(title="by hand")
    assert [(one.record_id, one.changed_at) for one in plan_undoing(run).conflicts] == [("a", None)]


def test_undoing_that_is_cut_short_goes_on(swiss: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "BATCH", 10)
    before = database()
    run = applied(staged(swiss, *(described(number, title="t", maker="M") for number in range(35))))

    def stop(done: int, total: int, step: str) -> None:
        if done == 20:
            raise RuntimeError("the process died")

    with pytest.raises(RuntimeError):
        undo_import(fresh(run), user=None, progress=stop)
    assert (Print.objects.count(), fresh(run).state) == (15, "failed")
    assert undone(run).state == "undone"
    assert database() == before


def test_names_that_somebody_else_uses_by_now_stay(swiss: Collection) -> None:
    run = applied(staged(swiss, record("a", people=(PersonEntry("Anna"), PersonEntry("Berta")))))
    applied(staged(swiss, record("b", people=(PersonEntry("Anna"),))))
    undone(run)
    assert list(Person.objects.values_list("name", flat=True)) == ["Anna"]


def test_half_written_import_can_be_undone(swiss: Collection) -> None:
    before = database()
    run = staged(swiss, record("a"), record("b"))
    run.records.filter(record_id="b").update(outcome="problem")
    applied(run)
    ImportRun.objects.filter(pk=run.pk).update(state="failed")
    undone(run)
    assert database() == before
