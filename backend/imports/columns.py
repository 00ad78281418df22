"""The columns that Recto understands, in the ancestor's spelling, ours, or one the caller maps. Pure.

The ancestor wrote `recordID` or `record_id`; blanks, hyphens, underscores and case make no difference here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FIELDS = (
    "record_id", "image_url", "image_file", "inventory_number", "person", "date", "title",
    "classification", "material_technique", "institution_isil", "record_url", "image_licence",
    "relations", "latitude", "longitude",
)  # fmt: skip
IGNORED = "timestamp"  # when the ancestor's export ran; says nothing about the print

_OTHER_SPELLINGS = {
    "invnr": "inventory_number",
    "mattec": "material_technique",
    "imagelicense": "image_licence",
    "timestamp": IGNORED,
    "reason": IGNORED,  # of a list of problems that was mended and is brought again
}


# What the columns of other systems are usually called: proposed to the curator, never taken unasked.
_PROPOSED = {
    "record_id": "id, nummer, objektid, objectid, objektnummer, objectnumber, identifier, identifiant",
    "inventory_number": "inventarnummer, inventarnr, invno, inventoryno, accessionnumber, signatur,"
    " numeroinventaire, numerodinventaire, numeroinventario, cote",
    "title": "titel, titre, titolo, bezeichnung, objekttitel, name",
    "person": "künstler, künstlerin, urheber, beteiligte, personen, people, artist, artists, creator, maker,"
    " auteur, artiste, artista, autore",
    "date": "datierung, datum, entstehungszeit, jahr, year, dated, dating, datation, datazione, anno, année",
    "classification": "klassifikation, gattung, objekttyp, objektart, objecttype, genre, typ, tipologia",
    "material_technique": "technik, materialtechnik, material, technique, medium, tecnica, matériau",
    "institution_isil": "institution, museum, sammlung, isil, repository, istituzione, musée",
    "record_url": "link, url, permalink, website, objekturl, recordlink, weblink, lien",
    "image_url": "bildurl, bildlink, imagelink, imageaddress, urlimage, lienimage, iiifimage, media",
    "image_file": "bild, bilddatei, dateiname, datei, filename, file, image, scan, picture, fichier",
    "image_licence": "lizenz, licence, license, rechte, rights, licenza, droits, copyright",
    "relations": "beziehungen, relation, verwandteobjekte, relatedobjects, relazioni",
    "latitude": "lat, breite, breitengrad",
    "longitude": "lon, lng, long, länge, längengrad",
}


def _key(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


_FIELD_OF_KEY = {_key(field): field for field in FIELDS} | _OTHER_SPELLINGS


def field_named(header: str) -> str | None:
    """The field that a column's `header` names, IGNORED, or None when it names none."""
    return _FIELD_OF_KEY.get(_key(header))


_PROPOSED_FOR = {_key(word): field for field, words in _PROPOSED.items() for word in words.split(",")}


def field_proposed(header: str) -> str | None:
    """The field that a column of this name usually holds elsewhere."""
    return _PROPOSED_FOR.get(_key(header))


def header_place(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows of a sheet is its header: the first that names columns, else the first filled.

    Many write a title above the header, or leave rows empty there. A name alone may be such a title.
    """
    filled = [[cell for cell in row if cell.strip()] for row in rows]
    known = [sum(1 for cell in row if field_named(cell) or field_proposed(cell)) for row in filled]
    first = next((place for place, row in enumerate(filled) if row), 0)
    if not filled or (known[first] and len(filled[first]) > 1):
        return first
    return next((place for place, count in enumerate(known) if count > 1), first)


@dataclass(frozen=True)
class ColumnMap:
    """Which column (by position) holds which field; `extra` keeps the rest under their own names."""

    fields: Mapping[str, int]
    extra: Mapping[str, int]
    repeated: tuple[str, ...] = ()


def map_columns(header: Sequence[str], mapping: Mapping[str, str | None] | None = None) -> ColumnMap:
    """The columns of a table. `mapping` goes before the known spellings.

    It says of a header its field, None for a column that is kept under its own name, "" for one left out.
    Of two columns for one field the first counts; the headers of the others are in `repeated`.
    """
    fields: dict[str, int] = {}
    extra: dict[str, int] = {}
    repeated: list[str] = []
    for position, name in enumerate(header):
        field = (mapping or {}).get(name, field_named(name))
        if not name or field in ("", IGNORED):
            continue
        target = extra if field is None else fields
        if (field or name) in target:
            repeated.append(name)
        else:
            target[field or name] = position
    return ColumnMap(fields, extra, tuple(repeated))
