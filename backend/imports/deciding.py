"""What an import does with one record, under its action and beside what the catalogue has. Pure."""

from dataclasses import dataclass, field

from imports.comparing import Difference, Mapped, difference, laid_over, record_of
from imports.models import ImportRecord, ImportRun
from imports.queries import StoredPrint
from imports.records import Record

Action, Outcome = ImportRun.Action, ImportRecord.Outcome


@dataclass(frozen=True)
class Decision:
    """The outcome, the record as it is to be written, and what differs from before."""

    outcome: str
    record: Record
    difference: Difference = field(default_factory=dict)


def decide(record: Record, stored: StoredPrint | None, *, action: str, mapped: Mapped) -> Decision:
    """`stored` is None for a record that the catalogue has not."""
    if action == Action.DELETE:
        return Decision(Outcome.REMOVED if stored else Outcome.SKIPPED, record)
    if stored is None:
        return Decision(Outcome.SKIPPED if action == Action.UPDATE else Outcome.CREATED, record)
    if action == Action.ADD:
        return Decision(Outcome.SKIPPED, record)
    before = record_of(stored, record.record_id)
    after = laid_over(record, before, mapped)
    changes = difference(before, after)
    return Decision(Outcome.CHANGED if changes else Outcome.UNCHANGED, after, changes)
