"""What `make hostile` sends: the same each time, damaged, and possible to put on the wire."""

import random

import pytest

from serve.hostile_material import Request, damaged, pictures, zip_bomb
from serve.hostile_requests import READ, damaged_request, requests_with_bodies

WHOLE = pictures()


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_damage_is_the_same_each_time_and_is_damage(kind: str) -> None:
    some = [damaged(WHOLE[kind], random.Random(number)) for number in range(20)]
    assert some == [damaged(WHOLE[kind], random.Random(number)) for number in range(20)]
    assert sum(content != WHOLE[kind] for content in some) >= 18


def test_every_damaged_request_can_be_sent() -> None:
    valid = [Request("GET", path) for path in READ] + requests_with_bodies(WHOLE["jpeg"])
    for number in range(1000):
        rng = random.Random(number)
        request = damaged_request(rng.choice(valid), rng)
        assert request.path.isascii()
        assert " " not in request.path
        for value in request.headers.values():
            assert "\n" not in value.encode("latin-1").decode("latin-1")


def test_the_zip_bomb_is_a_thousand_times_what_it_seems() -> None:
    assert len(zip_bomb()) * 500 < 400_000_000
