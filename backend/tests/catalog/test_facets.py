"""GET /api/v1/facets/."""

import time
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from catalog import facets as catalog_facets
from catalog import recent_facets as catalog_recent_facets
from catalog.audience import EVERYTHING, Audience
from catalog.filters import PrintFilters
from catalog.models import Print, Revision
from catalog.recent_facets import recent_facets

Catalogue = dict[str, Print]
FACETS = ("collection", "institution", "classification", "technique", "relation", "person")


def counts(options: list[dict[str, Any]]) -> dict[str, int]:
    return {option["label"]: option["count"] for option in options}


def span(body: dict[str, Any]) -> dict[str, int]:
    return {name: body["years"][name] for name in ("first", "last", "undated")}


def test_facets_count_every_option(api: APIClient, catalogue: Catalogue) -> None:
    body = api.get("/api/v1/facets/").json()
    assert body["total"] == 3
    assert counts(body["collection"]) == {"Old masters": 2, "Swiss prints": 1}
    assert counts(body["institution"]) == {"Graphische Sammlung ETH Zürich": 2}
    assert counts(body["classification"]) == {"Buchillustration": 1}
    assert counts(body["technique"]) == {"Holzschnitt": 2, "Radierung": 1}
    assert counts(body["relation"]) == {"dublette": 1, "vorlage": 1}
    assert counts(body["person"]) == {"Dürer, Albrecht": 2, "Vallotton, Félix": 1}
    assert span(body) == {"first": 1515, "last": 1916, "undated": 1}
    touched = [(one["from"], one["to"]) for one in body["years"]["bins"] if one["count"]]
    # Radierung of 1915-1916 in one bar, the woodcut of 1515-1525 in both that it touches.
    assert touched == [(1500, 1524), (1525, 1549), (1900, 1924)]


def test_facets_list_the_most_frequent_first(api: APIClient, catalogue: Catalogue) -> None:
    body = api.get("/api/v1/facets/").json()
    assert [option["label"] for option in body["technique"]] == ["Holzschnitt", "Radierung"]
    assert body["collection"][0]["value"] == "old"


def test_facet_ignores_its_own_filter_and_obeys_the_others(api: APIClient, catalogue: Catalogue) -> None:
    body = api.get("/api/v1/facets/", {"collection": "swiss"}).json()
    assert body["total"] == 1
    assert counts(body["collection"]) == {"Old masters": 2, "Swiss prints": 1}
    assert counts(body["technique"]) == {"Holzschnitt": 1, "Radierung": 1}
    assert span(body) == {"first": 1915, "last": 1916, "undated": 0}
    assert body["years"]["bins"] == [
        {"from": 1915, "to": 1915, "count": 1},
        {"from": 1916, "to": 1916, "count": 1},
    ]


def test_facet_keeps_a_chosen_option_that_has_no_print_left(api: APIClient, catalogue: Catalogue) -> None:
    body = api.get("/api/v1/facets/", {"collection": "swiss", "year_to": "1600"}).json()
    assert body["total"] == 0
    assert counts(body["collection"]) == {"Old masters": 1, "Swiss prints": 0}


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"collection": "old"},
        {"year_from": 1500, "year_to": 1600},
        {"q": "holz", "include_undated": "true"},
    ],
)
def test_an_options_count_is_what_choosing_it_leaves(
    api: APIClient, catalogue: Catalogue, others: dict[str, Any]
) -> None:
    body = api.get("/api/v1/facets/", others).json()
    asked = 0
    for name in FACETS:
        for option in body[name]:
            # Values of one field are alternatives: its own earlier choice is left aside.
            chosen = {**others, name: option["value"]}
            left = api.get("/api/v1/prints/", chosen).json()["count"]
            assert (name, option["label"], option["count"]) == (name, option["label"], left)
            asked += 1
    assert asked >= 4


def test_years_ignore_the_years_that_are_asked(api: APIClient, catalogue: Catalogue) -> None:
    body = api.get("/api/v1/facets/", {"year_from": 1900}).json()
    assert span(body) == {"first": 1515, "last": 1916, "undated": 1}


@pytest.mark.parametrize("half", [{"year_min": 1600}, {"year_max": 1600}, {}])
def test_the_undated_are_those_that_include_undated_adds(
    api: APIClient, catalogue: Catalogue, half: dict[str, int]
) -> None:
    Print.objects.create(collection=catalogue["war"].collection, record_id="half", title="Half", **half)
    undated = span(api.get("/api/v1/facets/").json())["undated"]
    asked: list[dict[str, Any]] = [
        {"year_from": 1000},
        {"year_to": 2000},
        {"year_from": 1000, "year_to": 2000},
    ]
    for years in asked:
        without = api.get("/api/v1/prints/", years).json()["count"]
        added = api.get("/api/v1/prints/", {**years, "include_undated": "true"}).json()["count"] - without
        assert (without, added) == (2, undated)


def test_a_year_beyond_those_that_can_be_asked_for_is_in_no_bar(api: APIClient, catalogue: Catalogue) -> None:
    before = api.get("/api/v1/facets/").json()["years"]
    Print.objects.create(
        collection=catalogue["war"].collection, record_id="slip", title="Slip", year_min=15150, year_max=15150
    )
    assert api.get("/api/v1/facets/").json()["years"] == before
    assert api.get("/api/v1/prints/", {"year_from": 3000}).json()["count"] == 1


def test_facet_with_a_slug_that_is_another_collections_id(api: APIClient, catalogue: Catalogue) -> None:
    old = catalogue["rhino"].collection
    body = api.get("/api/v1/facets/", {"collection": str(old.pk), "q": "guerre"}).json()
    assert counts(body["collection"]) == {"Swiss prints": 1}


def test_facet_sends_no_endless_list(
    api: APIClient, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_facets, "MOST_OPTIONS", 1)
    rare = catalogue["war"].people.get()
    assert counts(api.get("/api/v1/facets/").json()["person"]) == {"Dürer, Albrecht": 2}
    chosen = api.get("/api/v1/facets/", {"person": rare.pk}).json()["person"]
    assert counts(chosen) == {"Dürer, Albrecht": 2, "Vallotton, Félix": 1}


def test_facets_of_an_empty_catalogue_are_empty(api: APIClient, db: None) -> None:
    body = api.get("/api/v1/facets/").json()
    assert body["total"] == 0
    assert body["person"] == []
    assert body["years"] == {"first": None, "last": None, "undated": 0, "bins": []}


def test_facets_cost_a_fixed_number_of_queries(
    api: APIClient, catalogue: Catalogue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(16):
        first = api.get("/api/v1/facets/", {"q": "holzschnitt"}).json()
    with django_assert_num_queries(3):
        assert api.get("/api/v1/facets/", {"q": "holzschnitt"}).json() == first


def test_a_change_is_counted_at_once(api: APIClient, catalogue: Catalogue) -> None:
    before = api.get("/api/v1/facets/").json()["total"]
    removed = Print.objects.filter(hidden=False)[0]
    Revision.objects.create(
        collection=removed.collection, print_id=removed.pk, record_id=removed.record_id, kind="removed",
        origin="edit",
    )  # fmt: skip
    removed.delete()

    assert api.get("/api/v1/facets/").json()["total"] == before - 1


def test_facets_are_counted_again_after_a_while_though_the_clock_was_set_back(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_at, wall = time.monotonic(), time.time()
    before = recent_facets(PrintFilters(), audience=EVERYTHING)["total"]
    Print.objects.filter(hidden=False)[0].delete()
    monkeypatch.setattr(time, "time", lambda: wall - 86_400)
    assert recent_facets(PrintFilters(), audience=EVERYTHING)["total"] == before
    monkeypatch.setattr(catalog_recent_facets, "monotonic", lambda: kept_at + 60)
    assert recent_facets(PrintFilters(), audience=EVERYTHING)["total"] == before - 1


def test_facets_of_one_audience_are_not_those_of_another(catalogue: Catalogue) -> None:
    filters = PrintFilters()
    everything = recent_facets(filters, audience=EVERYTHING)["total"]

    assert everything > 0
    assert recent_facets(filters, audience=Audience(visible=frozenset()))["total"] == 0
    assert recent_facets(filters, audience=EVERYTHING)["total"] == everything
