"""GET /api/v1/prints/ and /api/v1/prints/{id}/."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from catalog.models import Print
from catalog.serializers import LARGEST_ID

Catalogue = dict[str, Print]


def titles(api: APIClient, **query: Any) -> list[str]:
    response = api.get("/api/v1/prints/", query)
    assert response.status_code == 200, response.json()
    return [row["title"].split("!")[0] for row in response.json()["results"]]


WAR, RHINO, ORNAMENT = "C'est la guerre", "Rhinocerus", "Ornament"


def test_list_shows_every_print_with_its_first_picture(api: APIClient, catalogue: Catalogue) -> None:
    body = api.get("/api/v1/prints/").json()
    assert {key: body[key] for key in ("count", "page", "pages", "page_size")} == {
        "count": 3,
        "page": 1,
        "pages": 1,
        "page_size": 24,
    }
    war, _, ornament = body["results"]
    assert war["people"] == [
        {
            "id": war["people"][0]["id"],
            "name": "Vallotton, Félix",
            "birth_year": 1865,
            "death_year": 1925,
            "roles": ["Künstler", "Herausgeber"],
        }
    ]
    assert (war["date"], war["year_min"], war["year_max"]) == ("1915 - 1916", 1915, 1916)
    assert war["techniques"] == ["Holzschnitt", "Radierung"]
    assert (war["classification"], war["institution"]) == (
        "Buchillustration",
        "Graphische Sammlung ETH Zürich",
    )
    assert (war["collection"], war["collection_name"]) == ("swiss", "Swiss prints")
    assert war["image"]["width"] == 60
    assert (ornament["image"], ornament["classification"], ornament["year_min"]) == (None, "", None)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "guerre"}, [WAR]),
        ({"q": "SCHÜTZENGRÄBEN"}, [WAR]),
        ({"q": "schutzengraben"}, [WAR]),
        ({"q": "schuetzengraeben"}, [WAR]),
        ({"q": "felix vallotton"}, [WAR]),
        ({"q": "Dürer Rhino"}, [RHINO]),
        ({"q": "duerer"}, [ORNAMENT, RHINO]),
        ({"q": "1916.0047"}, [WAR]),
        ({"q": "ca. 1520"}, [RHINO]),
        ({"q": "%"}, []),
        ({"q": "Dürer guerre"}, []),
        ({"collection": "old"}, [RHINO, ORNAMENT]),
        ({"collection": ["old", "swiss"]}, [WAR, RHINO, ORNAMENT]),
        ({"collection": "nowhere"}, []),
        ({"collection": ["", "old"], "relation": "", "q": " "}, [RHINO, ORNAMENT]),
        ({"relation": "vorlage"}, [WAR]),
        ({"relation": ["vorlage", "dublette"]}, [WAR]),
        ({"year_from": 1900}, [WAR]),
        ({"year_from": 1916, "year_to": 1916}, [WAR]),
        ({"year_to": 1515}, [RHINO]),
        ({"year_to": 1514}, []),
        ({"year_from": 1600, "year_to": 1500}, [RHINO]),
        ({"year_to": 1600, "include_undated": "true"}, [RHINO, ORNAMENT]),
        ({"include_undated": "true"}, [WAR, RHINO, ORNAMENT]),
        ({"order": "title"}, [WAR, ORNAMENT, RHINO]),
        ({"order": "-title"}, [RHINO, ORNAMENT, WAR]),
        ({"order": "year"}, [RHINO, WAR, ORNAMENT]),
        ({"order": "-year"}, [WAR, RHINO, ORNAMENT]),
        ({"order": "-added"}, [ORNAMENT, RHINO, WAR]),
        ({"page_size": 2, "page": 2}, [ORNAMENT]),
    ],
)
def test_list_filters_and_orders(
    api: APIClient, catalogue: Catalogue, query: dict[str, Any], expected: list[str]
) -> None:
    assert titles(api, **query) == expected


@pytest.mark.parametrize("name", ["institution", "classification", "technique", "person"])
def test_list_filters_by_ids_of_the_facets(api: APIClient, catalogue: Catalogue, name: str) -> None:
    for option in api.get("/api/v1/facets/").json()[name]:
        count = api.get("/api/v1/prints/", {name: option["value"]}).json()["count"]
        assert count == option["count"] > 0


def test_list_with_two_people_is_either(api: APIClient, catalogue: Catalogue) -> None:
    people = [option["value"] for option in api.get("/api/v1/facets/").json()["person"]]
    assert titles(api, person=people) == [WAR, RHINO, ORNAMENT]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"year_from": "yesterday"}, "year_from"),
        ({"year_from": 10**30}, "year_from"),
        ({"person": "Dürer"}, "person.0"),
        ({"person": LARGEST_ID + 1}, "person.0"),
        ({"order": "colour"}, "order"),
        ({"q": "x" * 201}, "q"),
        ({"q": "a\0b"}, "q"),
        ({"include_undated": "perhaps"}, "include_undated"),
        ({"page": "null"}, "page"),
        ({"page": 0}, "page"),
        ({"page": ""}, "page"),
        ({"page_size": 101}, "page_size"),
        ({"page_size": "²"}, "page_size"),
        ({"page_size": "9" * 5000}, "page_size"),
    ],
)
def test_list_with_a_wrong_parameter_is_a_400_that_names_it(
    api: APIClient, catalogue: Catalogue, query: dict[str, Any], field: str
) -> None:
    response = api.get("/api/v1/prints/", query)
    assert response.status_code == 400
    error = response.json()["error"]
    assert (error["code"], list(error["fields"])) == ("invalid", [field])
    assert field in error["message"]


def test_list_past_the_last_page_is_a_404(api: APIClient, catalogue: Catalogue) -> None:
    response = api.get("/api/v1/prints/", {"page": 2})
    assert response.status_code == 404
    assert response.json()["error"]["message"].startswith("There is no page 2.")


def test_list_takes_no_put(api: APIClient, catalogue: Catalogue) -> None:
    response = api.put("/api/v1/prints/", {})
    assert response.status_code in (403, 405)


def test_visitor_adds_nothing(api: APIClient, catalogue: Catalogue) -> None:
    response = api.post("/api/v1/prints/", {})
    assert (response.status_code, response.json()["error"]["code"]) == (403, "not_authenticated")


def test_list_costs_the_same_queries_for_any_number_of_prints(
    api: APIClient, catalogue: Catalogue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        assert len(titles(api)) == 3
    with django_assert_num_queries(6):
        assert len(titles(api, page_size=1, q="ornament", collection=["old"])) == 1


def test_detail_has_pictures_relations_and_isil(api: APIClient, catalogue: Catalogue) -> None:
    body = api.get(f"/api/v1/prints/{catalogue['war'].pk}/").json()
    assert body["institution_isil"] == "CH-000511-9"
    assert body["relations"] == [
        {"kind": "dublette", "text": "1916.0047.2", "print_id": None},
        {"kind": "vorlage", "text": "D 123", "print_id": catalogue["rhino"].pk},
    ]
    assert len(body["images"]) == 1
    assert body["extra"] == {}


def test_detail_costs_five_queries(
    api: APIClient, catalogue: Catalogue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        assert api.get(f"/api/v1/prints/{catalogue['war'].pk}/").status_code == 200


@pytest.mark.parametrize("print_id", ["999999", str(LARGEST_ID + 1), "abc", "-1"])
def test_detail_of_a_print_that_is_not_there_is_a_404(
    api: APIClient, catalogue: Catalogue, print_id: str
) -> None:
    response = api.get(f"/api/v1/prints/{print_id}/")
    assert response.status_code == 404
    assert set(response.json()["error"]) == {"code", "message", "fields", "said"}
