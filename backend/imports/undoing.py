"""Taking an import back: every record gets the state it had before, with the ids of all its rows.

A record that something changed since is a conflict: it is named, and left as it is when the rest is undone.
Each batch is one transaction that remembers how far it got, so that an undoing may be cut short anywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from catalog.history import Author, hold_prints, recorded
from catalog.models import Print, Relation, Revision
from catalog.registers import forget_unused, rows_named
from catalog.restoring import restore
from catalog.snapshots import same_content, snapshots
from core.sentences import say
from imports.models import ImportRecord, ImportRun
from imports.progress import Progress
from indexing.changes import lock_appends
from indexing.services import enqueue_index_update

BATCH = 200
MOST_NAMED = 100
TAKING_BACK = say("steps.taking_back", "Taking records back")
State, Origin = ImportRun.State, Revision.Origin


@dataclass(frozen=True)
class Conflict:
    """A record that was changed after the import; when and by whom, where that is known."""

    record_id: str
    changed_at: datetime | None
    by: str


@dataclass
class UndoPlan:
    """How many records an undoing would remove again, change back and bring back; and which it must not.

    `unnamed`: conflicts that are not among `conflicts`.
    """

    created: int = 0
    changed: int = 0
    removed: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    unnamed: int = 0

    @property
    def conflict_count(self) -> int:
        return len(self.conflicts) + self.unnamed

    @property
    def named(self) -> list[Conflict]:
        """The first of the conflicts: enough to look at."""
        return self.conflicts[:MOST_NAMED]

    def count(self, kind: str, number: int = 1) -> None:
        """`number` more records that the import has created, changed or removed can be taken back."""
        setattr(self, kind, getattr(self, kind) + number)


@dataclass(frozen=True)
class Step:
    """What the run did to one record. `mixed`: somebody else changed it between two doings of the run."""

    revision: Revision
    mixed: bool

    @property
    def print_id(self) -> int:
        return self.revision.print_id


def revisions_of(run: ImportRun) -> QuerySet[Revision]:
    """What the run did to records."""
    return Revision.objects.filter(origin=Origin.IMPORT, origin_id=run.pk).order_by()


def plan_undoing(run: ImportRun) -> UndoPlan:
    """What undoing would do now, and what stands in its way. Changes nothing.

    Reads every record of the import: minutes of 300,000.
    """
    plan = UndoPlan()
    for steps in _batches(run, below=undone_from(run)):
        plan_steps(plan, steps)
    return plan


def plan_steps(plan: UndoPlan, steps: Sequence[Step]) -> None:
    """Add to a plan what undoing would do to these records."""
    conflicts = _conflicts(steps)
    plan.conflicts += conflicts.values()
    for step in steps:
        if step.print_id not in conflicts:
            plan.count(step.revision.kind)


def undone_from(run: ImportRun) -> int | None:
    """The lowest id of the prints that are taken back already."""
    found: int | None = run.traces.get("undone_from")
    return found


def undo_records(run: ImportRun, *, user: User | None, progress: Progress) -> int:
    """Take back what is not taken back yet, but for conflicts. Returns how many records were left."""
    total = _print_ids(run).count()
    below = undone_from(run)
    done = total - _print_ids(run, below=below).count()
    progress(done, total, TAKING_BACK)
    for steps in _batches(run, below=below):
        _undo_batch(run, steps, user)
        done += len(steps)
        progress(done, total, TAKING_BACK)
    _finish(run)
    return int(run.traces.get("left", 0))


def _print_ids(run: ImportRun, *, below: int | None = None) -> QuerySet[Revision, int]:
    rows = revisions_of(run) if below is None else revisions_of(run).filter(print_id__lt=below)
    return rows.values_list("print_id", flat=True).distinct()


def _batches(run: ImportRun, *, below: int | None = None) -> Iterator[list[Step]]:
    """What the run did, by print, from the highest id down: a batch is read when it is asked for.

    (The ids are sorted once: asked for batch by batch, all that the run did was sorted for each.)
    """
    ids = list(_print_ids(run, below=below).order_by("-print_id"))
    for start in range(0, len(ids), BATCH):
        yield steps_of(run, ids[start : start + BATCH])


def steps_of(run: ImportRun, print_ids: Sequence[int]) -> list[Step]:
    """What the run did to these prints. 1 query."""
    # (Of one print an import has several revisions only when somebody else's lie between them.)
    newest: dict[int, Step] = {}
    # (By print: asked for those of the run, SQLite reads all of them for each batch.)
    of_prints = Revision.objects.filter(print_id__in=print_ids).order_by()
    for revision in sorted(of_prints, key=attrgetter("pk")):
        if (revision.origin, revision.origin_id) == (Origin.IMPORT, run.pk):
            newest[revision.print_id] = Step(revision, mixed=revision.print_id in newest)
    return [newest[pk] for pk in print_ids]


def _conflicts(steps: Sequence[Step]) -> Mapping[int, Conflict]:
    """By print id: what is not as the import left it, or would stand in another record's place."""
    now, taken = snapshots(step.print_id for step in steps), _taken(steps)
    found = [
        step
        for step in steps
        if step.mixed
        or step.print_id in taken
        or not same_content(now.get(step.print_id), step.revision.after)
    ]
    later = _newest_revisions(found)
    return {step.print_id: _conflict(step, later) for step in found}


def _taken(steps: Sequence[Step]) -> set[int]:
    """The removed prints whose record id another print has by now."""
    gone = {step.revision.record_id: step.print_id for step in steps if step.revision.after is None}
    if not gone:
        return set()
    there = Print.objects.filter(collection=steps[0].revision.collection_id, record_id__in=list(gone))
    return {gone[name] for name, pk in there.order_by().values_list("record_id", "pk") if pk != gone[name]}


def _newest_revisions(steps: Sequence[Step]) -> Mapping[str, Revision]:
    """The last thing that happened to each of these records, by record id."""
    if not steps:
        return {}
    names = {step.revision.record_id for step in steps}
    ids = {step.print_id for step in steps}
    rows = Revision.objects.filter(
        Q(print_id__in=ids) | Q(record_id__in=names), collection=steps[0].revision.collection_id
    )
    return {row.record_id: row for row in rows.select_related("user").order_by("pk")}


def _conflict(step: Step, newest: Mapping[str, Revision]) -> Conflict:
    """(What has no later revision was changed by a folder that was loaded.)"""
    record_id = step.revision.record_id
    later = newest.get(record_id)
    if later is None or (later.pk == step.revision.pk and not step.mixed):
        return Conflict(record_id, None, "")
    return Conflict(record_id, later.at, later.user.get_username() if later.user else "")


@transaction.atomic
def _undo_batch(run: ImportRun, steps: Sequence[Step], user: User | None) -> None:
    # The log's lock comes before the first write of image rows: see lock_appends.
    lock_appends()
    hold_prints(Print.objects.filter(pk__in=[step.print_id for step in steps]))
    conflicts = _conflicts(steps)
    back = {step.print_id: step.revision.before for step in steps if step.print_id not in conflicts}
    with recorded(run.collection, back, Author(Origin.UNDO, run.pk, user)):
        restore(run.collection, back)
    names = [step.revision.record_id for step in steps if step.print_id in back]
    ImportRecord.objects.filter(run=run, record_id__in=names).update(applied=False)
    run.traces["left"] = run.traces.get("left", 0) + len(conflicts)
    run.traces["undone_from"] = steps[-1].print_id
    run.save(update_fields=["traces"])


def _finish(run: ImportRun) -> None:
    """Forget the names that only this import has used, and the targets that it has found."""
    # (Read before: it takes a while of many records, and nobody else could write meanwhile.)
    _forget(run, _names_made(run))


@transaction.atomic
def _forget(run: ImportRun, names_made: Mapping[str, set[int]]) -> None:
    lock_appends()
    relations = run.traces.get("relations", [])
    for start in range(0, len(relations), BATCH):
        Relation.objects.filter(pk__in=relations[start : start + BATCH]).update(target=None)
    forget_unused(names_made)
    left = run.traces.get("left", 0)
    run.state, run.undone_at = State.UNDONE, timezone.now()
    message = say(
        "left_as_they_are",
        f"{left} records that were changed later have been left as they are.",
        count=left,
    )
    run.message, run.message_said = (str(message), message.said) if left else ("", {})
    run.save(update_fields=["state", "undone_at", "message", "message_said"])
    enqueue_index_update()


def _names_made(run: ImportRun) -> dict[str, set[int]]:
    """Ids of people, techniques and so on that the run has made, by register."""
    last_before = run.traces.get("names", {})
    made: dict[str, set[int]] = {name: set() for name in last_before}
    afters = revisions_of(run).values_list("after", flat=True)
    for after in afters.iterator(chunk_size=500):
        for name, rows in rows_named([after] if after else []).items():
            made[name].update(pk for pk in rows if pk > last_before[name])
    return made
