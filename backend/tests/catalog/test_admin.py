"""The operator's pages open, and change nothing that the imports own."""

import pytest
from django.test import Client
from pytest_django import Settings

from catalog.models import Print
from core import jobs


@pytest.mark.parametrize("address", ["/admin/", "/admin/catalog/print/", "/admin/core/job/"])
def test_lists_open(admin_client: Client, catalogue: dict[str, Print], address: str) -> None:
    jobs.enqueue(kind="paint")
    assert admin_client.get(address).status_code == 200


def test_a_print_opens_with_its_pictures(admin_client: Client, catalogue: dict[str, Print]) -> None:
    page = admin_client.get(f"/admin/catalog/print/{catalogue['war'].pk}/change/")
    assert b"raw/war.jpg" in page.content


def test_a_job_cannot_be_written(admin_client: Client) -> None:
    assert admin_client.get("/admin/core/job/add/").status_code == 403


@pytest.mark.django_db
def test_strangers_are_asked_who_they_are(client: Client, settings: Settings) -> None:
    assert client.get("/admin/").status_code == 302
