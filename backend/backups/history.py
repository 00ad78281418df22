"""Which migrations a database has, and what its tables look like by them."""

from collections import defaultdict

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

Applied = dict[str, list[str]]  # app -> names of migrations
# What is of the moment: who is signed in, who has just failed to, which processes run.
PASSING = frozenset({"sessions.Session", "accounts.SignInAttempt", "core.Pulse"})


def applied_migrations(connection: BaseDatabaseWrapper) -> Applied:
    applied: Applied = defaultdict(list)
    for app, name in sorted(MigrationLoader(connection).applied_migrations):
        applied[app].append(name)
    return dict(applied)


def models_at(applied: Applied) -> list[type[Model]]:
    """The models of a database with these migrations, whatever they have become since; one for each table."""
    nodes = [(app, name) for app, names in applied.items() for name in names]
    apps: Apps = MigrationLoader(None).project_state(nodes).apps
    models = apps.get_models(include_auto_created=True)
    kept = [model for model in models if model._meta.managed and not model._meta.proxy]
    return sorted((one for one in kept if one._meta.label not in PASSING), key=lambda one: one._meta.label)
