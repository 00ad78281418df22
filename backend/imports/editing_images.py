"""The pictures of a single record: added, replaced by a better scan, removed."""

from pathlib import Path

from django.db import transaction

from accounts import audit
from catalog.history import images_leave, images_written, recorded
from catalog.models import Print, PrintImage
from catalog.queries import image_not_found
from catalog.scans import KeptScan, keep_scan, keeping_scans
from core.errors import Conflict
from imports.attaching import attach_pictures
from imports.editing import Curator, author, held
from imports.picture import Picture
from indexing.changes import lock_appends

LONGEST_NAME = PrintImage._meta.get_field("name").max_length or 0


def add_image(*, row: Print, file: Path, name: str, user: Curator) -> PrintImage:
    """Give the record another picture. Raises Conflict when it has that one already, NotFound."""
    with keeping_scans():
        scan = keep_scan(file)
        with transaction.atomic():
            lock_appends()
            row = held(row)
            _require_new(row, scan)
            with recorded(row.collection, [row.pk], author(user)):
                picture = Picture("", scan.path, scan.sha256, scan.width, scan.height, scan.format)
                attach_pictures({row.pk: [picture]})
            image = row.images.get(sha256=scan.sha256)
            PrintImage.objects.filter(pk=image.pk).update(name=name[:LONGEST_NAME])
            _audit(user, "image_added", image)
    return image


def replace_image(*, image: PrintImage, file: Path, name: str, user: Curator) -> PrintImage:
    """Give a picture the bytes of another scan: its id and its place stay."""
    with keeping_scans():
        scan = keep_scan(file)
        with transaction.atomic():
            lock_appends()
            image = _held_image(image)
            if scan.sha256 == image.sha256:
                return image
            _require_new(image.print, scan)
            with recorded(image.print.collection, [image.print_id], author(user)):
                _give(image, scan, name)
            _audit(user, "image_replaced", image)
    return image


def _give(image: PrintImage, scan: KeptScan, name: str) -> None:
    images_leave.send(PrintImage, image_ids=[image.pk])
    image.path, image.sha256, image.format = scan.path, scan.sha256, scan.format
    image.width, image.height, image.name = scan.width, scan.height, name[:LONGEST_NAME]
    image.save()
    images_written.send(PrintImage, image_ids=[image.pk])


@transaction.atomic
def remove_image(*, image: PrintImage, user: Curator) -> None:
    """Take a picture away; the record stays, also without any."""
    lock_appends()
    image = _held_image(image)
    with recorded(image.print.collection, [image.print_id], author(user)):
        images_leave.send(PrintImage, image_ids=[image.pk])
        PrintImage.objects.filter(pk=image.pk).delete()
    _audit(user, "image_removed", image)


def _held_image(image: PrintImage) -> PrintImage:
    """As its record, which is nobody else's till the end of the transaction, has it now."""
    row = held(image.print)
    found = row.images.select_related("print__collection").filter(pk=image.pk).first()
    if found is None:
        raise image_not_found(image.pk)
    return found


def _require_new(row: Print, scan: KeptScan) -> None:
    if row.images.filter(sha256=scan.sha256).exists():
        raise Conflict("image_exists", "The record has this very picture already. Choose another one.")


def _audit(user: Curator, action: str, image: PrintImage) -> None:
    detail = {"print": image.print_id, "image": image.pk}
    audit.record(user, action, image.print.collection, image.print.record_id, detail)
