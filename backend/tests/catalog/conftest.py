"""A small catalogue that the tests share."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from catalog.models import (
    Classification,
    Collection,
    Example,
    Institution,
    Person,
    Print,
    PrintImage,
    PrintPerson,
    Relation,
    Technique,
)
from catalog.services import refresh_search_text


def add_image(row: Print, data_dir: Path, *, name: str, size: tuple[int, int] = (60, 40)) -> PrintImage:
    path = data_dir / "raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, (200, 30, 30)).save(path)
    return PrintImage.objects.create(
        print=row,
        path=f"raw/{name}",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        width=size[0],
        height=size[1],
        format="JPEG",
    )


@pytest.fixture
def catalogue(db: None, data_dir: Path) -> dict[str, Print]:
    """Three prints: a woodcut of 1515-1525, an etching of 1915-1916, and an undated one of nobody."""
    eth = Institution.objects.create(name="Graphische Sammlung ETH Zürich", isil="CH-000511-9")
    swiss = Collection.objects.create(slug="swiss", name="Swiss prints")
    old = Collection.objects.create(slug="old", name="Old masters")
    etching, woodcut = (Technique.objects.create(name=name) for name in ("Radierung", "Holzschnitt"))
    book = Classification.objects.create(name="Buchillustration")
    vallotton = Person.objects.create(name="Vallotton, Félix", birth_year=1865, death_year=1925)
    dürer = Person.objects.create(name="Dürer, Albrecht", birth_year=1471, death_year=1528)
    war = Print.objects.create(
        collection=swiss,
        record_id="14943",
        inventory_number="1916.0047.1",
        title="C'est la guerre! Die Schützengräben",
        date_text="1915 - 1916",
        year_min=1915,
        year_max=1916,
        classification=book,
        institution=eth,
        licence="Public Domain Mark 1.0",
    )
    rhino = Print.objects.create(
        collection=old,
        record_id="D1",
        inventory_number="D 123",
        title="Rhinocerus",
        date_text="ca. 1520",
        year_min=1515,
        year_max=1525,
        institution=eth,
    )
    unknown = Print.objects.create(collection=old, record_id="D2", title="Ornament")
    war.techniques.set([etching, woodcut])
    rhino.techniques.set([woodcut])
    PrintPerson.objects.create(print=war, person=vallotton, roles=["Künstler", "Herausgeber"])
    PrintPerson.objects.create(print=rhino, person=dürer, roles=["Künstler"])
    PrintPerson.objects.create(print=unknown, person=dürer, roles=[], position=1)
    Relation.objects.create(print=war, kind="dublette", target_text="1916.0047.2")
    Relation.objects.create(print=war, kind="vorlage", target_text="D 123", target=rhino)
    add_image(war, data_dir, name="war.jpg")
    add_image(rhino, data_dir, name="rhino.jpg")
    Example.objects.create(slug="war-on-a-table", title="A print on a table", path="raw/war.jpg", print=war)
    refresh_search_text()
    return {"war": war, "rhino": rhino, "unknown": unknown}
