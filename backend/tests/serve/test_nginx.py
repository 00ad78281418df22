"""What nginx does with the files of nginx/: whom it limits, which headers it sends, what it writes down."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.test import Client, override_settings

from core.log_privacy import shortened
from serve.stack_proof import SECURITY
from tests.serve.forgetful_dns import forgetful_name_server
from tests.serve.nginx_here import NGINX, PICTURE, Front, nginx_here

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed on this machine"),
]
ADDRESSES = [
    "203.0.113.7",
    "203.0.113.8",
    "2001:db8:1::5",
    "2001:db8:1::a:b:c:d",
    "2001:db8:1:0:aaaa::1",
    "2001:db8:1:2:3:4:5:6",
    "2001:db8:1:2::9",
    "2001:db8:1:3::9",
    "2001:db8::5",
    "2001:db8::7:1:2:3:4",
    "2001:db8:0:7::1",
    "2001:db8:0:8::1",
    "2001::7",
    "2001::2:1:2:3:4:5",
    "2001:0:2:1::5",
    "2001:0:0:1::5",
    "2a00::1:1:2:3:4",
    # Bytes that are letters of patterns: a line's end, a zero.
    "2001:a0a:a0a:a0a:a0a:a0a:a0a:a0a",
    "2001:a0a:a0a:a0a::",
]


@pytest.fixture(scope="module")
def headers() -> dict[str, str]:
    """What the application says of every answer, but for its length."""
    with override_settings(SECURE_HSTS_SECONDS=60):
        said = dict(Client().get("/health/live", secure=True).headers)
    del said["Content-Length"]
    return said


@pytest.fixture
def front(tmp_path: Path, headers: dict[str, str]) -> Iterator[Front]:
    with nginx_here(tmp_path, headers=headers) as front:
        yield front


def household(address: str) -> str:
    return str(ip_network(f"{address}/{64 if ':' in address else 32}", strict=False))


def test_addresses_of_one_household_are_one_client_and_others_are_not(front: Front) -> None:
    clients = {address: front.client(address) for address in ADDRESSES}
    for one in ADDRESSES:
        for other in ADDRESSES:
            assert (clients[one] == clients[other]) == (household(one) == household(other)), (one, other)


def test_http_leads_to_the_same_address_by_https_on_its_port(front: Front) -> None:
    assert front.redirected("/prints?q=a") == "https://recto.example.org:8443/prints?q=a"


def test_sign_ins_of_one_household_share_a_limit(front: Front) -> None:
    found = [
        front.ask("/api/v1/session/", method="POST", address=f"2001:db8:1::{number:x}").status
        for number in range(1, 30)
    ]
    assert (found[0], found[-1]) == (200, 429)
    assert front.ask("/api/v1/session/", method="POST", address="2001:db8:2::1").status == 200


@pytest.mark.parametrize("path", ["/api/v1/session/", "/admin/login/", "/api/v1/facets/"])
def test_reading_is_limited_wherever_it_is(front: Front, path: str) -> None:
    found = [front.ask(path).status for _ in range(430)]
    assert (found[0], found[-1]) == (200, 429)


def test_a_picture_that_nginx_sends_has_the_headers_of_the_application(
    front: Front, headers: dict[str, str]
) -> None:
    answer = front.ask("/media/images/1/display/")
    assert answer.said == PICTURE  # type: ignore[attr-defined]
    for name, value in headers.items():
        assert answer.headers.get_all(name) == [value], name
    assert {name.lower() for name in headers} > set(SECURITY)


def test_a_question_for_the_web_process_that_is_lost_is_asked_again(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    with (
        forgetful_name_server(forgets=1) as port,
        nginx_here(tmp_path, headers=headers, name_server=port) as front,
    ):
        assert front.ask("/health/live").status == 200


def test_lines_of_the_log_name_networks_as_the_application_does(tmp_path: Path) -> None:
    with nginx_here(tmp_path, headers={}) as front:
        for address in ADDRESSES:
            front.ask("/api/v1/facets/?q=secret", address=address)
    lines = front.logged()
    assert [line["address"] for line in lines] == [shortened(address) for address in ADDRESSES]
    told = {(line["level"], line["process"], line["path"]) for line in lines}
    assert told == {("info", "nginx", "/api/v1/facets/")}
