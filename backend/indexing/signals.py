"""Deletions reach the log from here, cascades included, in the transaction of the deletion; and so does the
return of pictures."""

from collections.abc import Sequence
from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver

from catalog.history import images_leave, images_written
from catalog.models import PrintImage
from indexing.changes import append_changes, lock_appends
from indexing.keeping import keep_features, put_features_back
from indexing.models import Feature, IndexChange, LocalFeature, Road
from indexing.services import enqueue_index_update


@receiver(pre_delete, sender=PrintImage)
def lock_before_image_goes(**_: Any) -> None:
    """Take the log's lock before any row goes: see `lock_appends` for why the order matters."""
    lock_appends()


@receiver(post_delete, sender=Feature)
def log_removed_feature(instance: Feature, **_: Any) -> None:
    """Say that the image left the index."""
    append_changes(
        kind=IndexChange.Kind.REMOVED, descriptor=instance.descriptor, image_ids=[instance.image_id]
    )


@receiver(post_delete, sender=LocalFeature)
def log_removed_local_features(instance: LocalFeature, **_: Any) -> None:
    """Say that the image left the local index."""
    append_changes(
        kind=IndexChange.Kind.REMOVED,
        road=Road.LOCAL,
        descriptor=instance.codec,
        image_ids=[instance.image_id],
    )


@receiver(post_delete, sender=PrintImage)
def remove_late_features(instance: PrintImage, **_: Any) -> None:
    """Django looks for what hangs on an image before the lock is taken: what was stored since goes now."""
    Feature.objects.filter(image_id=instance.pk).delete()
    LocalFeature.objects.filter(image_id=instance.pk).delete()


@receiver(images_leave)
def keep_what_was_made(image_ids: Sequence[int], **_: Any) -> None:
    """Pictures that are about to lose their rows or bytes may come back."""
    keep_features(image_ids)


@receiver(images_written)
def describe_again(image_ids: Sequence[int], **_: Any) -> None:
    """What was kept of pictures returns with them; what they lack is made."""
    if image_ids:
        put_features_back(image_ids)
        enqueue_index_update()
