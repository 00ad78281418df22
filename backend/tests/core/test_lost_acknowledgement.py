"""Redis goes while a worker acknowledges a message: it must go on with the next one."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from kombu.connection import Connection
from kombu.entity import Queue
from kombu.messaging import Consumer


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[str]:
    """A Redis of this test's own, on a socket of the file system."""
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server (Debian, Ubuntu: apt install redis-server)")
    socket = tmp_path / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while not socket.exists() and time.monotonic() < until:
            time.sleep(0.05)
        yield f"redis+socket://{socket}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.parametrize(("prefetch", "received"), [(settings.CELERY_WORKER_PREFETCH_MULTIPLIER, 2), (1, 1)])
def test_a_message_is_taken_although_the_last_was_never_acknowledged(
    broker: str, prefetch: int, received: int
) -> None:
    seen: list[Any] = []
    with Connection(broker) as connection:
        queue = Queue("index", channel=connection.default_channel)
        queue.declare()
        with Consumer(connection, [queue], callbacks=[lambda body, _message: seen.append(body)]) as consumer:
            consumer.qos(prefetch_count=prefetch)
            producer = connection.Producer()
            for number in range(2):
                producer.publish(number, routing_key="index")
                with suppress(TimeoutError):
                    connection.drain_events(timeout=2)
    assert seen == list(range(received))
