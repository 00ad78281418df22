"""IIIF Presentation 2 and 3 -> manifests and collections in one form. Pure: no Django, no I/O.

Sources: https://iiif.io/api/presentation/2.1/ and https://iiif.io/api/presentation/3.0/. Documents in the
wild bend both, so what is missing is left out and named; only a document that is neither kind is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.errors import UserError
from core.sentences import say
from imports.sources.iiif_images import image_of
from imports.sources.iiif_texts import label_of, pairs_of, text_of, things

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Canvas:
    """One view: its id, its label, what is said of it, and the addresses of the pictures painted on it."""

    id: str
    label: str
    pairs: list[tuple[str, str]]
    images: list[str]


@dataclass(frozen=True)
class Manifest:
    """One object. `pairs` are its metadata as (label, value); `problems` what of it cannot be read."""

    id: str
    label: str
    pairs: list[tuple[str, str]]
    canvases: list[Canvas]
    licence: str = ""
    homepage: str = ""
    institution: str = ""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Collection:
    """A list of manifests and of other lists: their addresses, each with whether it is a list."""

    id: str
    label: str
    members: list[tuple[str, bool]]


def read_document(document: object, *, url: str) -> Manifest | Collection:
    """The manifest or collection in `document`, fetched from `url`. Raises UserError for anything else."""
    if not isinstance(document, Mapping):
        raise UserError("iiif_not_a_manifest", "The JSON is no object, so it is no manifest.")
    kind = str(document.get("type") or document.get("@type") or "").removeprefix("sc:")
    address = _id(document) or url
    if kind == "Manifest":
        return _manifest(document, address)
    if kind == "Collection" or (not kind and ("manifests" in document or "members" in document)):
        return Collection(address, label_of(document), list(_members(document)))
    found = f"the type {kind!r}" if kind else "no type"
    message = say(
        "iiif_not_a_manifest",
        f"The JSON has {found}; expected is a Manifest or a Collection of IIIF Presentation 2 or 3.",
    )
    raise UserError("iiif_not_a_manifest", message)


def _id(thing: Json) -> str:
    value = thing.get("id") or thing.get("@id")
    return value if isinstance(value, str) else ""


def _members(document: Json) -> Iterator[tuple[str, bool]]:
    for name in ("items", "manifests", "collections", "members"):
        for thing in things(document.get(name)):
            kind = str(thing.get("type") or thing.get("@type") or "").removeprefix("sc:")
            if url := _id(thing):
                yield url, kind == "Collection" or (not kind and name == "collections")
    for name in ("first", "next"):  # the pages of a long list (Presentation 2.1)
        page = document.get(name)
        if page and (url := page if isinstance(page, str) else _id(page)):
            yield url, True


def _manifest(document: Json, address: str) -> Manifest:
    problems: list[str] = []
    canvases = [_canvas(thing, number, problems) for number, thing in enumerate(_canvases(document), start=1)]
    if not canvases:
        problems.append(say("iiif_no_canvas", "the manifest has no canvas, so there is no picture in it"))
    return Manifest(
        id=address,
        label=label_of(document),
        pairs=pairs_of(document),
        canvases=canvases,
        licence=_licence(document),
        homepage=next((url for name in ("homepage", "related") for url in _urls(document.get(name))), ""),
        institution=next((label for one in things(document.get("provider")) if (label := label_of(one))), ""),
        problems=problems,
    )


def _canvases(document: Json) -> Iterator[Json]:
    """Of version 3 the items; of version 2 those of the first sequence, which is the default one."""
    if "items" in document:
        yield from things(document["items"])
    else:
        for sequence in things(document.get("sequences"))[:1]:
            yield from things(sequence.get("canvases"))


def _canvas(thing: Json, number: int, problems: list[str]) -> Canvas:
    label = label_of(thing)
    images = list(dict.fromkeys(filter(None, (image_of(body) for body in _bodies(thing)))))
    if not images:
        named = label or _id(thing)
        reason = f"canvas {number} ({named or 'without a name'}) has no picture"
        problems.append(say("iiif_canvas_bare", reason, number=str(number), name=named))
    return Canvas(_id(thing), label, pairs_of(thing), images)


def _bodies(canvas: Json) -> Iterator[Json]:
    """What is painted on a canvas; of a choice of pictures (colour, infrared ...) the first."""
    for page in things(canvas.get("items")):
        for annotation in things(page.get("items")):
            if annotation.get("motivation", "painting") in ("painting", ["painting"]):
                yield from things(annotation.get("body"))[:1]
    for annotation in things(canvas.get("images")):
        yield from things(annotation.get("resource"))[:1]


def _licence(document: Json) -> str:
    for value in (document.get("rights"), document.get("license")):
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one:
                return one
    return text_of(document.get("license"))


def _urls(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        url = one if isinstance(one, str) else _id(one) if isinstance(one, Mapping) else ""
        if url.startswith(("https://", "http://")):
            yield url
