"""Putting a backup in place: all is made and checked beside what is there, and then takes its place."""

import dataclasses
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from backups.errors import BackupError, not_written
from backups.loading import database_file, drop_tables, load_database
from backups.manifest import Manifest
from backups.places import Exchange, check_room, check_writable, data_dir, holds_anything, remove_put_aside
from backups.repository import Repository
from core.schema_state import unknown_migrations
from indexing.republishing import republish
from search.keeping import purge_kept

Progress = Callable[[str, int, int], None]
# Rows with their indexes, by the bytes of the backup's packed rows.
UNPACKED = 4


@dataclass(frozen=True)
class Restored:
    """What was restored, how many entries the two indexes have, and where what was there before is: a
    folder, and a database file that lies elsewhere."""

    manifest: Manifest
    indexed: dict[str, int]
    aside: list[Path]


def restore_backup(
    folder: Path, *, name: str, replace: bool, originals: bool = True, progress: Progress
) -> Restored:
    """Put a backup in place, data/raw/ only with `originals`.

    Raises BackupError; then all is as it was, or it says where it is.
    """
    repository = Repository(folder)
    manifest = repository.manifest(name)
    check_version(manifest)
    if not originals:
        manifest = without_originals(manifest)
    if manifest.originals:
        check_writable("raw")
    with nobody_else_here():
        if not replace:
            check_empty(manifest)
        check_room(sum(one.content.bytes for one in manifest.files) + UNPACKED * _bytes_of_rows(manifest))
        try:
            aside = _put_in_place(repository, manifest, progress)
        except OSError as error:
            raise not_written(error, data_dir()) from error
        if not replace:
            remove_put_aside(aside)  # what the start of a command had made
            aside = []
        with said_what_is_there(manifest, aside):
            purge_kept()
            progress("Indexes", 0, 0)
            return Restored(manifest, republish(), aside)


@contextmanager
def said_what_is_there(manifest: Manifest, aside: list[Path]) -> Iterator[None]:
    """Raises BackupError for what fails when the backup is in place: nothing is taken back then."""
    try:
        yield
    except (OSError, DatabaseError) as error:
        before = f" What was here before lies in {listed(aside)}." if aside else ""
        raise BackupError(
            f"The backup {manifest.name} is in place, but its indexes could not be made ({error}). "
            f"Mend that and run `manage.py build_index`.{before}"
        ) from error


def listed(places: list[Path]) -> str:
    return " and ".join(map(str, places))


def without_originals(manifest: Manifest) -> Manifest:
    kept = [one for one in manifest.files if not one.path.startswith("raw/")]
    return dataclasses.replace(manifest, files=kept, originals=False)


def check_version(manifest: Manifest) -> None:
    """Raises BackupError for a backup of a later version than this."""
    pairs = [(app, name) for app, names in manifest.migrations.items() for name in names]
    if unknown := unknown_migrations(pairs):
        raise BackupError(
            f"The backup was made by a later version of Recto ({manifest.recto}, with {', '.join(unknown)}). "
            "Restore it with that version."
        )


def check_empty(manifest: Manifest) -> None:
    """Raises BackupError when something is here that the restore would put aside."""
    folders = ["raw"] if manifest.originals else []
    # (Of processed/, what the start of any command makes does not count; the database is asked below.)
    full = [folder for folder in folders if holds_anything(folder)]
    full += [name for name in ("scans", "kept", "imports") if holds_anything(f"processed/{name}")]
    if full or _has_rows():
        what = ", ".join([*full, *(["the database"] if _has_rows() else [])])
        raise BackupError(
            f"There is something in {data_dir()} already ({what}). With --replace it is put aside first."
        )


def _has_rows() -> bool:
    tables = {"catalog_collection", "auth_user"} & set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
            if cursor.fetchone():
                return True
    return False


@contextmanager
def nobody_else_here() -> Iterator[None]:
    """Raises BackupError while a Recto serves this data folder, or anybody is connected to the database."""
    lock = data_dir() / "processed" / "run" / "lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(f"Recto serves {data_dir()}. Stop it first.") from error
        if others := _connections():
            raise BackupError(
                f"{others} other connections use the database. Stop web, workers and beat first."
            )
        yield


def _connections() -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def _put_in_place(repository: Repository, manifest: Manifest, progress: Progress) -> list[Path]:
    """Where what was there before is."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    staged, aside = data_dir() / f".restoring-{now}", data_dir() / f"before-restore-{now}"
    database = Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
    exchange = Exchange(staged, aside, originals=manifest.originals, database=database)
    try:
        _stage_files(repository, manifest, staged, progress)
        if database:
            exchange.fresh_database.parent.mkdir(parents=True, exist_ok=True)
            with database_file(exchange.fresh_database):
                load_database(manifest, repository.pool, progress=progress)
            connection.close()
            exchange.make()
        else:
            with taken_back_on_error(exchange), transaction.atomic():
                drop_tables()
                load_database(manifest, repository.pool, progress=progress)
                exchange.make()
    finally:
        exchange.remove_halves()
    return exchange.put_aside


@contextmanager
def taken_back_on_error(exchange: Exchange) -> Iterator[None]:
    """The files go back to where they were when the rows were not written after all."""
    try:
        yield
    except BaseException:
        exchange.take_back()
        raise


def _stage_files(repository: Repository, manifest: Manifest, staged: Path, progress: Progress) -> None:
    done, total = 0, sum(one.content.bytes for one in manifest.files)
    for one in manifest.files:
        file = staged / one.path
        repository.pool.copy_to(one.content, file)
        # A picture of the same size and time is not read through again.
        os.utime(file, ns=(one.mtime_ns, one.mtime_ns))
        if one.path == "processed/secret_key":
            file.chmod(0o600)
        progress("Files", done := done + one.content.bytes, total)


def _bytes_of_rows(manifest: Manifest) -> int:
    return sum(content.bytes for table in manifest.tables for content in table.contents)
