"""Techniques, institutions and relations against the examples of the design, and broken ones."""

import pytest

from imports.institutions import InstitutionEntry, institution_in
from imports.materials import techniques_in
from imports.relations import RelationEntry, relations_in


@pytest.mark.parametrize(
    ("cell", "techniques"),
    [
        ("Radierung, Kupferstich", ("Radierung", "Kupferstich")),
        ("relief print, line block", ("relief print", "line block")),
        ("Radierung (Kaltnadel, Aquatinta); radierung", ("Radierung (Kaltnadel, Aquatinta)", "radierung")),
        ("Radierung, RADIERUNG", ("Radierung",)),
        ("Feder, schwarz und weiss gehöht", ("Feder", "schwarz und weiss gehöht")),
        ("a (b, c", ("a (b", "c")),
        (", ;,", ()),
        ("", ()),
    ],
)
def test_techniques_in(cell: str, techniques: tuple[str, ...]) -> None:
    assert techniques_in(cell) == techniques


@pytest.mark.parametrize(
    ("cell", "institution"),
    [
        (
            "Graphische Sammlung ETH Zürich (CH-000511-9)",
            InstitutionEntry("Graphische Sammlung ETH Zürich", "CH-000511-9"),
        ),
        ("Project Gutenberg (demonstration)", InstitutionEntry("Project Gutenberg (demonstration)")),
        ("Sammlung [ISIL: DE-MUS-018917]", InstitutionEntry("Sammlung", "DE-MUS-018917")),
        ("CH-000511-9", InstitutionEntry("CH-000511-9", "CH-000511-9")),
        ("(CH-000511-9)", InstitutionEntry("CH-000511-9", "CH-000511-9")),
        ("Sammlung (A-Z)", InstitutionEntry("Sammlung (A-Z)")),
        ("", None),
    ],
)
def test_institution_in(cell: str, institution: InstitutionEntry | None) -> None:
    assert institution_in(cell) == institution


@pytest.mark.parametrize(
    ("cell", "relations"),
    [
        (
            "dublette, 1916.0047.2; vorlage, D 123",
            [RelationEntry("dublette", "1916.0047.2"), RelationEntry("vorlage", "D 123")],
        ),
        ("1916.0047.2", [RelationEntry("undefined", "1916.0047.2")]),
        ("D 123", [RelationEntry("undefined", "D 123")]),
        ("Blatt 1, 2", [RelationEntry("undefined", "Blatt 1, 2")]),
        ("kopie nach, Inv. 5, 6", [RelationEntry("kopie nach", "Inv. 5, 6")]),
        ("Dublette: 12", [RelationEntry("dublette", "12")]),
        ("dublette, 1; Dublette, 1", [RelationEntry("dublette", "1")]),
        ("; ,;", []),
        ("", []),
    ],
)
def test_relations_in(cell: str, relations: list[RelationEntry]) -> None:
    assert list(relations_in(cell)) == relations


@pytest.mark.parametrize("read", [techniques_in, relations_in])
def test_a_cell_of_a_million_commas_is_bounded(read) -> None:  # type: ignore[no-untyped-def]
    assert read("," * 1_000_000) == ()
    assert len(read(";".join(f"a{n}" for n in range(10_000)))) <= 500
