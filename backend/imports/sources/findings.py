"""Issues of an import's pictures as rows, with the record that they are about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from imports.issues import Issue
from imports.models import ImportIssue, ImportRun

_LONGEST = {
    field.name: field.max_length for field in ImportIssue._meta.fields if isinstance(field, models.CharField)
}


@dataclass(frozen=True)
class Finding:
    """An issue, the record it is about ("" for none), and whether the picture may be had later."""

    issue: Issue
    record_id: str = ""
    retryable: bool = False


def write_findings(run: ImportRun, findings: Iterable[Finding]) -> int:
    """Add the findings to the run's issues; returns how many."""
    rows = [_row(run, finding) for finding in findings]
    ImportIssue.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _row(run: ImportRun, finding: Finding) -> ImportIssue:
    issue = finding.issue
    texts = {
        "file": issue.source.file, "column": issue.column, "value": issue.value, "code": issue.code,
        "record_id": finding.record_id,
    }  # fmt: skip
    return ImportIssue(
        run=run,
        row=issue.source.row,
        reason=issue.reason,
        accepted=issue.accepted,
        left_out=issue.left_out,
        retryable=finding.retryable,
        **{name: text[: _LONGEST[name]] for name, text in texts.items()},
    )
