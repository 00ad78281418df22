"""The preview of an import as lines for a terminal."""

from collections.abc import Iterator

from imports.issues import Issue, Source
from imports.models import ImportIssue, ImportRecord, ImportRun
from imports.previews import issue_codes, issues_page, records_page
from imports.summary import sentence

Outcome = ImportRecord.Outcome
_WORDS = {
    Outcome.CREATED: "would be created",
    Outcome.CHANGED: "would be changed",
    Outcome.REMOVED: "would be removed",
    Outcome.UNCHANGED: "are as they stand there",
    Outcome.MISSING: "are in the collection and not in the table, and stay",
    Outcome.SKIPPED: "are not touched by this action",
    Outcome.PROBLEM: "have problems and are left out",
}
LONGEST_VALUE = 60


def preview_lines(run: ImportRun, *, shown: int) -> Iterator[str]:
    """What a checked run would do, with up to `shown` examples of each kind, and its problems."""
    reading = run.reading
    how = (
        f"sheet {reading['sheet']!r}"
        if reading["sheet"]
        else f"{reading['encoding']}, {reading['delimiter']!r}"
    )
    yield f"{run.table_name}: {reading['rows']} rows ({how}) for {run.collection.name}, import {run.pk}"
    for header, field in run.mapping.items():
        yield f"  {header} -> {_meaning(field)}"
    for outcome, words in _WORDS.items():
        if number := run.counts[outcome]:
            yield f"  {number} records {words}"
            yield from _examples(run, outcome, shown)
    yield f"  {run.counts['issues']} problems"
    for code, number in issue_codes(run).items():
        yield f"    {number} × {code}"
        yield from (f"      {_sentence(issue)}" for issue in issues_page(run, code=code)[:shown])
        if number > shown:
            yield f"      … and {number - shown} more"


def _meaning(field: str | None) -> str:
    if field is None:
        return "kept under its own name"
    return field or "left out"


def _examples(run: ImportRun, outcome: str, shown: int) -> Iterator[str]:
    if outcome not in (Outcome.CHANGED, Outcome.REMOVED):
        return
    for record in records_page(run, outcome=outcome)[:shown]:
        yield f"    {record.record_id} {record.record.get('title', '')}".rstrip()
        for field, (before, after) in record.difference.items():
            yield f"      {field}: {_short(before)} -> {_short(after)}"


def _short(value: str) -> str:
    return repr(value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…")


def _sentence(issue: ImportIssue) -> str:
    accepted = f"; accepted: {issue.accepted}" if issue.accepted else ""
    shown = Issue(Source(issue.file, issue.row), issue.code, issue.reason, issue.column, issue.value)
    return sentence(shown) + accepted
