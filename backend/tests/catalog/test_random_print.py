"""GET /api/v1/prints/random/."""

from collections import Counter

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from catalog import queries
from catalog.models import Collection, Print

Catalogue = dict[str, Print]


def random_id(api: APIClient, **query: str | int) -> int:
    answer = api.get("/api/v1/prints/random/", query)
    assert answer.status_code == 200, answer.content
    return int(answer.json()["id"])


def test_each_print_is_as_likely_as_any(
    api: APIClient, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = iter([0, 1, 2])
    monkeypatch.setattr(queries, "randrange", lambda count: {3: next(places)}[count])
    assert Counter(random_id(api) for _ in range(3)) == {row.pk: 1 for row in catalogue.values()}


def test_filters_leave_what_they_leave(api: APIClient, catalogue: Catalogue) -> None:
    assert random_id(api, q="guerre") == catalogue["war"].pk
    assert random_id(api, year_to=1600) == catalogue["rhino"].pk


def test_not_the_same_again_unless_it_is_the_only_one(api: APIClient, catalogue: Catalogue) -> None:
    old = {catalogue["rhino"].pk, catalogue["unknown"].pk}
    for one in old:
        assert {random_id(api, collection="old", other_than=one)} == old - {one}
    war = catalogue["war"].pk
    assert random_id(api, collection="swiss", other_than=war) == war


def test_nothing_left_is_a_404_that_says_so(api: APIClient, catalogue: Catalogue) -> None:
    answer = api.get("/api/v1/prints/random/", {"q": "no such word"})
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "no_print_left"


def test_what_is_not_shown_is_never_it(api: APIClient, catalogue: Catalogue) -> None:
    Collection.objects.filter(slug="old").update(visibility="private")
    assert {random_id(api) for _ in range(8)} == {catalogue["war"].pk}


def test_no_browser_keeps_the_answer(api: APIClient, catalogue: Catalogue) -> None:
    assert api.get("/api/v1/prints/random/")["Cache-Control"] == "no-store"


def test_it_costs_two_queries_and_the_audience(
    api: APIClient, catalogue: Catalogue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        api.get("/api/v1/prints/random/")


@pytest.mark.parametrize("query", [{"other_than": "x"}, {"year_from": "x"}])
def test_nonsense_is_refused(api: APIClient, db: None, query: dict[str, str]) -> None:
    assert api.get("/api/v1/prints/random/", query).status_code == 400


def test_it_is_only_read(api: APIClient, db: None) -> None:
    assert api.post("/api/v1/prints/random/").status_code == 405
