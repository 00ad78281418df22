"""Pictures where nginx stands in front (RECTO_ACCEL): we decide, it sends."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from pytest_django import Settings
from rest_framework.test import APIClient

from catalog.models import Collection, Print, PrintImage

Catalogue = dict[str, Print]


@pytest.fixture
def picture(catalogue: Catalogue, settings: Settings) -> PrintImage:
    settings.RECTO_ACCEL = True
    return catalogue["war"].images.get()


def hide(picture: PrintImage) -> None:
    picture.print.collection.visibility = Collection.Visibility.PRIVATE
    picture.print.collection.save()


def sent_by_nginx(response: HttpResponse, data_dir: Path) -> Path:
    """The file that nginx is told to send: below /accel/, the same path as below processed/."""
    address = response.headers["X-Accel-Redirect"]
    assert address.startswith(("/accel/derivatives/", "/accel/tiles/"))
    assert response.content == b""
    return data_dir / "processed" / address.removeprefix("/accel/")


def test_a_public_display_picture_is_named_to_nginx(
    api: APIClient, picture: PrintImage, data_dir: Path
) -> None:
    response = api.get(f"/media/images/{picture.pk}/display/")
    assert sent_by_nginx(response, data_dir).read_bytes()[8:12] == b"WEBP"
    assert response.headers["Content-Type"] == "image/webp"
    assert "X-Accel-Expires" not in response.headers


def test_a_public_thumbnail_is_kept_by_nginx_for_a_minute(api: APIClient, picture: PrintImage) -> None:
    response = api.get(f"/media/images/{picture.pk}/thumbnail/")
    assert response.content[8:12] == b"WEBP"
    assert response.headers["X-Accel-Expires"] == "60"


@pytest.mark.parametrize("kind", ["thumbnail", "display"])
def test_a_picture_that_is_not_for_this_visitor_is_named_to_nobody(
    api: APIClient, picture: PrintImage, kind: str
) -> None:
    hide(picture)
    response = api.get(f"/media/images/{picture.pk}/{kind}/")
    assert response.status_code == 404
    assert "X-Accel-Redirect" not in response.headers


@pytest.mark.parametrize("kind", ["thumbnail", "display"])
def test_a_picture_for_certain_eyes_is_sent_by_nginx_and_kept_by_nobody(
    api: APIClient, picture: PrintImage, data_dir: Path, django_user_model: type, kind: str
) -> None:
    hide(picture)
    api.force_login(django_user_model.objects.create_superuser("ada"))  # type: ignore[attr-defined]
    response = api.get(f"/media/images/{picture.pk}/{kind}/")
    assert sent_by_nginx(response, data_dir).is_file()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "X-Accel-Expires" not in response.headers


def test_a_tile_is_sent_by_nginx_and_what_has_to_be_drawn_by_us(
    api: APIClient, picture: PrintImage, data_dir: Path
) -> None:
    whole = api.get(f"/iiif/image/3/{picture.pk}/full/max/0/default.jpg")
    assert sent_by_nginx(whole, data_dir).read_bytes()[:2] == b"\xff\xd8"
    turned = api.get(f"/iiif/image/3/{picture.pk}/full/max/90/default.jpg")
    assert "X-Accel-Redirect" not in turned.headers
    assert turned.content[:2] == b"\xff\xd8"


def test_without_nginx_this_process_sends_the_file(
    api: APIClient, picture: PrintImage, settings: Settings
) -> None:
    settings.RECTO_ACCEL = False
    response = api.get(f"/media/images/{picture.pk}/display/")
    assert response.content[8:12] == b"WEBP"
    assert not [name for name in response.headers if name.startswith("X-Accel")]
