"""Searches answer from what the searcher may see, and count nothing else: both roads, every way to ask."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from accounts.models import Membership
from catalog.models import Collection, Example, Print, PrintImage
from tests.search.engravings import engraving
from tests.search.searching import found, post, upload

HIDDEN = 3  # which of the engravings nobody is to find


@pytest.fixture(params=["private", "staff", "hidden"])
def unseen(engravings: list[Print], request: pytest.FixtureRequest) -> Print:
    """One of the engravings, in a collection of its own that visitors do not see, or hidden."""
    row = engravings[HIDDEN]
    if request.param == "hidden":
        row.hidden = True
    else:
        row.collection = Collection.objects.create(slug="vault", name="V", visibility=request.param)
    row.save()
    return row


@pytest.fixture
def curator(unseen: Print) -> APIClient:
    user = User.objects.create_user("curator")
    Membership.objects.create(user=user, collection=unseen.collection, role="curator")
    client = APIClient()
    client.force_login(user)
    return client


def photograph() -> Any:
    return upload(engraving(HIDDEN))


def test_its_own_picture_does_not_find_it(api: APIClient, unseen: Print) -> None:
    response = post(api, image=photograph())
    assert unseen.pk not in found(response)
    assert response.json()["total"] == 7
    assert response.json()["verdict"] != "same_image"


def test_its_curator_finds_it(curator: APIClient, unseen: Print) -> None:
    response = post(curator, image=photograph())
    assert found(response)[0] == unseen.pk
    assert (response.json()["total"], response.json()["verdict"]) == (8, "same_image")


def test_as_many_others_are_found_as_were_asked_for(api: APIClient, unseen: Print) -> None:
    """What may not be seen takes no neighbour's place."""
    assert len(found(post(api, image=photograph(), limit=7))) == 7


def test_its_image_id_is_unknown(api: APIClient, curator: APIClient, unseen: Print) -> None:
    image = unseen.images.get()
    assert post(api, image_id=image.pk).status_code == 404
    assert found(post(curator, image_id=image.pk))[0] == unseen.pk


def test_it_is_similar_to_nothing_and_nothing_to_it(
    api: APIClient, curator: APIClient, unseen: Print, engravings: list[Print]
) -> None:
    assert api.get(f"/api/v1/prints/{unseen.pk}/similar/").status_code == 404
    other = f"/api/v1/prints/{engravings[0].pk}/similar/"
    assert unseen.pk not in found(api.get(other))
    assert unseen.pk in found(curator.get(other))


def test_an_example_of_it_is_unknown(
    api: APIClient, curator: APIClient, unseen: Print, data_dir: Path
) -> None:
    path = PrintImage.objects.get(print=unseen).path
    Example.objects.create(slug="one", title="One", path=path, print=unseen, collection=unseen.collection)
    assert post(api, example="one").status_code == 404
    assert found(post(curator, example="one"))[0] == unseen.pk


def test_it_is_not_counted(api: APIClient, curator: APIClient, unseen: Print) -> None:
    seen, all_ = api.get("/api/v1/info/").json(), curator.get("/api/v1/info/").json()
    assert [seen[name] for name in ("prints", "images", "features")] == [7, 7, 7]
    assert [all_[name] for name in ("prints", "images", "features")] == [8, 8, 8]
    assert (seen["local"]["features"], all_["local"]["features"]) == (7, 8)


def test_shown_again_it_is_found_by_the_next_search(api: APIClient, unseen: Print) -> None:
    Collection.objects.update(visibility="public")
    Print.objects.update(hidden=False)
    assert found(post(api, image=photograph()))[0] == unseen.pk
