"""gunicorn's worker of threads, which at its end does not leave anybody waiting at the door."""

from typing import Any

from gunicorn.workers.gthread import ThreadWorker


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """For `--worker-class`.

    While the last requests are finished, gunicorn's own keeps the listening socket open and takes nobody in:
    who comes then waits, for up to a minute, and is cut off. Here who came before is taken in and the socket
    closed, so that whoever comes later is refused at once and can turn to another.
    """

    sockets: list[Any]

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                self._take_all_in(listener)
                listener.close()
            self.sockets = []

    def _take_all_in(self, listener: Any) -> None:
        """`accept` says nothing when nobody is there; only the count of connections tells."""
        before = -1
        while before != self.nr_conns:
            before = self.nr_conns
            self.accept(listener)
