"""What may be kept by a browser or by a proxy; and where a request came from, for the audit trail."""

import pytest
from rest_framework.test import APIClient

from accounts import audit
from accounts.models import AuditEntry
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


def test_what_a_request_does_is_told_with_its_address_and_what_follows_is_not(house: House) -> None:
    place = f"/api/v1/prints/{house.prints['private'].pk}/"
    changed = house.client("curator").patch(place, {"title": "Other"}, "json", REMOTE_ADDR="192.0.2.7")
    assert changed.status_code == 200
    audit.record(None, "index_compacted")
    told = AuditEntry.objects.order_by("pk").values_list("action", "address")
    assert list(told) == [("print_changed", "192.0.2.7"), ("index_compacted", "")]
