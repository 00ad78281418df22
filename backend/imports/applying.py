"""Writing a plan into the catalogue: only what differs from it, in batches that are each one transaction."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from catalog.history import remove_prints
from catalog.models import Collection, PrintImage
from imports.names import Names
from imports.outdated import records_changed_since
from imports.picture import Picture
from imports.planning import PlannedPrint
from imports.queries import StoredPrint, prints_without_images
from imports.summary import Counts
from imports.writing import differs, write_prints
from indexing.changes import lock_appends

IMAGE_VALUES = ("print_id", "sha256", "width", "height", "format", "position")
BATCH = 200  # prints to a transaction: how long the writer's lock is held, and what an interruption costs


@dataclass
class Catalogue:
    """What the collection has, as read before; `images` (by path) follow every write.

    `last_revision` is where its history stood then; `bereft` are the ids of prints that lost a picture since.
    """

    collection: Collection
    prints: Mapping[str, StoredPrint]
    images: dict[str, PrintImage]
    names: Names
    last_revision: int
    bereft: set[int] = field(default_factory=set)


@transaction.atomic
def apply_batch(catalogue: Catalogue, batch: Sequence[PlannedPrint]) -> Counts:
    """Write what differs of `batch`, pictures included, and say what that was.

    A record that people have changed since the catalogue was read is left to the next loading.
    """
    # The log's lock comes before the first write of image rows: see lock_appends.
    lock_appends()
    batch = _without_changed(catalogue, batch)
    new = [one.record for one in batch if one.record.record_id not in catalogue.prints]
    changed = [one.record for one in batch if _differs(one, catalogue.prints)]
    ids = write_prints(
        catalogue.collection,
        catalogue.names,
        new=new,
        changed=[(catalogue.prints[record.record_id].id, record) for record in changed],
    )
    stored = {one.record.record_id for one in batch} & catalogue.prints.keys()
    ids |= {record_id: catalogue.prints[record_id].id for record_id in stored}
    pictures = _write_images(catalogue, [(ids[one.record.record_id], one) for one in batch])
    return pictures + Counts(
        prints_created=len(new),
        prints_changed=len(changed),
        prints_unchanged=len(batch) - len(new) - len(changed),
        prints_without_metadata=sum(
            not one.described and one.record.record_id not in catalogue.prints for one in batch
        ),
    )


def _without_changed(catalogue: Catalogue, batch: Sequence[PlannedPrint]) -> Sequence[PlannedPrint]:
    names = [one.record.record_id for one in batch]
    known = [catalogue.prints[name].id for name in names if name in catalogue.prints]
    changed = records_changed_since(catalogue.last_revision, catalogue.collection, names, known=known)
    return [one for one in batch if one.record.record_id not in changed]


def _differs(planned: PlannedPrint, prints: Mapping[str, StoredPrint]) -> bool:
    """True when the table says other than the catalogue. A picture that no table knows says nothing."""
    stored = prints.get(planned.record.record_id)
    return stored is not None and planned.described and differs(planned.record, stored)


def _write_images(catalogue: Catalogue, planned: Sequence[tuple[int, PlannedPrint]]) -> Counts:
    wanted = [
        _wanted_image(print_id, position, picture)
        for print_id, one in planned
        for position, picture in enumerate(one.pictures, one.position)
    ]
    new = [row for row in wanted if row.path not in catalogue.images]
    counts, changed = _changed_images(catalogue, [row for row in wanted if row.path in catalogue.images])
    PrintImage.objects.bulk_update(changed, IMAGE_VALUES)
    created = PrintImage.objects.bulk_create(new)
    catalogue.images.update({row.path: row for row in created})
    return counts + Counts(images_added=len(new))


def _wanted_image(print_id: int, position: int, picture: Picture) -> PrintImage:
    return PrintImage(
        print_id=print_id,
        path=picture.path,
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        format=picture.format,
        position=position,
    )


def _changed_images(catalogue: Catalogue, wanted: Iterable[PrintImage]) -> tuple[Counts, list[PrintImage]]:
    """The rows that have to be written, with their new values; prints that lose a picture are remembered."""
    counts, changed = Counts(), []
    for want in wanted:
        row = catalogue.images[want.path]
        differing = [name for name in IMAGE_VALUES if getattr(row, name) != getattr(want, name)]
        if "print_id" in differing:
            catalogue.bereft.add(row.print_id)
        counts += _image_counts(differing)
        for name in differing:
            setattr(row, name, getattr(want, name))
        changed += [row] if differing else []
    return counts, changed


def _image_counts(differing: Sequence[str]) -> Counts:
    if "sha256" in differing:
        return Counts(images_replaced=1)
    if "print_id" in differing:
        return Counts(images_moved=1)
    return Counts(images_unchanged=1)


def apply_kept(catalogue: Catalogue, pictures: Sequence[Picture]) -> Counts:
    """Take over new bytes of pictures that stay with the prints they have."""
    rows = [catalogue.images[picture.path] for picture in pictures]
    wanted = [
        _wanted_image(row.print_id, row.position, picture)
        for row, picture in zip(rows, pictures, strict=True)
    ]
    counts, changed = _changed_images(catalogue, wanted)
    _update_images(changed, IMAGE_VALUES, paths=[row.path for row in changed])
    return counts


def _update_images(rows: Sequence[PrintImage], names: Sequence[str], *, paths: Sequence[str]) -> None:
    """But for those that have not the `paths` any more that were read: a curator has replaced these since."""
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            lock_appends()
            as_read = PrintImage.objects.filter(path__in=paths[start : start + BATCH])
            as_read.bulk_update(rows[start : start + BATCH], names)


def follow_moved_files(catalogue: Catalogue, pictures: Sequence[Picture], missing: Iterable[str]) -> Counts:
    """A file that is gone and one with its very bytes that is new are one picture under another name."""
    lost = {row.sha256: row for path in missing if (row := catalogue.images.get(path))}
    moved: dict[str, PrintImage] = {}
    for picture in pictures:
        if picture.path not in catalogue.images and (row := lost.pop(picture.sha256, None)):
            moved[row.path] = catalogue.images.pop(row.path)
            row.path = picture.path
            catalogue.images[row.path] = row
    _update_images(list(moved.values()), ["path"], paths=list(moved))
    return Counts(images_moved=len(moved))


def remove_images(catalogue: Catalogue, paths: Sequence[str]) -> Counts:
    """Delete the pictures that still have these paths, and remember the prints that lose them."""
    rows = [row for path in paths if (row := catalogue.images.pop(path, None))]
    catalogue.bereft.update(row.print_id for row in rows)
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        with transaction.atomic():
            lock_appends()
            as_read = PrintImage.objects.filter(path__in=[row.path for row in some])
            # Through the model's own delete, whose signals tell the index.
            as_read.filter(pk__in=[row.pk for row in some]).delete()
    return Counts(images_removed=len(rows))


def remove_empty_prints(catalogue: Catalogue, *, but: Container[str] = ()) -> Counts:
    """Delete the prints that lost their last picture in this run, `but` these records, which stay without."""
    staying = {stored.id for record_id, stored in catalogue.prints.items() if record_id in but}
    bereft, removed = sorted(catalogue.bereft - staying), 0
    for start in range(0, len(bereft), BATCH):
        with transaction.atomic():
            empty = prints_without_images(bereft[start : start + BATCH])
            remove_prints(empty)
        removed += len(empty)
    return Counts(prints_removed=removed)
