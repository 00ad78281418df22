"""The template for tables: the columns that Recto understands, and what belongs into each. Pure."""

from collections.abc import Iterator, Sequence

from imports.columns import FIELDS

_EXPLAINED = {
    "record_id": (
        "The key of the record. Rows with the same key are one print with several pictures.",
        "14943",
    ),
    "image_url": (
        "Addresses of pictures, which Recto fetches when you ask it to.",
        "https://example.org/14943.jpg",
    ),
    "image_file": ("Names of the pictures in the folder or ZIP, several apart by |.", "doré/plate-12.jpg"),
    "inventory_number": ("", "1916.0047.1"),
    "person": (
        "People, separated by ; each as Name (years), role, role.",
        "Vallotton, Félix (1865 - 1925), Künstler, Herausgeber",
    ),
    "date": ("Any text; years are read out of it.", "ca. 1520"),
    "title": ("", "Die Kanone"),
    "classification": ("", "Druckgraphik"),
    "material_technique": ("Techniques, separated by commas.", "Radierung, Kupferstich"),
    "institution_isil": (
        "Who keeps the print, and its ISIL.",
        "Graphische Sammlung ETH Zürich (CH-000511-9)",
    ),
    "record_url": ("The record in your own online catalogue.", "https://example.org/print/14943"),
    "image_licence": ("", "CC0 1.0"),
    "relations": (
        "Kind and number of related records, separated by ;",
        "dublette, 1916.0047.2; vorlage, D 123",
    ),
    "latitude": ("Degrees, -90 to 90.", "47.3769"),
    "longitude": ("Degrees, -180 to 180.", "8.5417"),
}


def template_rows() -> Iterator[Sequence[str]]:
    yield FIELDS


def explanation_rows() -> Iterator[Sequence[str]]:
    yield ("Column", "What is in it", "Example")
    for field in FIELDS:
        yield (field, *_EXPLAINED[field])
    yield ("(any other)", "Kept with the record under its own name.", "")
