"""What was decided about pictures survives their removal, when they are back by undo or from the history."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from catalog.audience import EVERYTHING
from catalog.models import Print, PrintImage, Revision
from duplicates.grouping import regroup
from duplicates.models import Decision, ImageGroup, ImagePair, KeptMember, KeptPair
from duplicates.services import (
    Compared,
    FoundPair,
    accept_group,
    reject_group,
    reopen_group,
    store_compared,
)
from tests.imports.staged import applied, staged, undone
from tests.indexing.fixtures import MakePrint, drawing, png


@pytest.fixture
def ids(make_print: MakePrint) -> list[int]:
    """The pictures of four prints."""
    for seed in range(4):
        make_print(seed)
    return list(PrintImage.objects.order_by("pk").values_list("pk", flat=True))


def compare(image_id: int, *others: int) -> None:
    pairs = [FoundPair(other, inliers=40, coverage=0.8, mirrored=True) for other in others]
    sha256 = PrintImage.objects.get(pk=image_id).sha256
    store_compared([Compared(image_id, "codec", sha256, pairs)])


def group_of(image_id: int) -> ImageGroup:
    return ImageGroup.objects.exclude(state=Decision.REJECTED).get(members__image=image_id)


def decisions() -> tuple[list[Any], ...]:
    """Every group with its number, state, pictures, by whom and when; and every pair."""
    groups = ImageGroup.objects.order_by("pk")
    names = ("pk", "state", "grown", "decided_by", "decided_at", "created_at")
    members = [sorted(group.members.values_list("image_id", flat=True)) for group in groups]
    pairs = ImagePair.objects.order_by("first", "second")
    found = pairs.values_list("first_id", "second_id", "decision", "inliers", "coverage", "mirrored")
    return list(groups.values_list(*names)), members, list(found)


def remove(image_id: int, curator: User) -> Print:
    """The record of the picture, removed as the page does it."""
    row = Print.objects.get(images=image_id)
    client = APIClient()
    client.force_login(curator)
    assert client.delete(f"/api/v1/prints/{row.pk}/").status_code == 204
    return row


def bring_back(image_id: int, curator: User) -> None:
    """Its record, from its history."""
    removal = next(
        revision
        for revision in Revision.objects.filter(kind="removed")
        if any(image["id"] == image_id for image in (revision.before or {})["images"])
    )
    client = APIClient()
    client.force_login(curator)
    address = f"/api/v1/prints/{removal.print_id}/history/{removal.pk}/restore/"
    answer = client.post(address, {"before": True}, format="json")
    assert answer.status_code == 200, answer.json()


@pytest.mark.parametrize("meanwhile", [lambda: 0, regroup], ids=["at once", "grouped meanwhile"])
@pytest.mark.parametrize("decide", [accept_group, reject_group, None], ids=["accepted", "rejected", "open"])
def test_group_of_a_record_that_was_removed_and_restored_is_as_before(
    ids: list[int], curator: User, decide: Any, meanwhile: Any
) -> None:
    compare(ids[0], ids[1], ids[2])
    regroup()
    if decide:
        decide(group_of(ids[0]).pk, user=curator, audience=EVERYTHING)
    before = decisions()
    remove(ids[0], curator)
    meanwhile()
    assert decisions() != before
    bring_back(ids[0], curator)
    assert decisions() == before
    assert regroup() == (0 if decide else 1)
    assert decisions() == before
    assert not KeptPair.objects.exists()
    assert not KeptMember.objects.exists()


def test_rejected_pair_is_not_proposed_again_when_found_again(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    regroup()
    reject_group(group_of(ids[0]).pk, user=curator, audience=EVERYTHING)
    remove(ids[0], curator)
    bring_back(ids[0], curator)
    compare(ids[0], ids[1])
    assert regroup() == 0


def test_pair_returns_once_both_of_its_pictures_are_back(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    regroup()
    accept_group(group_of(ids[0]).pk, user=curator, audience=EVERYTHING)
    before = decisions()
    remove(ids[0], curator)
    remove(ids[1], curator)
    regroup()
    bring_back(ids[0], curator)
    assert not ImagePair.objects.exists()
    bring_back(ids[1], curator)
    assert decisions() == before


def test_undone_import_brings_decisions_back(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    compare(ids[2], ids[3])
    regroup()
    accept_group(group_of(ids[0]).pk, user=curator, audience=EVERYTHING)
    reject_group(group_of(ids[2]).pk, user=curator, audience=EVERYTHING)
    before = decisions()
    rows = Print.objects.order_by("pk")
    run = applied(staged(rows[0].collection, removed=[row.record_id for row in rows]))
    assert not ImagePair.objects.exists()
    regroup()
    undone(run)
    assert decisions() == before


def test_scan_that_was_replaced_and_restored_has_the_pairs_that_nobody_judged(
    ids: list[int], curator: User
) -> None:
    compare(ids[0], ids[1])
    regroup()
    before = decisions()
    address = f"/api/v1/prints/{Print.objects.get(images=ids[0]).pk}/"
    client = APIClient()
    client.force_login(curator)
    scan = SimpleUploadedFile("scan.png", png(drawing(50)), content_type="image/png")
    assert client.put(f"{address}images/{ids[0]}/", {"image": scan}, format="multipart").status_code == 200
    compare(ids[0])
    regroup()
    assert not ImagePair.objects.exists()
    revision = client.get(f"{address}history/").json()["results"][0]["id"]
    client.post(f"{address}history/{revision}/restore/", {"before": True}, format="json")
    assert decisions() == before


def test_what_was_decided_meanwhile_stays(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1], ids[2])
    compare(ids[1], ids[2])
    regroup()
    number = group_of(ids[0]).pk
    accept_group(number, user=curator, audience=EVERYTHING)
    remove(ids[0], curator)
    reject_group(number, user=curator, audience=EVERYTHING)
    bring_back(ids[0], curator)
    assert ImageGroup.objects.get(pk=number).members.count() == 2
    assert ImagePair.objects.get(first=ids[1], second=ids[2]).decision == Decision.REJECTED


def test_decision_taken_back_is_taken_back_for_a_picture_that_is_away(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1], ids[2])
    compare(ids[1], ids[2])
    regroup()
    number = group_of(ids[0]).pk
    reject_group(number, user=curator, audience=EVERYTHING)
    remove(ids[0], curator)
    reopen_group(number, user=curator, audience=EVERYTHING)
    bring_back(ids[0], curator)
    assert ImageGroup.objects.get().state == Decision.OPEN
    assert ImageGroup.objects.get().members.count() == 3
    assert set(ImagePair.objects.values_list("decision", flat=True)) == {Decision.OPEN}


def test_group_that_waits_for_a_picture_is_not_shown_nor_counted(ids: list[int], curator: User) -> None:
    compare(ids[0], ids[1])
    regroup()
    remove(ids[0], curator)
    assert regroup() == 0
    client = APIClient()
    client.force_login(curator)
    assert client.get("/api/v1/image-groups/").json()["count"] == 0
