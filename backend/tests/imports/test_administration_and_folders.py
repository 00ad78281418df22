"""What administrators do at /admin/ to what a folder has brought, and the next loading of that folder."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Collection, Example, Print, PrintImage, Revision
from imports.services import load_collection
from tests.imports.pictures_drawn import engraving, make_collection, row, save, write_table


@pytest.fixture
def folder(db: None, raw: Path) -> Path:
    made = make_collection(raw / "c", ["a.jpg", "b.jpg"], [row("1", "a.jpg"), row("2", "b.jpg")])
    save(engraving(7), made / "examples" / "phone.jpg")
    write_table(made / "examples" / "examples.csv", ["phone.jpg,Am Fenster"], header="file,title")
    load_collection(made)
    return made


def records() -> dict[str, list[str]]:
    return {
        one.record_id: [Path(image.path).name for image in one.images.all()]
        for one in Print.objects.order_by("record_id")
    }


def images_form(row: Print, **fields: str) -> dict[str, str]:
    image = row.images.get()
    form = {"images-TOTAL_FORMS": "1", "images-INITIAL_FORMS": "1", "images-0-id": str(image.pk)}
    return form | {"images-0-print": str(row.pk)} | fields


def test_a_deleted_print_stays_away(folder: Path, admin_client: Client) -> None:
    pk = Print.objects.get(record_id="2").pk
    admin_client.post(f"/admin/catalog/print/{pk}/delete/", {"post": "yes"})
    assert records() == {"1": ["a.jpg"]}
    load_collection(folder)
    assert records() == {"1": ["a.jpg"]}
    told = Revision.objects.values_list("record_id", "kind", "user__username")
    assert list(told) == [("2", "removed", "admin")]


def test_prints_that_are_deleted_together_stay_away(folder: Path, admin_client: Client) -> None:
    chosen = list(Print.objects.values_list("pk", flat=True))
    form = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    admin_client.post("/admin/catalog/print/", form)
    load_collection(folder)
    assert records() == {}


def test_a_deleted_picture_stays_away(folder: Path, admin_client: Client) -> None:
    one = Print.objects.get(record_id="2")
    form = images_form(one, **{"images-0-DELETE": "on"})
    admin_client.post(f"/admin/catalog/print/{one.pk}/change/", form)
    assert records() == {"1": ["a.jpg"], "2": []}
    load_collection(folder)
    assert records() == {"1": ["a.jpg"], "2": []}


def test_a_print_that_was_only_looked_at_is_not_written_and_has_no_history(
    folder: Path, admin_client: Client
) -> None:
    """Its fields are not to be changed there: with them would go what somebody has saved meanwhile."""
    one = Print.objects.get(record_id="2")
    with CaptureQueriesContext(connection) as queries:
        admin_client.post(f"/admin/catalog/print/{one.pk}/change/", images_form(one))
    assert not [query for query in queries if query["sql"].startswith('UPDATE "catalog_print"')]
    assert not Revision.objects.exists()


def test_a_collection_keeps_the_short_name_by_which_its_folder_knows_it(
    folder: Path, admin_client: Client
) -> None:
    pk = Collection.objects.get().pk
    form = {"slug": "other", "name": "Other", "visibility": "private"}
    admin_client.post(f"/admin/catalog/collection/{pk}/change/", form)
    load_collection(folder)
    assert list(Collection.objects.values_list("slug", "name", "visibility")) == [("c", "Other", "private")]
    assert PrintImage.objects.count() == 2


def test_a_collection_is_not_deleted_while_its_folder_would_bring_it_back(
    folder: Path, admin_client: Client
) -> None:
    address = f"/admin/catalog/collection/{Collection.objects.get().pk}/delete/"
    page = admin_client.post(address, {"post": "yes"})
    assert "data/raw/c" in page.content.decode()
    assert Collection.objects.exists()
    folder.rename(folder.parents[1] / "kept elsewhere")
    admin_client.post(address, {"post": "yes"})
    assert not Collection.objects.exists()


def test_a_folder_with_a_long_name_is_known_as_the_collections(raw: Path, admin_client: Client) -> None:
    folder = make_collection(raw / ("engravings " * 12), ["a.jpg"])
    load_collection(folder)
    admin_client.post(f"/admin/catalog/collection/{Collection.objects.get().pk}/delete/", {"post": "yes"})
    assert Collection.objects.exists()


def test_an_example_is_called_what_its_table_says(folder: Path, admin_client: Client) -> None:
    one = Example.objects.get()
    address = f"/admin/catalog/example/{one.pk}/change/"
    assert admin_client.get(address).status_code == 200
    answer = admin_client.post(address, {"slug": "x", "title": "X", "path": "x"})
    assert answer.status_code == 403
    assert Example.objects.get().title == "Am Fenster"


def test_an_example_is_not_deleted_while_its_file_would_bring_it_back(
    folder: Path, admin_client: Client
) -> None:
    address = f"/admin/catalog/example/{Example.objects.get().pk}/delete/"
    page = admin_client.post(address, {"post": "yes"})
    assert "raw/c/examples/phone.jpg" in page.content.decode()
    assert Example.objects.exists()
    (folder / "examples" / "phone.jpg").unlink()
    admin_client.post(address, {"post": "yes"})
    assert not Example.objects.exists()
