"""GET /iiif/image/3/<id>/..."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from rest_framework.test import APIClient

from catalog import images
from catalog.models import Collection, Print, PrintImage
from tests.catalog.iiif.conftest import SIZE, add_scan, gradient

Catalogue = dict[str, Print]


def base(scan: PrintImage) -> str:
    return f"/iiif/image/3/{scan.pk}"


def drawn(api: APIClient, scan: PrintImage, path: str) -> Image.Image:
    response = api.get(f"{base(scan)}/{path}")
    assert response.status_code == 200, response.content
    return Image.open(io.BytesIO(response.content))


def array(picture: Image.Image) -> npt.NDArray[np.float64]:
    return np.asarray(picture.convert("RGB"), np.float64)


def expected(box: tuple[int, int, int, int], size: tuple[int, int]) -> Image.Image:
    """The same by Pillow alone, from the picture before it was a file."""
    return gradient(SIZE).crop(box).resize(size, Image.Resampling.LANCZOS)


def test_info_describes_tiles_and_sizes(api: APIClient, scan: PrintImage) -> None:
    response = api.get(f"{base(scan)}/info.json")
    info = response.json()
    assert info["id"] == f"http://testserver{base(scan)}"
    assert (info["type"], info["profile"], info["protocol"]) == (
        "ImageService3",
        "level2",
        "http://iiif.io/api/image",
    )
    assert (info["width"], info["height"]) == SIZE
    assert info["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    assert info["sizes"][0] == {"width": 325, "height": 225}
    assert response.headers["Content-Type"].startswith("application/ld+json;profile=")
    assert next(iter(info)) == "@context"


def test_info_is_plain_json_for_a_browser(api: APIClient, scan: PrintImage) -> None:
    response = api.get(f"{base(scan)}/info.json", headers={"Accept": "text/html,*/*"})
    assert response.headers["Content-Type"] == "application/json"


def test_every_tile_and_size_of_the_info_can_be_had(api: APIClient, scan: PrintImage) -> None:
    """The addresses that the implementation notes of the specification derive from the info."""
    info = api.get(f"{base(scan)}/info.json").json()
    for size in info["sizes"]:
        assert drawn(api, scan, f"full/{size['width']},{size['height']}/0/default.jpg").size == tuple(
            size.values()
        )
    for factor in info["tiles"][0]["scaleFactors"]:
        step = 512 * factor
        for x in range(0, SIZE[0], step):
            for y in range(0, SIZE[1], step):
                w, h = min(step, SIZE[0] - x), min(step, SIZE[1] - y)
                size = -(-w // factor), -(-h // factor)
                tile = drawn(api, scan, f"{x},{y},{w},{h}/{size[0]},{size[1]}/0/default.jpg")
                assert tile.size == size
                assert np.abs(array(tile) - array(expected((x, y, x + w, y + h), size))).mean() < 2


@pytest.mark.parametrize(
    ("path", "box", "size"),
    [
        ("full/max/0/default.jpg", (0, 0, *SIZE), SIZE),
        ("full/400,/0/default.png", (0, 0, *SIZE), (400, 277)),
        ("square/!100,100/0/color.webp", (200, 0, 1100, 900), (100, 100)),
        ("501,301,700,444/350,222/0/default.png", (501, 301, 1201, 745), (350, 222)),
        ("pct:50,50,50,50/64,200/0/default.png", (650, 450, 1300, 900), (64, 200)),
        ("3,5,1,1/max/0/default.png", (3, 5, 4, 6), (1, 1)),
    ],
)
def test_a_region_shows_that_part(
    api: APIClient, scan: PrintImage, path: str, box: tuple[int, int, int, int], size: tuple[int, int]
) -> None:
    picture = drawn(api, scan, path)
    assert picture.size == size
    assert np.abs(array(picture) - array(expected(box, size))).max() < 12


def test_mirrored_first_then_turned_clockwise(api: APIClient, scan: PrintImage) -> None:
    whole = drawn(api, scan, "full/130,90/0/default.png")
    turned = drawn(api, scan, "full/130,90/!90/default.png")
    assert turned.size == (90, 130)
    mirrored = array(whole)[:, ::-1]
    assert np.abs(array(turned) - np.rot90(mirrored, k=-1)).max() == 0


def test_gray_is_gray(api: APIClient, scan: PrintImage) -> None:
    assert drawn(api, scan, "0,0,512,512/512,512/0/gray.jpg").mode == "L"


def test_the_scan_is_read_once(api: APIClient, scan: PrintImage, data_dir: Path) -> None:
    first = api.get(f"{base(scan)}/full/max/0/default.jpg").content
    (data_dir / scan.path).unlink()
    assert api.get(f"{base(scan)}/full/max/0/default.jpg").content == first
    assert not list((data_dir / "processed" / "tiles").rglob(".*"))


def test_the_base_leads_to_the_info(api: APIClient, scan: PrintImage) -> None:
    response = api.get(base(scan))
    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"http://testserver{base(scan)}/info.json",
    )


def test_headers_for_pages_of_other_houses_and_for_caches(api: APIClient, scan: PrintImage) -> None:
    response = api.get(f"{base(scan)}/pct:0,0,50,50/!64,64/0/default.jpg")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert f'{base(scan)}/0,0,650,450/64,44/0/default.jpg>;rel="canonical"' in response.headers["Link"]
    again = api.get(
        f"{base(scan)}/0,0,650,450/64,44/0/color.jpg", headers={"If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("0,0,0,0/max/0/default.jpg", 400),
        ("full/9999,/0/default.jpg", 400),
        ("full/max/12/default.jpg", 400),
        ("full/max/0/default.tif", 400),
        ("full/^9999,/0/default.jpg", 501),
        ("full/max/0", 404),
    ],
)
def test_errors(api: APIClient, scan: PrintImage, path: str, status: int) -> None:
    response = api.get(f"{base(scan)}/{path}")
    assert response.status_code == status
    assert response.json()["error"]["message"]


@pytest.mark.parametrize("wrong", ["999", "9999999999999999999", "x"])
def test_no_such_picture(api: APIClient, scan: PrintImage, wrong: str) -> None:
    assert api.get(f"/iiif/image/3/{wrong}/info.json").status_code == 404


def test_pictures_take_no_post(api: APIClient, scan: PrintImage) -> None:
    assert api.post(f"{base(scan)}/info.json").status_code == 405


def test_another_host_is_refused(api: APIClient, scan: PrintImage) -> None:
    assert api.get(f"{base(scan)}/info.json", headers={"Host": "evil.example"}).status_code == 400


def test_the_public_address_goes_before_the_request(api: APIClient, scan: PrintImage, settings: Any) -> None:
    settings.RECTO_PUBLIC_URL = "https://prints.example/"
    assert api.get(f"{base(scan)}/info.json").json()["id"] == f"https://prints.example{base(scan)}"


@pytest.mark.parametrize("kind", ["private", "staff", "hidden"])
def test_what_is_not_for_everybody_is_not_there(api: APIClient, scan: PrintImage, kind: str) -> None:
    if kind == "hidden":
        Print.objects.filter(pk=scan.print_id).update(hidden=True)
    else:
        Collection.objects.filter(pk=scan.print.collection_id).update(visibility=kind)
    paths = (base(scan), f"{base(scan)}/info.json", f"{base(scan)}/full/max/0/default.jpg")
    for path in paths:
        response = api.get(path)
        assert response.status_code == 404
        assert "Access-Control-Allow-Origin" not in response.headers


def test_members_see_it_but_no_other_page_may_read_it(
    api: APIClient, scan: PrintImage, django_user_model: Any
) -> None:
    Collection.objects.filter(pk=scan.print.collection_id).update(visibility="staff")
    api.force_login(django_user_model.objects.create_user("member"))
    response = api.get(f"{base(scan)}/full/max/0/default.jpg")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(
    "kind",
    [
        "RGB.png",
        "L.png",
        "P.png",
        "RGBA.png",
        "1.png",
        "I;16.png",
        "RGB.tif",
        "L.tif",
        "P.tif",
        "CMYK.tif",
        "RGBA.tif",
        "I;16.tif",
        "L.jpg",
        "CMYK.jpg",
        "RGB.webp",
        "RGBA.webp",
        "P.gif",
        "RGB.bmp",
    ],
)
def test_every_kind_of_scan_has_the_colours_of_its_display_copy(
    api: APIClient, catalogue: Catalogue, data_dir: Path, kind: str
) -> None:
    mode, _, suffix = kind.partition(".")
    source = gradient((700, 300))
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(source.convert("L"), np.uint16) * 257)
    else:
        picture = source.convert(mode)
    if mode == "RGBA":
        picture.putalpha(source.getchannel("R"))
    scan = add_scan(catalogue["war"], data_dir, picture, name=f"scan.{suffix}")
    shown = array(drawn(api, scan, "full/max/0/default.png"))
    decoded = images.decode(data_dir / scan.path, limits=images.scan_limits()).astype(np.float64)
    assert np.abs(in_blocks(shown) - in_blocks(decoded)).max() < 8


def in_blocks(pixels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Means of squares of twenty: JPEG does not keep single dots."""
    height, width = pixels.shape[:2]
    means: npt.NDArray[np.float64] = pixels.reshape(height // 20, 20, width // 20, 20, 3).mean(axis=(1, 3))
    return means


@pytest.mark.parametrize("orientation", range(1, 9))
def test_scans_are_upright(api: APIClient, catalogue: Catalogue, data_dir: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    upright = (300, 700) if orientation >= 5 else (700, 300)
    scan = add_scan(
        catalogue["war"],
        data_dir,
        gradient((700, 300)),
        name="turned.jpg",
        upright=upright,
        exif=exif,
        quality=95,
    )
    shown = drawn(api, scan, "full/max/0/default.png")
    decoded = images.decode(data_dir / scan.path, limits=images.scan_limits()).astype(np.float64)
    assert shown.size == upright
    assert np.abs(array(shown) - decoded).mean() < 2
    assert not drawn(api, scan, "0,0,200,200/max/0/default.jpg").getexif()


def test_a_damaged_scan_is_a_404_that_says_so(api: APIClient, scan: PrintImage, data_dir: Path) -> None:
    content = (data_dir / scan.path).read_bytes()
    (data_dir / scan.path).write_bytes(content[: len(content) // 2])
    response = api.get(f"{base(scan)}/full/max/0/default.jpg")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "image_unreadable")
    assert not [one for one in (data_dir / "processed" / "tiles").rglob("*") if one.is_file()]
