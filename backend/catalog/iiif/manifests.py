"""A print -> its manifest of IIIF Presentation 3: what is known of it, and its pictures to look into.

Source: https://iiif.io/api/presentation/3.0/.
"""

from collections.abc import Iterator
from typing import Any

from catalog.derivatives import THUMBNAIL
from catalog.iiif import addresses, labels
from catalog.iiif.image_requests import read_drawing
from catalog.iiif.image_service import PROFILE
from catalog.iiif.labels import Words, as_written
from catalog.licences import licence_url
from catalog.models import Print, PrintImage, PrintPerson
from core.errors import NotFound

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
WEB = ("https://", "http://")
PLAIN = {"rotation": "0", "quality": "default", "format": "jpg"}
Json = dict[str, Any]


def manifest_of(record: Print, *, base: str) -> Json:
    """`record` is one of `queries.print_record`. Raises NotFound without a picture: a manifest has some."""
    images = list(record.images.all())
    if not images:
        raise NotFound("manifest_without_picture", "There is no manifest: the print has no picture.")
    found: Json = {
        "@context": CONTEXT,
        "id": addresses.manifest(base, record.pk),
        "type": "Manifest",
        "label": as_written(record.title) if record.title else labels.UNTITLED,
        "metadata": [{"label": label, "value": value} for label, value in _metadata(record)],
        "homepage": list(_homepages(record, base)),
        "thumbnail": [_thumbnail(images[0], base)],
        "items": [_canvas(one, number, record, base) for number, one in enumerate(images, start=1)],
    }
    return found | _rights(record) | _provider(record, base)


def _metadata(record: Print) -> Iterator[tuple[Words, Words]]:
    people: list[PrintPerson] = record.named_people  # type: ignore[attr-defined]
    techniques = [one.name for one in record.named_techniques]  # type: ignore[attr-defined]
    rows: list[tuple[Words, list[str]]] = [
        (labels.INVENTORY_NUMBER, [record.inventory_number]),
        (labels.PEOPLE, [_person(one) for one in people]),
        (labels.DATE, [record.date_text]),
        (labels.CLASSIFICATION, [record.classification.name if record.classification else ""]),
        (labels.TECHNIQUE, [", ".join(techniques)]),
        (labels.INSTITUTION, [_institution(record)]),
        (labels.COLLECTION, [record.collection.name]),
        (labels.RECORD, [record.record_id]),
        (labels.LICENCE, [record.licence]),
        (labels.RELATIONS, [f"{one.kind}: {one.target_text}" for one in record.relations.all()]),
        *((as_written(str(name)), [str(value)]) for name, value in record.extra.items() if value is not None),
    ]
    for label, values in rows:
        if kept := [value for value in values if value]:
            yield label, as_written(*kept)


def _person(one: PrintPerson) -> str:
    """As a table of the collection has it: `Doré, Gustave (1832 - 1883), designer`."""
    years = [str(year) if year else "" for year in (one.person.birth_year, one.person.death_year)]
    dates = f" ({' - '.join(years).strip()})" if any(years) else ""
    return ", ".join([f"{one.person.name}{dates}", *one.roles])


def _institution(record: Print) -> str:
    found = record.institution
    if found is None:
        return ""
    return f"{found.name} ({found.isil})" if found.isil and found.isil != found.name else found.name


def _homepages(record: Print, base: str) -> Iterator[Json]:
    """Where the record comes from goes first: that is the one to be cited."""
    if record.record_url.startswith(WEB):
        yield {"id": record.record_url, "type": "Text", "label": labels.SOURCE_PAGE, "format": "text/html"}
    own = addresses.record_page(base, record.pk)
    yield {"id": own, "type": "Text", "label": labels.OWN_PAGE, "format": "text/html"}


def _rights(record: Print) -> Json:
    """An address where the licence has one; and the words that have to be shown with the pictures."""
    url = licence_url(record.licence)
    words = [text for text in (_institution(record), record.licence) if text]
    statement = {"requiredStatement": {"label": labels.ATTRIBUTION, "value": as_written(*words)}}
    return ({"rights": url} if url else {}) | (statement if words else {})


def _provider(record: Print, base: str) -> Json:
    name = _institution(record)
    if not name:
        return {}
    home = {"id": f"{base}/", "type": "Text", "label": as_written("Recto"), "format": "text/html"}
    address = f"{base}/#institution-{record.institution_id}"
    return {"provider": [{"id": address, "type": "Agent", "label": as_written(name), "homepage": [home]}]}


def _canvas(image: PrintImage, number: int, record: Print, base: str) -> Json:
    address = f"{addresses.manifest(base, record.pk).removesuffix('/manifest.json')}/canvas/{image.pk}"
    annotation = {
        "id": f"{address}/painting",
        "type": "Annotation",
        "motivation": "painting",
        "body": _picture(image, base, "max"),
        "target": address,
    }
    return {
        "id": address,
        "type": "Canvas",
        "label": labels.picture(number),
        "width": image.width,
        "height": image.height,
        "thumbnail": [_thumbnail(image, base)],
        "items": [{"id": f"{address}/page", "type": "AnnotationPage", "items": [annotation]}],
    }


def _thumbnail(image: PrintImage, base: str) -> Json:
    # (Asked for by its exact size, which a client can rely on.)
    side = min(THUMBNAIL.longest_side, max(image.width, image.height))
    drawing = read_drawing((image.width, image.height), region="full", size=f"!{side},{side}", **PLAIN)
    return _picture(image, base, f"{drawing.width},{drawing.height}")


def _picture(image: PrintImage, base: str, size: str) -> Json:
    service = addresses.image_service(base, image.pk)
    drawing = read_drawing((image.width, image.height), region="full", size=size, **PLAIN)
    return {
        "id": f"{service}/full/{size}/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "width": drawing.width,
        "height": drawing.height,
        "service": [{"id": service, "type": "ImageService3", "profile": PROFILE}],
    }
