"""How often somebody asked of late."""

from core.asking_often import LatelyAsked


def test_so_many_within_the_time_then_wait() -> None:
    clock = [100.0]
    asked = LatelyAsked(most=2, seconds=60, now=lambda: clock[0])
    assert [asked.note("a"), asked.note("a"), asked.note("a"), asked.note("b")] == [0, 0, 60, 0]
    clock[0] += 59.5
    assert asked.note("a") == 1
    clock[0] += 0.5
    # What was refused did not count.
    assert [asked.note("a"), asked.note("a"), asked.note("a")] == [0, 0, 60]


def test_who_comes_under_ever_new_addresses_fills_no_memory() -> None:
    asked = LatelyAsked(most=1, seconds=60)
    for number in range(25_000):
        asked.note(str(number))
    assert len(asked._times) <= 10_002
