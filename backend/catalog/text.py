"""Folding text for searches that ignore case and accents. Pure."""

import unicodedata

# What German writers put for an umlaut on a keyboard that has none.
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe"})
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})


def fold(text: str) -> str:
    """Lower case, no accents, one space between words: `Zürich, ÉTUDE` -> `zurich, etude`."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).casefold()
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def searchable(*texts: str) -> str:
    """What a search is compared with: the folded texts, and their words with umlauts once more, spelt out."""
    joined = unicodedata.normalize("NFC", " ".join(texts).casefold())
    spelt_out = [word.translate(_SPELT_OUT) for word in joined.split()]
    extra = [fold(new) for new, old in zip(spelt_out, joined.split(), strict=True) if new != old]
    return " ".join([fold(joined), *extra])
