"""`manage.py purge_searches`: delete kept searches whose time is over, one of them, or all."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.keeping import delete_kept_by_operator, purge_kept


class Command(BaseCommand):
    help = "Delete kept searches whose time is over, and pictures that belong to none."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--id", help="delete this one, whatever its time")
        which.add_argument("--all", action="store_true", help="delete all of them, whatever their time")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["id"]:
            if not delete_kept_by_operator(options["id"]):
                raise CommandError(f"No search is kept under {options['id']}.")
            self.stdout.write("The search and its picture are deleted.\n")
            return
        purged = purge_kept(everything=options["all"])
        self.stdout.write(f"{purged.searches} searches and {purged.files} left-over files are deleted.\n")
