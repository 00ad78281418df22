"""A collection of 100,000 prints can be deleted: neither the memory nor a transaction holds them all."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import services
from catalog.models import Collection, Print, PrintImage

pytestmark = pytest.mark.usefixtures("data_dir")


def collection_of(count: int) -> Collection:
    made = Collection.objects.create(slug=f"c{count}", name=f"Of {count}")
    prints = Print.objects.bulk_create(
        Print(collection=made, record_id=f"r{number}", search_text="x") for number in range(count)
    )
    PrintImage.objects.bulk_create(
        PrintImage(print=one, path=f"{one.record_id}.jpg", sha256="0", width=1, height=1, format="JPEG")
        for one in prints
    )
    return made


def address_of(collection: Collection) -> str:
    return f"/admin/catalog/collection/{collection.pk}/delete/"


def test_what_would_go_is_counted_and_not_listed(admin_client: Client) -> None:
    pages, asked = [], []
    for count in (2, 9):
        address = address_of(collection_of(count))
        with CaptureQueriesContext(connection) as queries:
            pages.append(admin_client.get(address).content)
        asked.append(len(queries))
    assert b"prints: 9" in pages[1].replace(b"Prints", b"prints")
    assert len(pages[0]) == len(pages[1])
    assert asked[0] == asked[1]


@pytest.mark.django_db(transaction=True)
def test_what_was_cut_short_goes_on(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    made = collection_of(5)
    with monkeypatch.context() as patched:
        patched.setattr(Collection, "delete", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            admin_client.post(address_of(made), {"post": "yes"})
    assert not Print.objects.exists()
    assert Collection.objects.exists()
    admin_client.post(address_of(made), {"post": "yes"})
    assert not Collection.objects.exists()


def test_collections_that_are_deleted_together_go(admin_client: Client) -> None:
    chosen = [collection_of(2).pk, collection_of(3).pk]
    form = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    admin_client.post("/admin/catalog/collection/", form)
    assert not Collection.objects.exists()
    assert not PrintImage.objects.exists()
