"""What the image service says of one picture: the document `info.json`. Pure: no Django, no I/O.

Source: https://iiif.io/api/image/3.0/, section 5, and its compliance document.
"""

from typing import Any

from catalog.iiif.image_requests import MAX_AREA
from catalog.iiif.pyramids import TILE, factors_of

CONTEXT = "http://iiif.io/api/image/3/context.json"
PROFILE = "level2"


def info_of(address: str, *, width: int, height: int) -> dict[str, Any]:
    """`address` is the base of the picture's addresses, without a slash at its end."""
    factors = factors_of(width, height)
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": PROFILE,
        "width": width,
        "height": height,
        "maxArea": MAX_AREA,
        "sizes": [{"width": w, "height": h} for w, h in sizes_of(width, height)],
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": factors}],
        "preferredFormats": ["jpg"],
        "extraFormats": ["webp"],
        "extraQualities": ["color", "gray"],
        "extraFeatures": ["mirroring", "profileLinkHeader", "canonicalLinkHeader"],
    }


def sizes_of(width: int, height: int) -> list[tuple[int, int]]:
    """Of the whole picture, those that cost nothing: the levels of the pyramid, the smallest first."""
    sizes = [(-(-width // factor), -(-height // factor)) for factor in reversed(factors_of(width, height))]
    return [(w, h) for w, h in sizes if w * h <= MAX_AREA]
