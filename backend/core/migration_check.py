"""Whether the database is of this version."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core.parts import NotWell

_well = False


def migrations_are_applied() -> str:
    """Raises NotWell when some wait. Once none does, none will as long as this process lives."""
    global _well
    if not _well:
        executor = MigrationExecutor(connection)
        waiting = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
        if waiting:
            names = ", ".join(f"{migration.app_label}.{migration.name}" for migration in waiting[:3])
            raise NotWell(f"{len(waiting)} migrations wait: {names}. Run 'manage.py migrate'.")
        _well = True
    return "All migrations are applied."
