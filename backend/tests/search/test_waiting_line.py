"""The line in front of the searches: how many at a time, who is next, and who is sent away."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from core.errors import TooManyRequests, TryAgain
from search.waiting_line import WaitingLine

SOON = 10.0


class Asker:
    """Waits for its turn in a thread, writes its name down, and keeps the place until told to go."""

    def __init__(self, line: WaitingLine, name: str, served: list[str]) -> None:
        self._line, self._name, self._served = line, name, served
        self.has_place, self.may_go = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._ask)

    def _ask(self) -> None:
        with self._line.turn(self._name):
            self._served.append(self._name)
            self.has_place.set()
            self.may_go.wait(SOON)


@contextmanager
def askers(line: WaitingLine, names: str, served: list[str]) -> Iterator[list[Asker]]:
    """In this order, each only when the one before has its place or stands in the line."""
    started: list[Asker] = []
    try:
        for name in names:
            before = line.running + line.waiting
            asker = Asker(line, name, served)
            asker.thread.start()
            started.append(asker)
            until(partial(has_more, line, before))
        yield started
    finally:
        for asker in started:
            asker.may_go.set()
        for asker in started:
            asker.thread.join(SOON)


def has_more(line: WaitingLine, before: int) -> bool:
    return line.running + line.waiting > before


def until(true: Callable[[], bool]) -> None:
    tick = threading.Event()
    for _ in range(1000):
        if true():
            return
        tick.wait(0.01)
    raise AssertionError("it did not come to that")


def line_of(
    places: int = 1, most_waiting: int = 9, most_of_one: int = 9, patience_s: float = SOON
) -> WaitingLine:
    return WaitingLine(
        places=places, most_waiting=most_waiting, most_of_one=most_of_one, patience_s=patience_s
    )


def test_as_many_as_there_are_places_are_let_in_and_no_more() -> None:
    served: list[str] = []
    line = line_of(places=2)
    with askers(line, "abc", served) as (first, second, third):
        assert first.has_place.wait(SOON)
        assert second.has_place.wait(SOON)
        assert (line.running, line.waiting, third.has_place.is_set()) == (2, 1, False)
        first.may_go.set()
        assert third.has_place.wait(SOON)
    assert (line.running, line.waiting) == (0, 0)


def test_who_asks_much_does_not_keep_the_others_waiting() -> None:
    served: list[str] = []
    with askers(line_of(), "xaaaabc", served) as all_of_them:
        for asker in all_of_them:
            asker.may_go.set()
        until(lambda: len(served) == len(all_of_them))
    assert "".join(served) == "xabcaaa"


def test_a_full_line_says_when_to_come_again() -> None:
    line = line_of(most_waiting=2)
    with askers(line, "abc", []), pytest.raises(TryAgain) as refused, line.turn("d"):
        pass
    assert (refused.value.code, refused.value.status) == ("search_busy", 503)
    assert refused.value.retry_after >= 1


def test_one_asker_alone_cannot_fill_the_line() -> None:
    line = line_of(most_of_one=2)
    with askers(line, "aaab", []), pytest.raises(TooManyRequests) as refused, line.turn("a"):
        pass
    assert (refused.value.code, refused.value.status) == ("search_waiting", 429)


def test_who_waits_too_long_is_sent_away_and_leaves_no_gap() -> None:
    line = line_of(patience_s=0.01)
    served: list[str] = []
    with askers(line, "a", served):
        with pytest.raises(TryAgain), line.turn("b"):
            pass
        assert (line.running, line.waiting) == (1, 0)
    with line.turn("c"):
        assert (line.running, line.waiting) == (1, 0)


def test_the_wait_is_guessed_from_what_turns_took() -> None:
    clock = iter([0.0, 100.0, 0.0, 0.0])
    line = WaitingLine(places=1, most_waiting=0, most_of_one=9, patience_s=SOON, now=lambda: next(clock))
    with line.turn("a"):
        pass
    with line.turn("b"), pytest.raises(TryAgain) as refused, line.turn("c"):
        pass
    assert refused.value.retry_after == pytest.approx(21, abs=1)  # 0.5 s, and a fifth of what 100 s are more


def test_a_search_that_fails_gives_its_place_back() -> None:
    line = line_of()
    with pytest.raises(ValueError, match="broken"), line.turn("a"):
        raise ValueError("broken")
    assert (line.running, line.waiting) == (0, 0)
