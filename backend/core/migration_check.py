"""Whether the database is of this version."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.parts import NotWell

_well = False


def migrations_are_applied() -> str:
    """Raises NotWell when some wait. Once none does, none will as long as this process lives.

    By the names of the files: to load them all, as `migrate` does, takes longer than a check may.
    """
    global _well
    if not _well:
        waiting = sorted(_on_disk() - set(MigrationRecorder(connection).applied_migrations()))
        if waiting:
            names = ", ".join(".".join(migration) for migration in waiting[:3])
            raise NotWell(f"Migrations wait, {len(waiting)} of them: {names}. Run 'manage.py migrate'.")
        _well = True
    return "All migrations are applied."


def _on_disk() -> set[tuple[str, str]]:
    return {(app.label, name) for app in apps.get_app_configs() for name in _names(app.label)}


def _names(app_label: str) -> list[str]:
    package, _ = MigrationLoader.migrations_module(app_label)
    try:
        path = import_module(package or "").__path__
    except (ModuleNotFoundError, ValueError):  # an app that has none
        return []
    return [module.name for module in iter_modules(path) if module.name[0] not in "_~"]
