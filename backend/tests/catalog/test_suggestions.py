"""GET /api/v1/suggestions/."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from catalog.models import Collection, Print
from tests.catalog.test_word_search import add

Catalogue = dict[str, Print]


def suggested(api: APIClient, q: str) -> list[tuple[str, str, int]]:
    answer = api.get("/api/v1/suggestions/", {"q": q})
    assert answer.status_code == 200, answer.content
    return [(one["kind"], one["text"], one["count"]) for one in answer.json()]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("due", [("person", "Dürer, Albrecht", 2)]),
        ("durer al", [("person", "Dürer, Albrecht", 2)]),
        ("Fél", [("person", "Vallotton, Félix", 1)]),
        ("schü", [("title", "C'est la guerre! Die Schützengräben", 1)]),
        ("1916.0", [("number", "1916.0047.1", 1)]),
        ("d123", [("number", "D 123", 1)]),
        ("holz", []),  # of a technique, for which there is a filter
        ("d", []),
        ("", []),
        ("%%", []),
    ],
)
def test_suggestions(api: APIClient, catalogue: Catalogue, q: str, expected: list[Any]) -> None:
    assert suggested(api, q) == expected


def test_a_person_comes_with_what_to_filter_by(api: APIClient, catalogue: Catalogue) -> None:
    (one,) = api.get("/api/v1/suggestions/", {"q": "vallotton"}).json()
    assert one["person_id"] == catalogue["war"].people.get().pk
    (other,) = api.get("/api/v1/suggestions/", {"q": "rhino"}).json()
    assert other["person_id"] is None


def test_at_most_eight_and_some_of_each_kind(api: APIClient, db: None) -> None:
    for number in range(12):
        add(str(number), f"Ritter 1{number:02}", number=f"1{number:02}.7", people=[f"Ritter {number:02}, 1"])
    kinds = [kind for kind, _, _ in suggested(api, "ritt")]
    assert kinds == ["person"] * 4 + ["title"] * 4 or kinds == ["person"] * 5 + ["title"] * 3
    assert [kind for kind, _, _ in suggested(api, "1")] == []
    assert len(suggested(api, "10")) == 8


def test_a_title_of_many_impressions_is_one_suggestion(api: APIClient, db: None) -> None:
    for number in range(3):
        add(str(number), "Ritter")
    assert suggested(api, "ritter") == [("title", "Ritter", 3)]


def test_a_long_title_is_cut_after_a_word_and_still_found(api: APIClient, db: None) -> None:
    add("long", "Ritter " + "und Knappe " * 40)
    ((_, text, _),) = suggested(api, "ritter")
    assert len(text) <= 120
    assert text.endswith(("und", "Knappe"))
    assert api.get("/api/v1/prints/", {"q": f'"{text}"'}).json()["count"] == 1


def test_nothing_is_suggested_of_what_is_not_shown(api: APIClient, catalogue: Catalogue) -> None:
    Print.objects.filter(pk=catalogue["rhino"].pk).update(hidden=True)
    Collection.objects.filter(slug="swiss").update(visibility="private")
    assert suggested(api, "rhino") == suggested(api, "guerre") == suggested(api, "1916.0") == []
    assert suggested(api, "vallotton") == []
    assert suggested(api, "dürer") == [("person", "Dürer, Albrecht", 1)]


def test_suggestions_cost_a_fixed_number_of_queries(
    api: APIClient, catalogue: Catalogue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        api.get("/api/v1/suggestions/", {"q": "1916"})


@pytest.mark.parametrize("q", ["x" * 201, "a\0b"])
def test_what_no_database_can_look_for_is_refused(api: APIClient, db: None, q: str) -> None:
    assert api.get("/api/v1/suggestions/", {"q": q}).status_code == 400


def test_suggestions_are_only_read(api: APIClient, db: None) -> None:
    assert api.post("/api/v1/suggestions/").status_code == 405
