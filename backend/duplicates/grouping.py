"""The groups that follow from the pairs."""

from collections.abc import Iterable

import numpy as np
from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from search_model.local.groups import linked_groups

from duplicates.models import Decision, GroupMember, ImageGroup, ImagePair, KeptMember


def regroup() -> int:
    """Make the groups agree with the pairs; returns how many wait for review.

    Rejected pairs link nothing. A group keeps its number and state while its pictures stay the same; an
    accepted one that another picture joined is open again and says that it has grown. One that waits for a
    picture that may come back stays, with nobody in it.
    """
    with transaction.atomic():
        components = _linked(Decision.OPEN, Decision.ACCEPTED)
        accepted = set(_linked(Decision.ACCEPTED))
        known, kept = living_groups(), set[int]()
        for component in components:
            kept.add(_set_members(component, known, taken=kept, accepted=component in accepted))
        left = ImageGroup.objects.exclude(state=Decision.REJECTED).exclude(pk__in=kept)
        GroupMember.objects.filter(group__in=left).delete()
        left.exclude(Exists(KeptMember.objects.filter(group=OuterRef("pk")))).delete()
    waiting = ImageGroup.objects.filter(state=Decision.OPEN).annotate(size=Count("members"))
    return waiting.filter(size__gte=2).count()


def living_groups() -> dict[int, ImageGroup]:
    """The group of each picture, of those that were not rejected."""
    members = GroupMember.objects.exclude(group__state=Decision.REJECTED).select_related("group")
    return {member.image_id: member.group for member in members.order_by("-group_id")}


def _linked(*decisions: Decision) -> list[tuple[int, ...]]:
    """The pictures that pairs of these decisions link, ascending, group by group."""
    pairs = ImagePair.objects.filter(decision__in=decisions).values_list("first_id", "second_id")
    found = linked_groups(np.array(list(pairs), dtype=np.int64).reshape(-1, 2))
    return [tuple(component.tolist()) for component in found]


def _set_members(
    image_ids: Iterable[int], known: dict[int, ImageGroup], *, taken: set[int], accepted: bool
) -> int:
    """The oldest free group that has one of the pictures gets them all, or a new one; returns its id.

    `accepted`: every one of them was accepted with another; then nobody has to look again.
    """
    groups = sorted({known[i].pk: known[i] for i in image_ids if i in known}.items())
    free = [group for pk, group in groups if pk not in taken]
    group = free[0] if free else ImageGroup.objects.create()
    before = set(group.members.values_list("image_id", flat=True))
    joined = set(image_ids) - before
    group.members.exclude(image_id__in=image_ids).delete()
    GroupMember.objects.bulk_create([GroupMember(group=group, image_id=i) for i in sorted(joined)])
    if joined and group.state == Decision.ACCEPTED and not accepted:
        ImageGroup.objects.filter(pk=group.pk).update(state=Decision.OPEN, grown=True)
    return group.pk
