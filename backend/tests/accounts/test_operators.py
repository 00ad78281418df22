"""/metrics counts everything, so visitors from outside do not read it."""

from rest_framework.test import APIClient

from tests.accounts.conftest import House

FROM_OUTSIDE = {"X-Forwarded-For": "203.0.113.7"}


def test_monitoring_that_asks_directly_is_answered(house: House, api: APIClient) -> None:
    assert "recto_prints 3" in api.get("/metrics").content.decode()


def test_visitors_through_a_proxy_are_not(house: House, api: APIClient) -> None:
    response = api.get("/metrics", headers=FROM_OUTSIDE)
    assert response.status_code == 403
    assert b"recto_prints" not in response.content


def test_administrators_are_from_anywhere(house: House, api: APIClient) -> None:
    assert house.client("administrator").get("/metrics", headers=FROM_OUTSIDE).status_code == 200
    assert house.client("curator").get("/metrics", headers=FROM_OUTSIDE).status_code == 403
    text = house.client("administrator").post("/api/v1/me/tokens/", {"name": "monitoring"}).json()["token"]
    by_token = api.get("/metrics", headers=FROM_OUTSIDE | {"Authorization": f"Token {text}"})
    assert by_token.status_code == 200
