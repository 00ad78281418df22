"""HTTPS: connected to the checked address, with the certificate of the name that was asked for."""

import io
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import pinned_http
from core.guarded_http import Body, FetchFailed, FetchRules, fetch
from tests.core.odd_server import OddServer, body, odd_server

pytestmark = pytest.mark.enable_socket
# A key for these tests alone; the certificate is of prints.example and signs itself.
TLS = Path(__file__).parent / "tls"


@pytest.fixture
def server() -> Iterator[OddServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "server.crt", TLS / "server.key")
    with odd_server({"/a": body(b"over TLS")}, tls=context) as running:
        yield running


@pytest.fixture
def _trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if an authority had signed the certificate."""
    context = ssl.create_default_context(cafile=TLS / "server.crt")
    monkeypatch.setattr(pinned_http, "_tls", lambda: context)


def fetched(server: OddServer, name: str) -> bytes:
    port = server.server_address[1]
    rules = FetchRules(
        max_bytes=100,
        seconds=5,
        allow_hosts=frozenset({f"{name}:{port}"}),
        resolve=lambda host, port: ["127.0.0.1"],
    )
    file = io.BytesIO()
    fetch(f"https://{name}:{port}/a", Body(file), rules)
    return file.getvalue()


@pytest.mark.usefixtures("_trusted")
def test_the_certificate_is_checked_against_the_name_and_not_the_address(server: OddServer) -> None:
    assert fetched(server, "prints.example") == b"over TLS"


@pytest.mark.usefixtures("_trusted")
def test_the_certificate_of_another_name_is_refused(server: OddServer) -> None:
    with pytest.raises(FetchFailed) as failed:
        fetched(server, "other.example")
    assert failed.value.code == "fetch_certificate"
    assert not failed.value.soon


def test_a_certificate_that_nobody_signed_is_refused(server: OddServer) -> None:
    with pytest.raises(FetchFailed, match="is not valid") as failed:
        fetched(server, "prints.example")
    assert failed.value.code == "fetch_certificate"
    assert server.visits == []
