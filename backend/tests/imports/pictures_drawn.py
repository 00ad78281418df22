"""Pictures and collections for the tests of loading: drawn from a seed, small, different from each other."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

HEADER = "recordID,image_file,invNr,person,date,title,classification,matTec,institutionIsil,relations"


def engraving(seed: int, size: tuple[int, int] = (160, 200)) -> Image.Image:
    """Dark lines on paper; each seed gives other lines."""
    random = np.random.default_rng(seed)
    image = Image.new("L", size, 235)
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        ends = random.integers(0, [*size, *size])
        draw.line([int(end) for end in ends], fill=int(random.integers(0, 90)), width=2)
    return image.convert("RGB")


def no_image_available(size: tuple[int, int] = (300, 400), text: str = "Kein Bild") -> Image.Image:
    """What collection systems deliver in place of a picture that they do not have."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((8, 8, size[0] - 8, size[1] - 8), outline="#999", width=3)
    draw.text((size[0] // 6, size[1] // 2), text, fill="#666", font=ImageFont.load_default(size=size[0] // 8))
    return image


def save(image: Image.Image, path: Path, *, quality: int = 90) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=quality)
    return path


def make_collection(folder: Path, names: Sequence[str], rows: Sequence[str] = ()) -> Path:
    """A collection's folder with an engraving for each of `names`, and metadata.csv if there are `rows`."""
    (folder / "images").mkdir(parents=True, exist_ok=True)
    for seed, name in enumerate(names):
        save(engraving(seed), folder / "images" / name)
    if rows:
        write_table(folder / "metadata.csv", rows)
    return folder


def write_table(path: Path, rows: Sequence[str], *, header: str = HEADER) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def row(record_id: str, image_file: str = "", **cells: str) -> str:
    """One line under HEADER."""
    given: Mapping[str, str] = {"recordID": record_id, "image_file": image_file, **cells}
    quoted = (given.get(column, "").replace('"', '""') for column in HEADER.split(","))
    return ",".join(f'"{cell}"' for cell in quoted)
