"""What can happen to a Recto. Each strikes, waits out what it began, and returns when that is over."""

from __future__ import annotations

import errno
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from serve.under_faults.server import Server
from serve.under_faults.stand import Stand

WEB, WORKERS = "config.wsgi", ("--queues index", "--queues imports")
OUTAGE_S = (0.5, 4.0)  # until a server that was killed is started again
SLOW_S, SLOW_FOR_S = (0.05, 0.5), (4.0, 10.0)  # each piece that goes over a wire; how long it is so
FULL_FOR_S = (3.0, 8.0)
JUMPS_S = 3 * 86_400  # to the true time plus or minus so much at most
FILL_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Fault:
    """`strike` does it; `reason` says why it cannot be done to this stand, or ''."""

    name: str
    strike: Callable[[Stand, random.Random], None]
    reason: Callable[[Stand], str] = lambda _stand: ""


def kill_database(stand: Stand, chance: random.Random) -> None:
    """SQLite is in the processes themselves: all of them die at once, as when the power fails."""
    if stand.database is None:
        stand.kill_everything()
        stand.start_again()
    else:
        _kill_server(stand.database, chance)


def kill_redis(stand: Stand, chance: random.Random) -> None:
    """It keeps nothing: whatever was queued is gone."""
    assert stand.redis
    _kill_server(stand.redis, chance)


def kill_extractor(stand: Stand, chance: random.Random) -> None:
    _kill_server(stand.extractor, chance)


def _kill_server(server: Server, chance: random.Random) -> None:
    server.kill()
    time.sleep(chance.uniform(*OUTAGE_S))
    server.start()


def kill_worker(stand: Stand, chance: random.Random) -> None:
    _kill_process(stand, chance.choice(WORKERS))


def kill_web(stand: Stand, chance: random.Random) -> None:
    _kill_process(stand, WEB)


def _kill_process(stand: Stand, words: str) -> None:
    """Its supervisor starts it again."""
    if process := stand.process(words):
        process.kill()


def fill_disk(stand: Stand, chance: random.Random) -> None:
    file = stand.data / "everything-else"
    try:
        with file.open("wb", buffering=0) as filled:
            until = time.monotonic() + chance.uniform(*FULL_FOR_S)
            while time.monotonic() < until:
                _fill(filled.write)
                time.sleep(0.1)  # what was given back meanwhile is taken as well
    finally:
        file.unlink()


def _fill(write: Callable[[bytes], int | None]) -> None:
    piece = bytes(FILL_AT_ONCE)
    try:
        while write(piece):
            pass
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise


def move_clock(stand: Stand, chance: random.Random) -> None:
    """Forwards or backwards, and it stays so."""
    stand.clock.move(chance.randint(-JUMPS_S, JUMPS_S))


def slow_network(stand: Stand, chance: random.Random) -> None:
    """Every wire is slow for a while; then all connections break."""
    for wire in stand.wires.values():
        wire.delay_s = chance.uniform(*SLOW_S)
    time.sleep(chance.uniform(*SLOW_FOR_S))
    for wire in stand.wires.values():
        wire.delay_s = 0.0
        wire.cut()


def no_redis(stand: Stand) -> str:
    return "" if stand.redis else "there is none: jobs are queued in a folder (HOSTED=1 has one)"


FAULTS = (
    Fault("database", kill_database),
    Fault("redis", kill_redis, no_redis),
    Fault("extractor", kill_extractor),
    Fault("worker", kill_worker),
    Fault("web", kill_web),
    Fault("disk full", fill_disk, lambda stand: stand.full_disk),
    Fault("clock jump", move_clock, lambda stand: stand.clock.reason),
    Fault("slow network", slow_network),
)
