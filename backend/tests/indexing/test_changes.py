"""The log of changes: a reader that only looks forward misses nothing, on SQLite and on PostgreSQL."""

import random
import threading
from collections.abc import Callable

import numpy as np
import pytest
from django.db import transaction

from catalog.models import Collection, Print, PrintImage
from indexing import changes
from indexing.changes import append_changes, changes_since, last_change_id
from indexing.models import Feature, IndexChange
from indexing.queries import PictureRef
from indexing.services import store_features
from indexing.vectors import unit_rows
from tests.indexing.fixtures import RunInThreads

WRITERS, APPENDS = 4, 15


def _append(image_id: int) -> None:
    append_changes(kind="added", descriptor="d", image_ids=[image_id])


def test_appending_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError, match="in a transaction"):
        _append(1)


def test_a_rolled_back_change_is_not_read(transactional_db: None) -> None:
    def append_and_fail() -> None:
        with transaction.atomic():
            _append(1)
            raise KeyError

    with pytest.raises(KeyError):
        append_and_fail()
    assert changes_since(0) == []
    assert last_change_id() == 0


def test_a_reader_that_only_looks_forward_misses_nothing(
    which_database: str, run_in_threads: RunInThreads
) -> None:
    seen: list[int] = []
    writing = threading.Semaphore(0)

    def write(writer: int) -> Callable[[], None]:
        def appends() -> None:
            try:
                for number in range(APPENDS):
                    with transaction.atomic():
                        _append(writer * APPENDS + number)
                        # Work of uneven length between taking an id and committing it.
                        list(IndexChange.objects.values_list("id")[: random.randint(0, 50)])
            finally:
                writing.release()

        return appends

    def read() -> None:
        cursor, ended = 0, 0
        while True:
            ended += writing.acquire(blocking=False)
            new = changes_since(cursor)
            seen.extend(change.image_id or 0 for change in new)
            cursor = new[-1].id if new else cursor
            if ended == WRITERS and not new:
                return

    run_in_threads(read, *(write(writer) for writer in range(WRITERS)))
    assert sorted(seen) == list(range(WRITERS * APPENDS))


def test_on_postgresql_ids_would_commit_out_of_order_without_the_lock(
    which_database: str, monkeypatch: pytest.MonkeyPatch, run_in_threads: RunInThreads
) -> None:
    """The control of the test above: the danger is real, and this kind of test sees it."""
    if which_database != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    monkeypatch.setattr(changes, "lock_appends", lambda: None)
    first_took_its_id, second_committed = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            _append(1)
            first_took_its_id.set()
            assert second_committed.wait(10)

    def second() -> None:
        assert first_took_its_id.wait(10)
        with transaction.atomic():
            _append(2)
        cursor = changes_since(0)[-1].id
        second_committed.set()
        seen_later.append(cursor)

    seen_later: list[int] = []
    run_in_threads(first, second)
    assert [change.image_id for change in changes_since(seen_later[0])] == []
    assert IndexChange.objects.count() == 2


def test_storing_and_deleting_at_the_same_time_never_deadlocks(
    which_database: str, run_in_threads: RunInThreads
) -> None:
    collection = Collection.objects.create(slug="c", name="C")
    made = Print.objects.create(collection=collection, record_id="r")
    images = [
        PrintImage.objects.create(print=made, path=f"{n}.png", sha256=str(n), width=1, height=1, format="PNG")
        for n in range(60)
    ]
    refs = [PictureRef(image.pk, image.path, image.sha256) for image in images]
    vector = unit_rows(np.ones((1, 4), "<f2"))

    def store() -> None:
        for ref in refs:
            store_features(descriptor="d", pictures=[ref], vectors=vector)

    def delete() -> None:
        for one, two, three in zip(images[0::3], images[1::3], images[2::3], strict=True):
            with transaction.atomic():
                two.delete()
                one.delete()
            three.delete()

    run_in_threads(store, store, delete)
    assert Feature.objects.count() == 0
    last: dict[int | None, str] = {change.image_id: change.kind for change in changes_since(0)}
    assert set(last.values()) <= {"removed"}
