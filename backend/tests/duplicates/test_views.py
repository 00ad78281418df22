"""The groups over HTTP."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from catalog.models import PrintImage
from core.models import Job
from duplicates.grouping import regroup
from duplicates.models import ImageGroup
from duplicates.services import Compared, FoundPair, store_compared
from tests.indexing.fixtures import MakePrint

URL = "/api/v1/image-groups/"


@pytest.fixture
def groups(make_print: MakePrint) -> list[int]:
    """Three groups of two pictures each."""
    for seed in range(6):
        make_print(seed, title="=Käfer" if seed == 0 else f"Print {seed}", inventory_number=f"D {seed}")
    ids = list(PrintImage.objects.order_by("pk").values_list("pk", flat=True))
    for first, second in zip(ids[::2], ids[1::2], strict=True):
        store_compared([Compared(first, "codec", "a", [FoundPair(second, 40, 0.8, False)])])
    regroup()
    return list(ImageGroup.objects.values_list("pk", flat=True))


def test_list_names_pictures_prints_and_pairs(api: APIClient, groups: list[int]) -> None:
    body = api.get(URL).json()
    assert body["count"] == 3
    group = body["results"][0]
    assert group["state"] == "open"
    assert [member["print"]["inventory_number"] for member in group["members"]] == ["D 0", "D 1"]
    assert group["pairs"][0]["inliers"] == 40


def test_list_costs_the_same_for_one_group_and_for_three(api: APIClient, groups: list[int]) -> None:
    counts = []
    for size in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            assert len(api.get(URL, {"page_size": size}).json()["results"]) == size
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_accept_reject_and_reopen(api: APIClient, groups: list[int], curator: User) -> None:
    accepted = api.post(f"{URL}{groups[0]}/accept/").json()
    assert (accepted["state"], accepted["decided_by"]) == ("accepted", "curator")
    assert api.post(f"{URL}{groups[1]}/reject/").json()["state"] == "rejected"
    assert api.get(URL, {"state": "open"}).json()["count"] == 1
    assert api.post(f"{URL}{groups[1]}/reopen/").json()["state"] == "open"
    assert api.get(URL, {"state": "open"}).json()["count"] == 2


def test_accept_with_strange_pictures_is_a_400(api: APIClient, groups: list[int]) -> None:
    response = api.post(f"{URL}{groups[0]}/accept/", {"images": [1, 10**12]}, format="json")
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "not_in_group"


def test_an_unknown_group_is_a_404(api: APIClient, groups: list[int]) -> None:
    for path in ("", "accept/", "reject/", "reopen/"):
        method = api.post if path else api.get
        assert method(f"{URL}{10**9}/{path}").status_code == 404


def test_an_unknown_state_is_a_400(api: APIClient, db: None) -> None:
    assert api.get(URL, {"state": "odd"}).status_code == 400


def test_visitors_see_nothing(groups: list[int]) -> None:
    visitor = APIClient()
    assert visitor.get(URL).status_code == 403
    assert visitor.get(f"{URL}export/").status_code == 403
    assert visitor.post(f"{URL}find/").status_code == 403
    assert visitor.post(f"{URL}{groups[0]}/accept/").status_code == 403


def test_find_queues_one_job(api: APIClient) -> None:
    first, second = api.post(f"{URL}find/"), api.post(f"{URL}find/")
    assert first.status_code == 202
    assert first.json()["id"] == second.json()["id"] == Job.objects.get().pk


def test_export_has_a_line_a_picture_and_no_formula(api: APIClient, groups: list[int]) -> None:
    api.post(f"{URL}{groups[0]}/accept/")
    response: Any = api.get(f"{URL}export/", {"state": "accepted"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["title"] for row in rows] == ["'=Käfer", "Print 1"]
    assert rows[0]["same_as"] == rows[1]["image_id"]
    assert rows[0]["inliers"] == "40"


def test_admin_shows_the_pictures_and_takes_decisions(groups: list[int], admin_client: Client) -> None:
    page = "/admin/duplicates/imagegroup/"
    assert admin_client.get(page).content.count(b"/thumbnail/") == 6
    admin_client.post(page, {"action": "reject", "_selected_action": [groups[0]]})
    assert ImageGroup.objects.get(pk=groups[0]).state == "rejected"
    admin_client.post(page, {"action": "reopen", "_selected_action": [groups[0]]})
    assert ImageGroup.objects.get(pk=groups[0]).state == "open"
    admin_client.post(page, {"action": "accept", "_selected_action": [groups[0]]})
    assert ImageGroup.objects.get(pk=groups[0]).decided_by is not None
    assert admin_client.get(f"{page}{groups[0]}/change/").status_code == 200
