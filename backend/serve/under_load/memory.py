"""The memory of a Recto's processes at work: proportional set size, so that what they share counts once."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import psutil

from serve.under_load.figures import slope

EVERY_S = 5.0
WORDS = {
    "config.wsgi": "web",
    "--queues index": "indexer",
    "--queues imports": "importer",
    "search_model.extractor": "extractor",
    "celery": "beat",
}


@dataclass
class Sizes:
    """Megabytes by program, as (seconds since the beginning, MB); also the load of the machine."""

    programs: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    load: list[float] = field(default_factory=list)

    def add(self, at: float, megabytes: dict[str, float]) -> None:
        for name, size in megabytes.items():
            self.programs.setdefault(name, []).append((at, size))

    def row(self, name: str) -> tuple[str, ...]:
        """At the start, in the middle, at the end, the most; and MB an hour over the second half."""
        points = self.programs[name]
        sizes = [size for _, size in points]
        later = points[len(points) // 2 :]
        first, middle, last = sizes[0], sizes[len(sizes) // 2], sizes[-1]
        return (
            name,
            *(f"{size:.0f}" for size in (first, middle, last, max(sizes))),
            f"{slope(later) * 3600:+.0f}",
        )


def program_of(command: str) -> str:
    """The short name of what a command line is; '' for what is none of Recto's."""
    return next((name for words, name in WORDS.items() if words in command), "")


def sizes_now(supervisor: int) -> dict[str, float]:
    """Megabytes of each program, its children included; a process that has just gone counts nothing."""
    found: dict[str, float] = {}
    for process in psutil.Process(supervisor).children(recursive=True):
        try:
            if name := program_of(" ".join(process.cmdline())):
                memory = process.memory_full_info()
                found[name] = found.get(name, 0.0) + getattr(memory, "pss", memory.rss) / 1e6
        except psutil.Error:
            continue
    return found


class Sampler(threading.Thread):
    """Looks every few seconds until `stop()`."""

    def __init__(self, supervisor: int) -> None:
        super().__init__(daemon=True)
        self.sizes, self._supervisor, self._ended = Sizes(), supervisor, threading.Event()

    def run(self) -> None:
        began = time.monotonic()
        while not self._ended.wait(EVERY_S):
            self.sizes.add(time.monotonic() - began, sizes_now(self._supervisor))
            self.sizes.load.append(psutil.getloadavg()[0])

    def stop(self) -> Sizes:
        self._ended.set()
        self.join()
        return self.sizes
