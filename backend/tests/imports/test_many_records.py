"""What an import asks of the database for a batch does not grow with the table, the collection or the run."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.history import hold_prints
from catalog.models import Collection, Print
from imports import applying_tables, checking, undoing
from imports.models import ImportRun
from imports.undoing import steps_of
from tests.imports.staged import applied, record, staged, undone

pytestmark = [
    pytest.mark.usefixtures("data_dir"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by the size of its tables"),
]


@pytest.fixture
def swiss(db: None) -> Collection:
    return Collection.objects.create(slug="swiss", name="Swiss prints")


def asked(do: Callable[[], object], *, of: str) -> list[str]:
    """What it asked, of one table."""
    with CaptureQueriesContext(connection) as queries:
        do()
    return [
        query["sql"]
        for query in queries
        if query["sql"].startswith("SELECT") and f'FROM "{of}"' in query["sql"]
    ]


def plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return str(cursor.fetchall())


def test_prints_are_held_without_reading_their_collection(swiss: Collection) -> None:
    def hold() -> None:
        with transaction.atomic():
            hold_prints(Print.objects.filter(collection=swiss, record_id__in=["a", "b"]))

    (sql,) = asked(hold, of="catalog_print")
    assert "(collection_id=? AND record_id=?)" in plan(sql)


def imported(swiss: Collection, count: int) -> ImportRun:
    return staged(swiss, *(record(f"{swiss.pk}-{count}-{number}") for number in range(count)))


def test_what_waits_to_be_written_is_sorted_once(swiss: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying_tables, "BATCH", 1)
    few, many = (
        asked(partial(applied, imported(swiss, count)), of="imports_importrecord") for count in (2, 8)
    )
    sorting = [[sql for sql in some if 'NOT "imports_importrecord"."applied"' in sql] for some in (few, many)]
    assert len(sorting[0]) == len(sorting[1])
    assert all("(rowid=?)" in plan(sql) for sql in many if 'imports_importrecord"."id" IN' in sql)


def test_what_is_undone_is_sorted_once(swiss: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "BATCH", 1)
    few, many = (
        asked(partial(undone, applied(imported(swiss, count))), of="catalog_revision") for count in (2, 8)
    )
    assert [sum("DISTINCT" in sql for sql in some) for some in (few, many)] == [4, 4]


def test_the_steps_of_a_batch_are_read_by_its_prints(swiss: Collection) -> None:
    run = applied(imported(swiss, 3))
    ids = list(Print.objects.order_by("-pk").values_list("pk", flat=True))
    (sql,) = asked(lambda: steps_of(run, ids[:2]), of="catalog_revision")
    assert "revision_by_print (print_id=?)" in plan(sql)


def test_records_that_the_table_does_not_name_are_looked_up_one_by_one(
    swiss: Collection, tmp_path: Path
) -> None:
    applied(imported(swiss, 3))
    run = imported(swiss, 2)
    run.action = "replace"
    sql, *_ = asked(lambda: list(checking._unnamed(run)), of="catalog_print")
    assert "LIST SUBQUERY" not in plan(sql)
    assert "(run_id=? AND record_id=?)" in plan(sql)
