"""A scan -> tiles, by libvips, which streams: a scan of any size goes through some dozen megabytes.

What it would show in other colours than `catalog.images` does (palettes, 16 bits, CMYK, transparency ...)
that one decodes, within its limits of memory. The type is told by content before libvips opens the file.
"""

from pathlib import Path

import pyvips

from catalog import images

# What is decoded stays with us: libvips would keep the last hundred operations with their pixels.
pyvips.cache_set_max(0)
TILE_FORMAT = ".jpg[Q=88,keep=none]"
LOADERS = {"JPEG": "jpegload", "PNG": "pngload", "TIFF": "tiffload"}
PLAIN = ("srgb", "rgb", "b-w")


def cut(source: Path, target: Path, *, tile: int) -> None:
    """Write `<target>_files/<level>/<column>_<row>.jpg`. Raises what `images.decode` raises."""
    info = images.probe(source, limits=images.scan_limits())
    try:
        _save(_streamed(source, info), target, tile)
    except (pyvips.Error, _NotPlain):
        # Other colours, or damaged: Pillow reads it, or says in our words why not.
        _save(_decoded(source), target, tile)


class _NotPlain(Exception):
    """Pillow shall read it."""


def _streamed(source: Path, info: images.ImageInfo) -> pyvips.Image:
    if info.format not in LOADERS:
        raise _NotPlain
    images.check_streaming(source, limits=images.scan_limits())
    load = getattr(pyvips.Image, LOADERS[info.format])
    picture = load(str(source), access="sequential", fail_on="truncated")
    if _turned(picture):
        # Turning needs all rows: libvips keeps them in a file of its own where they are many.
        picture = load(str(source), access="random", fail_on="truncated").autorot()
    is_plain = picture.format == "uchar" and picture.bands in (1, 3) and picture.interpretation in PLAIN
    if not is_plain or (picture.width, picture.height) != (info.width, info.height):
        raise _NotPlain
    return _in_srgb(picture)


def _turned(picture: pyvips.Image) -> bool:
    return "orientation" in picture.get_fields() and int(picture.get("orientation")) > 1


def _in_srgb(picture: pyvips.Image) -> pyvips.Image:
    if picture.bands != 3 or "icc-profile-data" not in picture.get_fields():
        return picture
    # As Pillow's default: relative colours would leave paper grey.
    return picture.icc_transform("srgb", embedded=True, intent="perceptual", depth=8)


def _decoded(source: Path) -> pyvips.Image:
    pixels = images.decode(source, limits=images.scan_limits())
    return pyvips.Image.new_from_array(pixels)


def _save(picture: pyvips.Image, target: Path, tile: int) -> None:
    picture.dzsave(
        str(target),
        layout="dz",
        tile_size=tile,
        overlap=0,
        depth="onetile",
        suffix=TILE_FORMAT,
        container="fs",
    )
