"""Pictures that leave and return take what was decided about them along."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from catalog.history import images_leave, images_written
from duplicates.keeping import keep_decisions, put_decisions_back


@receiver(images_leave)
def keep_what_was_decided(image_ids: Sequence[int], **_: Any) -> None:
    """Pictures that are about to lose their rows or bytes may come back."""
    keep_decisions(image_ids)


@receiver(images_written)
def decided_as_before(image_ids: Sequence[int], **_: Any) -> None:
    """Pictures that are there again, or new."""
    put_decisions_back(image_ids)
