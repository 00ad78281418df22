"""A publisher of the local index that is killed on the way: `python -m tests.indexing.killed_publisher N`.

It kills itself as `kill -9` would, right before its N-th durable step (a sync, a rename, a commit). When it
gets through all of them it says how many there were.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from indexing import local_publishing  # noqa: E402
from indexing.local_publishing import publish_local_index  # noqa: E402


class Steps:
    """Counts the steps, and ends the process before the N-th."""

    def __init__(self, last: int) -> None:
        self.last, self.taken = last, 0

    def before(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **options: Any) -> Any:
            self.taken += 1
            if self.taken == self.last:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*args, **options)

        return counted


def main() -> None:
    """Publish everything anew."""
    steps = Steps(int(sys.argv[1]))
    for name in ("fsync", "rename", "replace"):
        setattr(os, name, steps.before(getattr(os, name)))
    for name in ("record_version", "_prune_versions"):
        setattr(local_publishing, name, steps.before(getattr(local_publishing, name)))
    publish_local_index(anew=True)
    sys.stdout.write(str(steps.taken))


if __name__ == "__main__":
    main()
