"""Placeholders are recognised however they were saved; engravings are never taken for one another."""

import io
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from catalog.images import Pixels, decode, scan_limits
from imports.looks import DECODED_SIDE, look_of, may_be_same, same_picture
from tests.imports.pictures_drawn import engraving, no_image_available


def same(one: Image.Image, two: Image.Image) -> bool:
    """Both steps, as placeholders.py takes them."""
    pixels, other = np.asarray(one.convert("RGB")), np.asarray(two.convert("RGB"))
    passed = may_be_same(look_of(pixels), look_of(other), shape=one.size, other_shape=two.size)
    return passed and same_picture(pixels, other)


def resaved(image: Image.Image, *, scale: float, quality: int) -> Image.Image:
    content = io.BytesIO()
    size = round(image.width * scale), round(image.height * scale)
    image.resize(size, Image.Resampling.BICUBIC).save(content, "JPEG", quality=quality)
    return Image.open(content)


PLACEHOLDERS = {
    "text": no_image_available((600, 800)),
    "wide": no_image_available((800, 300), "no image"),
    "dark": Image.eval(no_image_available((600, 800)), lambda level: 255 - level),
    "white": Image.new("RGB", (600, 800), "white"),
    "grey": Image.new("RGB", (600, 800), "#888"),
}


@pytest.mark.parametrize("scale", [2.0, 1.0, 0.5, 0.25])
@pytest.mark.parametrize("quality", [30, 90])
@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_a_placeholder_is_itself_in_every_size_and_quality(name: str, quality: int, scale: float) -> None:
    image = PLACEHOLDERS[name]
    assert same(image, resaved(image, scale=scale, quality=quality))


@pytest.mark.parametrize(("one", "two"), list(combinations(PLACEHOLDERS, 2)))
def test_different_placeholders_are_different(one: str, two: str) -> None:
    assert not same(PLACEHOLDERS[one], PLACEHOLDERS[two])


def test_other_words_in_the_same_frame_are_another_picture() -> None:
    assert not same(no_image_available(text="Kein Bild"), no_image_available(text="Nr. 4711"))


def test_engravings_of_one_size_and_tone_are_different() -> None:
    drawn = [engraving(seed) for seed in range(12)]
    assert not any(same(one, two) for one, two in combinations(drawn, 2))


def test_a_pale_engraving_is_no_blank_page() -> None:
    pale = Image.eval(engraving(1, (600, 800)), lambda level: 255 - (255 - level) // 6)
    assert not same(PLACEHOLDERS["white"], pale)


def test_a_part_of_a_picture_is_another_picture() -> None:
    whole = engraving(3, (600, 800))
    assert not same(whole, whole.crop((60, 80, 540, 720)))


def test_no_two_of_the_real_engravings_are_taken_for_one_another(shared_data: Path) -> None:
    files = sorted((shared_data / "prints" / "images").iterdir())
    read = [decode(file, limits=scan_limits(), longest_side=DECODED_SIDE) for file in files[::4]]
    seen = [(pixels, look_of(pixels), (pixels.shape[1], pixels.shape[0])) for pixels in read]

    def alike(one: tuple[Pixels, bytes, tuple[int, int]], two: tuple[Pixels, bytes, tuple[int, int]]) -> bool:
        return may_be_same(one[1], two[1], shape=one[2], other_shape=two[2]) and same_picture(one[0], two[0])

    assert len(seen) == 162
    assert not any(alike(one, two) for one, two in combinations(seen, 2))
    assert all(alike(one, one) for one in seen)
