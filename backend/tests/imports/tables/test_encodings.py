"""Which encoding a table was written in."""

import io

import pytest

from imports.tables.encodings import find_encoding

GERMAN = "Nr;Titel;Künstler\n1;Straße über Zürich – „Größe“;Müller\n2;Fräulein, geb. Süß;Doré\n"
FRENCH = "Nr;Titre;Auteur\n1;L’été à Genève;Honoré Daumier\n2;La forêt près d’Étretat, façade;Gérôme\n"
ITALIAN = "Nr;Titolo\n1;La città è più bella;x\n2;Perché l’autunno;y\n"


def encoding_of(content: bytes) -> str:
    return find_encoding(io.BytesIO(content))


@pytest.mark.parametrize("text", [GERMAN, FRENCH, ITALIAN], ids=["german", "french", "italian"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_every_encoding_is_recognised(text: str, encoding: str) -> None:
    assert encoding_of(text.encode(encoding)) == encoding


@pytest.mark.parametrize("sign", ["é", "’", "–", "ü", "©", "½", "€"])
def test_one_sign_of_windows_among_ascii(sign: str) -> None:
    """What curators have most is the answer where there is little to go by."""
    between = {
        "–": f"1900 {sign} 1910",
        "’": f"l{sign}art",
        "½": f"12 {sign}",
        "€": f"{sign} 5",
        "©": f"{sign} Museum",
    }
    text = f"Nr;Titel\n1;{between.get(sign, f'Caf{sign} am Tor')}\n"
    assert encoding_of(text.encode("cp1252")) == "cp1252"


def test_a_table_in_plain_letters_is_utf8() -> None:
    assert encoding_of(b"recordID,title\n1,Weg\n") == "utf-8"
    assert encoding_of(b"") == "utf-8"


def test_a_few_bad_rows_do_not_make_a_utf8_table_another() -> None:
    good, bad = "1;Zürich;Müller\n".encode() * 20, "2;Zürich\n".encode("cp1252")
    assert encoding_of(good + bad + good) == "utf-8"
    assert encoding_of("2;Zürich;Bärn\n".encode("cp1252") * 20 + "1;Zürich\n".encode()) == "cp1252"


def test_signs_that_come_late_are_seen() -> None:
    """Two megabytes of plain rows before the first accent, after more than one piece."""
    plain = b"1;Weg;Haus\n" * 200_000
    assert encoding_of(plain + "2;Zürich\n".encode("cp1252")) == "cp1252"
    assert encoding_of(plain + "2;Zürich\n".encode()) == "utf-8"


@pytest.mark.parametrize("cut", range(4))
def test_no_sign_is_cut_in_two(cut: int) -> None:
    row = ("x" * (1023 - cut) + "ü\n").encode()
    assert encoding_of(row * 3000) == "utf-8"
