"""What a curator chose as the source of an import's pictures: refused, or in order."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser, User

from core.errors import UserError
from core.public_addresses import web_address
from imports.models import ImportRun
from imports.sources.folder_rights import audience_now, folder_rights
from imports.sources.roots import Folder, folder_missing, open_server_folder

Chooser = User | AnonymousUser | None  # None is a command

KINDS = ("none", "folder", "zip", "url", "iiif")
FETCHED = ("url", "iiif")  # by the job, after the records are written
LOCAL = ("folder", "zip")
RECORDS = ("manifest", "canvas")
CHOSEN_BY = "chosen_by"  # in a kept source: the id of a user; None for a command


def kind_of(source: Mapping[str, Any]) -> str:
    return str(source.get("kind") or "none")


def well_formed_source(source: object) -> dict[str, Any]:
    """`{"kind": …}` with what the kind needs and nothing else; the disk is not asked.

    `folder` needs `path`; `iiif` needs `url` and may say what a record is (`records`: manifest or canvas).
    Raises UserError.
    """
    if not isinstance(source, Mapping):
        raise _invalid("The source of the pictures is an object with a kind.")
    kind = kind_of(source)
    if kind == "folder":
        return {"kind": kind, "path": _text(source, "path")}
    if kind == "iiif":
        url, records = _text(source, "url"), source.get("records") or ""
        web_address(url)
        if records and records not in RECORDS:
            raise _invalid(f"A record is made of a manifest or of a canvas, not of {records!r}.")
        return {"kind": kind, "url": url} | ({"records": records} if records else {})
    if kind not in KINDS:
        raise _invalid(f"Pictures come from {', '.join(KINDS)}, not from {kind!r}.")
    return {"kind": kind}


def chosen_source(source: object, *, user: Chooser) -> dict[str, Any]:
    """What the user chose, as a run keeps it. Raises UserError; NotFound for a folder that is not theirs.

    Of a folder it is kept who chose it, for the jobs that read it ask what this user may read by then.
    """
    chosen = well_formed_source(source)
    if chosen["kind"] != "folder":
        return chosen
    user_id = user.pk if user else None
    path = open_server_folder(chosen["path"], folder_rights(audience_now(user_id))).path
    return chosen | {"path": path, CHOSEN_BY: user_id}


def chosen_folder(run: ImportRun) -> Folder:
    """The folder of the run's pictures.

    Raises NotFound when it is gone, or when who chose it has lost the right to it or to the run's collection.
    """
    path, audience = str(run.image_source.get("path", "")), audience_now(run.image_source.get(CHOSEN_BY, 0))
    if not audience.curates(run.collection_id):
        raise folder_missing(path)
    return open_server_folder(path, folder_rights(audience))


def _text(source: Mapping[str, Any], name: str) -> str:
    value = source.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _invalid(f"Pictures from {kind_of(source)} need a {name}.")
    return value.strip()


def _invalid(message: str) -> UserError:
    return UserError("image_source_invalid", message, fields={"image_source": [message]})
