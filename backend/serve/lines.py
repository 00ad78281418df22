"""Whole lines, each with the name of the process that wrote it, from output that comes in pieces."""

from __future__ import annotations

import re
from collections.abc import Callable

LINE_END = re.compile(rb"\r\n|\n|\r")  # progress bars redraw with a bare \r
UNPREFIXED = "announce"
LONGEST = 64 * 1024  # a line without end is cut here rather than kept in memory


class LinePrinter:
    """Collects the output of named processes and writes it line by line, prefixed."""

    def __init__(self, write: Callable[[str], None], *, colour: bool = False) -> None:
        self.write = write
        self.colour = colour
        self.pending: dict[str, bytes] = {}

    def feed(self, name: str, data: bytes) -> None:
        """Write every line that is complete now; keep the rest for later."""
        *lines, rest = LINE_END.split(self.pending.pop(name, b"") + data)
        if len(rest) > LONGEST:
            lines, rest = [*lines, rest], b""
        for line in lines:
            self.write_line(name, line)
        if rest:
            self.pending[name] = rest

    def flush(self, name: str) -> None:
        """Write what the process left without a line end: it is gone."""
        self.write_line(name, self.pending.pop(name, b""))

    def write_line(self, name: str, line: bytes) -> None:
        """One line under its process's name; empty ones are dropped."""
        text = line.decode("utf-8", "replace").rstrip()
        if text:
            self.write(f"{text}\n" if name == UNPREFIXED else f"{self.prefix(name)} | {text}\n")

    def prefix(self, name: str) -> str:
        """The name, as wide as the widest, coloured on a terminal."""
        code = 31 + sum(name.encode()) % 6
        return f"\033[{code}m{name:<9}\033[0m" if self.colour else f"{name:<9}"
