"""Monitoring asks at an address that is none of the names that Recto is reached by."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_name(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["prints.example.org"]


@pytest.mark.parametrize("host", ["10.89.0.5", "10.89.0.5:8000", "[fd00::5]:8000"])
@pytest.mark.parametrize("path", ["/health/live", "/metrics"])
def test_at_an_address_it_is_answered(client: Client, path: str, host: str) -> None:
    assert client.get(path, headers={"Host": host}).status_code == 200


def test_at_a_name_that_is_not_recto_s_it_is_not(client: Client) -> None:
    assert client.get("/metrics", headers={"Host": "rebound.example"}).status_code == 400


def test_through_a_proxy_it_is_not(client: Client) -> None:
    headers = {"Host": "10.89.0.5", "X-Forwarded-For": "203.0.113.7"}
    assert client.get("/health/ready", headers=headers).status_code == 400


def test_nothing_else_is_answered_there(client: Client) -> None:
    assert client.get("/api/v1/facets/", headers={"Host": "10.89.0.5"}).status_code == 400


@pytest.mark.parametrize("allowed", [["*"], ["*", "prints.example.org"], [".example.org"]])
def test_where_many_names_are_let_in_it_is_answered_too(
    client: Client, settings: Settings, allowed: list[str]
) -> None:
    settings.ALLOWED_HOSTS = allowed
    assert client.get("/health/live", headers={"Host": "10.89.0.5"}).status_code == 200
