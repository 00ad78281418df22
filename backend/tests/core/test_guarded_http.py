"""Fetching from a real server on loopback, which the rules of these tests name as the operator's own."""

import errno
import gzip
import io
import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.guarded_http import (
    AddressRefused,
    Body,
    FetchFailed,
    FetchRefused,
    FetchRules,
    Validators,
    fetch,
)
from tests.core.odd_server import Answer, OddServer, Visit, body, free_port, odd_server, redirect

pytestmark = pytest.mark.enable_socket
CONTENT = bytes(range(256)) * 1000


@pytest.fixture
def server() -> Iterator[OddServer]:
    with odd_server() as running:
        yield running


@pytest.fixture
def rules(server: OddServer) -> FetchRules:
    return FetchRules(max_bytes=1_000_000, seconds=5, silence_s=2, allow_hosts=frozenset({server.place}))


def fetched(url: str, rules: FetchRules) -> bytes:
    file = io.BytesIO()
    fetch(url, Body(file), rules)
    return file.getvalue()


def test_the_content_and_its_version(server: OddServer, rules: FetchRules) -> None:
    server.paths["/a.png"] = body(CONTENT, ETag='"v1"', Last_Modified="Sat, 01 Nov 2026 10:00:00 GMT")
    file = io.BytesIO()
    found = fetch(f"{server.url}/a.png#top", Body(file), rules)
    assert file.getvalue() == CONTENT
    assert found.size == len(CONTENT)
    assert found.validators == Validators('"v1"', "Sat, 01 Nov 2026 10:00:00 GMT")


def test_the_request_says_who_asks_and_brings_nothing_else(
    server: OddServer, rules: FetchRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    server.paths["/"] = body(b"x", Set_Cookie="a=b")
    fetched(server.url, replace(rules, user_agent="Recto/1"))
    fetched(server.url, replace(rules, user_agent="Recto/1"))
    for _, headers in server.visits:
        assert headers == {
            "Host": server.place, "User-Agent": "Recto/1", "Accept": "*/*", "Accept-Encoding": "identity",
            "Connection": "close",
        }  # fmt: skip


def test_what_has_not_changed_is_not_sent_again(server: OddServer, rules: FetchRules) -> None:
    server.paths["/a"] = lambda visit: visit.say(304 if visit.headers["If-None-Match"] == '"v1"' else 200)
    found = fetch(f"{server.url}/a", Body(io.BytesIO()), rules, known=Validators('"v1"'))
    assert found.unchanged


def test_a_cut_off_file_is_continued_where_it_ended(server: OddServer, rules: FetchRules) -> None:
    server.paths["/a"] = _cut_once(CONTENT, etag='"v1"')
    partial = Body(io.BytesIO())
    with pytest.raises(FetchFailed, match="of 256,000 bytes came"):
        fetch(f"{server.url}/a", partial, rules)
    fetch(f"{server.url}/a", partial, rules)
    assert partial.file.seek(0) == 0
    assert partial.file.read() == CONTENT
    assert server.visits[1][1]["Range"] == "bytes=100000-"
    assert server.visits[1][1]["If-Range"] == '"v1"'


def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(
    server: OddServer, rules: FetchRules
) -> None:
    server.paths["/a"] = body(CONTENT, ETag='"v2"')
    partial = Body(io.BytesIO(b"old" * 1000), Validators('"v1"'))
    fetch(f"{server.url}/a", partial, rules)
    partial.file.seek(0)
    assert partial.file.read() == CONTENT


@pytest.mark.parametrize("part", ["bytes 5-9/10", "bytes 100000-200000/256000", "", "items 1-2/3"])
def test_another_part_than_was_asked_for_is_not_appended(
    server: OddServer, rules: FetchRules, part: str
) -> None:
    server.paths["/a"] = lambda visit: visit.say(206, b"x" * 10, Content_Range=part)
    with pytest.raises(FetchFailed, match="another part"):
        fetch(f"{server.url}/a", Body(io.BytesIO(b"y" * 100_000), Validators('"v1"')), rules)


def test_redirects_are_followed_to_the_end(server: OddServer, rules: FetchRules) -> None:
    server.paths |= {"/a": redirect("/b c"), "/b%20c": redirect("d#e"), "/d": body(b"here")}
    file = io.BytesIO()
    assert fetch(f"{server.url}/a", Body(file), rules).url == f"{server.url}/d"
    assert file.getvalue() == b"here"


def test_packed_content_is_unpacked(server: OddServer, rules: FetchRules) -> None:
    server.paths["/a"] = body(gzip.compress(CONTENT), Content_Encoding="gzip")
    assert fetched(f"{server.url}/a", rules) == CONTENT


def test_chunks_of_a_body_without_length(server: OddServer, rules: FetchRules) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.paths["/a"] = lambda visit: visit.raw(head, b"3\r\nabc\r\n", b"2\r\nde\r\n", b"0\r\n\r\n")
    assert fetched(f"{server.url}/a", rules) == b"abcde"


@pytest.mark.parametrize(
    ("status", "headers", "error", "soon", "retry_after"),
    [
        (404, {}, FetchFailed, False, 0),
        (403, {}, FetchFailed, False, 0),
        (410, {}, FetchRefused, None, None),
        (429, {"Retry-After": "7"}, FetchFailed, True, 7),
        (503, {"Retry-After": "Sat, 01 Nov 2026 10:00:00 GMT"}, FetchFailed, True, 60),
        (500, {"Retry-After": "-3"}, FetchFailed, True, 60),
    ],
)
def test_an_error_of_the_server_says_whether_to_ask_again(
    server: OddServer,
    rules: FetchRules,
    status: int,
    headers: dict[str, str],
    error: type[Exception],
    soon: bool | None,
    retry_after: float | None,
) -> None:
    server.paths["/a"] = lambda visit: visit.say(status, b"", **headers)
    with pytest.raises(error, match=str(status)) as raised:
        fetched(f"{server.url}/a", rules)
    assert getattr(raised.value, "soon", None) == soon
    assert getattr(raised.value, "retry_after", None) == retry_after


def test_the_name_is_resolved_once_and_the_checked_address_is_the_one_that_is_asked(
    server: OddServer, rules: FetchRules
) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    server.paths["/"] = body(b"mine")
    port = server.server_address[1]
    own = replace(rules, resolve=resolve, allow_hosts=frozenset({f"prints.example:{port}"}))
    assert fetched(f"http://prints.example:{port}/", own) == b"mine"
    assert asked == ["prints.example"]
    assert server.visits[0][1]["Host"] == f"prints.example:{port}"


def test_a_name_that_an_operator_did_not_allow_is_refused_at_the_same_address(server: OddServer) -> None:
    port = server.server_address[1]
    rules = FetchRules(max_bytes=10, ports=frozenset({port}), resolve=lambda host, port: ["127.0.0.1"])
    with pytest.raises(AddressRefused, match="RECTO_FETCH_ALLOW_HOSTS"):
        fetched(f"http://prints.example:{port}/", rules)
    assert server.visits == []


def test_a_server_that_is_not_there_may_come_back(rules: FetchRules) -> None:
    place = f"127.0.0.1:{free_port()}"
    with pytest.raises(FetchFailed, match="cannot be reached") as failed:
        fetched(f"http://{place}/", replace(rules, allow_hosts=frozenset({place})))
    assert failed.value.soon


def test_a_full_disk_is_not_the_servers_fault(server: OddServer, rules: FetchRules) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    server.paths["/a"] = body(CONTENT)
    with pytest.raises(OSError, match="No space left"):
        fetch(f"{server.url}/a", Body(Full()), rules)


def _cut_once(content: bytes, *, etag: str) -> Answer:
    """The first visitor gets 100,000 bytes of a longer answer; later ones what they ask for."""

    def answer(visit: Visit) -> None:
        if len(visit.server.visits) == 1:
            visit.say(200, content[:100_000], Content_Length=str(len(content)), ETag=etag)
        else:
            rest = content[100_000:]
            span = f"bytes 100000-{len(content) - 1}/{len(content)}"
            visit.say(206, rest, Content_Range=span, ETag=etag)

    return answer
