"""Decoding what anybody may send."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from catalog import images
from catalog.images import DecodeLimits, ImageInfo

LIMITS = DecodeLimits(max_bytes=5_000_000, max_pixels=1_000_000, max_decoded_pixels=1_000_000)
ORANGE = (230, 120, 20)
# Width 6, height 4: the corners are black, red, green, blue, read like a page.
CORNERS = np.full((4, 6, 3), 255, dtype=np.uint8)
CORNERS[0, 0], CORNERS[0, 5], CORNERS[3, 0], CORNERS[3, 5] = (0, 0, 0), (255, 0, 0), (0, 255, 0), (0, 0, 255)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format=kind, **options)
    return stream.getvalue()


def picture(mode: str = "RGB", size: tuple[int, int] = (32, 24), colour: Any = ORANGE) -> Image.Image:
    return Image.new(mode, size, colour)


def decoded(source: bytes | Path, **options: Any) -> images.Pixels:
    return images.decode(source, limits=LIMITS, **options)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("JPEG", "JPEG"),
        ("MPO", "JPEG"),
        ("PNG", "PNG"),
        ("WEBP", "WebP"),
        ("HEIF", "HEIC"),
        ("AVIF", "AVIF"),
        ("TIFF", "TIFF"),
        ("GIF", "GIF"),
        ("BMP", "BMP"),
    ],
)
def test_every_accepted_format(kind: str, name: str) -> None:
    data = encoded(picture(), kind)
    pixels = decoded(data)
    assert (pixels.dtype, pixels.shape) == (np.dtype(np.uint8), (24, 32, 3))
    assert np.abs(pixels.astype(int) - ORANGE).max() < 12
    assert pixels.flags.c_contiguous
    assert images.probe(data, limits=LIMITS) == ImageInfo(name, 32, 24)


def test_a_file_and_its_bytes_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "print.with-a-wrong-name.txt"
    path.write_bytes(encoded(picture(), "PNG"))
    assert (decoded(path) == decoded(path.read_bytes())).all()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_exif_orientation(kind: str, orientation: int) -> None:
    """The stored picture is turned by hand so that EXIF's meaning of each number makes it CORNERS again."""
    stored = {
        1: CORNERS,
        2: CORNERS[:, ::-1],
        3: CORNERS[::-1, ::-1],
        4: CORNERS[::-1],
        5: CORNERS.transpose(1, 0, 2),
        6: np.rot90(CORNERS, k=1),
        7: CORNERS[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(CORNERS, k=-1),
    }[orientation]
    exif = Image.Exif()
    exif[274] = orientation
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(Image.fromarray(np.ascontiguousarray(stored)), kind, exif=exif, **options)
    assert (decoded(data) == CORNERS).all()
    found = images.probe(data, limits=LIMITS)
    assert (found.width, found.height) == (6, 4)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    assert decoded(encoded(picture(), "JPEG", exif=exif)).shape == (24, 32, 3)


def test_heic_is_turned_once() -> None:
    """By its container (`irot`), and not again by the EXIF that says the same."""
    exif = Image.Exif()
    exif[274] = 6
    data = encoded(picture(size=(64, 48)), "HEIF", exif=exif.tobytes())
    assert b"irot" in data
    assert decoded(data).shape == (64, 48, 3)
    assert images.probe(data, limits=LIMITS) == ImageInfo("HEIC", 48, 64)


def test_transparency_is_white_paper() -> None:
    half = picture("RGBA", colour=(0, 0, 0, 128))
    assert decoded(encoded(half, "PNG"))[0, 0].tolist() == [127, 127, 127]
    assert decoded(encoded(picture("LA", colour=(0, 0)), "PNG"))[0, 0].tolist() == [255, 255, 255]


@pytest.mark.parametrize("mode", ["P", "RGB", "L"])
def test_a_transparent_colour_is_white_paper(mode: str) -> None:
    key: Any = {"P": 0, "RGB": (0, 0, 0), "L": 0}[mode]
    black = Image.new(mode, (8, 8), 0)
    if mode == "P":
        black.putpalette([0, 0, 0, 9, 9, 9])
    assert decoded(encoded(black, "PNG", transparency=key))[0, 0].tolist() == [255, 255, 255]


def test_transparent_edges_do_not_darken_when_shrunk() -> None:
    pixels = np.zeros((64, 64, 4), dtype=np.uint8)
    pixels[:, 31:] = (255, 255, 255, 255)
    shrunk = decoded(encoded(Image.fromarray(pixels), "PNG"), longest_side=8)
    assert shrunk.min() == 255


def test_sixteen_bit_grey_is_scaled_not_clipped() -> None:
    values = np.array([[0, 257, 32896, 65535]], dtype=np.uint16)
    for kind in ("PNG", "TIFF"):
        pixels = decoded(encoded(Image.fromarray(values), kind))
        assert pixels[0, :, 0].tolist() == [0, 1, 128, 255]


def test_twelve_bits_in_sixteen_are_scaled_by_their_own_white() -> None:
    """Four samples in six bytes: 0, 2048, 4095, 0, the high bits first."""
    row = bytes([0x00, 0x08, 0x00, 0xFF, 0xF0, 0x00])
    tags = [(256, 4), (257, 1), (258, 12), (259, 1), (262, 1), (273, 122), (277, 1), (278, 1), (279, 6)]
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    data = b"II*\0" + struct.pack("<IH", 8, len(tags)) + directory + struct.pack("<I", 0) + row
    assert len(data) == 122 + 6
    assert decoded(data)[0, :, 0].tolist() == [0, 128, 255, 0]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255]),
        ([0.0, 128.0, 255.0], [0, 128, 255]),
        ([0.0, 32768.0, 65535.0], [0, 128, 255]),
        ([-5.0, 100000.0, 200000.0], [0, 128, 255]),
        ([float("nan"), float("inf"), 1.0], [0, 0, 255]),
    ],
)
def test_floating_point_grey_has_a_white(values: list[float], expected: list[int]) -> None:
    data = encoded(Image.fromarray(np.array([values], dtype=np.float32)), "TIFF")
    assert decoded(data)[0, :, 0].tolist() == expected


def test_one_bit_and_palette_pictures() -> None:
    assert decoded(encoded(picture("1", colour=1), "TIFF"))[0, 0].tolist() == [255, 255, 255]
    assert decoded(encoded(picture("P", colour=0), "GIF")).shape == (24, 32, 3)


def test_sixteen_bit_colour_png() -> None:
    rows = b"".join(b"\0" + struct.pack(">3H", 65535, 32768, 0) * 2 for _ in range(2))
    pixels = decoded(png(2, 2, rows, depth=16))
    assert np.abs(pixels[0, 0].astype(int) - (255, 128, 0)).max() <= 1


def test_cmyk_jpeg_with_adobes_inversion() -> None:
    """Adobe stores the complement of every ink; Pillow writes its CMYK files the same way."""
    cyan = picture("CMYK", colour=(255, 0, 0, 0))
    data = encoded(cyan, "JPEG", quality=95)
    assert b"Adobe" in data
    red, green, blue = decoded(data)[0, 0].tolist()
    assert red < 20
    assert min(green, blue) > 230


def test_cmyk_tiff() -> None:
    red, green, blue = decoded(encoded(picture("CMYK", colour=(0, 255, 255, 0)), "TIFF"))[0, 0].tolist()
    assert red > 230
    assert max(green, blue) < 20


def test_a_lab_tiff_is_converted() -> None:
    white = Image.merge("LAB", [Image.new("L", (8, 8), value) for value in (255, 128, 128)])
    assert decoded(encoded(white, "TIFF")).min() > 245


def exchanged_profile() -> bytes:
    """sRGB's profile with the names of its red and green exchanged, and another description."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    renamed = profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    return renamed.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_a_colour_profile_is_applied(kind: str) -> None:
    red, green, blue = ORANGE
    pixels = decoded(encoded(picture(), kind, icc_profile=exchanged_profile()))
    assert np.abs(pixels[0, 0].astype(int) - (green, red, blue)).max() <= 3


def test_a_damaged_colour_profile_is_ignored() -> None:
    assert decoded(encoded(picture(), "PNG", icc_profile=b"no profile"))[0, 0].tolist() == list(ORANGE)


def test_only_the_first_picture_of_an_animation_is_read() -> None:
    frames = [picture(colour=colour) for colour in ((255, 0, 0), (0, 255, 0), (0, 0, 255))]
    for kind in ("GIF", "WEBP", "PNG", "TIFF"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert np.abs(decoded(data)[5, 5].astype(int) - (255, 0, 0)).max() < 8, kind


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_smaller_copy_fits_and_looks_the_same(kind: str) -> None:
    ramp = np.repeat(np.linspace(0, 255, 900, dtype=np.uint8)[None, :, None], 300, axis=0).repeat(3, axis=2)
    small = decoded(encoded(Image.fromarray(ramp), kind), longest_side=90)
    assert small.shape == (30, 90, 3)
    assert np.abs(small[15, :, 0].astype(int) - ramp[15, 5::10, 0]).max() <= 3


def test_a_smaller_copy_is_never_larger() -> None:
    assert decoded(encoded(picture(), "PNG"), longest_side=500).shape == (24, 32, 3)


def test_a_line_of_pixels_keeps_one_pixel() -> None:
    assert decoded(encoded(picture(size=(1000, 1)), "PNG"), longest_side=10).shape == (1, 10, 3)


def png(width: int, height: int, rows: bytes = b"", *, depth: int = 8) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + content
