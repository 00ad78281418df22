"""`manage.py migrate`, Django's own, which refuses a database that a later version of Recto has made."""

from typing import Any

from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connections

from core.schema_state import refuse_later_database


class Command(MigrateCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        refuse_later_database(connections[options["database"]])
        super().handle(*args, **options)
