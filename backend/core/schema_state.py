"""Whether a database was made by a later version than this: its migrations are then not all known here."""

from collections.abc import Iterable

from django.core.management import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def unknown_migrations(applied: Iterable[tuple[str, str]]) -> list[str]:
    """Those of the pairs (app, name) that this version of Recto does not have, as `app.name`."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations) | {
        replaced for migration in loader.disk_migrations.values() for replaced in migration.replaces
    }
    return sorted(f"{app}.{name}" for app, name in applied if (app, name) not in known)


def refuse_later_database(connection: BaseDatabaseWrapper) -> None:
    """Raises CommandError, which ends a start, for a database of a later version."""
    unknown = unknown_migrations(MigrationRecorder(connection).applied_migrations())
    if unknown:
        raise CommandError(
            f"The database was made by a later version of Recto: this one does not know "
            f"{', '.join(unknown)}. Nothing was changed. Start the later version again; or go back as "
            "docs/operators.md says under 'Downgrade'."
        )
