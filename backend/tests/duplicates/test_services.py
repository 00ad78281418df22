"""Groups follow from pairs; decisions outlive what the machine finds again."""

import pytest
from django.contrib.auth.models import User

from catalog.audience import EVERYTHING
from catalog.models import PrintImage
from core.errors import NotFound, UserError
from duplicates.grouping import regroup
from duplicates.models import ComparedImage, Decision, ImageGroup, ImagePair
from duplicates.queries import group_record
from duplicates.services import (
    Compared,
    FoundPair,
    accept_group,
    reject_group,
    reopen_group,
    store_compared,
)
from tests.indexing.fixtures import MakePrint


@pytest.fixture
def ids(make_print: MakePrint) -> list[int]:
    """The pictures of five prints."""
    for seed in range(5):
        make_print(seed)
    return list(PrintImage.objects.order_by("pk").values_list("pk", flat=True))


def compare(image_id: int, *others: int, sha256: str = "a") -> None:
    pairs = [FoundPair(other, inliers=40, coverage=0.8, mirrored=False) for other in others]
    store_compared([Compared(image_id, "codec", sha256, pairs)])


def groups(*states: Decision) -> list[list[int]]:
    found = ImageGroup.objects.filter(state__in=states or list(Decision))
    return [sorted(group.members.values_list("image_id", flat=True)) for group in found]


def test_pairs_linked_in_a_chain_are_one_group(ids: list[int]) -> None:
    compare(ids[0], ids[1])
    compare(ids[2], ids[1])
    assert regroup() == 1
    assert groups() == [ids[:3]]


def test_a_pair_found_from_both_sides_is_one_pair(ids: list[int]) -> None:
    compare(ids[0], ids[1])
    compare(ids[1], ids[0])
    pair = ImagePair.objects.get()
    assert (pair.first_id, pair.second_id) == (ids[0], ids[1])


def test_regrouping_again_changes_nothing(ids: list[int]) -> None:
    compare(ids[0], ids[1])
    regroup()
    before = list(ImageGroup.objects.values_list("pk", "state"))
    regroup()
    assert list(ImageGroup.objects.values_list("pk", "state")) == before


def test_a_rejected_group_is_not_proposed_again(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    regroup()
    reject_group(ImageGroup.objects.get().pk, user=curator, audience=EVERYTHING)
    compare(ids[0], ids[1])
    assert regroup() == 0
    assert groups(Decision.OPEN) == []
    assert groups(Decision.REJECTED) == [ids[:2]]


def test_an_accepted_group_that_grows_is_open_again_and_says_so(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    regroup()
    number = ImageGroup.objects.get().pk
    accept_group(number, user=curator, audience=EVERYTHING)
    compare(ids[3], ids[1])
    assert regroup() == 1
    group = ImageGroup.objects.get()
    assert (group.pk, group.state, group.grown) == (number, Decision.OPEN, True)
    assert groups() == [[ids[0], ids[1], ids[3]]]


def test_an_accepted_group_stays_accepted_when_found_again(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    regroup()
    accept_group(ImageGroup.objects.get().pk, user=curator, audience=EVERYTHING)
    compare(ids[1], ids[0])
    assert regroup() == 0
    assert ImageGroup.objects.get().state == Decision.ACCEPTED
    assert ImageGroup.objects.get().decided_by == curator


def test_accepting_some_leaves_the_others_out_for_good(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1], ids[2])
    compare(ids[3], ids[2])
    regroup()
    accept_group(ImageGroup.objects.get().pk, user=curator, audience=EVERYTHING, image_ids=[ids[0], ids[1]])
    assert groups(Decision.ACCEPTED) == [ids[:2]]
    # The two that were left out still show the same image as each other.
    assert groups(Decision.OPEN) == [ids[2:4]]
    compare(ids[2], ids[0])
    regroup()
    assert groups(Decision.ACCEPTED) == [ids[:2]]


def test_reopening_a_rejected_group_brings_it_back(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    regroup()
    number = ImageGroup.objects.get().pk
    reject_group(number, user=curator, audience=EVERYTHING)
    assert reopen_group(number, user=curator, audience=EVERYTHING).pk == number
    assert groups(Decision.OPEN) == [ids[:2]]
    assert ImageGroup.objects.get().decided_by is None


def test_reopening_one_whose_picture_is_in_an_older_group_joins_that(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    compare(ids[2], ids[3])
    regroup()
    older, newer = ImageGroup.objects.values_list("pk", flat=True)
    reject_group(newer, user=curator, audience=EVERYTHING)
    compare(ids[2], ids[1])
    regroup()
    assert reopen_group(newer, user=curator, audience=EVERYTHING).pk == older
    assert groups() == [ids[:4]]


def test_a_group_that_two_others_make_up_keeps_the_older_number(ids: list[int]) -> None:
    compare(ids[0], ids[1])
    compare(ids[2], ids[3])
    regroup()
    older = ImageGroup.objects.order_by("pk")[0].pk
    compare(ids[4], ids[1], ids[2])
    regroup()
    assert ImageGroup.objects.get().pk == older
    assert groups() == [ids]


def test_a_deleted_picture_leaves_its_group(ids: list[int]) -> None:
    compare(ids[0], ids[1])
    regroup()
    number = ImageGroup.objects.get().pk
    PrintImage.objects.filter(pk=ids[1]).delete()
    with pytest.raises(NotFound):
        group_record(number, audience=EVERYTHING)
    assert regroup() == 0
    assert groups() == []


def test_a_picture_deleted_while_it_was_compared_is_left_out(ids: list[int]) -> None:
    PrintImage.objects.filter(pk=ids[1]).delete()
    compare(ids[0], ids[1], ids[2])
    compare(ids[1], ids[2])
    assert list(ImagePair.objects.values_list("first_id", "second_id")) == [(ids[0], ids[2])]
    assert list(ComparedImage.objects.values_list("image_id", flat=True)) == [ids[0]]


def test_a_picture_with_a_new_file_loses_the_pairs_nobody_judged(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    compare(ids[2], ids[3])
    regroup()
    accept_group(ImageGroup.objects.order_by("pk")[0].pk, user=curator, audience=EVERYTHING)
    compare(ids[0], sha256="b")
    compare(ids[2], sha256="b")
    assert list(ImagePair.objects.values_list("first_id", "decision")) == [(ids[0], Decision.ACCEPTED)]


def test_choosing_a_picture_of_another_group_is_refused(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    regroup()
    number = ImageGroup.objects.get().pk
    with pytest.raises(UserError, match=f"Image {ids[4]} is not in this group"):
        accept_group(number, user=curator, audience=EVERYTHING, image_ids=[ids[0], ids[4]])
    with pytest.raises(UserError, match="at least two"):
        accept_group(number, user=curator, audience=EVERYTHING, image_ids=[ids[0]])
    assert ImageGroup.objects.get().state == Decision.OPEN
