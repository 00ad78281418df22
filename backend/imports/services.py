"""Loading a collection's folder into the catalogue. Repeating it changes nothing; what is new is added."""

import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts import audit
from catalog.models import Collection
from core.errors import UserError
from imports.applying import (
    BATCH,
    Catalogue,
    apply_batch,
    apply_kept,
    follow_moved_files,
    remove_empty_prints,
    remove_images,
)
from imports.examples import load_examples
from imports.folders import CollectionFolder, FoundFile, open_folder, read_bytes_of
from imports.issues import Issue, Source, make_issue, storable
from imports.kept_edits import edits_kept, given_back_until, kept_edits, remember_given_back
from imports.matching import match_images
from imports.names import Names
from imports.outdated import last_revision_id
from imports.picture import Picture
from imports.pictures import check_pictures
from imports.placeholders import find_placeholders
from imports.planning import NO_EDITS, Plan, plan_prints
from imports.progress import Progress, silent, tracked
from imports.queries import kept_lengths, stored_images, stored_prints
from imports.reading import read_table
from imports.records import Record, merge_rows, read_record
from imports.relating import resolve_relations
from imports.runs import finish_run, only_loading, recorded_run
from imports.summary import Counts, LoadSummary
from indexing.services import enqueue_index_update

LONGEST_NAME = Collection._meta.get_field("name").max_length or 0


def load_collection(
    folder: Path,
    *,
    slug: str = "",
    name: str = "",
    remove_missing: bool = False,
    over_edits: bool = False,
    progress: Progress = silent,
) -> LoadSummary:
    """Load the pictures and tables of `folder` and queue the making of their features.

    `slug` and `name` of the collection are those of the folder unless given. Pictures of the catalogue that
    are no longer on disk stay, and are named; with `remove_missing` they go. What was changed in Recto itself
    stays as it is there; with `over_edits` the folder has it back. Raises UserError when the folder cannot be
    loaded, TryAgain while another process loads the same collection.
    """
    begun = time.monotonic()
    opened = open_folder(folder, data_dir=settings.RECTO_DATA_DIR)
    slug = _slug(slug or opened.root.name)
    with only_loading(slug, locks=settings.RECTO_PROCESSED_DIR / "locks"):
        collection = _collection(slug, name, default_name=opened.root.name)
        with recorded_run(collection, opened.path) as run:
            loading = _Loading(opened, collection, progress, remove_missing, over_edits)
            counts, issues = loading.load()
            remember_given_back(run, loading.given_back)
            with transaction.atomic():
                finish_run(run, counts=counts, issues=issues)
                if counts.changed_anything:
                    audit.record(
                        None, "folder_loaded", collection, opened.path, {"import": run.pk, **counts.nonzero}
                    )
                job = enqueue_index_update()
    return LoadSummary(collection.name, run.pk, job.pk, time.monotonic() - begun, counts, tuple(issues))


def _slug(text: str) -> str:
    slug = Collection.slug_of(text)
    if not slug:
        message = f"No address can be made from the folder's name {text!r}. Give one with --slug."
        raise UserError("no_slug", message)
    return slug


def _collection(slug: str, name: str, *, default_name: str) -> Collection:
    default = storable(name or default_name)[:LONGEST_NAME]
    collection, created = Collection.objects.get_or_create(slug=slug, defaults={"name": default})
    if created:
        audit.record(None, "collection_created", collection, slug, {"name": default})
    if name and collection.name != default:
        collection.name = default
        collection.save(update_fields=["name"])
    return collection


@dataclass
class _Pictures:
    """The usable pictures of the folder by name, and the paths of all that are on disk."""

    usable: dict[str, Picture]
    names: list[str]
    paths: frozenset[str]
    placeholders: list[str]


class _Loading:
    """One run over one folder: read, compare, write; `issues` collects what was found on the way."""

    def __init__(
        self,
        folder: CollectionFolder,
        collection: Collection,
        progress: Progress,
        remove_missing: bool,
        over_edits: bool,
    ) -> None:
        self.folder, self.collection, self.progress = folder, collection, progress
        self.remove_missing, self.over_edits = remove_missing, over_edits
        self.edits, self.given_back = NO_EDITS, 0
        self.issues: list[Issue] = []

    def load(self) -> tuple[Counts, list[Issue]]:
        records = self._read_records()
        pictures = self._check_pictures()
        catalogue = self._read_catalogue()
        counts = self._clear(catalogue, pictures)
        counts += self._apply(catalogue, self._plan(catalogue, records, pictures))
        counts += remove_empty_prints(catalogue, but=self.edits.records)
        resolve_relations(self.collection)
        return counts + self._load_examples(), self.issues

    def _read_catalogue(self) -> Catalogue:
        """And what was changed in it by people: the history's place first, for they may go on meanwhile."""
        last_revision = last_revision_id(self.collection)
        prints, images = stored_prints(self.collection), stored_images(self.collection)
        self.given_back = last_revision if self.over_edits else given_back_until(self.collection)
        self.edits = kept_edits(self.collection, prints, images.values(), since=self.given_back)
        return Catalogue(self.collection, prints, images, Names(), last_revision)

    def _read_records(self) -> list[Record]:
        tables, lengths = self.folder.tables(), kept_lengths()
        found: list[Record] = []
        if not tables:
            reason = (
                "there is no metadata.csv or .xlsx and no table in metadata/: every picture becomes a print "
                "of its own"
            )
            self.issues.append(make_issue(Source(self.folder.path), "no_metadata", reason))
        for path in self.folder.unread_tables():
            reason = "it is not read: a CSV lies beside it, or it has to be saved as XLSX or CSV (UTF-8)"
            self.issues.append(make_issue(Source(storable(path.name)), "workbook_not_read", reason))
        for path in tables:
            table = read_table(read_bytes_of(path), name=storable(path.name))
            self.issues += table.issues
            for row in tracked(table.rows, f"Reading {path.name}", self.progress):
                record, issues = read_record(row, lengths)
                self.issues += issues
                found += [record] if record else []
        records, issues = merge_rows(found)
        self.issues += issues
        return records

    def _check_pictures(self) -> _Pictures:
        files = self.folder.images()
        pictures = self._checked(files, "images", "Checking images")
        removable = self._checked(self.folder.placeholders(), "images_to_remove", "Checking images_to_remove")
        found = find_placeholders(
            pictures, removable, data_dir=settings.RECTO_DATA_DIR, progress=self.progress
        )
        self.issues += found.values()
        usable = {picture.name: picture for picture in pictures if picture.path not in found}
        paths = frozenset(file.path for file in files)
        return _Pictures(usable, [file.name for file in files], paths, list(found))

    def _checked(self, files: list[FoundFile], name: str, step: str) -> list[Picture]:
        below = f"{self.folder.path}/{name}"
        pictures, issues = check_pictures(files, below=below, step=step, progress=self.progress)
        self.issues += issues
        return pictures

    def _clear(self, catalogue: Catalogue, pictures: _Pictures) -> Counts:
        """What is gone from disk or has become a placeholder leaves the catalogue, or is named."""
        gone = [path for path in catalogue.images if path not in pictures.paths]
        missing = [path for path in gone if not (settings.RECTO_DATA_DIR / path).is_file()]
        counts = follow_moved_files(catalogue, list(pictures.usable.values()), missing)
        missing = [path for path in missing if path in catalogue.images]
        counts += remove_images(catalogue, pictures.placeholders)
        if self.remove_missing:
            return counts + remove_images(catalogue, missing)
        reason = "the file is no longer on disk; the print stays. --remove-missing removes it"
        self.issues += [make_issue(Source(path), "file_missing", reason) for path in missing]
        return counts + Counts(images_missing=len(missing))

    def _plan(self, catalogue: Catalogue, records: list[Record], pictures: _Pictures) -> Plan:
        matching = match_images(records, pictures.names)
        plan = plan_prints(
            records,
            matching,
            pictures.usable,
            known_records=frozenset(catalogue.prints),
            known_paths=frozenset(catalogue.images),
            longest_id=kept_lengths().record_id,
            edits=self.edits,
        )
        self.issues += matching.issues + plan.issues + edits_kept(records, catalogue.prints, self.edits)
        return plan

    def _apply(self, catalogue: Catalogue, plan: Plan) -> Counts:
        counts, total = apply_kept(catalogue, plan.kept), len(plan.prints)
        for start in range(0, total, BATCH):
            counts += apply_batch(catalogue, plan.prints[start : start + BATCH])
            self.progress(min(start + BATCH, total), total, "Writing prints")
        return counts

    def _load_examples(self) -> Counts:
        pictures = self._checked(self.folder.examples(), "examples", "Checking examples")
        table = self.folder.examples_table()
        self.issues += load_examples(
            self.collection, pictures, table=table, below=f"{self.folder.path}/examples"
        )
        return Counts(examples=len(pictures))
