"""The line printer: whole lines under their process's name."""

from serve.lines import LONGEST, LinePrinter


def printed(*pieces: tuple[str, bytes], flush: str | None = None) -> list[str]:
    lines: list[str] = []
    printer = LinePrinter(lines.append)
    for name, data in pieces:
        printer.feed(name, data)
    if flush:
        printer.flush(flush)
    return lines


def test_line_in_two_pieces_is_one_line() -> None:
    assert printed(("web", b"hel"), ("web", b"lo\n")) == ["web       | hello\n"]


def test_pieces_of_two_processes_do_not_mix() -> None:
    assert printed(("web", b"a"), ("worker", b"b\n"), ("web", b"c\n")) == [
        "worker    | b\n",
        "web       | ac\n",
    ]


def test_progress_bar_redrawn_with_carriage_returns_gives_lines() -> None:
    assert printed(("worker", b"\r1/2\r2/2\n")) == ["worker    | 1/2\n", "worker    | 2/2\n"]


def test_rest_without_line_end_is_written_when_the_process_is_gone() -> None:
    assert printed(("web", b"Killed"), flush="web") == ["web       | Killed\n"]


def test_bytes_that_are_no_utf8_do_not_stop_the_output() -> None:
    assert printed(("web", b"\xff\n")) == ["web       | \ufffd\n"]


def test_line_without_end_is_cut() -> None:
    assert len(printed(("web", b"x" * (LONGEST + 1)))) == 1


def test_announcements_have_no_prefix() -> None:
    assert printed(("announce", b"Recto is serving\n")) == ["Recto is serving\n"]
