"""What is wrong with cells before anything is read out of them, and their text as it was meant. Pure."""

import re
from collections.abc import Iterator, Sequence

from core.sentences import say
from imports.issues import Issue, Source, make_issue
from imports.tables.encodings import UTF8, WINDOWS

_BETWEEN = "\x1f"  # joins the cells of a row, so that most rows are looked through at once
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ESCAPED = re.compile(r"[\udc80-\udcff]")
_LOST = "\N{REPLACEMENT CHARACTER}"
# "ZÃ¼rich": the first byte of a sign of several bytes, read as a letter, and one that no word has there.
_MISREAD = re.compile(r"[Â-ôŽ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
# =SUM(A1), =A1, ="x"&B2, =1+1, @SUM(A1), +A1*2; not ="007", "= drawn after", "-1" or "+ 3 others".
_CELL_NAME = r"\$?[A-Z]{1,3}\$?\d+"
_FORMULA = re.compile(
    rf"\s*(?:=\s*[-+(]*(?:[A-Za-z_.]+[(!]|{_CELL_NAME}\s*(?:$|[-+*/&^:),;])|[\d.]+\s*[-+*/&^]|\"[^\"]*\"\s*&)"
    rf"|@[A-Z]+\(|\+{_CELL_NAME}\s*[-+*/&^])"
)
_SUSPECT = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1e\x7f-\x84\x86-\x9f\ud800-\udfff{_LOST}]|{_MISREAD.pattern}"
    rf"|(?:^|{_BETWEEN})\s*[=@+]"
)


def inspect_cells(
    cells: list[str], header: Sequence[str], source: Source, encoding: str
) -> tuple[list[str], list[Issue]]:
    """`cells` as they were meant and what had to be mended or is doubted; `encoding` is that of the file."""
    if not _SUSPECT.search(_BETWEEN.join(cells)):
        return cells, []
    issues: list[Issue] = []
    mended = []
    for position, cell in enumerate(cells):
        column = header[position] if position < len(header) else ""
        text = _rightly_encoded(cell, encoding)
        issues += _issues_of(cell, text, column, source)
        mended.append(_CONTROL.sub("", text))
    return mended, issues


def _rightly_encoded(cell: str, encoding: str) -> str:
    """`cell` with what was written in another encoding than the file, if one is found that fits."""
    if _ESCAPED.search(cell):
        return _ESCAPED.sub(_as_windows, cell)
    if not encoding.startswith("utf") and _MISREAD.search(cell):
        return _read_as_utf8(cell, encoding) or cell
    return cell


def _as_windows(found: re.Match[str]) -> str:
    return bytes([ord(found[0]) - 0xDC00]).decode(WINDOWS, "replace")


def _read_as_utf8(cell: str, encoding: str) -> str:
    """What `cell` says when its bytes are UTF-8, empty when they are not."""
    try:
        return cell.encode(encoding).decode(UTF8)
    except UnicodeError:
        return ""


def _issues_of(cell: str, text: str, column: str, source: Source) -> Iterator[Issue]:
    def issue(code: str, reason: str, accepted: str) -> Issue:
        return make_issue(source, code, reason, column=column, value=text, accepted=accepted)

    meant = _read_as_utf8(text, WINDOWS) if _MISREAD.search(text) else ""
    if text != cell:
        reason = "some bytes are not in the file's encoding and were read as those of another. Check it"
        yield issue("wrong_encoding", reason, "the whole file in one encoding, best in UTF-8")
    elif meant and meant != text:
        reason = say(
            "looks_misread",
            f"signs look misread by an earlier program: {meant!r} may be meant. Kept as it is",
            meant=meant,
        )
        yield issue("wrong_encoding", reason, say("accepted.value", meant, value=meant))
    if _LOST in text:
        reason = "a sign was lost (�) when this was converted before; kept as it is"
        yield issue("sign_lost", reason, "the sign itself, for example ü")
    if _CONTROL.search(text):
        reason = "control characters that nobody can see were taken out"
        yield issue("control_characters", reason, "letters, digits, punctuation and line breaks")
    if _FORMULA.match(text):
        reason = "a formula stands here and not its value; kept as text, nothing computes it"
        yield issue("formula", reason, "the value that the formula gives")
