"""Pairs, and what was decided about them, outlive their pictures: they are back when a record is restored.

A picture that leaves may return with the same id and the same bytes: see `catalog.restoring`.
"""

from collections.abc import Collection, Iterator, Sequence

from django.db import transaction
from django.db.models import F, Q

from catalog.models import PrintImage
from duplicates.grouping import regroup
from duplicates.models import Decision, GroupMember, ImagePair, KeptMember, KeptPair

IDS_AT_ONCE = 500
FOUND = ("inliers", "coverage", "mirrored", "decision")
PAIR = ("first_image", "second_image", "first_sha256", "second_sha256")
MEMBER = ("group", "image", "image_sha256")


def keep_decisions(image_ids: Sequence[int]) -> None:
    """Copy the pairs and memberships of these pictures, before they lose their rows or their bytes."""
    with transaction.atomic():
        for some in _batches(image_ids):
            KeptPair.objects.bulk_create(
                _kept_pairs(some), update_conflicts=True, unique_fields=PAIR, update_fields=FOUND
            )
            KeptMember.objects.bulk_create(
                _kept_members(some),
                update_conflicts=True,
                unique_fields=MEMBER,
                update_fields=["state", "decided_at"],
            )


def _kept_pairs(image_ids: list[int]) -> Iterator[KeptPair]:
    pairs = ImagePair.objects.filter(_either(image_ids, "first", "second"))
    for pair in pairs.select_related("first", "second"):
        yield KeptPair(
            first_image=pair.first_id,
            second_image=pair.second_id,
            first_sha256=pair.first.sha256,
            second_sha256=pair.second.sha256,
            **{name: getattr(pair, name) for name in FOUND},
        )


def _kept_members(image_ids: list[int]) -> Iterator[KeptMember]:
    members = GroupMember.objects.filter(image__in=image_ids).select_related("group", "image")
    for member in members:
        yield KeptMember(
            group=member.group,
            image=member.image_id,
            image_sha256=member.image.sha256,
            state=member.group.state,
            decided_at=member.group.decided_at,
        )


def put_decisions_back(image_ids: Sequence[int]) -> None:
    """Pairs whose two pictures are there again, with the bytes that were compared; and their groups.

    What was decided meanwhile stays.
    """
    with transaction.atomic():
        returned = [pair for some in _batches(image_ids) for pair in _pairs_back(some)]
        for some in _batches(image_ids):
            _members_back(some)
        if returned and not _all_grouped(returned):
            regroup()


def _pairs_back(image_ids: list[int]) -> list[ImagePair]:
    kept = list(KeptPair.objects.filter(_either(image_ids, "first_image", "second_image")))
    files = _checksums({pk for pair in kept for pk in (pair.first_image, pair.second_image)})
    fitting = [
        pair
        for pair in kept
        if (files.get(pair.first_image), files.get(pair.second_image))
        == (pair.first_sha256, pair.second_sha256)
    ]
    pairs = [
        ImagePair(
            first_id=pair.first_image,
            second_id=pair.second_image,
            **{name: getattr(pair, name) for name in FOUND},
        )
        for pair in fitting
    ]
    ImagePair.objects.bulk_create(pairs, ignore_conflicts=True)
    KeptPair.objects.filter(pk__in=[pair.pk for pair in fitting]).delete()
    return pairs


def _members_back(image_ids: list[int]) -> None:
    """A group that was decided on otherwise meanwhile is left as it is."""
    files = _checksums(image_ids)
    kept = KeptMember.objects.filter(image__in=image_ids)
    fitting = [member for member in kept if files.get(member.image) == member.image_sha256]
    unchanged = kept.filter(state=F("group__state")).filter(
        Q(decided_at=F("group__decided_at")) | Q(decided_at=None, group__decided_at=None)
    )
    same = set(unchanged.values_list("pk", flat=True))
    GroupMember.objects.bulk_create(
        [GroupMember(group_id=one.group_id, image_id=one.image) for one in fitting if one.pk in same],
        ignore_conflicts=True,
    )
    KeptMember.objects.filter(pk__in=[member.pk for member in fitting]).delete()


def _all_grouped(pairs: Sequence[ImagePair]) -> bool:
    """Whether the two pictures of every pair that links are in one group already."""
    linking = [pair for pair in pairs if pair.decision != Decision.REJECTED]
    ids = {pk for pair in linking for pk in (pair.first_id, pair.second_id)}
    members = GroupMember.objects.filter(image__in=ids).exclude(group__state=Decision.REJECTED)
    group_of = dict(members.values_list("image_id", "group_id"))
    return all(
        pair.first_id in group_of and group_of[pair.first_id] == group_of.get(pair.second_id)
        for pair in linking
    )


def reopen_kept(group_id: int, members: Collection[int]) -> None:
    """A decision that is taken back is taken back for the pictures that are away, too."""
    away = KeptMember.objects.filter(group=group_id)
    ids = [*away.values_list("image", flat=True)]
    either = _either(ids, "first_image", "second_image")
    within = Q(first_image__in=[*ids, *members], second_image__in=[*ids, *members])
    KeptPair.objects.filter(either & within).update(decision=Decision.OPEN)
    away.update(state=Decision.OPEN, decided_at=None)


def _checksums(image_ids: Collection[int]) -> dict[int, str]:
    rows = PrintImage.objects.filter(pk__in=image_ids).order_by()
    return dict(rows.values_list("pk", "sha256"))


def _either(image_ids: Sequence[int], first: str, second: str) -> Q:
    return Q((f"{first}__in", image_ids)) | Q((f"{second}__in", image_ids))


def _batches(image_ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(image_ids), IDS_AT_ONCE):
        yield list(image_ids[start : start + IDS_AT_ONCE])
