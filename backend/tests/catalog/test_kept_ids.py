"""The ids that are kept of somebody's pictures are always those that reading them anew would give."""

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from catalog import queries
from catalog.audience import Audience
from catalog.filters import PrintFilters
from catalog.history import Author, recorded
from catalog.models import Collection, Print, PrintImage
from catalog.restoring import restore
from catalog.shown import LINES_AT_ONCE, ShownChange, shown_change, shown_state
from catalog.snapshots import snapshots

COUNT = 4


@pytest.fixture
def prints(db: None) -> list[Print]:
    """Each with one picture, in one collection."""
    return _prints()


def _prints() -> list[Print]:
    collection = Collection.objects.create(slug="prints", name="Prints")
    rows = [Print(collection=collection, record_id=str(number)) for number in range(COUNT)]
    made = Print.objects.bulk_create(rows)
    PrintImage.objects.bulk_create(_image(row) for row in made)
    return made


def _image(row: Print, name: str = "a") -> PrintImage:
    return PrintImage(print=row, path=f"{row.pk}/{name}", sha256=name, width=1, height=1, format="PNG")


def visitor() -> Audience:
    """Of the collections there are but the vault, and of nothing hidden."""
    visible = Collection.objects.exclude(slug="vault").values_list("pk", flat=True)
    return Audience(visible=frozenset(visible))


def kept() -> list[int]:
    found = queries.image_ids_for(PrintFilters(), audience=visitor())
    assert found is not None
    ids: list[int] = found.tolist()
    return ids


def really() -> list[int]:
    rows = PrintImage.objects.filter(visitor().conditions("print__")).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _hide(rows: Sequence[Print]) -> None:
    Print.objects.filter(pk=rows[0].pk).update(hidden=True)


def _hide_one_that_is_saved(rows: Sequence[Print]) -> None:
    rows[0].hidden = True
    rows[0].save()


def _hide_many(rows: Sequence[Print]) -> None:
    for row in rows[:2]:
        row.hidden = True
    Print.objects.bulk_update(rows[:2], ["hidden"])


def _move_a_print(rows: Sequence[Print]) -> None:
    vault = Collection.objects.create(slug="vault", name="V", visibility="private")
    Print.objects.filter(pk=rows[0].pk).update(collection=vault)


def _move_a_print_by_its_number(rows: Sequence[Print]) -> None:
    vault = Collection.objects.create(slug="vault", name="V", visibility="private")
    rows[0].collection_id = vault.pk
    rows[0].save(update_fields=["collection_id"])


def _move_a_picture(rows: Sequence[Print]) -> None:
    hidden = Print.objects.create(collection=rows[0].collection, record_id="hidden", hidden=True)
    rows[0].images.update(print=hidden)


def _move_pictures(rows: Sequence[Print]) -> None:
    hidden = Print.objects.create(collection=rows[0].collection, record_id="hidden", hidden=True)
    images = list(PrintImage.objects.all())
    for image in images:
        image.print = hidden
    PrintImage.objects.bulk_update(images, ["print_id"], batch_size=2)


def _add_a_picture(rows: Sequence[Print]) -> None:
    rows[0].images.create(path="new", sha256="new", width=1, height=1, format="PNG")


def _add_pictures(rows: Sequence[Print]) -> None:
    PrintImage.objects.bulk_create([_image(rows[0], "b"), _image(rows[1], "c")])


def _restore_a_hidden_state(rows: Sequence[Print]) -> None:
    state = snapshots([rows[0].pk])
    state[rows[0].pk]["hidden"] = True
    with recorded(rows[0].collection, state, Author("edit")):
        restore(rows[0].collection, state)


def _remove_and_bring_back_hidden(rows: Sequence[Print]) -> None:
    state = snapshots([rows[0].pk])
    Print.objects.filter(pk=rows[0].pk).delete()
    kept()
    state[rows[0].pk]["hidden"] = True
    restore(rows[0].collection, state)


CHANGES = [
    _hide, _hide_one_that_is_saved, _hide_many, _move_a_print, _move_a_print_by_its_number, _move_a_picture,
    _move_pictures, _add_a_picture, _add_pictures, _restore_a_hidden_state, _remove_and_bring_back_hidden,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_after_every_kind_of_change_they_are_read_anew(
    prints: list[Print], change: Callable[[Sequence[Print]], None]
) -> None:
    before = kept()
    assert len(before) == COUNT
    change(prints)
    assert kept() == really() != before


def test_without_a_change_they_are_not_read_again(
    prints: list[Print], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    audience = visitor()
    first = queries.image_ids_for(PrintFilters(), audience=audience)
    Print.objects.filter(pk=prints[0].pk).update(title="Another title")
    Print.objects.create(collection=prints[0].collection, record_id="without a picture").delete()
    queries.image_ids_for(PrintFilters(), audience=audience)
    with django_assert_num_queries(1):
        again = queries.image_ids_for(PrintFilters(), audience=audience)
    assert first is not None
    assert again is not None
    assert np.array_equal(again, first)
    assert not again.flags.writeable


def test_each_audience_has_its_own(prints: list[Print]) -> None:
    collection = prints[0].collection_id
    vault = Collection.objects.create(slug="vault", name="V", visibility="private")
    Print.objects.filter(pk=prints[0].pk).update(collection=vault)
    Print.objects.filter(pk=prints[1].pk).update(hidden=True)
    one = frozenset({collection})
    for audience, count in (
        (Audience(one), 2),
        (Audience(one, curated=one), 3),
        (Audience(frozenset({vault.pk})), 1),
        (Audience(None), 3),
        (Audience(frozenset()), 0),
    ):
        found = queries.image_ids_for(PrintFilters(), audience=audience)
        assert found is not None
        assert len(found) == count


def test_a_state_that_was_rolled_back_is_not_taken_for_another(prints: list[Print]) -> None:
    kept()
    with transaction.atomic():
        _hide(prints)
        assert kept() == really()
        transaction.set_rollback(True)
    Print.objects.filter(pk=prints[1].pk).update(hidden=True)
    assert kept() == really()


def test_lines_are_folded_and_the_state_goes_on(db: None) -> None:
    states = set()
    for _ in range(3 * LINES_AT_ONCE):
        with shown_change():
            pass
        states.add(shown_state())
    assert len(states) == 3 * LINES_AT_ONCE
    assert ShownChange.objects.count() <= LINES_AT_ONCE + 1


@pytest.mark.django_db(transaction=True)
def test_of_another_connection_nothing_is_known_before_its_commit_and_all_after() -> None:
    prints = _prints()
    before = kept()
    hidden, looked = threading.Event(), threading.Event()

    def hide() -> None:
        try:
            with transaction.atomic():
                _hide(prints)
                hidden.set()
                assert looked.wait(60)
        finally:
            connection.close()

    other = threading.Thread(target=hide)
    other.start()
    try:
        assert hidden.wait(60)
        assert kept() == before
    finally:
        looked.set()
        other.join(60)
    assert kept() == really() == before[1:]
