"""What stands above a table's header, a title for instance: it is passed over and listed. Pure."""

from collections.abc import Sequence

from core.sentences import say
from imports.issues import Issue, Source, make_issue

HEADER_WITHIN = 10  # rows


def issues_above(name: str, rows: Sequence[Sequence[str]]) -> list[Issue]:
    """An issue for each filled one of the `rows` above the header of the table `name`."""
    header = len(rows) + 1
    reason = say(
        "line_above_header", f"this stands above the header in row {header} and is not read", row=header
    )
    accepted = "nothing above the names of the columns"
    texts = (" | ".join(cell for cell in cells if cell.strip()) for cells in rows)
    return [
        make_issue(Source(name, number), "line_above_header", reason, value=text, accepted=accepted)
        for number, text in enumerate(texts, start=1)
        if text
    ]
