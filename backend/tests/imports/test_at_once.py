"""Two curators act on one import in the same moment: each has read it before the other acted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import UserError
from core.models import Job
from imports.models import ImportRun
from imports.preparing import abandon_import, configure_import, create_import, request_check
from imports.running import request_applying, request_undoing
from tests.accounts.conftest import House, house
from tests.imports.staged import applied, fresh, record, staged

__all__ = ["house"]

Action = Callable[[ImportRun], object]


def give_up(run: ImportRun) -> object:
    return abandon_import(run, user=None)


def confirm(run: ImportRun) -> object:
    return request_applying(run, user=None)


def check(run: ImportRun) -> object:
    return request_check(run, user=None)


def configure(run: ImportRun) -> object:
    return configure_import(run, user=None, action="update")


@pytest.fixture
def run(house: House, data_dir: Path) -> ImportRun:
    found = staged(house.collections["private"], record("a", title="1"))
    found.table_path = "prints.csv"
    found.save()
    return found


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (confirm, give_up, "running"),
        (confirm, configure, "running"),
        (confirm, check, "running"),
        (confirm, confirm, "running"),
        (give_up, confirm, "abandoned"),
        (configure, confirm, "uploaded"),
    ],
)
def test_the_second_is_told_and_changes_nothing(
    run: ImportRun, first: Action, second: Action, state: str
) -> None:
    at_the_same_time = fresh(run)
    first(fresh(run))
    queued = Job.objects.count()
    with pytest.raises(UserError) as refused:
        second(at_the_same_time)
    assert refused.value.code == "wrong_state"
    assert (fresh(run).state, Job.objects.count()) == (state, queued)
    assert fresh(run).records.exists() == (state != "abandoned")


def test_an_import_is_undone_once(run: ImportRun) -> None:
    applied(run)
    at_the_same_time = fresh(run)
    request_undoing(fresh(run), user=None)
    with pytest.raises(UserError):
        request_undoing(at_the_same_time, user=None)
    assert Job.objects.filter(kind="undo_import").count() == 1


@pytest.mark.parametrize("state", ["uploaded", "checked"])
def test_what_two_configure_is_both_kept(house: House, data_dir: Path, tmp_path: Path, state: str) -> None:
    """Or one, who chooses quickly: each choice is a request of its own."""
    table = tmp_path / "prints.csv"
    table.write_text("Nr,Was,Wann\n1,Kanone,1520\n")
    made = create_import(
        collection=house.collections["private"],
        table=table,
        table_name="prints.csv",
        action="add",
        image_source={"kind": "none"},
        user=None,
    )
    ImportRun.objects.update(state=state)
    at_the_same_time = fresh(made)
    configure_import(fresh(made), user=None, mapping={"Was": "title"}, action="update")
    configure_import(at_the_same_time, user=None, mapping={"Wann": "date"})
    kept = fresh(made)
    assert (kept.mapping["Was"], kept.mapping["Wann"], kept.action) == ("title", "date", "update")
