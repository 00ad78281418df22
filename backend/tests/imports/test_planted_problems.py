"""37 problems of 14 kinds in 10,000 rows: every one is found where it is, and nothing else is said."""

import time
from pathlib import Path

import psutil
import pytest

from catalog.models import Collection
from imports.checking import check_import
from imports.models import ImportRun
from imports.preparing import create_import
from tests.imports.tables.planted import KINDS, Expected, write_planted

pytestmark = pytest.mark.django_db
# Of processor time, since the machine may be busy with other things; and what the check adds to this process,
# which has other tests behind it: by itself, with all that it imports, it had 177 MB of the 400 it may have.
SECONDS, MEGABYTES = 10, 200


def checked(table: Path) -> ImportRun:
    collection = Collection.objects.create(slug="planted", name="Planted")
    run = create_import(
        collection=collection,
        table=table,
        table_name="planted.csv",
        action=ImportRun.Action.ADD_AND_UPDATE,
        image_source={"kind": "none"},
        user=None,
    )
    check_import(run)
    return run


@pytest.mark.slow
def test_all_37_problems_of_14_kinds_are_found_and_none_is_invented(tmp_path: Path, data_dir: Path) -> None:
    assert len(KINDS) == 14
    expected = write_planted(tmp_path / "planted.csv", rows=10_000, planted=37)
    assert len(expected) == 37
    before = psutil.Process().memory_info().rss
    begun = time.process_time()
    run = checked(tmp_path / "planted.csv")
    seconds = time.process_time() - begun

    said = [Expected(one.row or 0, one.column, one.code, one.value) for one in run.issues.order_by("row")]
    assert said == expected
    for issue in run.issues.all():
        assert issue.reason
        assert issue.accepted, issue.code
    assert run.counts == {
        "created": 10_000 - 3 - 3 - 2, "changed": 0, "unchanged": 0, "removed": 0, "missing": 0, "skipped": 0,
        "problem": 5, "issues": 37,
    }  # fmt: skip
    assert seconds < SECONDS
    assert psutil.Process().memory_info().rss - before < MEGABYTES * 1e6


@pytest.mark.slow
def test_every_kind_is_found_beside_every_kind_of_title_and_date(tmp_path: Path, data_dir: Path) -> None:
    """A problem in every seventh row: each kind meets quotation marks, second lines and formulas' cousins."""
    expected = write_planted(tmp_path / "planted.csv", rows=4_000, planted=570)
    run = checked(tmp_path / "planted.csv")
    said = [Expected(one.row or 0, one.column, one.code, one.value) for one in run.issues.order_by("row")]
    assert said == expected
