"""The parameters of IIIF Image API 3: what each means, and which error each fault is."""

import pytest

from catalog.iiif.image_requests import MAX_AREA, Drawing, Region, read_drawing
from core.errors import NotOffered, RectoError, UserError

PICTURE = (300, 200)


def read(path: str, picture: tuple[int, int] = PICTURE) -> Drawing:
    region, size, rotation, last = path.split("/")
    quality, _, format = last.partition(".")
    return read_drawing(picture, region=region, size=size, rotation=rotation, quality=quality, format=format)


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("full", Region(0, 0, 300, 200)),
        ("square", Region(50, 0, 200, 200)),
        ("125,15,120,140", Region(125, 15, 120, 140)),
        ("125,15,200,200", Region(125, 15, 175, 185)),  # cut off at the edge
        ("pct:10,20,50,25", Region(30, 40, 150, 50)),
        ("pct:41.6,7.5,66.6,100", Region(125, 15, 175, 185)),
    ],
)
def test_region(region: str, expected: Region) -> None:
    assert read(f"{region}/max/0/default.jpg").region == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("max", (300, 200)),
        ("^max", (300, 200)),  # the largest that is served is the picture's own
        ("150,", (150, 100)),
        (",150", (225, 150)),
        ("225,100", (225, 100)),
        ("!225,100", (150, 100)),
        ("!9000,9000", (300, 200)),  # as large as possible, not larger than it is
        ("pct:50", (150, 100)),
        ("pct:0.5", (2, 1)),
        ("^150,", (150, 100)),
    ],
)
def test_size(size: str, expected: tuple[int, int]) -> None:
    found = read(f"full/{size}/0/default.jpg")
    assert (found.width, found.height) == expected


def test_a_thin_picture_keeps_a_pixel() -> None:
    found = read("full/10,/0/default.jpg", picture=(5000, 20))
    assert (found.width, found.height) == (10, 1)


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [
        ("0", (False, 0)),
        ("90", (False, 90)),
        ("!180", (True, 180)),
        ("360", (False, 0)),
        ("270.0", (False, 270)),
    ],
)
def test_rotation(rotation: str, expected: tuple[bool, int]) -> None:
    found = read(f"full/max/{rotation}/default.jpg")
    assert (found.mirrored, found.degrees) == expected


@pytest.mark.parametrize(
    "path",
    [
        "all/max/0/default.jpg",
        "300,0,10,10/max/0/default.jpg",
        "0,0,0,10/max/0/default.jpg",
        "-1,0,10,10/max/0/default.jpg",
        "1,2,3/max/0/default.jpg",
        "pct:100,0,10,10/max/0/default.jpg",
        "pct:nan,0,10,10/max/0/default.jpg",
        "full/full/0/default.jpg",  # of version 2
        "full/301,/0/default.jpg",
        "full/,201/0/default.jpg",
        "full/300,201/0/default.jpg",
        "full/pct:101/0/default.jpg",
        "full/0,/0/default.jpg",
        "full/!0,10/0/default.jpg",
        "full/!10,/0/default.jpg",
        "full/pct:0/0/default.jpg",
        "full/,/0/default.jpg",
        "full/١٠,/0/default.jpg",  # digits, but not ours
        "full/max/45/default.jpg",
        "full/max/361/default.jpg",
        "full/max/-90/default.jpg",
        "full/max/0/bitonal.jpg",
        "full/max/0/default.tif",
        "full/max/0/default.",
        "10,10,100,100/200,/0/default.jpg",
    ],
)
def test_what_cannot_be_served_is_a_400(path: str) -> None:
    with pytest.raises(UserError) as raised:
        read(path)
    assert raised.value.status == 400


@pytest.mark.parametrize("size", ["^301,", "^,400", "^pct:120", "^600,400"])
def test_larger_than_the_region_is_a_501(size: str) -> None:
    with pytest.raises(NotOffered) as raised:
        read(f"full/{size}/0/default.jpg")
    assert raised.value.status == 501


def test_a_large_scan_is_offered_whole_within_the_limit_and_in_parts_at_its_own_size() -> None:
    large = (10_000, 8_000)
    whole = read("full/max/0/default.jpg", large)
    assert whole.width * whole.height <= MAX_AREA < (whole.width + 2) * (whole.height + 2)
    assert whole.width / whole.height == pytest.approx(1.25, rel=0.001)
    part = read("4000,4000,3000,2000/max/0/default.jpg", large)
    assert (part.width, part.height) == (3000, 2000)
    with pytest.raises(RectoError, match="12,000,000"):
        read("full/9000,/0/default.jpg", large)
    confined = read("full/!9000,9000/0/default.jpg", large)
    assert confined.width * confined.height <= MAX_AREA


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("0,0,300,200/300,200/0/color.jpg", "full/max/0/default.jpg"),
        ("pct:0,0,50,50/75,/!90/gray.png", "0,0,150,100/75,50/!90/gray.png"),
        ("10,10,999,999/^max/360/default.webp", "10,10,290,190/max/0/default.webp"),
    ],
)
def test_canonical_address(path: str, canonical: str) -> None:
    assert read(path).canonical(PICTURE) == canonical
    assert read(canonical).canonical(PICTURE) == canonical
