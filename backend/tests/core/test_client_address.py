"""Who asks, behind so many proxies of ours, whatever the client writes into its headers."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from core.client_address import client_address, client_network

NEAREST = "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", NEAREST),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 2.2.2.2, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        # A request that came past one of the two: nothing in it is to be believed.
        (2, "203.0.113.9", NEAREST),
        (1, "", NEAREST),
        (1, " , ,", NEAREST),
        (1, "1.1.1.1,,203.0.113.9, ", "203.0.113.9"),
    ],
)
def test_what_the_client_writes_is_not_believed(
    settings: Settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.RECTO_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR=NEAREST)
    assert client_address(request) == address


def test_other_headers_of_proxies_are_not_read(settings: Settings) -> None:
    settings.RECTO_PROXIES = 1
    others = {"Forwarded": "for=1.1.1.1", "X-Real-IP": "1.1.1.1", "True-Client-IP": "1.1.1.1"}
    assert client_address(RequestFactory().get("/", headers=others, REMOTE_ADDR=NEAREST)) == NEAREST


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:0DB8:1:2::ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_one_customers_ipv6_addresses_count_as_one(settings: Settings, address: str, network: str) -> None:
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network
