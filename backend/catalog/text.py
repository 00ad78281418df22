"""Folding text for searches that ignore case, accents and punctuation. Pure."""

import unicodedata

# What German writers put for an umlaut on a keyboard that has none.
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe"})
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})


def fold(text: str) -> str:
    """Lower case, no accents, one space between words: `Zürich, ÉTUDE` -> `zurich, etude`."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).casefold()
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def words(text: str) -> list[str]:
    """The folded words alone: `C'est l'Été, 1916.0047` -> `c est l ete 1916 0047`."""
    return "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()


def spellings(text: str) -> list[str]:
    """The folded words in one line; once more with umlauts spelt out: `Dürer` -> `durer`, `duerer`."""
    written = unicodedata.normalize("NFC", text.casefold())
    both = (" ".join(words(written)), " ".join(words(written.translate(_SPELT_OUT))))
    return list(dict.fromkeys(both))


def without_leading_zeros(numbers: list[str]) -> list[str]:
    """`1916 0047 1` -> `1916 47 1`."""
    return [word.lstrip("0") or "0" if word.isdecimal() else word for word in numbers]
