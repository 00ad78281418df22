"""Cells of people against what a cataloguer reads in them."""

import pytest

from imports.people import PersonEntry, life_dates_in, people_in
from imports.roles import is_role

CELLS = [
    (
        "Vallotton, Félix (1865 - 1925), Künstler, Herausgeber; Doré, Gustave (1832–1883), designer",
        [
            PersonEntry("Vallotton, Félix", 1865, 1925, ("Künstler", "Herausgeber")),
            PersonEntry("Doré, Gustave", 1832, 1883, ("designer",)),
        ],
    ),
    (
        "Holbein, Hans, the Younger (1497 - 1543), designer; Lützelburger, Hans (died 1526), block cutter",
        [
            PersonEntry("Holbein, Hans, the Younger", 1497, 1543, ("designer",)),
            PersonEntry("Lützelburger, Hans", None, 1526, ("block cutter",)),
        ],
    ),
    ("Muster, Anna (geb. 1950), Künstlerin", [PersonEntry("Muster, Anna", 1950, None, ("Künstlerin",))]),
    ("Meister E. S. (um 1500 - nach 1560)", [PersonEntry("Meister E. S.", 1500, 1560)]),
    ("Muster, Anna (1865 - )", [PersonEntry("Muster, Anna", 1865)]),
    ("Vallotton, Félix", [PersonEntry("Vallotton, Félix")]),
    ("Unbekannt, Künstler", [PersonEntry("Unbekannt", roles=("Künstler",))]),
    ("Doré, Gustave (designer)", [PersonEntry("Doré, Gustave", roles=("designer",))]),
    (
        "Rembrandt (Harmensz. van Rijn) (1606-1669), Radierer (zugeschrieben), Stecher",
        [PersonEntry("Rembrandt (Harmensz. van Rijn)", 1606, 1669, ("Radierer (zugeschrieben)", "Stecher"))],
    ),
    ("A (tätig 1550 - 1570), Drucker", [PersonEntry("A", roles=("Drucker",))]),
    ("A (16. Jh.), Drucker", [PersonEntry("A", roles=("Drucker",))]),
    ("A (1900), x; A (1900), X, y", [PersonEntry("A", 1900, None, ("x", "y"))]),
    ("A (1865 - 1925", [PersonEntry("A", 1865, 1925)]),
    (") A (1865 - 1925), x", [PersonEntry(") A", 1865, 1925, ("x",))]),
    ("; ;;", []),
    ("(1865 - 1925), Künstler", []),
    ('=HYPERLINK("https://example.org")', [PersonEntry('=HYPERLINK("https://example.org")')]),
    ("", []),
]


@pytest.mark.parametrize(("cell", "people"), CELLS)
def test_people_in(cell: str, people: list[PersonEntry]) -> None:
    assert list(people_in(cell)) == people


LIVES = [
    ("1865 - 1925", (1865, 1925)),
    ("1865-1925", (1865, 1925)),
    ("1865 – 1925", (1865, 1925)),
    ("1865 bis 1925", (1865, 1925)),
    ("geb. 1950", (1950, None)),
    ("born 1950", (1950, None)),
    ("* 1950", (1950, None)),
    ("1950", (1950, None)),
    ("gest. 1526", (None, 1526)),
    ("† 1526", (None, 1526)),
    (" - 1526", (None, 1526)),
    ("?-1560", (None, 1560)),
    ("1500-?", (1500, None)),
    ("1865-", (1865, None)),
    ("1497/98 - 1543", (1497, 1543)),
    ("um 1500 - nach 1560", (1500, 1560)),
    ("28.12.1865 Lausanne - 29.12.1925 Neuilly-sur-Seine", (1865, 1925)),
    ("Lausanne 1865 - 1925 Paris", (1865, 1925)),
    ("geb. 1500, gest. 1560", (1500, 1560)),
    ("1900 - 1850", (None, None)),
    ("active 1550–1570", (None, None)),
    ("", (None, None)),
]


@pytest.mark.parametrize(("text", "years"), LIVES)
def test_life_dates_in(text: str, years: tuple[int | None, int | None]) -> None:
    assert life_dates_in(text) == years


def test_a_cell_of_a_million_semicolons_is_bounded() -> None:
    assert len(people_in("A (1900), x;" * 100_000)) == 1
    assert len(people_in(";".join(f"P{n}" for n in range(100_000)))) == 200


@pytest.mark.parametrize("word", ["Künstler", "block cutter", "Stecher (attributed)", "nach Entwurf"])
def test_is_role(word: str) -> None:
    assert is_role(word)


@pytest.mark.parametrize("word", ["Félix", "the Younger", "", "nach"])
def test_is_no_role(word: str) -> None:
    assert not is_role(word)
