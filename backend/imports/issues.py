"""What is said about one cell, row or file that was left out, changed or doubted. Pure: no Django, no I/O."""

from dataclasses import dataclass

from core.sentences import Said, Sentence, named

VALUE_SHOWN = 200  # characters of the cell kept with the issue: enough to find it, never a whole book


@dataclass(frozen=True)
class Source:
    """Where a row stands: the table's file name and its row as a spreadsheet counts (the header is row 1)."""

    file: str
    row: int | None = None


@dataclass(frozen=True)
class Issue:
    """One finding. `left_out` says that the row or file is not in the catalogue because of it.

    `accepted` says what would have been taken instead of `value`.
    """

    source: Source
    code: str
    reason: str
    column: str = ""
    value: str = ""
    left_out: bool = False
    accepted: str = ""


def make_issue(
    source: Source,
    code: str,
    reason: str,
    *,
    column: str = "",
    value: str = "",
    left_out: bool = False,
    accepted: str = "",
) -> Issue:
    """An issue whose value is cut to VALUE_SHOWN characters and can be stored by any database."""
    shown = value if len(value) <= VALUE_SHOWN else value[: VALUE_SHOWN - 1] + "…"
    return Issue(source, code, storable(reason), column, storable(shown), left_out, storable(accepted))


def storable(text: str) -> str:
    """`text` without NULs and without the lone surrogates of file names that are not UTF-8."""
    plain = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return text.with_text(plain) if isinstance(text, Sentence) else plain


def said_of_issue(issue: Issue) -> dict[str, Said]:
    """How a page finds the issue's two texts in its own languages; by the code where they have no name."""
    said = {"reason": named(issue.reason, issue.code).said}
    if issue.accepted:
        said["accepted"] = named(issue.accepted, f"accepted.{issue.code}").said
    return _storable_values(said)


def _storable_values(said: dict[str, Said]) -> dict[str, Said]:
    return {
        part: {
            "key": one["key"],
            "params": {
                name: storable(value)[:VALUE_SHOWN] if isinstance(value, str) else value
                for name, value in one["params"].items()
            },
        }
        for part, one in said.items()
    }
