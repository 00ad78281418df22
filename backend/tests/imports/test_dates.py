"""Date texts of catalogues against years worked out by hand."""

import pytest

from imports.dates import says_undated, years_of

# The examples of the design, then what catalogues of the German and English world write.
TEXTS = [
    ("Entstehung des Druckträgers: 1915 - 1916", (1915, 1916)),
    ("ca. 1520", (1515, 1525)),
    ("16. Jh.", (1501, 1600)),
    ("First published: 1863", (1863, 1863)),
    ("ca. 1883", (1878, 1888)),
    ("1884 - 1885", (1884, 1885)),
    ("1884–1885", (1884, 1885)),
    ("um 1700", (1695, 1705)),
    ("Um 1700", (1695, 1705)),
    ("gegen 1700", (1695, 1705)),
    ("c. 1520", (1515, 1525)),
    ("c1520", (1515, 1525)),
    ("about 1520", (1515, 1525)),
    ("vermutlich um 1650", (1645, 1655)),
    ("wohl 1650", (1650, 1650)),
    ("vor 1650", (1600, 1649)),
    ("before 1650", (1600, 1649)),
    ("vor dem Jahr 1650", (1600, 1649)),
    ("vor ca. 1650", (1600, 1654)),
    ("nach 1800", (1801, 1850)),
    ("after 1800", (1801, 1850)),
    ("nicht vor 1700", (1700, 1750)),
    ("nicht nach 1700", (1650, 1700)),
    ("seit 1700", (1700, 1750)),
    ("bis 1560", (1510, 1560)),
    ("spätestens 1560", (1510, 1560)),
    ("von 1915", (1915, 1915)),
    ("von 1520 bis 1560", (1520, 1560)),
    ("1520 bis 1560", (1520, 1560)),
    ("from 1520 to 1560", (1520, 1560)),
    ("between 1850 and 1860", (1850, 1860)),
    ("zwischen 1850 und 1860", (1850, 1860)),
    ("nach 1560, vor 1600", (1561, 1599)),
    ("1520 - nach 1560", (1520, 1561)),
    ("ca. 1520 - 1530", (1515, 1535)),
    ("[ca. 1520-1530]", (1515, 1535)),
    ("1520 - ca. 1530", (1520, 1535)),
    ("1860-1850", (1850, 1860)),
    ("1914-18", (1914, 1918)),
    ("1914–18", (1914, 1918)),
    ("1914/15", (1914, 1915)),
    ("1914 - 18", (1914, 1918)),
    ("1585-9", (1585, 1589)),
    ("1998-02", (1998, 1998)),
    ("[1620?]", (1615, 1625)),
    ("1620 (?)", (1615, 1625)),
    ("[1620]", (1620, 1620)),
    ("12.3.1915", (1915, 1915)),
    ("12.3.1915 - 18.4.1916", (1915, 1916)),
    ("12. März 1915", (1915, 1915)),
    ("12. März 1915 - 18. April 1916", (1915, 1916)),
    ("March 12, 1915", (1915, 1915)),
    ("1915-03-12", (1915, 1915)),
    ("1901-12-05", (1901, 1901)),
    ("2. Hälfte 17. Jh.", (1651, 1700)),
    ("2. Hälfte des 17. Jahrhunderts", (1651, 1700)),
    ("zweite Hälfte 17. Jh.", (1651, 1700)),
    ("17. Jh., 2. Hälfte", (1651, 1700)),
    ("second half of the 17th century", (1651, 1700)),
    ("letztes Viertel 18. Jh.", (1776, 1800)),
    ("third quarter of the 19th century", (1851, 1875)),
    ("last third of the 18th century", (1768, 1800)),
    ("Anfang 16. Jahrhundert", (1501, 1533)),
    ("16. Jh. (Anfang)", (1501, 1533)),
    ("early 16th century", (1501, 1533)),
    ("Mitte 18. Jh.", (1734, 1767)),
    ("mid-18th century", (1734, 1767)),
    ("Ende 16. bis Anfang 17. Jh.", (1568, 1633)),
    ("late 16th or early 17th century", (1568, 1633)),
    ("16./17. Jh.", (1501, 1700)),
    ("16.-17. Jahrhundert", (1501, 1700)),
    ("17th-18th c.", (1601, 1800)),
    ("18th century", (1701, 1800)),
    ("sixteenth century", (1501, 1600)),
    ("erste Hälfte des sechzehnten Jahrhunderts", (1501, 1550)),
    ("1520er Jahre", (1520, 1529)),
    ("in den 1520ern", (1520, 1529)),
    ("1520s", (1520, 1529)),
    ("early 1520s", (1520, 1522)),
    ("Anfang der 1520er Jahre", (1520, 1522)),
    ("1500s", (1500, 1599)),
    ("152-", (1520, 1529)),
    ("[152-?]", (1520, 1529)),
    ("15--", (1500, 1599)),
    ("designed 1523 - 1525, published 1538", (1523, 1538)),
    ("1801 (Platte), 1820 (Druck)", (1801, 1820)),
    ("=1520", (1520, 1520)),
    ("", None),
    ("o. J.", None),
    ("unbekannt", None),
    ("500 v. Chr.", None),
    ("Inv. 12345", None),
    ("99999", None),
    ("10. Auflage", None),
    ("\N{SNOWMAN}", None),
]


@pytest.mark.parametrize(("text", "years"), TEXTS)
def test_years_of(text: str, years: tuple[int, int] | None) -> None:
    assert years_of(text) == years


@pytest.mark.parametrize(
    "text", ["", " ", "o. J.", "o.J.", "s.d.", "[n.d.]", "undatiert", "Unknown", "-", "?", "[?]"]
)
def test_says_undated(text: str) -> None:
    assert says_undated(text)


@pytest.mark.parametrize("text", ["Frühling", "MDXX", "16", "Jahr"])
def test_a_text_without_a_readable_year_does_not_say_that_it_is_undated(text: str) -> None:
    assert years_of(text) is None
    assert not says_undated(text)


@pytest.mark.parametrize(
    "unit",
    ["um ", "1914-", "1. ", " ", "early ", "jahr ", "ca. der ", "1. hälfte ", "16. - ", "1", "(", "ab "],
)
def test_a_huge_cell_is_read_without_delay_or_error(unit: str) -> None:
    # Only the beginning is looked at: a million signs are as quick as a thousand.
    years_of(unit * 1_000_000)


def test_what_follows_a_very_long_beginning_is_not_a_date() -> None:
    assert years_of("x" * 5000 + " 1520") is None
