import io

import numpy as np
import pytest
from PIL import Image

from search_model.extractor.decoding import NPY_TYPE, Refused, decode


def encoded(picture: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def decoded(body: bytes, content_type: str = "image/png", max_pixels: int = 10_000):
    return decode(body, content_type, max_pixels=max_pixels, wanted_size=8)


def refusal(body: bytes, content_type: str = "image/png", max_pixels: int = 10_000) -> Refused:
    with pytest.raises(Refused) as caught:
        decoded(body, content_type, max_pixels)
    return caught.value


def test_an_array_comes_back_as_it_is() -> None:
    array = np.random.default_rng(0).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    np.testing.assert_array_equal(decoded(npy(array), NPY_TYPE), array)


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 4, 3), dtype=np.float32),
        np.zeros((4, 4), dtype=np.uint8),
        np.zeros((4, 4, 4), dtype=np.uint8),
        np.zeros((0, 4, 3), dtype=np.uint8),
        np.asfortranarray(np.zeros((4, 5, 3), dtype=np.uint8)),
    ],
    ids=["float", "grey", "alpha", "empty", "fortran"],
)
def test_an_array_of_another_kind_is_refused(array: np.ndarray) -> None:
    assert refusal(npy(array), NPY_TYPE).code == "wrong_array"


def test_pickled_objects_are_refused() -> None:
    assert refusal(npy(np.array([{}], dtype=object)), NPY_TYPE).code == "wrong_array"


@pytest.mark.parametrize("body", [b"", b"not an array", npy(np.zeros((4, 4, 3), dtype=np.uint8))[:-1]])
def test_a_broken_array_is_refused(body: bytes) -> None:
    assert refusal(body, NPY_TYPE).code == "broken_image"


def test_an_array_that_claims_a_huge_shape_is_refused_before_memory_is_taken() -> None:
    header = io.BytesIO()
    claim = {"descr": "|u1", "fortran_order": False, "shape": (10**6, 10**6, 3)}
    np.lib.format.write_array_header_1_0(header, claim)
    error = refusal(header.getvalue(), NPY_TYPE)
    assert (error.code, error.status) == ("image_too_large", 413)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "GIF"])
def test_lossless_files_keep_their_pixels(kind: str) -> None:
    picture = Image.new("RGB", (6, 4), (255, 0, 0))
    picture.putpixel((5, 0), (0, 0, 255))
    np.testing.assert_array_equal(decoded(encoded(picture, kind)), np.asarray(picture))


def test_exif_orientation_is_applied() -> None:
    picture = Image.new("RGB", (30, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    assert decoded(encoded(picture, "JPEG", exif=exif), "image/jpeg").shape == (30, 20, 3)


def test_transparency_is_laid_on_white() -> None:
    picture = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    picture.putpixel((1, 0), (10, 20, 30, 255))
    assert decoded(encoded(picture, "PNG")).tolist() == [[[255, 255, 255], [10, 20, 30]]]


def test_sixteen_bit_greys_are_scaled() -> None:
    picture = Image.fromarray(np.array([[0, 0x8000, 0xFFFF]], dtype=np.uint16))
    assert decoded(encoded(picture, "PNG"))[0, :, 0].tolist() == [0, 128, 255]


def test_cmyk_becomes_rgb() -> None:
    made = decoded(encoded(Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG"), "image/jpeg")
    assert made[10, 10, 0] > 200
    assert made[10, 10, 1] < 60


def test_a_large_jpeg_is_decoded_small() -> None:
    body = encoded(Image.new("RGB", (800, 400)), "JPEG")
    made = decode(body, "image/jpeg", max_pixels=10**6, wanted_size=26)
    assert made.shape == (100, 200, 3)  # an eighth, 50 x 100, would be below twice 26


def test_too_many_pixels_are_refused_before_they_are_read() -> None:
    cut_after_the_header = encoded(Image.new("RGB", (200, 100)), "PNG")[:60]
    error = refusal(cut_after_the_header)
    assert (error.code, error.status) == ("image_too_large", 413)
    assert "200 x 100" in str(error)
    assert "10,000" in str(error)


@pytest.mark.parametrize("body", [b"", b"<svg/>", b"\xff\xd8\xff", encoded(Image.new("RGB", (50, 50)), "PNG")[:-30]])
def test_a_broken_picture_is_refused(body: bytes) -> None:
    error = refusal(body)
    assert (error.code, error.status) == ("broken_image", 400)


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/json"])
def test_another_content_type_is_refused(content_type: str) -> None:
    assert refusal(b"x", content_type).code == "unsupported_type"
