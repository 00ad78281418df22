"""Writes: what was compared, which groups follow, what a curator decided. Each may be repeated."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from search_model.local.groups import linked_groups

from catalog.audience import Audience
from catalog.models import PrintImage
from core.errors import Forbidden, UserError
from core.jobs import enqueue
from core.models import Job
from duplicates.models import ComparedImage, Decision, GroupMember, ImageGroup, ImagePair
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
        ImagePair.objects.bulk_create(
            [
                _pair_row(entry.image_id, pair)
                for entry in batch
                for pair in entry.pairs
                if pair.image_id in there
            ],
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


def regroup() -> int:
    """Make the groups agree with the pairs; returns how many wait for review.

    Rejected pairs link nothing. A group keeps its number and state while its pictures stay the same; an
    accepted one that another picture joined is open again and says that it has grown.
    """
    with transaction.atomic():
        linked = ImagePair.objects.exclude(decision=Decision.REJECTED).values_list("first_id", "second_id")
        components = linked_groups(np.array(list(linked), dtype=np.int64).reshape(-1, 2))
        known, kept = _living_groups(), set[int]()
        for component in components:
            kept.add(_set_members(component.tolist(), known, taken=kept))
        ImageGroup.objects.exclude(state=Decision.REJECTED).exclude(pk__in=kept).delete()
    return ImageGroup.objects.filter(state=Decision.OPEN).count()


def _living_groups() -> dict[int, ImageGroup]:
    """The group of each picture, of those that were not rejected."""
    members = GroupMember.objects.exclude(group__state=Decision.REJECTED).select_related("group")
    return {member.image_id: member.group for member in members.order_by("-group_id")}


def _set_members(image_ids: list[int], known: dict[int, ImageGroup], *, taken: set[int]) -> int:
    """The oldest free group that has one of the pictures gets them all, or a new one; returns its id."""
    groups = sorted({known[i].pk: known[i] for i in image_ids if i in known}.items())
    free = [group for pk, group in groups if pk not in taken]
    group = free[0] if free else ImageGroup.objects.create()
    before = set(group.members.values_list("image_id", flat=True))
    joined = set(image_ids) - before
    group.members.exclude(image_id__in=image_ids).delete()
    GroupMember.objects.bulk_create([GroupMember(group=group, image_id=i) for i in sorted(joined)])
    if joined and group.state == Decision.ACCEPTED:
        ImageGroup.objects.filter(pk=group.pk).update(state=Decision.OPEN, grown=True)
    return group.pk


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
        group.members.exclude(image_id__in=chosen).delete()
        _decide(group, Decision.ACCEPTED, user)
        regroup()
    return group_record(group_id, audience=audience)


def _check_choice(chosen: set[int], members: set[int]) -> None:
    strange = sorted(chosen - members)
    if strange:
        raise UserError(
            "not_in_group", f"Image {strange[0]} is not in this group. Reload it and choose again."
        )
    if len(chosen) < 2:
        raise UserError("too_few_images", "Choose at least two images, or reject the group.")


def reject_group(group_id: int, *, user: AbstractBaseUser | None, audience: Audience) -> ImageGroup:
    """These pictures do not show the same image: they are not proposed together again."""
    with transaction.atomic():
        group = _decidable(group_id, audience)
        pairs_within(group.members.values_list("image_id", flat=True)).update(decision=Decision.REJECTED)
        _decide(group, Decision.REJECTED, user)
    return group_record(group_id, audience=audience)


def reopen_group(group_id: int, *, audience: Audience) -> ImageGroup:
    """Take a decision back. A rejected group whose pictures are in another one by now joins that one."""
    with transaction.atomic():
        group = _decidable(group_id, audience)
        pairs_within(group.members.values_list("image_id", flat=True)).update(decision=Decision.OPEN)
        image_id = group.members.values_list("image_id", flat=True)[0]
        _decide(group, Decision.OPEN, None)
        regroup()
        joined = _living_groups()[image_id].pk
    return group_record(joined, audience=audience)


def _decidable(group_id: int, audience: Audience) -> ImageGroup:
    """The group, if whoever asks curates all of its pictures. Raises NotFound and Forbidden."""
    group = group_record(group_id, audience=audience)
    if not all(audience.curates(member.image.print.collection_id) for member in group.members.all()):
        raise Forbidden(
            "not_a_curator", f"Only who curates all the collections of group {group_id} may decide on it."
        )
    return group


def _decide(group: ImageGroup, state: Decision, user: AbstractBaseUser | None) -> None:
    decided = state != Decision.OPEN
    ImageGroup.objects.filter(pk=group.pk).update(
        state=state,
        grown=False,
        decided_by=user if decided else None,
        decided_at=timezone.now() if decided else None,
    )
