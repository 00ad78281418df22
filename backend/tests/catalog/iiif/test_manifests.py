"""GET /iiif/presentation/3/prints/<id>/manifest.json"""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from catalog.models import Collection, Print, PrintImage

Catalogue = dict[str, Print]
LANGUAGES = {"en", "de", "fr", "it"}


def manifest(api: APIClient, record: Print) -> Any:
    response = api.get(f"/iiif/presentation/3/prints/{record.pk}/manifest.json")
    assert response.status_code == 200, response.content
    return response.json()


def test_it_tells_what_is_known_in_four_languages(api: APIClient, catalogue: Catalogue) -> None:
    found = manifest(api, catalogue["war"])
    assert found["label"] == {"none": ["C'est la guerre! Die Schützengräben"]}
    assert all(set(one["label"]) == LANGUAGES for one in found["metadata"])
    told = {one["label"]["de"][0]: one["value"]["none"] for one in found["metadata"]}
    assert told["Inventarnummer"] == ["1916.0047.1"]
    assert told["Beteiligte"] == ["Vallotton, Félix (1865 - 1925), Künstler, Herausgeber"]
    assert set(told["Technik"][0].split(", ")) == {"Radierung", "Holzschnitt"}
    assert told["Institution"] == ["Graphische Sammlung ETH Zürich (CH-000511-9)"]
    assert told["Beziehungen"] == ["dublette: 1916.0047.2", "vorlage: D 123"]
    assert found["rights"] == "http://creativecommons.org/publicdomain/mark/1.0/"
    assert found["requiredStatement"]["value"]["none"][1] == "Public Domain Mark 1.0"
    assert found["provider"][0]["label"] == {"none": ["Graphische Sammlung ETH Zürich (CH-000511-9)"]}
    # Of two institutions of one Recto, each is an agent of its own.
    assert "#institution-" in found["provider"][0]["id"]


def test_a_licence_without_an_address_is_words_alone(api: APIClient, catalogue: Catalogue) -> None:
    Print.objects.filter(pk=catalogue["war"].pk).update(licence="Alle Rechte vorbehalten")
    found = manifest(api, catalogue["war"])
    assert "rights" not in found
    assert "Alle Rechte vorbehalten" in found["requiredStatement"]["value"]["none"]


def test_each_picture_is_a_canvas_with_its_image_service(
    api: APIClient, catalogue: Catalogue, scan: PrintImage
) -> None:
    found = manifest(api, catalogue["war"])
    assert [one["width"] for one in found["items"]] == [60, 1300]
    body = found["items"][1]["items"][0]["items"][0]["body"]
    service = f"http://testserver/iiif/image/3/{scan.pk}"
    assert body["service"] == [{"id": service, "type": "ImageService3", "profile": "level2"}]
    assert api.get(f"{service}/info.json").json()["id"] == service
    for picture in (body, *found["thumbnail"], *found["items"][1]["thumbnail"]):
        assert api.get(picture["id"]).status_code == 200


def test_its_own_address_is_where_it_was_found(api: APIClient, catalogue: Catalogue, settings: Any) -> None:
    found = manifest(api, catalogue["war"])
    assert api.get(found["id"]).json() == found
    settings.RECTO_PUBLIC_URL = "https://prints.example"
    assert manifest(api, catalogue["war"])["id"].startswith("https://prints.example/iiif/")


def test_only_an_address_of_the_web_becomes_a_link(api: APIClient, catalogue: Catalogue) -> None:
    def homepages(url: str) -> list[str]:
        Print.objects.filter(pk=catalogue["war"].pk).update(record_url=url)
        return [one["id"] for one in manifest(api, catalogue["war"])["homepage"]]

    own = f"http://testserver/prints/{catalogue['war'].pk}"
    assert homepages("https://museum.example/1") == ["https://museum.example/1", own]
    assert homepages("javascript:alert(1)") == [own]


def test_a_print_of_which_little_is_known(api: APIClient, catalogue: Catalogue, scan: PrintImage) -> None:
    PrintImage.objects.filter(pk=scan.pk).update(print=catalogue["unknown"])
    Print.objects.filter(pk=catalogue["unknown"].pk).update(title="")
    found = manifest(api, catalogue["unknown"])
    assert found["label"]["de"] == ["Ohne Titel"]
    assert not {"rights", "requiredStatement", "provider"} & set(found)


def test_a_print_without_picture_has_none(api: APIClient, catalogue: Catalogue) -> None:
    response = api.get(f"/iiif/presentation/3/prints/{catalogue['unknown'].pk}/manifest.json")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "manifest_without_picture"


def test_public_ones_may_be_read_by_pages_of_other_houses(api: APIClient, catalogue: Catalogue) -> None:
    path = f"/iiif/presentation/3/prints/{catalogue['war'].pk}/manifest.json"
    assert api.get(path).headers["Access-Control-Allow-Origin"] == "*"
    Collection.objects.update(visibility="private")
    response = api.get(path)
    assert response.status_code == 404
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("wrong", ["999", "9999999999999999999"])
def test_no_such_print(api: APIClient, catalogue: Catalogue, wrong: str) -> None:
    assert api.get(f"/iiif/presentation/3/prints/{wrong}/manifest.json").status_code == 404


def test_number_of_queries(
    api: APIClient,
    catalogue: Catalogue,
    scan: PrintImage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(7):
        manifest(api, catalogue["war"])
