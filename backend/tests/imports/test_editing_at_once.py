"""Two curators save the same record in the same moment, in two threads of web or in two processes."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from catalog.models import Collection, Print, PrintImage
from core.errors import NotFound
from imports import editing
from imports.editing import change_print, create_print, remove_print
from imports.editing_images import add_image, remove_image, replace_image
from imports.queries import stored_prints
from tests.imports.pictures_drawn import engraving, save

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


def test_each_keeps_what_the_other_has_changed(
    one: Print, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = list[Future[None]]()

    def change_the_title() -> None:
        change_print(row=Print.objects.get(pk=one.pk), values={"title": "Die Kanone"}, hidden=None, user=None)

    def read_and_wait_for_the_other(*args: Any, **options: Any) -> Any:
        found = stored_prints(*args, **options)
        if not others:
            saved = threading.Event()
            others.append(elsewhere.submit(by_another_connection, change_the_title))
            others[0].add_done_callback(lambda _: saved.set())
            saved.wait(A_MOMENT_S)
        return found

    monkeypatch.setattr(editing, "stored_prints", read_and_wait_for_the_other)
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
