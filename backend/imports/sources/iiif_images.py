"""The address of the largest picture that a IIIF resource offers. Pure: no Django, no I/O.

Source: https://iiif.io/api/image/3.0/ (and 2.1): {service}/{region}/{size}/{rotation}/{quality}.{format}.
"""

import re
from collections.abc import Mapping
from typing import Any

from imports.sources.iiif_texts import things

_WHOLE_PICTURE = re.compile(
    r"/full/(?:full|max|\^max)/0/(?:default|native|color|gray|bitonal)\.(?:jpe?g|png|webp|tif|gif)$"
)


def image_of(body: Mapping[str, Any]) -> str:
    """The address, or "" for what is no picture (sound, video, text)."""
    if _kind(body) in ("Choice", "oa:Choice"):
        first = [*things(body.get("default")), *things(body.get("items"))][:1]
        return image_of(first[0]) if first else ""
    if _kind(body) == "SpecificResource" or _kind(body) == "oa:SpecificResource":
        inner = [*things(body.get("source")), *things(body.get("full"))][:1]
        return image_of(inner[0]) if inner else ""
    if _kind(body) not in ("Image", "dctypes:Image", "dcterms:Image", ""):
        return ""
    address = _id(body)
    service = _service(body)
    if service is None or _WHOLE_PICTURE.search(address):
        return address if address.startswith(("https://", "http://")) else ""
    size = "max" if _is_version_3(service) else "full"
    return f"{_id(service).rstrip('/')}/full/{size}/0/default.jpg"


def _kind(thing: Mapping[str, Any]) -> str:
    return str(thing.get("type") or thing.get("@type") or "")


def _id(thing: Mapping[str, Any]) -> str:
    value = thing.get("id") or thing.get("@id")
    return value if isinstance(value, str) else ""


def _service(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The picture's own image service; services of other kinds (authentication, search) do not count."""
    for one in things(body.get("service")):
        said = f"{_kind(one)} {one.get('@context', '')} {one.get('profile', '')}"
        if _id(one) and ("ImageService" in said or "/image/" in said or "image-api" in said):
            return one
    return None


def _is_version_3(service: Mapping[str, Any]) -> bool:
    return _kind(service) == "ImageService3" or "image/3" in str(service.get("@context", ""))
