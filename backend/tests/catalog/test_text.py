import pytest

from catalog.text import fold, searchable


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zürich,  ÉTUDE\n", "zurich, etude"),
        ("Straße", "strasse"),
        ("Zu\u0308rich", "zurich"),
        ("Łódź Ærø", "lodz aero"),
        ("ﬁgure №", "figure no"),
        ("北斎", "北斎"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_searchable_spells_umlauts_out_as_well() -> None:
    assert searchable("Dürer", "in Köln") == "durer in koln duerer koeln"


def test_searchable_without_umlauts_repeats_nothing() -> None:
    assert searchable("Rhino", "") == "rhino"
