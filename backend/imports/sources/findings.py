"""Issues of an import's pictures as rows, with the record that they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from imports.issues import Issue
from imports.models import ImportIssue, ImportRun
from imports.runs import issue_row


@dataclass(frozen=True)
class Finding:
    """An issue, the record it is about ("" for none), and whether the picture may be had later."""

    issue: Issue
    record_id: str = ""
    retryable: bool = False


def write_findings(run: ImportRun, findings: Sequence[Finding]) -> int:
    """Add the findings to the run's issues; returns how many."""
    rows = [issue_row(run, one.issue, record_id=one.record_id) for one in findings]
    for row, one in zip(rows, findings, strict=True):
        row.retryable = one.retryable
    ImportIssue.objects.bulk_create(rows, batch_size=1000)
    return len(rows)
