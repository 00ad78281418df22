"""`manage.py import_prints TABLE --collection SLUG`: check a table, show what it would change, and do it."""

import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from catalog.models import Collection
from core.bars import Bars
from core.errors import RectoError
from core.jobs import enqueue
from imports.checking import check_import
from imports.models import ImportRun
from imports.preparing import configure_import, create_import
from imports.preview_text import preview_lines
from imports.running import SWEEP, apply_import
from imports.sources.fetching_jobs import start_fetching
from imports.sources.harvesting import begin_iiif_import, harvest
from imports.sources.preparing import open_pictures
from imports.sources.uploading import copy_archive

ACTIONS = {
    action.value.replace("_", "-"): action for action in ImportRun.Action if action != ImportRun.Action.LOAD
}
NEEDS = {"folder": "path", "iiif": "url"}


class Command(BaseCommand):
    help = (
        "Check a CSV, TSV or XLSX, show what it would create, change and remove, and every problem of every "
        "row. Nothing changes before you say --apply. The import can be undone on its page."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", type=Path, nargs="?", help="the CSV, TSV or XLSX; none with iiif")
        parser.add_argument("--collection", required=True, metavar="SLUG", help="its short name in addresses")
        parser.add_argument("--name", default="", help="the collection's name, if it is to be made")
        parser.add_argument("--action", choices=ACTIONS, default="add-and-update")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="HEADER=FIELD",
            help="read a column as this field; HEADER= leaves it out (may be repeated)",
        )
        parser.add_argument(
            "--encoding", help="where it is not recognised: utf-8, cp1252, mac_roman, utf-16 …"
        )
        parser.add_argument("--delimiter", help="where it is not recognised")
        parser.add_argument("--sheet", help="of a workbook; else the first that has rows")
        parser.add_argument(
            "--images",
            default="none",
            metavar="SOURCE",
            help="where the pictures are: none, folder:PATH (below a root of imports), zip:FILE, url (the "
            "column image_url), iiif:ADDRESS (a manifest or a collection, whose records are imported, too)",
        )
        parser.add_argument("--apply", action="store_true", help="do what the preview says")
        parser.add_argument("--show", type=int, default=5, help="how many examples of each kind to print")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = self._prepared(options)
            with Bars(sys.stderr) as bars:
                check_import(run, progress=bars.show_work)
            self.stdout.write("\n".join(preview_lines(run, shown=options["show"])))
            if options["apply"]:
                self._apply(run)
            else:
                self.stdout.write(
                    f"Nothing has changed. --apply does it; or open /imports/{run.pk} in the browser."
                )
        except RectoError as error:
            raise CommandError(error.message) from error

    def _prepared(self, options: Mapping[str, Any]) -> ImportRun:
        source, archive = _image_source(options["images"])
        table = None if source["kind"] == "iiif" else _existing(options["table"])
        common: dict[str, Any] = {
            "collection": _collection(options["collection"], options["name"]),
            "action": ACTIONS[options["action"]],
            "image_source": source,
            "user": None,
        }
        if table is None:
            run = self._from_iiif(common)
        else:
            run = create_import(table=table, table_name=table.name, **common)
        if archive:
            copy_archive(run, archive)
        reading = {name: options[name] for name in ("encoding", "delimiter", "sheet") if options[name]}
        choices = reading | ({"mapping": _mapping(options["map"])} if options["map"] else {})
        return configure_import(run, user=None, **choices) if choices else run

    def _from_iiif(self, common: Mapping[str, Any]) -> ImportRun:
        run = begin_iiif_import(**common)
        with Bars(sys.stderr) as bars:
            harvest(run, progress=bars.show_work)
        return run

    def _apply(self, run: ImportRun) -> None:
        audit.record(None, "import_applied", run.collection, run.table_name, {"import": run.pk})
        with Bars(sys.stderr) as bars:
            apply_import(run, opened=open_pictures, progress=bars.show_work)
        start_fetching(run, user=None)
        enqueue(kind=SWEEP)
        run.refresh_from_db()
        self.stdout.write(f"Import {run.pk} is {run.get_state_display().lower()}.")


def _collection(slug: str, name: str) -> Collection:
    found = Collection.objects.filter(slug=slug).first()
    if found is None and not name:
        known = ", ".join(Collection.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no collection {slug!r} ({known}). Make it with --name.")
    if found is None:
        found = Collection.objects.create(slug=slug, name=name)
        audit.record(None, "collection_created", found, slug, {"name": name})
    return found


def _existing(table: Path | None) -> Path:
    if table is None or not table.is_file():
        raise CommandError(f"There is no file {table}." if table else "Say which table is to be imported.")
    return table


def _image_source(text: str) -> tuple[dict[str, str], Path | None]:
    """The source as the API has it, and the archive of a ZIP."""
    kind, _, value = text.partition(":")
    if kind == "zip":
        if not Path(value).is_file():
            raise CommandError(f"There is no file {value!r}. Write zip:FILE.")
        return {"kind": kind}, Path(value)
    return ({"kind": kind, NEEDS[kind]: value} if kind in NEEDS else {"kind": kind}), None


def _mapping(pairs: Sequence[str]) -> dict[str, str | None]:
    """`Nummer=record_id`; the last equals sign counts, because a header may have one."""
    if wrong := next((pair for pair in pairs if "=" not in pair), ""):
        raise CommandError(f"Write --map HEADER=FIELD, not {wrong!r}.")
    return {header: field for header, _, field in (pair.rpartition("=") for pair in pairs)}
