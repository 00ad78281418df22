"""Searches sent to a running server, for evaluation and benchmarks: what a visitor's browser would send."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import requests

TIMEOUT_S = 60.0


@dataclass(frozen=True)
class TimedAnswer:
    """The JSON of an answer, and how long the client waited for it."""

    body: dict[str, Any]
    total_ms: float


class SearchFailed(Exception):
    """The server did not answer 200; the text says what it answered instead."""


class SearchClient:
    """One connection to the server at `url` (scheme, host and port)."""

    def __init__(self, url: str) -> None:
        self._address = f"{url.rstrip('/')}/api/v1/searches/"
        self._session = requests.Session()

    def search(self, photograph: Path, *, limit: int) -> TimedAnswer:
        """Search with a file. Raises SearchFailed."""
        content = photograph.read_bytes()
        started = perf_counter()
        try:
            response = self._session.post(
                self._address,
                files={"image": (photograph.name, content)},
                data={"limit": limit},
                timeout=TIMEOUT_S,
            )
        except requests.RequestException as error:
            raise SearchFailed(f"{self._address} cannot be reached: {error}") from error
        total_ms = 1000 * (perf_counter() - started)
        if response.status_code != 200:
            raise SearchFailed(
                f"{photograph.name}: the server answered {response.status_code}: {response.text[:500]}"
            )
        return TimedAnswer(response.json(), total_ms)


def photographs(folder: Path) -> Iterator[Path]:
    """The files of a folder by name."""
    yield from sorted(path for path in folder.iterdir() if path.is_file())
