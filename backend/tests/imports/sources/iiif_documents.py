"""IIIF documents of both versions, as real servers write them."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


def manifest_2(base: str, name: str, pictures: Sequence[str], **more: Any) -> Json:
    """Presentation 2.1: sequences, resources, labels as text or with a language."""
    return {
        "@context": "http://iiif.io/api/presentation/2/context.json",
        "@id": f"{base}/{name}",
        "@type": "sc:Manifest",
        "label": "The Trees",
        "metadata": [
            {"label": "Creator", "value": "Doré, Gustave (1832 - 1883)"},
            {
                "label": [{"@value": "Date", "@language": "en"}, {"@value": "Datum", "@language": "de"}],
                "value": "ca. 1868",
            },
            {"label": "Technique", "value": ["Wood engraving", "<b>Print</b> &amp; proof"]},
        ],
        "attribution": "The Print Room",
        "license": "https://creativecommons.org/publicdomain/mark/1.0/",
        "related": {"@id": "https://museum.example/objects/1", "format": "text/html"},
        "sequences": [
            {"@type": "sc:Sequence", "canvases": [_canvas_2(base, name, one) for one in pictures]},
            {"@type": "sc:Sequence", "canvases": []},
        ],
        **more,
    }


def _canvas_2(base: str, name: str, picture: str) -> Json:
    return {
        "@id": f"{base}/{name}/{picture}",
        "@type": "sc:Canvas",
        "label": picture,
        "height": 200,
        "width": 160,
        "images": [
            {
                "@type": "oa:Annotation",
                "motivation": "sc:painting",
                "resource": {"@id": f"{base}/{picture}.png", "@type": "dctypes:Image", "format": "image/png"},
            }
        ],
    }


def manifest_3(base: str, name: str, pictures: Sequence[str], **more: Any) -> Json:
    """Presentation 3: items in items, texts in languages, an image service of version 3."""
    return {
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": f"{base}/{name}",
        "type": "Manifest",
        "label": {"de": ["Die Bäume"]},
        "metadata": [
            {"label": {"de": ["Urheber"], "en": ["Creator"]}, "value": {"none": ["Doré, Gustave"]}},
            {"label": {"en": ["Date"]}, "value": {"en": ["1868"]}},
        ],
        "summary": {"en": ["Trees <i>in</i> a wood."]},
        "requiredStatement": {"label": {"en": ["Attribution"]}, "value": {"en": ["The Print Room"]}},
        "rights": "http://creativecommons.org/publicdomain/zero/1.0/",
        "homepage": [{"id": "https://museum.example/objects/2", "type": "Text"}],
        "provider": [{"id": "https://museum.example", "type": "Agent", "label": {"en": ["Print Room"]}}],
        "items": [_canvas_3(base, name, one) for one in pictures],
        **more,
    }


def _canvas_3(base: str, name: str, picture: str) -> Json:
    service = {"id": f"{base}/image/{picture}", "type": "ImageService3", "profile": "level2"}
    body = {"id": f"{base}/{picture}-small.jpg", "type": "Image", "service": [service]}
    annotation = {"type": "Annotation", "motivation": "painting", "body": body}
    return {
        "id": f"{base}/{name}/{picture}",
        "type": "Canvas",
        "label": {"none": [picture]},
        "items": [{"type": "AnnotationPage", "items": [annotation]}],
    }


def collection_2(base: str, name: str, manifests: Sequence[str], **more: Any) -> Json:
    members = [{"@id": f"{base}/{one}", "@type": "sc:Manifest"} for one in manifests]
    return {"@id": f"{base}/{name}", "@type": "sc:Collection", "label": "All", "manifests": members, **more}


def collection_3(base: str, name: str, members: Sequence[tuple[str, str]]) -> Json:
    """Members as (kind, name)."""
    items = [{"id": f"{base}/{one}", "type": kind} for kind, one in members]
    return {"id": f"{base}/{name}", "type": "Collection", "label": {"en": ["All"]}, "items": items}
