"""Rows of a backup into an empty database: made as it was then, filled, and brought up to date."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DataError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Field, Model

from backups.columns import columns_of, unpacked_rows
from backups.errors import BackupError
from backups.history import Applied, applied_migrations, models_at
from backups.manifest import BackedUpTable, Manifest
from backups.pool import Pool
from backups.snapshot import last_id

AT_ONCE = 500
Progress = Callable[[str, int, int], None]


def load_database(manifest: Manifest, pool: Pool, *, progress: Progress) -> None:
    """Fill the default database, which has no tables. Raises BackupError when a row is missing in the end."""
    connection = connections["default"]
    _migrate_to(connection, manifest.migrations)
    models = {model._meta.label: model for model in models_at(manifest.migrations)}
    done = 0
    with transaction.atomic():
        for model in models.values():
            _empty(connection, model)  # of what migrations write
        for table in manifest.tables:
            model = models[table.model]
            for rows in _chunks(model, table, pool):
                _insert(connection, model, rows)
                progress("Rows", done := done + len(rows), manifest.rows)
            _set_last_id(connection, model, table.last_id)
        connection.check_constraints()
        _check(models, manifest)
    call_command("migrate", interactive=False, verbosity=0)


def _migrate_to(connection: BaseDatabaseWrapper, applied: Applied) -> None:
    """No more than the backup's database had, nor less."""
    executor = MigrationExecutor(connection)
    nodes = {(app, name) for app, names in applied.items() for name in names}
    # (The last of each app. Of two that follow one another the first would be a step back.)
    executor.migrate(sorted(node for node in nodes if not _is_followed(executor, node, nodes)))
    made = applied_migrations(connection)
    if made != applied:
        raise BackupError("The migrations of this version lead elsewhere than those of the backup.")


def _is_followed(executor: MigrationExecutor, node: tuple[str, str], nodes: set[tuple[str, str]]) -> bool:
    children = executor.loader.graph.node_map[node].children
    return any(child.key in nodes and child.key[0] == node[0] for child in children)


def _chunks(model: type[Model], table: BackedUpTable, pool: Pool) -> Iterator[list[tuple[Any, ...]]]:
    columns = columns_of(model)
    if [column.column for column in columns] != table.columns:
        raise BackupError(f"The columns of {table.model} are others than those of the backup.")
    for content in table.contents:
        rows = list(unpacked_rows(columns, pool.read(content)))
        for start in range(0, len(rows), AT_ONCE):
            yield rows[start : start + AT_ONCE]


def _insert(connection: BaseDatabaseWrapper, model: type[Model], rows: Sequence[tuple[Any, ...]]) -> None:
    """As they are, with their ids and times: nothing of a model's own is asked."""
    quote = connection.ops.quote_name
    columns = columns_of(model)
    names = ", ".join(quote(str(column.column)) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    values = (
        [column.get_db_prep_save(value, connection) for column, value in zip(columns, row, strict=True)]
        for row in rows
    )
    with connection.cursor() as cursor:
        try:
            cursor.executemany(
                f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", list(values)
            )
        except DataError as error:  # SQLite takes texts and numbers of any length, and NUL
            raise BackupError(
                f"PostgreSQL cannot hold a row of {model._meta.label}: {str(error).splitlines()[0]}. "
                f"{_ids(columns, rows)} Mend it where the backup was made, and make another one."
            ) from error


def _ids(columns: "Sequence[Field[Any, Any]]", rows: Sequence[tuple[Any, ...]]) -> str:
    keys = [row[place] for row in rows for place, column in enumerate(columns) if column.primary_key]
    return f"It is one of the ids {keys[0]} to {keys[-1]}."


def _empty(connection: BaseDatabaseWrapper, model: type[Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def _set_last_id(connection: BaseDatabaseWrapper, model: type[Model], last: int | None) -> None:
    """The next row gets an id that none ever had: links and what can be undone name rows that are gone."""
    if not last:
        return
    table, pk = model._meta.db_table, model._meta.pk
    assert pk is not None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name = connection.ops.quote_name(table)
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [name, pk.column, last])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def _check(models: dict[str, type[Model]], manifest: Manifest) -> None:
    for table in manifest.tables:
        model = models[table.model]
        there, last = model._base_manager.count(), last_id(connections["default"], model)
        if (there, last or 0) != (table.rows, table.last_id or 0):
            raise BackupError(f"{table.model} has {there} rows up to {last}, the backup {table.rows}.")


@contextmanager
def database_file(path: Path) -> Iterator[None]:
    """The default database is this SQLite file meanwhile."""
    connection = connections["default"]
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def drop_tables() -> None:
    """All tables of a PostgreSQL database, in the caller's transaction."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")
