"""What a curator chose as the source of an import's pictures: refused, or in order."""

from collections.abc import Mapping
from typing import Any

from core.errors import UserError
from core.public_addresses import web_address
from imports.sources.roots import open_server_folder

KINDS = ("none", "folder", "zip", "url", "iiif")
FETCHED = ("url", "iiif")  # by the job, after the records are written
LOCAL = ("folder", "zip")
RECORDS = ("manifest", "canvas")


def kind_of(source: Mapping[str, Any]) -> str:
    return str(source.get("kind") or "none")


def checked_source(source: object) -> dict[str, Any]:
    """`{"kind": …}` with what the kind needs and nothing else.

    `folder` needs `path`; `iiif` needs `url` and may say what a record is (`records`: manifest or canvas).
    Raises UserError.
    """
    if not isinstance(source, Mapping):
        raise _invalid("The source of the pictures is an object with a kind.")
    kind = kind_of(source)
    if kind == "folder":
        return {"kind": kind, "path": open_server_folder(_text(source, "path")).path}
    if kind == "iiif":
        url, records = _text(source, "url"), source.get("records") or ""
        web_address(url)
        if records and records not in RECORDS:
            raise _invalid(f"A record is made of a manifest or of a canvas, not of {records!r}.")
        return {"kind": kind, "url": url} | ({"records": records} if records else {})
    if kind not in KINDS:
        raise _invalid(f"Pictures come from {', '.join(KINDS)}, not from {kind!r}.")
    return {"kind": kind}


def _text(source: Mapping[str, Any], name: str) -> str:
    value = source.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _invalid(f"Pictures from {kind_of(source)} need a {name}.")
    return value.strip()


def _invalid(message: str) -> UserError:
    return UserError("image_source_invalid", message, fields={"image_source": [message]})
