"""What Recto publishes as IIIF, Recto can read: its manifests go through the import of other houses' ones."""

import json
from pathlib import Path

from rest_framework.test import APIClient

from catalog.models import Print
from imports.columns import field_named, field_proposed
from imports.institutions import InstitutionEntry, institution_in
from imports.people import PersonEntry, people_in
from imports.sources.iiif import Manifest, read_document
from imports.sources.iiif_tables import rows_of
from tests.catalog.conftest import add_image, catalogue

__all__ = ["catalogue"]


def test_own_manifest_is_read_back(api: APIClient, catalogue: dict[str, Print], data_dir: Path) -> None:
    war = catalogue["war"]
    add_image(war, data_dir, name="second.jpg", size=(80, 90))
    Print.objects.filter(pk=war.pk).update(
        record_url="https://museum.example/14943", extra={"Blattmaß": "30 × 40 cm"}
    )
    address = f"/iiif/presentation/3/prints/{war.pk}/manifest.json"
    content = json.loads(api.get(address).content)
    found = read_document(content, url="http://elsewhere.example")
    assert isinstance(found, Manifest)
    assert found.problems == []
    first, second = rows_of(found, each_canvas=False)

    cells = {field_named(name) or field_proposed(name) or name: cell for name, cell in first.items()}
    assert cells["title"] == "C'est la guerre! Die Schützengräben"
    assert cells["inventory_number"] == "1916.0047.1"
    assert cells["date"] == "1915 - 1916"
    assert cells["classification"] == "Buchillustration"
    assert set(cells["material_technique"].split(", ")) == {"Radierung", "Holzschnitt"}
    assert cells["record_url"] == "https://museum.example/14943"
    assert cells["Blattmaß"] == "30 × 40 cm"
    assert people_in(cells["person"]) == (
        PersonEntry("Vallotton, Félix", 1865, 1925, ("Künstler", "Herausgeber")),
    )
    assert institution_in(first["institution_isil"]) == InstitutionEntry(
        "Graphische Sammlung ETH Zürich", "CH-000511-9"
    )
    assert first["image_licence"] == "http://creativecommons.org/publicdomain/mark/1.0/"
    for row in (first, second):
        response = api.get(row["image_url"])
        assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
