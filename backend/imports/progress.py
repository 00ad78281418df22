"""How long steps say how far they are. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sized
from typing import Protocol, TypeVar

Progress = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and the step: what `JobHandle.progress` takes."""

T_co = TypeVar("T_co", covariant=True)


class SizedIterable(Sized, Iterable[T_co], Protocol[T_co]):
    """What can be counted before it is walked through."""


def silent(done: int, total: int, step: str) -> None:
    """Progress that nobody watches."""


def tracked(items: SizedIterable[T_co], step: str, progress: Progress) -> Iterator[T_co]:
    """`items`, each counted once the caller is through with it."""
    total = len(items)
    progress(0, total, step)
    for done, item in enumerate(items, start=1):
        yield item
        progress(done, total, step)
