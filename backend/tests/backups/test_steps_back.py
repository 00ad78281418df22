"""A downgrade by one step and the upgrade again, for each app: nothing gets lost that both versions have."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from backups.history import applied_migrations, models_at
from tests.backups.conftest import RunCommand

# Migrations that cannot be taken back, as `app.name`. Named in docs/operators.md under "Downgrade".
IRREVERSIBLE: set[str] = set()
# Written anew from the other columns by the migration itself.
DERIVED = {("catalog_print", "search_text")}
Columns = dict[str, list[str]]


def test_every_app_goes_one_step_back_and_forward(house: dict[str, Any], command: RunCommand) -> None:
    steps = last_steps()
    assert len(steps) >= 6, steps
    for app, before, last in steps:
        now = columns_of(models_at(applied_migrations(connection)))
        there = rows_of(now)
        command("migrate", app, before, verbosity=0)
        try:
            shared = in_both(now, columns_of(models_at(applied_migrations(connection))))
            earlier = rows_of(shared)
        finally:
            command("migrate", verbosity=0)
        assert rows_of(shared) == earlier, f"{app}.{last}"
        assert {table: len(rows) for table, rows in earlier.items()} == {
            table: len(rows) for table, rows in there.items() if table in earlier
        }
        assert sum(map(len, earlier.values())) > 50


def test_every_migration_says_how_it_is_taken_back() -> None:
    loader = MigrationLoader(None)
    ours = [one for key, one in loader.disk_migrations.items() if key[0] in own_apps()]
    found = {
        f"{one.app_label}.{one.name}"
        for one in ours
        if not all(operation.reversible for operation in one.operations)
    }
    assert found == IRREVERSIBLE


def own_apps() -> set[str]:
    """The labels of the apps of this repository."""
    return {
        one.label for one in apps.get_app_configs() if str(one.path).startswith(str(settings.BASE_DIR) + "/")
    }


def last_steps() -> list[tuple[str, str, str]]:
    """App, the migration before its last, and its last, of the apps that have two."""
    names: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(None).disk_migrations):
        names.setdefault(app, []).append(name)
    return [(app, *names[app][-2:]) for app in sorted(own_apps()) if len(names.get(app, [])) > 1]  # type: ignore[misc]


def columns_of(models: list[type[Model]]) -> Columns:
    return {
        model._meta.db_table: [str(one.column) for one in model._meta.concrete_fields] for model in models
    }


def in_both(one: Columns, other: Columns) -> Columns:
    return {
        table: [column for column in columns if column in other[table] and (table, column) not in DERIVED]
        for table, columns in one.items()
        if table in other
    }


def rows_of(columns: Columns) -> dict[str, list[tuple[Any, ...]]]:
    quote = connection.ops.quote_name
    found = {}
    with connection.cursor() as cursor:
        for table, names in columns.items():
            cursor.execute(f"SELECT {', '.join(map(quote, names))} FROM {quote(table)} ORDER BY 1")
            found[table] = [
                tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)
                for row in cursor.fetchall()
            ]
    return found
