"""From the table that a curator brings to the check: taking it in, saying how to read it, giving it up."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone

from accounts import audit
from catalog.models import Collection
from catalog.scans import keeping_scans
from core.disks import is_full, upload_not_kept
from core.errors import TooLarge, UserError
from core.jobs import cancel, enqueue
from core.models import Job
from core.sentences import say
from imports.columns import FIELDS, IGNORED, field_named
from imports.folders import MAX_TABLE_BYTES
from imports.issues import storable
from imports.models import ColumnMapping, ImportRun
from imports.runs import hold
from imports.sources.choosing import chosen_source
from imports.tables.opening import open_table, sniff_table
from imports.tables.rows import Reading
from imports.uploads import imports_folder

Mapped = Mapping[str, str | None]
Curator = User | AnonymousUser | None
State = ImportRun.State
CAN_BE_CONFIGURED = (State.UPLOADED, State.CHECKED)
CAN_BE_ABANDONED = (State.UPLOADED, State.CHECKING, State.CHECKED)
SAMPLES = 3
_HOW = ("encoding", "delimiter", "sheet")
_CONFIGURED = ("mapping", "action", "image_source", "reading")
_LONGEST_NAME = ImportRun._meta.get_field("table_name").max_length or 0


def create_import(
    *,
    collection: Collection,
    table: Path,
    table_name: str,
    action: str,
    image_source: Mapping[str, Any],
    user: Curator,
) -> ImportRun:
    """A run for the file `table`, which is copied; its columns are mapped as they were last, or by name.

    Raises UserError when it is no table.
    """
    size = table.stat().st_size
    if size > MAX_TABLE_BYTES:
        message = say(
            "table_too_large",
            f"The table has {size / 1e6:.0f} MB; the limit is {MAX_TABLE_BYTES / 1e6:g} MB. Split it.",
            megabytes=round(size / 1e6),
            limit=MAX_TABLE_BYTES / 1e6,
        )
        raise TooLarge("table_too_large", message)
    reading = _described(table, sniff_table(table))
    mapping = _first_guess(reading["header"], remembered_columns(collection))
    # (A sweep knows neither the run nor whose the table is before all is committed.)
    with keeping_scans(), transaction.atomic():
        run = ImportRun.objects.create(
            collection=collection,
            action=action,
            state=State.UPLOADED,
            table_name=storable(Path(table_name).name)[:_LONGEST_NAME],
            reading=reading,
            mapping=mapping,
            image_source=chosen_source(image_source, user=user),
            created_by=user if isinstance(user, User) else None,
        )
        run.table_path = _keep(table, run.pk)
        run.save(update_fields=["table_path"])
        audit.record(user, "import_created", collection, run.table_name, {"import": run.pk, "action": action})
    return run


def set_table(run: ImportRun, table: Path) -> None:
    """Give a table to a run that was begun without one, as if a curator had brought it."""
    run.reading = _described(table, sniff_table(table))
    run.mapping = _first_guess(run.reading["header"], remembered_columns(run.collection))
    run.table_path = _keep(table, run.pk)
    run.state, run.message = State.UPLOADED, ""
    run.save()


def configure_import(run: ImportRun, *, user: Curator, **choices: Any) -> ImportRun:
    """Change `mapping` (of the headers given), `action`, `image_source`, `encoding`, `delimiter` or `sheet`.

    What was checked before counts no more. Raises UserError when the run is past that or a choice impossible.
    """
    _require(run, CAN_BE_CONFIGURED, "be changed")
    how: dict[str, str] = {name: choices[name] for name in _HOW if name in choices}
    reading = _read_again(run, how) if how and run.table_path else {}
    source = chosen_source(choices["image_source"], user=user) if "image_source" in choices else None
    with transaction.atomic():
        hold(run, among=CAN_BE_CONFIGURED)
        # Each choice is a request of its own, and two may come at once.
        run.refresh_from_db(fields=_CONFIGURED)
        if reading:
            known = {**remembered_columns(run.collection), **run.mapping}
            run.reading, run.mapping = reading, _first_guess(reading["header"], known)
        if "mapping" in choices:
            run.mapping = run.mapping | _checked_mapping(choices["mapping"], run.reading.get("header", []))
        run.action = choices.get("action", run.action)
        run.image_source = run.image_source if source is None else source
        run.state, run.counts, run.message = State.UPLOADED, {}, ""
        run.save()
    return run


def request_check(run: ImportRun, *, user: Curator) -> ImportRun:
    """Queue the check."""
    _require(run, CAN_BE_CONFIGURED, "be checked")
    if not run.table_path:
        message = "There is no table yet: the manifests are still being read. Wait until that has ended."
        raise UserError("no_table", message)
    with transaction.atomic():
        hold(run)
        run.state, run.message = State.CHECKING, ""
        run.job = enqueue(
            kind="check_import",
            params={"import": run.pk},
            requested_by=user if isinstance(user, User) else None,
            collection_id=run.collection_id,
        )
        run.save()
    return run


def abandon_import(run: ImportRun, *, user: Curator) -> ImportRun:
    """Give up a run of which nothing has been written: its table and what was staged go."""
    _require(run, CAN_BE_ABANDONED, "be abandoned")
    with transaction.atomic():
        hold(run)
        if run.job is not None:
            cancel(run.job)
        run.state, run.finished_at = State.ABANDONED, timezone.now()
        run.save()
        audit.record(user, "import_abandoned", run.collection, run.table_name, {"import": run.pk})
    forget_staged(run)
    return run


def forget_staged(run: ImportRun) -> None:
    """Remove the staged records of a run that nobody needs any more, and its files."""
    run.records.all().delete()
    shutil.rmtree(imports_folder() / str(run.pk), ignore_errors=True)


def remembered_columns(collection: Collection) -> Mapped:
    """How the collection's tables were mapped before: header -> field."""
    kept = ColumnMapping.objects.filter(collection=collection).first()
    return kept.columns if kept else {}


def remember_columns(run: ImportRun) -> None:
    """Newer mappings go over older ones; headers that this table has not stay remembered."""
    if _is_own_form(run.reading["header"]):
        return
    columns = {**remembered_columns(run.collection), **run.mapping}
    ColumnMapping.objects.update_or_create(collection=run.collection, defaults={"columns": columns})


def table_file(run: ImportRun) -> Path:
    return Path(settings.RECTO_DATA_DIR) / run.table_path


def reading_of(run: ImportRun) -> Reading:
    kept = {name: run.reading[name] for name in ("encoding", "delimiter", "sheet", "rows")}
    return Reading(**kept, sheets=tuple(run.reading["sheets"]))


def _first_guess(header: Sequence[str], remembered: Mapped) -> dict[str, str | None]:
    """How the columns were mapped last, else by their names. A table of Recto's own speaks for itself."""
    if _is_own_form(header):
        remembered = {name: field for name, field in remembered.items() if name not in FIELDS}
    return {name: remembered[name] if name in remembered else _by_name(name) for name in header}


def _is_own_form(header: Sequence[str]) -> bool:
    return set(FIELDS) <= set(header)


def _by_name(header: str) -> str | None:
    field = field_named(header)
    return "" if field == IGNORED else field


def _described(table: Path, reading: Reading) -> dict[str, Any]:
    """`reading` with the header and the first rows, which the columns are recognised by."""
    with open_table(table, reading=reading) as opened:
        header = [storable(name) for name in opened.header]
        rows = (row for _, row in zip(range(200), opened, strict=False))
        samples: dict[str, list[str]] = {name: [] for name in header}
        for row in rows:
            for name, cell in zip(header, row.cells, strict=False):
                if cell.strip() and len(samples[name]) < SAMPLES and cell not in samples[name]:
                    samples[name].append(storable(cell)[:200])
    return {**asdict(reading), "header": header, "samples": samples}


def _read_again(run: ImportRun, how: Mapping[str, str]) -> dict[str, Any]:
    kept = reading_of(run)
    wanted = Reading(
        encoding=how.get("encoding", kept.encoding),
        delimiter=how.get("delimiter", kept.delimiter),
        sheet=how.get("sheet", kept.sheet),
    )
    return _described(table_file(run), sniff_table(table_file(run), wanted))


def _checked_mapping(mapping: Mapped, header: list[str]) -> dict[str, str | None]:
    for name, field in mapping.items():
        if name not in header:
            message = say("column_unknown", f"The table has no column {name!r}.", column=name)
            raise UserError("column_unknown", message, fields={"mapping": [name]})
        if field and field not in FIELDS:
            message = say(
                "field_unknown",
                f"There is no field {field!r}. The fields are {', '.join(FIELDS)}.",
                field=field,
                fields=", ".join(FIELDS),
            )
            raise UserError("field_unknown", message, fields={"mapping": [field]})
    return dict(mapping)


def _keep(table: Path, run_id: int) -> str:
    folder = imports_folder() / str(run_id)
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "table"
    try:
        shutil.copyfile(table, kept)
    except OSError as error:
        kept.unlink(missing_ok=True)
        raise upload_not_kept() if is_full(error) else error from error
    return kept.relative_to(settings.RECTO_DATA_DIR).as_posix()


def _require(run: ImportRun, states: tuple[ImportRun.State, ...], what: str) -> None:
    if _settled_state(run) not in states:
        message = f"This import is {run.get_state_display().lower()}; it can no longer {what}."
        raise UserError("wrong_state", say("wrong_state", message))


def _settled_state(run: ImportRun) -> str:
    """A check whose job was cancelled before it began, or given up, is as good as none."""
    ended = (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED)
    if run.state == State.CHECKING and run.job is not None and run.job.state in ended:
        return State.UPLOADED
    return run.state
