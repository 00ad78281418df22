"""The texts of IIIF documents, which are written in many ways, as plain text. Pure: no Django, no I/O."""

import html
import re
from collections.abc import Mapping
from typing import Any

_TAG = re.compile(r"<[^>]{0,2000}>")
_SPACE = re.compile(r"\s+")
_NO_LANGUAGE = ("none", "@none")
MOST_PAIRS = 100  # of one object


def things(value: object) -> list[Mapping[str, Any]]:
    """The objects in `value`, which may be one or a list."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, Mapping)]


def label_of(thing: Mapping[str, Any]) -> str:
    return text_of(thing.get("label"))


def text_of(value: object, *, languages: tuple[str, ...] = ()) -> str:
    """One text: in one of `languages`, else in none, else in the first that there is. Several are joined."""
    return "; ".join(dict.fromkeys(text for raw in _texts(value, languages) if (text := _plain(raw))))


def pairs_of(thing: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is said of a manifest or canvas, as (label, value); labels in English where there are some."""
    pairs = [
        (text_of(one.get("label"), languages=("en", "en-GB", "en-US")), text_of(one.get("value")))
        for one in things(thing.get("metadata"))
    ]
    pairs += [
        ("description", text_of(thing.get("summary") or thing.get("description"))),
        ("attribution", _attribution(thing)),
    ]
    return [(label, value) for label, value in pairs if label and value][:MOST_PAIRS]


def _attribution(thing: Mapping[str, Any]) -> str:
    required = thing.get("requiredStatement")
    return text_of(required.get("value") if isinstance(required, Mapping) else thing.get("attribution"))


def _texts(value: object, languages: tuple[str, ...]) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, list):
        return _of_list(value, languages)
    if not isinstance(value, Mapping):
        return []
    if "@value" in value:
        return _texts(value["@value"], ())
    chosen = next((name for name in (*languages, *_NO_LANGUAGE, *value) if name in value), None)
    return _texts(value[chosen], ()) if chosen is not None else []


def _of_list(values: list[object], languages: tuple[str, ...]) -> list[str]:
    """Version 2 writes translations as a list of {"@value", "@language"}: one language of them is taken."""
    by_language: dict[str, list[object]] = {}
    for one in values:
        language = str(one.get("@language", "")) if isinstance(one, Mapping) else ""
        by_language.setdefault(language, []).append(one)
    if len(by_language) > 1:
        chosen = next(name for name in (*languages, "", *by_language) if name in by_language)
        values = by_language[chosen]
    return [text for one in values for text in _texts(one, languages)]


def _plain(text: str) -> str:
    """Without the little HTML that is allowed in values."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", text) if "<" in text else text)).strip()
