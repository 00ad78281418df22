"""Who sees a group whose pictures are of two collections, and who decides on it."""

import csv
import io

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from accounts.models import Membership
from catalog.models import Collection, PrintImage
from duplicates.grouping import regroup
from duplicates.models import ImageGroup
from duplicates.services import Compared, FoundPair, store_compared
from tests.indexing.fixtures import MakePrint

URL = "/api/v1/image-groups/"


@pytest.fixture
def group(make_print: MakePrint) -> int:
    """One picture of `prints`, one of `other`."""
    other = Collection.objects.create(slug="other", name="Other")
    make_print(0)
    make_print(1, collection=other)
    first, second = PrintImage.objects.order_by("pk").values_list("pk", flat=True)
    store_compared([Compared(first, "codec", "a", [FoundPair(second, 40, 0.8, False)])])
    regroup()
    return ImageGroup.objects.get().pk


def curator_of(*slugs: str) -> APIClient:
    user = User.objects.create_user("-".join(slugs) or "nobody")
    for slug in slugs:
        Membership.objects.create(user=user, collection=Collection.objects.get(slug=slug), role="curator")
    client = APIClient()
    client.force_login(user)
    return client


def seen(client: APIClient) -> int:
    count: int = client.get(URL).json()["count"]
    return count


def test_a_curator_of_one_of_them_looks_and_does_not_decide(group: int) -> None:
    client = curator_of("prints")
    assert seen(client) == 1
    assert client.get(f"{URL}{group}/").status_code == 200
    for verb in ("accept", "reject", "reopen"):
        refused = client.post(f"{URL}{group}/{verb}/")
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_a_curator")
    assert ImageGroup.objects.get().state == "open"


def test_a_curator_of_both_decides(group: int) -> None:
    assert curator_of("prints", "other").post(f"{URL}{group}/accept/").json()["state"] == "accepted"


def test_a_curator_of_none_of_them_sees_nothing(group: int) -> None:
    Collection.objects.create(slug="third", name="Third")
    client = curator_of("third")
    assert seen(client) == 0
    assert client.get(f"{URL}{group}/").status_code == 404


@pytest.mark.parametrize("how", ["private", "hidden"])
def test_a_picture_that_one_does_not_see_hides_the_group(group: int, how: str) -> None:
    other = Collection.objects.get(slug="other")
    if how == "hidden":
        other.prints.update(hidden=True)
    else:
        Collection.objects.filter(pk=other.pk).update(visibility="private")
    client = curator_of("prints")
    assert seen(client) == 0
    assert client.post(f"{URL}{group}/accept/").status_code == 404
    assert "other" not in client.get(f"{URL}export/").getvalue().decode()
    assert seen(curator_of("prints", "other")) == 1


def test_the_files_of_a_collection_are_named_to_its_curators_alone(group: int) -> None:
    """What lies in a collection's folder is theirs to know (docs/decisions/server-folders.md)."""

    def files(client: APIClient) -> list[str]:
        text = client.get(f"{URL}export/").getvalue().decode("utf-8-sig")
        return [row["image_file"] for row in csv.DictReader(io.StringIO(text))]

    mine, theirs = PrintImage.objects.order_by("pk").values_list("path", flat=True)
    assert files(curator_of("prints")) == [mine, ""]
    assert files(curator_of("prints", "other")) == [mine, theirs]
