"""Progress that is read in a log: whole lines, few of them."""

import io

from core.bars import Bars


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_log_gets_a_line_for_each_quarter_of_a_step() -> None:
    stream = io.StringIO()
    with Bars(stream) as bars:
        for done in range(9):
            bars.show("Checking images", done, 8)
        bars.show("Writing prints", 3, 3)
        bars.show("Downloading", 5, 0)
        bars.show("Downloading", 9, 0)
    assert stream.getvalue().splitlines() == [
        "Checking images: 0%, 0 of 8",
        "Checking images: 25%, 2 of 8",
        "Checking images: 50%, 4 of 8",
        "Checking images: 75%, 6 of 8",
        "Checking images: 100%, 8 of 8",
        "Writing prints: 100%, 3 of 3",
        "Downloading: begun",
    ]


def test_log_gets_nothing_of_what_is_for_terminals_only() -> None:
    stream = io.StringIO()
    with Bars(stream, only_on_terminal=True) as bars:
        bars.show("Copying", 1, 2)
    assert stream.getvalue() == ""


def test_terminal_gets_a_bar_that_is_redrawn() -> None:
    stream = Terminal()
    with Bars(stream) as bars:
        bars.show("Copying", 0, 2)
        bars.show("Copying", 2, 2)
    assert "Copying:   0%|" in stream.getvalue()
    assert "\r" in stream.getvalue()
