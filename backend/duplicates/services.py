"""Writes: what was compared, what a curator decided. Each may be repeated; the groups are `grouping`'s."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from catalog.audience import Audience
from catalog.models import Collection as PrintCollection
from catalog.models import PrintImage
from core.errors import Forbidden, UserError
from core.jobs import enqueue
from core.models import Job
from core.sentences import say
from duplicates.grouping import living_groups, regroup
from duplicates.keeping import reopen_kept
from duplicates.models import ComparedImage, Decision, ImageGroup, ImagePair
from duplicates.queries import group_record, pairs_within

FIND = "find_same_images"


@dataclass(frozen=True)
class FoundPair:
    """A picture that shows the same image as the one that was compared."""

    image_id: int
    inliers: int
    coverage: float
    mirrored: bool


@dataclass(frozen=True)
class Compared:
    """A picture, the file and codec its local features were made from, and what it was found to equal."""

    image_id: int
    codec: str
    image_sha256: str
    pairs: Sequence[FoundPair]


def enqueue_finding(*, requested_by: AbstractBaseUser | None = None) -> Job:
    """Queue the comparison of every picture that was not compared yet; one that waits already is returned."""
    return enqueue(kind=FIND, requested_by=requested_by)


def store_compared(compared: Iterable[Compared]) -> None:
    """Remember the pairs of pictures just compared. Decisions on pairs that were known stay."""
    batch = list(compared)
    with transaction.atomic():
        there = set(_locked_images(batch))
        batch = [entry for entry in batch if entry.image_id in there]
        _forget_undecided_pairs(batch)
        rows = (
            _pair_row(entry.image_id, pair)
            for entry in batch
            for pair in entry.pairs
            if pair.image_id in there
        )
        # A pair is found from either side; PostgreSQL writes a row only once in one statement.
        pairs = {(row.first_id, row.second_id): row for row in rows}
        ImagePair.objects.bulk_create(
            list(pairs.values()),
            update_conflicts=True,
            unique_fields=["first", "second"],
            update_fields=["inliers", "coverage", "mirrored"],
        )
        ComparedImage.objects.bulk_create(
            [
                ComparedImage(image_id=entry.image_id, codec=entry.codec, image_sha256=entry.image_sha256)
                for entry in batch
            ],
            update_conflicts=True,
            unique_fields=["image"],
            update_fields=["codec", "image_sha256", "compared_at"],
        )


def _locked_images(batch: Sequence[Compared]) -> Iterable[int]:
    """Ids of the pictures named that still exist: one deleted meanwhile must not make the batch fail."""
    ids = {entry.image_id for entry in batch} | {pair.image_id for entry in batch for pair in entry.pairs}
    return PrintImage.objects.select_for_update().filter(pk__in=ids).values_list("pk", flat=True)


def _forget_undecided_pairs(batch: Sequence[Compared]) -> None:
    """Of pictures whose file has changed since they were compared; what a curator said about them stays."""
    files = {entry.image_id: entry.image_sha256 for entry in batch}
    before = ComparedImage.objects.filter(image__in=files).values_list("image_id", "image_sha256")
    changed = [image_id for image_id, sha256 in before if files[image_id] != sha256]
    ImagePair.objects.filter(Q(first__in=changed) | Q(second__in=changed), decision=Decision.OPEN).delete()


def _pair_row(image_id: int, pair: FoundPair) -> ImagePair:
    first, second = sorted((image_id, pair.image_id))
    return ImagePair(
        first_id=first,
        second_id=second,
        inliers=pair.inliers,
        coverage=pair.coverage,
        mirrored=pair.mirrored,
    )


def accept_group(
    group_id: int,
    *,
    user: AbstractBaseUser | None,
    audience: Audience,
    image_ids: Collection[int] | None = None,
) -> ImageGroup:
    """These pictures show the same image: all of the group, or those given; the others leave it.

    Raises NotFound, Forbidden, and UserError for pictures that are not in the group or fewer than two.
    """
    with transaction.atomic():
        group = _decidable(group_id, audience)
        members = set(group.members.values_list("image_id", flat=True))
        chosen = members if image_ids is None else set(image_ids)
        _check_choice(chosen, members)
        pairs = pairs_within(members)
        pairs.filter(first__in=chosen, second__in=chosen).update(decision=Decision.ACCEPTED)
        pairs.exclude(first__in=chosen, second__in=chosen).filter(
            Q(first__in=chosen) | Q(second__in=chosen)
        ).update(decision=Decision.REJECTED)
        _tell(user, "image_group_accepted", group, chosen)
        group.members.exclude(image_id__in=chosen).delete()
        _decide(group, Decision.ACCEPTED, user)
        regroup()
    return group_record(group_id, audience=audience)


def _check_choice(chosen: set[int], members: set[int]) -> None:
    strange = sorted(chosen - members)
    if strange:
        message = f"Image {strange[0]} is not in this group. Reload it and choose again."
        raise UserError("not_in_group", say("not_in_group", message))
    if len(chosen) < 2:
        raise UserError("too_few_images", "Choose at least two images, or reject the group.")


def reject_group(group_id: int, *, user: AbstractBaseUser | None, audience: Audience) -> ImageGroup:
    """These pictures do not show the same image: they are not proposed together again."""
    with transaction.atomic():
        group = _decidable(group_id, audience)
        members = set(group.members.values_list("image_id", flat=True))
        pairs_within(members).update(decision=Decision.REJECTED)
        _tell(user, "image_group_rejected", group, members)
        _decide(group, Decision.REJECTED, user)
    return group_record(group_id, audience=audience)


def reopen_group(group_id: int, *, user: AbstractBaseUser | None, audience: Audience) -> ImageGroup:
    """Take a decision back. A rejected group whose pictures are in another one by now joins that one."""
    with transaction.atomic():
        group = _decidable(group_id, audience)
        members = list(group.members.values_list("image_id", flat=True))
        pairs_within(members).update(decision=Decision.OPEN)
        reopen_kept(group_id, members)
        _tell(user, "image_group_reopened", group, set(members))
        _decide(group, Decision.OPEN, None)
        regroup()
        joined = living_groups()[members[0]].pk
    return group_record(joined, audience=audience)


def _decidable(group_id: int, audience: Audience) -> ImageGroup:
    """The group, if whoever asks curates all of its pictures. Raises NotFound and Forbidden."""
    group = group_record(group_id, audience=audience)
    if not all(audience.curates(member.image.print.collection_id) for member in group.members.all()):
        message = f"Only who curates all the collections of group {group_id} may decide on it."
        raise Forbidden("not_a_curator", say("not_curator_of_group", message))
    return group


def _decide(group: ImageGroup, state: Decision, user: AbstractBaseUser | None) -> None:
    decided = state != Decision.OPEN
    ImageGroup.objects.filter(pk=group.pk).update(
        state=state,
        grown=False,
        decided_by=user if decided else None,
        decided_at=timezone.now() if decided else None,
    )


def _tell(user: AbstractBaseUser | None, action: str, group: ImageGroup, image_ids: set[int]) -> None:
    """In the audit trail, once for each collection, with what is its own: its curators read it there."""
    by_collection: dict[PrintCollection, list[PrintImage]] = {}
    for member in group.members.all():
        by_collection.setdefault(member.image.print.collection, []).append(member.image)
    for collection, images in by_collection.items():
        records = sorted({image.print.record_id for image in images if image.pk in image_ids})
        left_out = sorted({image.print.record_id for image in images if image.pk not in image_ids})
        detail = {"group": group.pk, "images": sorted(image.pk for image in images if image.pk in image_ids)}
        if left_out:
            detail["left_out"] = left_out
        audit.record(user, action, collection, ", ".join(records), detail)
