import pytest

from catalog.text import fold, spellings, without_leading_zeros, words


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C'est l'Été!", ["c", "est", "l", "ete"]),
        ("1916.0047.1", ["1916", "0047", "1"]),
        ("%_*", []),
        ("Saint-Jean (copie)", ["saint", "jean", "copie"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_spellings_have_umlauts_spelt_out_as_well() -> None:
    assert spellings("Dürer, in Köln") == ["durer in koln", "duerer in koeln"]
    assert spellings("Du\u0308rer") == ["durer", "duerer"]


def test_spellings_without_umlauts_are_one() -> None:
    assert spellings("Rhino!") == ["rhino"]


def test_leading_zeros_fall_away() -> None:
    assert without_leading_zeros(["1916", "0047", "00", "d01"]) == ["1916", "47", "0", "d01"]
