"""GET /media/images/<id>/{thumbnail,display}/."""

import io
from pathlib import Path

import pytest
from PIL import Image
from rest_framework.test import APIClient

from catalog.models import Example, Print, PrintImage

from .conftest import add_image

Catalogue = dict[str, Print]


@pytest.fixture
def picture(catalogue: Catalogue) -> PrintImage:
    return catalogue["war"].images.get()


def address(picture: PrintImage, kind: str = "thumbnail") -> str:
    return f"/media/images/{picture.pk}/{kind}/"


def derivatives(data_dir: Path) -> list[str]:
    return [path.suffix for path in (data_dir / "processed" / "derivatives").rglob("*") if path.is_file()]


def test_thumbnail_is_a_webp_that_fits(api: APIClient, catalogue: Catalogue, data_dir: Path) -> None:
    large = add_image(catalogue["war"], data_dir, name="large.jpg", size=(1200, 600))
    response = api.get(address(large))
    assert response.headers["Content-Type"] == "image/webp"
    image = Image.open(io.BytesIO(response.content))
    assert (image.format, image.size) == ("WEBP", (480, 240))


def test_a_small_picture_is_not_blown_up(api: APIClient, picture: PrintImage) -> None:
    assert Image.open(io.BytesIO(api.get(address(picture, "display")).content)).size == (60, 40)


def test_derivative_is_made_once_and_nothing_half_made_is_left(
    api: APIClient, picture: PrintImage, data_dir: Path
) -> None:
    first = api.get(address(picture)).content
    (data_dir / picture.path).unlink()
    assert api.get(address(picture)).content == first
    assert derivatives(data_dir) == [".webp"]


def test_a_derivative_that_was_left_empty_is_made_again(
    api: APIClient, picture: PrintImage, data_dir: Path
) -> None:
    first = api.get(address(picture)).content
    (made,) = (data_dir / "processed" / "derivatives").rglob("*.webp")
    made.write_bytes(b"")
    assert api.get(address(picture)).content == first


def test_versioned_address_is_cached_for_ever_and_any_other_for_an_hour(
    api: APIClient, picture: PrintImage
) -> None:
    assert "immutable" in api.get(address(picture) + f"?v={picture.version}").headers["Cache-Control"]
    assert api.get(address(picture) + "?v=old").headers["Cache-Control"] == "public, max-age=3600"


def test_an_unchanged_picture_is_a_304(api: APIClient, picture: PrintImage) -> None:
    etag = api.get(address(picture)).headers["ETag"]
    response = api.get(address(picture), headers={"If-None-Match": etag})
    assert (response.status_code, response.headers["ETag"]) == (304, etag)
    assert api.get(address(picture, "display")).headers["ETag"] != etag


def test_a_file_that_is_gone_is_a_404_that_names_it(
    api: APIClient, picture: PrintImage, data_dir: Path
) -> None:
    (data_dir / picture.path).unlink()
    response = api.get(address(picture))
    assert response.status_code == 404
    assert "raw/war.jpg" in response.json()["error"]["message"]


def test_a_damaged_file_is_a_404_that_says_so(api: APIClient, picture: PrintImage, data_dir: Path) -> None:
    (data_dir / picture.path).write_bytes(b"\xff\xd8\xff\xe0 no picture")
    response = api.get(address(picture))
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "image_unreadable"
    assert derivatives(data_dir) == []


@pytest.mark.parametrize("path", ["../secret.jpg", "/etc/passwd", "raw/../../secret.jpg"])
def test_a_path_never_leaves_the_data_folder(
    api: APIClient, picture: PrintImage, data_dir: Path, path: str
) -> None:
    Image.new("RGB", (9, 9)).save(data_dir.parent / "secret.jpg")
    PrintImage.objects.filter(pk=picture.pk).update(path=path)
    response = api.get(address(picture))
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "path_outside"


@pytest.mark.parametrize(
    "wrong",
    [
        "/media/images/999/thumbnail/",
        "/media/images/9999999999999999999/thumbnail/",
        "/media/images/1/huge/",
        "/media/examples/none/display/",
    ],
)
def test_what_is_not_there_is_a_404(api: APIClient, catalogue: Catalogue, wrong: str) -> None:
    response = api.get(wrong)
    assert response.status_code == 404
    assert response.json()["error"]["message"]


def test_pictures_take_no_post(api: APIClient, picture: PrintImage) -> None:
    response = api.post(address(picture))
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_an_example_that_was_replaced_has_another_tag(
    api: APIClient, catalogue: Catalogue, data_dir: Path
) -> None:
    example = Example.objects.get()
    wanted = f"/media/examples/{example.slug}/thumbnail/"
    etag = api.get(wanted).headers["ETag"]
    Image.new("RGB", (99, 33), (1, 2, 3)).save(data_dir / example.path)
    assert api.get(wanted).headers["ETag"] != etag
