"""What an undoing of many records would do is told by their history, without comparing all of them."""

import pytest
from pytest_django import DjangoAssertNumQueries

from catalog.history import Author, recorded
from catalog.models import Collection, Print
from imports import undo_preview
from imports.models import ImportRun
from imports.undo_preview import preview_undoing
from imports.undoing import plan_undoing
from tests.imports.staged import applied, record, staged

pytestmark = pytest.mark.usefixtures("data_dir")


@pytest.fixture
def swiss(db: None) -> Collection:
    return Collection.objects.create(slug="swiss", name="Swiss prints")


@pytest.fixture
def run(swiss: Collection) -> ImportRun:
    """It has created 6 records, changed 3 and removed 2."""
    applied(staged(swiss, *(record(f"old{number}", title="1") for number in range(5))))
    return applied(
        staged(
            swiss,
            *(record(f"new{number}", title="1") for number in range(6)),
            *(record(f"old{number}", title="2") for number in range(3)),
            removed=["old3", "old4"],
        )
    )


@pytest.fixture(autouse=True)
def _few_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_preview, "MOST_COMPARED", 4)


def change(swiss: Collection, name: str, title: str = "3") -> None:
    row = Print.objects.get(record_id=name)
    with recorded(swiss, [row.pk], Author("edit")):
        Print.objects.filter(pk=row.pk).update(title=title)


def test_without_later_changes_it_is_counted(run: ImportRun) -> None:
    plan = preview_undoing(run)
    assert (plan.created, plan.changed, plan.removed, plan.conflict_count) == (6, 3, 2, 0)


def test_it_costs_as_many_queries_for_any_number_of_records(
    run: ImportRun, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        preview_undoing(run)


def test_it_says_what_comparing_all_of_them_says(run: ImportRun, swiss: Collection) -> None:
    change(swiss, "new1")
    change(swiss, "old0")
    applied(staged(swiss, record("old4", title="another")))
    told, compared = preview_undoing(run), plan_undoing(run)
    assert told == compared
    assert {one.record_id for one in told.conflicts} == {"new1", "old0", "old4"}
    assert (told.created, told.changed, told.removed) == (5, 2, 1)


def test_what_was_changed_and_changed_back_is_no_conflict(run: ImportRun, swiss: Collection) -> None:
    change(swiss, "new1")
    change(swiss, "new1", title="1")
    assert preview_undoing(run) == plan_undoing(run)
    assert preview_undoing(run).conflict_count == 0


def test_more_than_can_be_compared_are_counted_as_changed_later(run: ImportRun, swiss: Collection) -> None:
    for number in range(6):
        change(swiss, f"new{number}")
    plan = preview_undoing(run)
    assert (len(plan.conflicts), plan.unnamed, plan.conflict_count) == (4, 2, 6)
    assert (plan.created, plan.changed, plan.removed) == (0, 3, 2)
