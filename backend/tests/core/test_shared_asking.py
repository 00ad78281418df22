"""Processes count together in Redis, and each for itself where there is none."""

import logging
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import redis
from pytest_django import Settings

from core.shared_asking import SharedAsking


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[Any]:
    """A Redis of this test's own, on a socket of the file system."""
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server (Debian, Ubuntu: apt install redis-server)")
    socket = tmp_path / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
    client = redis.Redis(unix_socket_path=str(socket))
    try:
        wait_for(client)
        settings.RECTO_CACHE_URL = f"unix://{socket}"
        yield client
    finally:
        client.close()
        process.terminate()
        process.wait(10)


def wait_for(client: redis.Redis) -> None:
    for _ in range(600):
        try:
            client.ping()
        except redis.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the Redis did not answer")


def test_two_processes_count_together(server: Any) -> None:
    one, other = (SharedAsking("pictures", most=3, seconds=60) for _ in range(2))
    assert [one.note("a"), other.note("a"), one.note("a")] == [0, 0, 0]
    assert 50 < other.note("a") <= 60
    assert other.note("b") == 0
    assert SharedAsking("others", most=1, seconds=60).note("a") == 0


def test_of_many_at_once_only_so_many_may(server: Any) -> None:
    askings = [SharedAsking("pictures", most=5, seconds=60) for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda number: askings[number % 8].note("a"), range(40)))
    assert waits.count(0) == 5


def test_the_window_slides(server: Any) -> None:
    asking = SharedAsking("pictures", most=1, seconds=60)
    asking.note("a")
    (key,) = server.keys("recto:asking:pictures:*")
    (entry,) = server.zrange(key, 0, -1)
    server.zadd(key, {entry: server.zscore(key, entry) - 59_000})
    assert asking.note("a") == 1
    server.zadd(key, {entry: server.zscore(key, entry) - 1_500})
    assert asking.note("a") == 0


def test_a_clock_that_is_set_back_keeps_nobody_waiting(server: Any) -> None:
    asking = SharedAsking("pictures", most=1, seconds=60)
    asking.note("a")
    (key,) = server.keys("recto:asking:pictures:*")
    (entry,) = server.zrange(key, 0, -1)
    server.zadd(key, {entry: server.zscore(key, entry) + 3 * 86_400_000})
    assert asking.note("a") == 0


def test_redis_is_told_no_addresses_and_forgets_by_itself(server: Any) -> None:
    SharedAsking("pictures", most=1, seconds=60).note("203.0.113.9")
    (key,) = server.keys("*")
    assert b"203.0" not in key
    assert 0 < server.pttl(key) <= 60_000


def test_without_redis_each_counts_for_itself_and_says_so(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.RECTO_CACHE_URL = f"unix://{tmp_path}/nobody.sock"
    asking = SharedAsking("pictures", most=1, seconds=60)
    with caplog.at_level(logging.WARNING):
        assert [asking.note("a"), asking.note("a")] == [0, 60]
    assert len(caplog.records) == 1
    assert "The shared cache is away" in caplog.text
