"""The groups that follow from the pairs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from search_model.local.groups import linked_groups

from duplicates.models import Decision, GroupMember, ImageGroup, ImagePair, KeptMember

IDS_AT_ONCE = 500


def regroup() -> int:
    """Make the groups agree with the pairs; returns how many wait for review.

    Rejected pairs link nothing. A group keeps its number and state while its pictures stay the same; an
    accepted one that another picture joined is open again and says that it has grown. One that waits for a
    picture that may come back stays, with nobody in it.
    """
    with transaction.atomic():
        components = _linked(Decision.OPEN, Decision.ACCEPTED)
        accepted = set(_linked(Decision.ACCEPTED))
        known, members, kept = living_groups(), _members(), set[int]()
        joined: list[GroupMember] = []
        for component in components:
            group = _group_for(component, known, taken=kept)
            kept.add(group.pk)
            joined += _set_members(group, members[group.pk], set(component), accepted=component in accepted)
        GroupMember.objects.bulk_create(joined, batch_size=500)
        _let_go(set(_living().values_list("pk", flat=True)) - kept)
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


def _members() -> Mapping[int, set[int]]:
    """The pictures of each group. (All at once: every decision of a curator looks at all groups.)"""
    found: dict[int, set[int]] = defaultdict(set)
    rows = GroupMember.objects.filter(group__in=_living()).order_by()
    for group_id, image_id in rows.values_list("group_id", "image_id").iterator(2000):
        found[group_id].add(image_id)
    return found


def _living() -> QuerySet[ImageGroup]:
    return ImageGroup.objects.exclude(state=Decision.REJECTED).order_by()


def _group_for(image_ids: Iterable[int], known: Mapping[int, ImageGroup], *, taken: set[int]) -> ImageGroup:
    """The oldest free group that has one of the pictures, or a new one."""
    groups = sorted({known[i].pk: known[i] for i in image_ids if i in known}.items())
    free = [group for pk, group in groups if pk not in taken]
    return free[0] if free else ImageGroup.objects.create()


def _set_members(
    group: ImageGroup, before: set[int], wanted: set[int], *, accepted: bool
) -> Iterator[GroupMember]:
    """The group gets these pictures: takes the others out, and gives the rows of those that join.

    `accepted`: every one of them was accepted with another; then nobody has to look again.
    """
    joined, gone = wanted - before, before - wanted
    if gone:
        group.members.filter(image_id__in=gone).delete()
    if joined and group.state == Decision.ACCEPTED and not accepted:
        ImageGroup.objects.filter(pk=group.pk).update(state=Decision.OPEN, grown=True)
    return (GroupMember(group=group, image_id=image_id) for image_id in sorted(joined))


def _let_go(group_ids: set[int]) -> None:
    """Of groups that no pairs link any more."""
    left = sorted(group_ids)
    for start in range(0, len(left), IDS_AT_ONCE):
        some = left[start : start + IDS_AT_ONCE]
        GroupMember.objects.filter(group__in=some).delete()
        waiting = KeptMember.objects.filter(group=OuterRef("pk"))
        ImageGroup.objects.filter(~Exists(waiting), pk__in=some).delete()
