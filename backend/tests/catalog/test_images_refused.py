"""What is no picture, too large or a bomb is refused with a sentence; what is odd is read or refused."""

import io
import struct
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pytest_django import Settings

from catalog import images
from catalog.images import DecodeLimits
from core.errors import NotFound, TooLarge, UnsupportedType, UserError

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


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "GIF", "BMP"])
def test_a_truncated_file_is_a_400_that_names_the_format(kind: str) -> None:
    noise = np.random.default_rng(7).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(noise), kind)
    with pytest.raises(UserError, match="damaged or cut off") as caught:
        decoded(data[: len(data) * 2 // 3])
    assert (caught.value.status, caught.value.code) == (400, "image_damaged")


def test_an_empty_file_is_a_400() -> None:
    with pytest.raises(UserError) as caught:
        decoded(b"")
    assert caught.value.code == "image_empty"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (
            b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
            "an SVG drawing",
        ),
        (b"\xef\xbb\xbf<svg/>", "an SVG drawing"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"8BPS\0\1", "a Photoshop file"),
        (b"\0\0\1\0\1\0\x10\x10", "an icon"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
        (b"\xff\x0a\xfa\x7f", "JPEG XL"),
        (b"<!DOCTYPE HTML><html>", "a web page"),
        (b"PK\x03\x04\x14\0", "ZIP"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41", "a video"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "a video"),
        (b"II*\0\x10\0\0\0CR\x02\0", "a camera's raw picture"),
        (b"P6 3 3 255\n", "Netpbm"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a sound"),
        (b"BMW is a maker of cars and not a bitmap", "not a picture of a known type"),
        (b"GIF8", "not a picture of a known type"),
        (b"\x7fELF", "not a picture of a known type"),
        (b"hello", "not a picture of a known type"),
    ],
)
def test_what_is_not_read_is_refused_by_name(head: bytes, name: str) -> None:
    with pytest.raises(UnsupportedType, match=name) as caught:
        decoded(head)
    assert caught.value.status == 415
    assert "JPEG, PNG, WebP, HEIC, AVIF, TIFF, GIF and BMP" in caught.value.message


def test_too_many_bytes_name_size_and_limit() -> None:
    with pytest.raises(TooLarge, match=r"6\.0 MB; the limit is 5 MB"):
        decoded(b"\xff\xd8\xff" + bytes(6_000_000))


def test_too_many_bytes_of_a_file_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse.jpg"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)
    with pytest.raises(TooLarge):
        decoded(path)


def test_a_file_that_is_gone_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"gone\.jpg cannot be read: No such file"):
        decoded(tmp_path / "gone.jpg")


def png(width: int, height: int, rows: bytes = b"", *, depth: int = 8) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + content


def webp(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def bmp(width: int, height: int) -> bytes:
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + header + bytes(100)


def gif(width: int, height: int) -> bytes:
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", width, height, 0, 0, 0)
        + encoded(picture("P", colour=0), "GIF")[13:]
    )


def tiff(width: int, height: int, tile: int) -> bytes:
    """A tiled picture; only its directory is there."""
    tags = [(256, width), (257, height), (258, 8), (259, 5), (262, 1), (277, 1), (322, tile), (323, tile)]
    tags += [(324, 8), (325, 10)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(40)


@pytest.mark.parametrize(
    "bomb",
    [
        png(50_000, 50_000),
        webp(16_384, 16_384),
        bmp(30_000, 30_000),
        gif(60_000, 60_000),
        tiff(40_000, 40_000, 256),
        tiff(400, 400, 60_000),
    ],
    ids=["png", "webp", "bmp", "gif", "tiff", "tiff-tile"],
)
def test_a_bomb_is_refused_before_its_memory_is_taken(bomb: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match="megapixels"):
            decoded(bomb)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_a_compressed_text_bomb_in_a_png_is_a_400() -> None:
    data = png(2, 2, b"\0" * 14)
    body = b"comment\0\0" + zlib.compress(bytes(80_000_000))
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    with pytest.raises(UserError, match="PNG picture is damaged"):
        decoded(data[:33] + chunk + data[33:])


def test_a_scan_beyond_memory_is_read_when_a_small_copy_is_asked() -> None:
    limits = DecodeLimits(max_bytes=5_000_000, max_pixels=4_000_000, max_decoded_pixels=500_000)
    large = picture("L", size=(1600, 1200), colour=128)
    data = encoded(large, "JPEG")
    assert images.decode(data, limits=limits, longest_side=400).shape == (300, 400, 3)
    for refused in (encoded(large, "JPEG", progressive=True), encoded(large, "PNG")):
        with pytest.raises(TooLarge, match=r"1\.9 megapixels of memory"):
            images.decode(refused, limits=limits, longest_side=400)
    with pytest.raises(TooLarge):
        images.decode(data, limits=limits)


def test_visitors_may_send_36_megapixels_and_curators_more(settings: Settings) -> None:
    assert images.search_limits().max_pixels == 36_000_000
    assert images.search_limits().max_bytes == settings.RECTO_SEARCH_MAX_BYTES
    assert images.scan_limits().max_pixels == 400_000_000


def test_forty_megapixels_are_refused_with_the_limit() -> None:
    with pytest.raises(TooLarge, match=r"8000 × 5000 = 40\.0 megapixels; the limit is 36 megapixels"):
        images.decode(png(8000, 5000), limits=images.search_limits())


def test_every_odd_file_is_a_picture_or_one_of_our_errors(shared_data: Path) -> None:
    files = sorted((shared_data / "odd-images").iterdir())
    assert len(files) > 100
    outcomes = [outcome(path) for path in files]
    assert outcomes.count("ok") > 80


def outcome(path: Path) -> str:
    limits = images.search_limits()
    try:
        header = images.probe(path, limits=limits)
        pixels = images.decode(path.read_bytes(), limits=limits)
    except UserError as error:
        return error.code
    assert pixels.shape == (header.height, header.width, 3), path.name
    return "ok"


def test_orientation_photographs_all_look_alike(shared_data: Path) -> None:
    for subject, shape in (("Landscape", (100, 150, 3)), ("Portrait", (150, 100, 3))):
        turned = [
            images.decode(path, limits=images.scan_limits(), longest_side=150).astype(int)
            for path in sorted((shared_data / "orientation").glob(f"{subject}_?.jpg"))
        ]
        assert len(turned) == 9
        assert {pixels.shape for pixels in turned} == {shape}
        # The originals were turned by hand and saved again, so that they differ by JPEG's noise.
        assert max(np.abs(pixels - turned[1]).mean() for pixels in turned) < 12
