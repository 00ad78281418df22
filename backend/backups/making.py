"""Making a backup while all runs: rows of one moment first, then the files, which cannot go meanwhile."""

import io
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from backups.copying import Earlier, copy_files
from backups.errors import BackupError, not_written
from backups.history import models_at
from backups.last import remember_backup
from backups.manifest import BackedUpTable, Manifest
from backups.pool import Content
from backups.repository import Repository, opened_for_writing
from backups.snapshot import backed_up_tables, migrations_of, one_moment
from backups.sources import Named, files_to_copy, missing_pictures, named_by
from catalog.scans import keeping_scans
from core.jobs import enqueue
from imports.running import SWEEP

Progress = Callable[[str, int, int], None]  # what is done, how much of it, of how much (0: not known)


@dataclass(frozen=True)
class Wishes:
    """`originals`: with data/raw/. `secret_key`: with the key that signs sessions."""

    originals: bool = True
    secret_key: bool = False
    keep: int = 0


@dataclass(frozen=True)
class Made:
    """A backup, how many bytes of it were new in the folder, which older ones went, and which of those that
    stay cannot be read: why, by their names."""

    manifest: Manifest
    copied: int
    pruned: list[str]
    unreadable: dict[str, str]


def make_backup(folder: Path, wishes: Wishes, *, progress: Progress) -> Made:
    """Add a backup to the folder. Raises BackupError, and then leaves nothing half-made there."""
    try:
        with opened_for_writing(folder) as repository:
            unreadable = repository.sweep()
            before = repository.names()
            try:
                manifest = _written(repository, _newest(repository, but=unreadable), wishes, progress)
            except BaseException:
                if repository.names() == before:  # (else it was stopped when all was done)
                    repository.pool.take_back()
                raise
            copied = sum(content.bytes for content in repository.pool.added)
            pruned = repository.prune(keep=wishes.keep) if wishes.keep else []
        remember_backup(manifest, folder=folder, copied=copied)
        _sweep_later()
        stay = {name: why for name, why in unreadable.items() if name not in pruned}
        return Made(manifest, copied, pruned, stay)
    except OSError as error:
        raise not_written(error, folder) from error


def _newest(repository: Repository, *, but: Container[str]) -> Manifest | None:
    names = [name for name in repository.names() if name not in but]
    return repository.manifest(names[-1]) if names else None


def _written(repository: Repository, newest: Manifest | None, wishes: Wishes, progress: Progress) -> Manifest:
    earlier = Earlier(repository, newest)
    now = timezone.now()
    # Until the files are copied no scan is swept away that a row of the snapshot names.
    with keeping_scans():
        database, applied, tables, named = _rows(repository, now, progress)
        listed = list(files_to_copy(named, originals=wishes.originals, secret_key=wishes.secret_key))
        files = copy_files(
            repository, listed, earlier=earlier, progress=lambda done, total: progress("Files", done, total)
        )
    manifest = Manifest(
        name=_free_name(now, repository.names()),
        made_at=now.isoformat(timespec="seconds"),
        recto=settings.RECTO_VERSION,
        database=database,
        migrations=applied,
        tables=tables,
        files=files,
        missing=missing_pictures(named, {one.path for one in files}, originals=wishes.originals),
        originals=wishes.originals,
        secret_key=wishes.secret_key,
    )
    _verify_new(repository, manifest, progress)
    repository.publish(manifest)
    return manifest


def _rows(
    repository: Repository, now: datetime, progress: Progress
) -> tuple[str, dict[str, list[str]], list[BackedUpTable], Named]:
    alive = {"expires_at__gt": now}
    with one_moment() as connection:
        applied = migrations_of(connection)
        models = models_at(applied)
        tables = backed_up_tables(
            connection,
            models,
            wanted={"search.KeptSearch": alive},
            keep=lambda packed: repository.pool.add(io.BytesIO(packed)),
            progress=lambda model, rows: progress(model, rows, 0),
        )
        by_label = {model._meta.label: model for model in models}
        return connection.vendor, applied, tables, named_by(by_label, kept=alive)


def _verify_new(repository: Repository, manifest: Manifest, progress: Progress) -> None:
    """What was written now is read back; what was there before has at least its size."""
    new = repository.pool.added
    done, total = 0, sum(content.bytes for content in new)
    for content in set(manifest.contents()):
        if content in new:
            repository.pool.check(content)
            progress("Reading back", done := done + content.bytes, total)
        elif not repository.pool.has(content):
            raise BackupError(f"{repository.pool.path(content.sha256)} has gone while the backup was made.")


def verify_backup(folder: Path, *, name: str, progress: Progress) -> Manifest:
    """Read a backup through, from the first byte to the last. Raises BackupError when it is not whole."""
    repository = Repository(folder)
    manifest = repository.manifest(name)
    contents: set[Content] = set(manifest.contents())
    done, total = 0, sum(content.bytes for content in contents)
    for content in repository.check(manifest):
        progress("Reading", done := done + content.bytes, total)
    return manifest


def _sweep_later() -> None:
    """What could not go while the backup was made. (Before an upgrade the tables may be older.)"""
    with suppress(DatabaseError):
        enqueue(kind=SWEEP)


def _free_name(now: datetime, names: list[str]) -> str:
    """By the time, which may have been turned back: the newest has to be the last."""
    name = now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    if names and name <= names[-1]:
        newest = names[-1].split("+")
        name = f"{newest[0]}+{int(newest[1]) + 1 if len(newest) > 1 else 1:03}"
    return name
