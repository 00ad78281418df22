"""Whether the database orders texts letter by letter, as SQLite does and as Recto's lists are meant."""

from collections.abc import Sequence

from django.core import checks
from django.db import connections

# By letters `a b` comes before `ab` and `B` before `a`; by a language's rules, spaces and cases count last.
ORDERED = "SELECT 'B' < 'a' AND 'a c' < 'ab'"


def check_collation(*, databases: Sequence[str] | None = None, **kwargs: object) -> list[checks.CheckMessage]:
    """Said when the database is migrated, which is at each start."""
    return [
        checks.Warning(
            "This PostgreSQL database orders texts by the rules of a language: lists by title may stand in "
            "another order than on other Rectos.",
            hint="New: CREATE DATABASE recto TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';",
            id="recto.W002",
        )
        for name in databases or ()
        if connections[name].vendor == "postgresql" and not _by_letters(name)
    ]


def _by_letters(database: str) -> bool:
    with connections[database].cursor() as cursor:
        cursor.execute(ORDERED)
        return bool(cursor.fetchone()[0])
