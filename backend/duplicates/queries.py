"""Reads: what must be compared, the groups for review, how their pictures are linked."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from catalog.audience import Audience
from catalog.queries import ONE, named_with
from core.errors import NotFound
from core.sentences import say
from duplicates.models import ComparedImage, GroupMember, ImageGroup, ImagePair
from indexing.models import LocalFeature


@dataclass(frozen=True)
class ToCompare:
    """A picture with local features that was not compared yet."""

    image_id: int
    print_id: int
    image_sha256: str


def images_to_compare(*, codec: str) -> QuerySet[LocalFeature]:
    """Local features whose picture was not compared, or only when it had another file."""
    compared = ComparedImage.objects.filter(image=OuterRef("image"), image_sha256=OuterRef("image_sha256"))
    features = LocalFeature.objects.filter(codec=codec).exclude(Exists(compared))
    return features.order_by("image_id")


def batches_to_compare(*, codec: str, size: int) -> Iterator[list[ToCompare]]:
    """The pictures still to compare, in batches; each picture once, however the table changes meanwhile."""
    after = 0
    while True:
        rows = images_to_compare(codec=codec).filter(image_id__gt=after)
        values = rows.values_list("image_id", "image__print_id", "image_sha256")[:size]
        batch = [ToCompare(*row) for row in values]
        if not batch:
            return
        yield batch
        after = batch[-1].image_id


def group_list(*, audience: Audience, state: str = "") -> QuerySet[ImageGroup]:
    """The groups of at least two pictures that still exist, the oldest first.

    A group is shown to whoever sees all of its pictures and curates one of them: a part of it would tell that
    there is more.
    """
    groups = ImageGroup.objects.annotate(size=Count("members")).filter(size__gte=2)
    if state:
        groups = groups.filter(state=state)
    members = GroupMember.objects.filter(group=OuterRef("pk"))
    if not audience.unrestricted:
        groups = groups.filter(~Exists(members.exclude(audience.conditions("image__print__"))))
    if audience.curated is not None:
        groups = groups.filter(Exists(members.filter(image__print__collection__in=sorted(audience.curated))))
    return groups.select_related("decided_by").prefetch_related(_members()).order_by("pk")


def _members() -> "Prefetch[str]":
    """The pictures of each group with what the JSON of a print shows of them."""
    members = GroupMember.objects.select_related(*(f"image__print__{name}" for name in ONE)).order_by(
        "image_id"
    )
    return Prefetch("members", members.prefetch_related(*named_with("image__print__")))


def pairs_of(groups: Iterable[ImageGroup]) -> dict[int, list[ImagePair]]:
    """How the pictures of each group are linked, by the group's id: one query for all groups."""
    group_of = {member.image_id: group.pk for group in groups for member in group.members.all()}
    pairs: dict[int, list[ImagePair]] = {}
    for pair in pairs_within(list(group_of)):
        if group_of[pair.first_id] == group_of[pair.second_id]:
            pairs.setdefault(group_of[pair.first_id], []).append(pair)
    return pairs


def group_record(group_id: int, *, audience: Audience) -> ImageGroup:
    """One group. Raises NotFound."""
    group = group_list(audience=audience).filter(pk=group_id).first()
    if group is None:
        message = f"There is no group {group_id}. It may have been joined to another."
        raise NotFound("group_not_found", say("group_not_found", message))
    return group


def pairs_within(image_ids: Collection[int] | QuerySet[GroupMember, int]) -> QuerySet[ImagePair]:
    """The pairs whose two pictures are both among these."""
    return ImagePair.objects.filter(first__in=image_ids, second__in=image_ids).order_by("first", "second")
