"""What may be kept by a browser or by a proxy."""

import pytest
from rest_framework.test import APIClient

from tests.accounts.conftest import House


@pytest.mark.parametrize("address", ["/api/v1/prints/", "/api/v1/me/", "/api/v1/prints/999999/"])
def test_answers_to_somebody_are_not_kept(house: House, address: str) -> None:
    signed_in = house.client("viewer").get(address)
    assert signed_in["Cache-Control"] == "private, no-store"
    token = house.client("viewer").post("/api/v1/me/tokens/", {"name": "x"}).json()["token"]
    by_token = APIClient().get(address, headers={"Authorization": f"Token {token}"})
    assert by_token["Cache-Control"] == "private, no-store"


def test_answers_to_visitors_are_as_they_were(house: House, api: APIClient) -> None:
    response = api.get("/api/v1/prints/")
    assert "Cache-Control" not in response
    assert "Cookie" in response["Vary"]
