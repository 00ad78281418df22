"""GET /api/v1/collections/ and /api/v1/examples/."""

from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from catalog.models import Print

Catalogue = dict[str, Print]


def test_collections_with_their_counts(
    api: APIClient, catalogue: Catalogue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        body = api.get("/api/v1/collections/").json()
    assert body == [
        {"slug": "old", "name": "Old masters", "visibility": "public", "print_count": 2, "role": ""},
        {"slug": "swiss", "name": "Swiss prints", "visibility": "public", "print_count": 1, "role": ""},
    ]


def test_examples_say_what_they_show(
    api: APIClient, catalogue: Catalogue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        body = api.get("/api/v1/examples/").json()
    assert body == [
        {
            "slug": "war-on-a-table",
            "title": "A print on a table",
            "thumbnail_url": "/media/examples/war-on-a-table/thumbnail/",
            "image_url": "/media/examples/war-on-a-table/display/",
            "print_id": catalogue["war"].pk,
        }
    ]
    assert api.get(body[0]["image_url"]).status_code == 200


def test_neither_can_be_written(api: APIClient, catalogue: Catalogue) -> None:
    for address in ("/api/v1/collections/", "/api/v1/examples/"):
        assert api.delete(address).status_code == 405
