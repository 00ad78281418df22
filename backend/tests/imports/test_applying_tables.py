"""Writing what was checked: each action, batches, being cut short and going on, what changed since."""

import pytest

from catalog.models import Collection, Person, Print, Relation, Revision
from core.job_handle import JobCancelled
from core.models import Job
from imports import applying_tables
from imports.dates import YearRange
from imports.institutions import InstitutionEntry
from imports.people import PersonEntry
from imports.relations import RelationEntry
from imports.running import apply_import
from tests.imports.staged import applied, fresh, no_pictures, record, staged, titles
from tests.imports.stored import people_of

pytestmark = pytest.mark.usefixtures("data_dir")


@pytest.fixture
def swiss(db: None) -> Collection:
    return Collection.objects.create(slug="swiss", name="Swiss prints")


def test_new_record_is_written_with_all_it_says(swiss: Collection) -> None:
    applied(
        staged(
            swiss,
            record(
                "14943",
                inventory_number="1916.0047.1",
                title="C'est la guerre!",
                date_text="1915 - 1916",
                years=YearRange(1915, 1916),
                classification="Buchillustration",
                institution=InstitutionEntry("Graphische Sammlung", "CH-000511-9"),
                techniques=("Radierung", "Kupferstich"),
                people=(PersonEntry("Vallotton, Félix", 1865, 1925, ("Künstler",)),),
                relations=(RelationEntry("dublette", "D 2"),),
                extra={"Standort": "Kasten 4"},
            ),
            record("D 2", title="Das andere Blatt"),
        )
    )
    row = Print.objects.get(record_id="14943")
    assert (row.year_min, row.year_max, row.extra) == (1915, 1916, {"Standort": "Kasten 4"})
    assert people_of(row) == [("Vallotton, Félix", 1865, 1925, ["Künstler"])]
    assert sorted(row.techniques.values_list("name", flat=True)) == ["Kupferstich", "Radierung"]
    assert Relation.objects.get().target == Print.objects.get(record_id="D 2")
    assert "vallotton" in row.search_text


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("add_and_update", {"a": "new", "b": "new", "c": "old"}),
        ("add", {"a": "old", "b": "new", "c": "old"}),
        ("update", {"a": "new", "c": "old"}),
        ("replace", {"a": "new", "b": "new"}),
    ],
)
def test_each_action_writes_what_it_may(swiss: Collection, action: str, expected: dict[str, str]) -> None:
    """Whatever the check has said: of records that appeared or vanished since, the action decides."""
    applied(staged(swiss, record("a", title="old"), record("c", title="old")))
    removed = ["c"] if action == "replace" else []
    run = staged(swiss, record("a", title="new"), record("b", title="new"), action=action, removed=removed)
    assert applied(run).state == "done"
    assert titles(swiss) == expected


def test_records_to_delete_go_and_nothing_else(swiss: Collection) -> None:
    applied(staged(swiss, record("a"), record("b"), record("c")))
    applied(staged(swiss, action="delete", removed=["a", "c"]))
    assert list(titles(swiss)) == ["b"]


def test_record_that_somebody_deleted_after_the_check_is_created_again(swiss: Collection) -> None:
    applied(staged(swiss, record("a", title="first")))
    run = staged(swiss, record("a", title="second"))
    Print.objects.get(record_id="a").delete()
    applied(run)
    assert titles(swiss) == {"a": "second"}


def test_every_touched_record_gets_one_revision(swiss: Collection) -> None:
    applied(staged(swiss, record("a", title="1"), record("b", title="1"), record("c", title="1")))
    Revision.objects.all().delete()
    run = staged(swiss, record("a", title="1"), record("b", title="2"), record("d"), removed=["c"])
    applied(run)
    kinds = dict(Revision.objects.values_list("record_id", "kind"))
    assert kinds == {"b": "changed", "c": "removed", "d": "created"}
    assert set(Revision.objects.values_list("origin", "origin_id")) == {("import", run.pk)}


class Stopped(Exception):
    pass


def test_run_that_is_cut_short_after_a_batch_goes_on_and_writes_nothing_twice(
    swiss: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying_tables, "BATCH", 10)
    run = staged(swiss, *(record(f"r{number:02}", title="t") for number in range(35)))

    def stop_after_the_second(done: int, total: int, step: str) -> None:
        if done == 20:
            raise Stopped

    with pytest.raises(Stopped):
        apply_import(run, opened=no_pictures, progress=stop_after_the_second)
    assert (Print.objects.count(), fresh(run).state) == (20, "failed")
    ids = set(Print.objects.values_list("pk", flat=True))
    assert applied(fresh(run)).state == "done"
    assert Print.objects.count() == Revision.objects.count() == 35
    assert ids <= set(Print.objects.values_list("pk", flat=True))


def test_batch_that_fails_leaves_nothing_of_itself(
    swiss: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying_tables, "BATCH", 10)
    run = staged(
        swiss, *(record(f"r{number:02}", people=(PersonEntry(f"P {number}"),)) for number in range(20))
    )
    written = applying_tables._mark_applied

    def break_in_the_second(*arguments: object) -> None:
        if Print.objects.count() > 10:
            raise RuntimeError("the process died")
        written(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(applying_tables, "_mark_applied", break_in_the_second)
    with pytest.raises(RuntimeError):
        apply_import(run, opened=no_pictures)
    assert (Print.objects.count(), Person.objects.count(), Revision.objects.count()) == (10, 10, 10)
    assert run.records.filter(applied=True).count() == 10


def test_cancelled_run_says_so_and_can_go_on(swiss: Collection) -> None:
    run = staged(swiss, record("a"))

    def cancelled(done: int, total: int, step: str) -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        apply_import(run, opened=no_pictures, progress=cancelled)
    run = fresh(run)
    assert (run.state, "cancelled" in run.message) == ("failed", True)
    assert applied(run).state == "done"


def test_number_of_queries_does_not_grow_with_the_records_of_a_batch(
    swiss: Collection, django_assert_max_num_queries: object
) -> None:
    run = staged(
        swiss, *(record(f"r{number}", title="t", techniques=("Radierung",)) for number in range(150))
    )
    with django_assert_max_num_queries(90):  # type: ignore[operator]
        applied(run)
    assert Job.objects.filter(kind="extract_features").count() == 1
