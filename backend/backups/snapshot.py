"""All tables of a database at one moment, read while others write: one transaction that only reads."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Model

from backups.columns import columns_of, packed_rows
from backups.errors import BackupError
from backups.history import Applied, applied_migrations
from backups.manifest import BackedUpTable
from backups.pool import Content
from core.schema_state import unknown_migrations

AT_ONCE = 500  # rows asked of the database: some have ten kilobytes
# (A filter by the label of the model: which of its rows belong into the backup.)
Wanted = dict[str, dict[str, Any]]


@contextmanager
def one_moment() -> Iterator[BaseDatabaseWrapper]:
    """The default connection, on which everything is as it was when the block began, and nothing is written.

    On SQLite a transaction that only reads: the write-ahead log keeps what it sees, and writers go on. On
    PostgreSQL one of repeatable reads.
    """
    connection = connections["default"]
    with _that_only_reads(connection), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield connection


@contextmanager
def _that_only_reads(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Transactions of ours on SQLite wait for the writer's lock when they begin; this one needs none."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    options = vars(connection)  # (Django's types do not know of this one.)
    usual = options["transaction_mode"]
    options["transaction_mode"] = "DEFERRED"
    try:
        yield
    finally:
        options["transaction_mode"] = usual


def migrations_of(connection: BaseDatabaseWrapper) -> Applied:
    """Raises BackupError for a database that this version cannot read."""
    applied = applied_migrations(connection)
    pairs = [(app, name) for app, names in applied.items() for name in names]
    if unknown := unknown_migrations(pairs):
        raise BackupError(
            f"The database was made by a later version of Recto (it has {', '.join(unknown)}). "
            "Make the backup with that version."
        )
    if not applied:
        raise BackupError("There is nothing to back up: the database has no tables.")
    return applied


def backed_up_tables(
    connection: BaseDatabaseWrapper,
    models: Sequence[type[Model]],
    *,
    wanted: Wanted,
    keep: Callable[[bytes], Content],
    progress: Callable[[str, int], None],
) -> list[BackedUpTable]:
    """Every table's rows, kept chunk by chunk. Progress is told the model and how many rows are done."""
    tables = []
    for model in models:
        rows, contents = 0, []
        columns = columns_of(model)
        found = model._base_manager.order_by("pk")
        found = found.filter(**wanted.get(model._meta.label, {}))
        values = found.values_list(*[column.attname for column in columns])
        for count, packed in packed_rows(columns, values.iterator(chunk_size=AT_ONCE)):
            rows += count
            contents.append(keep(packed))
            progress(model._meta.label, rows)
        names = [str(column.column) for column in columns]
        tables.append(BackedUpTable(model._meta.label, names, rows, last_id(connection, model), contents))
    return tables


def last_id(connection: BaseDatabaseWrapper, model: type[Model]) -> int | None:
    """The highest id that the table ever gave: it is given to nobody else, though its row may be gone."""
    if not isinstance(model._meta.pk, AutoField):  # (of any size)
        return None
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
                [connection.ops.quote_name(table), model._meta.pk.column],
            )
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else 0
