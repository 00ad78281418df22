"""Which words of a catalogue name a licence that has an address."""

import pytest

from catalog.licences import licence_url

CC = "http://creativecommons.org"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Public Domain Mark 1.0", f"{CC}/publicdomain/mark/1.0/"),
        ("CC PDM 1.0", f"{CC}/publicdomain/mark/1.0/"),
        ("CC0", f"{CC}/publicdomain/zero/1.0/"),
        ("CC0 1.0 Universal", f"{CC}/publicdomain/zero/1.0/"),
        ("CC BY-SA 4.0", f"{CC}/licenses/by-sa/4.0/"),
        ("cc-by-nc-nd-3.0", f"{CC}/licenses/by-nc-nd/3.0/"),
        ("https://creativecommons.org/licenses/by/4.0/", f"{CC}/licenses/by/4.0/"),
        ("https://creativecommons.org/licenses/by/4.0/deed.de", f"{CC}/licenses/by/4.0/"),
        ("https://creativecommons.org/licenses/by/3.0/ch/", f"{CC}/licenses/by/3.0/ch/"),
        (" http://rightsstatements.org/vocab/InC/1.0/ ", "http://rightsstatements.org/vocab/InC/1.0/"),
        ("https://rightsstatements.org/page/NoC-NC/1.0/?language=de", ""),
        ("https://rightsstatements.org/page/NoC-NC/1.0/", "http://rightsstatements.org/vocab/NoC-NC/1.0/"),
    ],
)
def test_known_licences(text: str, url: str) -> None:
    assert licence_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CC BY",  # of which version?
        "CC BY-ND-SA 4.0",
        "not CC0",
        "Alle Rechte vorbehalten",
        "public domain",  # where, and who says so?
        "https://creativecommons.org.evil.example/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by/4.0/\njavascript:alert(1)",
        "javascript:alert('creativecommons.org/licenses/by/4.0/')",
    ],
)
def test_what_is_not_certain_has_no_address(text: str) -> None:
    assert licence_url(text) == ""
