"""Two curators save the same record in the same moment, in two threads of web or in two processes."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from catalog import history
from catalog.models import Collection, Print, PrintImage, Revision
from catalog.scans import keep_scan, keeping_scans
from catalog.snapshots import same_content, snapshots
from core.errors import NotFound
from imports import editing, undoing
from imports.attaching import attach_fetched
from imports.editing import change_print, create_print, remove_print, restore_revision
from imports.editing_images import add_image, remove_image, replace_image
from imports.picture import Picture
from imports.queries import stored_prints
from tests.imports.pictures_drawn import engraving, save
from tests.imports.staged import applied, record, staged, undone

A_MOMENT_S = 0.5
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def one(data_dir: Path) -> Print:
    collection = Collection.objects.create(slug="prints", name="Prints")
    values = {"title": "Kanone", "extra": {"Standort": "Kasten 1"}}
    pk = create_print(collection=collection, record_id="a", values=values, hidden=False, user=None)
    return Print.objects.get(pk=pk)


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as other:
        yield other


def by_another_connection(work: Callable[[], object]) -> None:
    try:
        work()
    finally:
        connection.close()


def let_in(
    other: Callable[[], object],
    function: Callable[..., Any],
    elsewhere: ThreadPoolExecutor,
    others: list[Future[None]],
) -> Callable[..., Any]:
    """`function`, behind whose first call the other one gets its moment: it ends, or has to wait for us."""

    def called(*args: Any, **options: Any) -> Any:
        found = function(*args, **options)
        if not others:
            ended = threading.Event()
            others.append(elsewhere.submit(by_another_connection, other))
            others[0].add_done_callback(lambda _: ended.set())
            ended.wait(A_MOMENT_S)
        return found

    return called


def test_each_keeps_what_the_other_has_changed(
    one: Print, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = list[Future[None]]()

    def change_the_title() -> None:
        change_print(row=Print.objects.get(pk=one.pk), values={"title": "Die Kanone"}, hidden=None, user=None)

    monkeypatch.setattr(editing, "stored_prints", let_in(change_the_title, stored_prints, elsewhere, others))
    change_print(row=one, values={"extra": {"Standort": "Kasten 2"}}, hidden=None, user=None)
    others[0].result()
    one.refresh_from_db()
    assert (one.title, one.extra) == ("Die Kanone", {"Standort": "Kasten 2"})


def test_a_record_that_was_removed_a_moment_ago_is_not_found_and_does_not_come_back(one: Print) -> None:
    seen = Print.objects.get(pk=one.pk)
    remove_print(row=one, user=None)
    with pytest.raises(NotFound):
        change_print(row=seen, values={"title": "Die Kanone"}, hidden=None, user=None)
    assert not Print.objects.exists()


def test_a_picture_that_was_removed_a_moment_ago_does_not_come_back_with_another_scan(
    one: Print, tmp_path: Path
) -> None:
    image = add_image(row=one, file=save(engraving(1), tmp_path / "1.png"), name="1.png", user=None)
    seen = PrintImage.objects.select_related("print__collection").get(pk=image.pk)
    remove_image(image=image, user=None)
    with pytest.raises(NotFound):
        replace_image(image=seen, file=save(engraving(2), tmp_path / "2.png"), name="2.png", user=None)
    assert not PrintImage.objects.exists()


def test_a_record_that_was_removed_a_moment_ago_gets_no_picture(one: Print, tmp_path: Path) -> None:
    seen = Print.objects.get(pk=one.pk)
    remove_print(row=one, user=None)
    with pytest.raises(NotFound):
        add_image(row=seen, file=save(engraving(1), tmp_path / "1.png"), name="1.png", user=None)


def test_an_edit_while_its_import_is_undone_is_kept(
    one: Print, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = list[Future[None]]()
    run = applied(staged(one.collection, record("a", title="Die Kanone")))

    def edit() -> None:
        row = Print.objects.get(pk=one.pk)
        change_print(row=row, values={"inventory_number": "I 2"}, hidden=None, user=None)

    conflicts = undoing._conflicts  # asked before the records are put back
    monkeypatch.setattr(undoing, "_conflicts", let_in(edit, conflicts, elsewhere, others))
    undone(run, rest=True)
    others[0].result()
    one.refresh_from_db()
    assert (one.title, one.inventory_number) == ("Kanone", "I 2")


def test_the_history_ends_with_what_there_is_when_a_record_is_edited_while_it_is_restored(
    one: Print, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = list[Future[None]]()

    def edit() -> None:
        change_print(row=Print.objects.get(pk=one.pk), values={"title": "Kanonen"}, hidden=None, user=None)

    change_print(row=one, values={"title": "Die Kanone"}, hidden=None, user=None)
    changed = Revision.objects.latest("pk")
    monkeypatch.setattr(history, "snapshots", let_in(edit, snapshots, elsewhere, others))
    restore_revision(revision=changed, before=False, user=None)
    others[0].result()
    one.refresh_from_db()
    assert (Revision.objects.latest("pk").after or {})["title"] == one.title


def test_a_picture_that_another_record_has_by_now_is_not_taken_from_that(one: Print, tmp_path: Path) -> None:
    image = add_image(row=one, file=save(engraving(1), tmp_path / "1.png"), name="1.png", user=None)
    seen = PrintImage.objects.select_related("print__collection").get(pk=image.pk)
    pk = create_print(collection=one.collection, record_id="b", values={}, hidden=False, user=None)
    PrintImage.objects.update(print=pk)
    with pytest.raises(NotFound):
        remove_image(image=seen, user=None)
    assert PrintImage.objects.get().print_id == pk


def edited_while_snapshots_are_taken(
    one: Print, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> list[Future[None]]:
    """The edit, which begins when what comes next has looked at the record and not written yet."""
    others = list[Future[None]]()

    def edit() -> None:
        with suppress(NotFound):
            row = Print.objects.get(pk=one.pk)
            change_print(row=row, values={"title": "Kanonen"}, hidden=None, user=None)

    monkeypatch.setattr(history, "snapshots", let_in(edit, snapshots, elsewhere, others))
    return others


def each_change_begins_with_what_the_one_before_left() -> bool:
    rows = list(Revision.objects.order_by("pk").values_list("before", "after"))
    return all(same_content(left[1], right[0]) for left, right in pairwise(rows))


def test_an_edit_while_an_import_removes_the_record_comes_before_or_too_late(
    one: Print, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = edited_while_snapshots_are_taken(one, elsewhere, monkeypatch)
    applied(staged(one.collection, action="delete", removed=["a"]))
    others[0].result()
    assert each_change_begins_with_what_the_one_before_left()
    assert not Print.objects.exists()


def test_an_edit_while_the_record_gets_its_fetched_picture_is_a_change_of_its_own(
    one: Print, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run = staged(one.collection, record("a", title="Kanone"))
    with keeping_scans():
        scan = keep_scan(save(engraving(1), tmp_path / "1.png"))
    picture = Picture("1.png", scan.path, scan.sha256, scan.width, scan.height, scan.format)
    others = edited_while_snapshots_are_taken(one, elsewhere, monkeypatch)
    with transaction.atomic():
        attach_fetched(run, {"a": [picture]})
    others[0].result()
    assert each_change_begins_with_what_the_one_before_left()
    assert (Print.objects.get().title, PrintImage.objects.count()) == ("Kanonen", 1)
