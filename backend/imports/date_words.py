"""The German and English words of date texts, as one pattern. Pure.

`dates.py` says what they mean in years.
"""

import re

# A word that opens one side: "vor 1650". Nobody knows what "von" and "from" mean: they open nothing.
BENDS = {
    "not_before": r"nicht\s+vor|not\s+before|no\s+earlier\s+than|frühestens|ab|seit|since",
    "not_after": r"nicht\s+nach|not\s+after|no\s+later\s+than|spätestens|bis|until|till|to",
    "before": r"vor|before|ante|prior\s+to",
    "after": r"nach|after|post",
}
_CIRCA = r"circa|zirka|ca\.?|c\.?|um|etwa|ungefähr|gegen|about|around|approx(?:imately|\.)?|vers"

# "third" is missing among the divisions' plain words on purpose: see PART.
DIVISIONS = {"hälfte": 2, "half": 2, "drittel": 3, "third": 3, "viertel": 4, "quarter": 4}
THIRDS = {"early": 1, "middle": 2, "late": 3}
_ORDINALS = {
    1: "erste[rsnm]?|first", 2: "zweite[rsnm]?|second", 3: r"dritte[rsnm]?|third(?=\s+quarter|\s+third)",
    4: "vierte[rsnm]?|fourth", 9: "letzte[rsnm]?|last",
}  # fmt: skip
LAST = "9"
_CENTURY_WORDS = {
    12: "twelfth|zwölfte[snr]?", 13: "thirteenth|dreizehnte[snr]?", 14: "fourteenth|vierzehnte[snr]?",
    15: "fifteenth|fünfzehnte[snr]?", 16: "sixteenth|sechzehnte[snr]?", 17: "seventeenth|siebzehnte[snr]?",
    18: "eighteenth|achtzehnte[snr]?", 19: "nineteenth|neunzehnte[snr]?", 20: "twentieth|zwanzigste[snr]?",
    21: "twenty-first|einundzwanzigste[snr]?",
}  # fmt: skip
_NUMBER_WORDS = [
    (re.compile(rf"\b(?:{words})\b"), f"{number}.") for number, words in (_ORDINALS | _CENTURY_WORDS).items()
]
_MONTH = "jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec"

_CENTURY = r"(?:jh(?:d|dt|s|ts)?\b\.?|jahrh\b\.?|jahrhundert(?:s|en?)?\b|century\b|centuries\b|cent\b\.?|c\.)"
_NTH = r"(?:\.|st|nd|rd|th)"
_YEAR = r"(?<![0-9])(?:1[0-9]|20)[0-9][0-9](?![0-9])"
_LINK = r"\s*(?:-|/|\bbis\b|\bund\b|\boder\b|\bod\.|\bto\b|\band\b|\bor\b|&)\s*"
_FILLERS = r"(?:(?:of|the|in|im|der|des|dem|das|den|die|zum|year|years|jahr|jahre|jahren)\s+)*"
_EARLY_MIDDLE_LATE = (
    r"(?P<early>anfangs?|beginn|früh\w{0,3}|early|beginning)"
    r"|(?P<middle>mitte|mittlere\w?|mid(?:dle)?)|(?P<late>ende|spät\w{0,3}|late|end)"
)
PART = rf"(?:(?P<nth>[1-4{LAST}]){_NTH}\s*(?P<division>{'|'.join(DIVISIONS)})|(?:{_EARLY_MIDDLE_LATE}))(?!\w)"
_UNNAMED_PART = re.sub(r"\?P<\w+>", "?:", PART)

TIME = re.compile(
    "(?:(?:"
    + "|".join(rf"(?P<{bend}>(?<!\w)(?:{words}))" for bend, words in BENDS.items())
    + rf")\s*{_FILLERS})?"
    rf"(?P<circa>(?<!\w)(?:{_CIRCA})\s*{_FILLERS})?"
    rf"(?:(?<!\w){PART}[\s-]*{_FILLERS})?"
    r"(?:(?P<hundred>(?<![0-9])(?:1[0-9]|20))00'?s\b"
    r"|(?P<decade>(?<![0-9])(?:1[0-9]|20)[0-9])0(?:'?s\b|\s*-?ern?\b)"
    r"|(?P<cut_decade>(?<![0-9.])(?:1[0-9]|20)[0-9])[-_?](?=[\]?\s,;]|$)"
    r"|(?P<cut_century>(?<![0-9.])(?:1[0-9]|20))(?:--|__)"
    rf"|(?P<year>{_YEAR})"
    rf"|(?P<century>(?<![0-9])(?:1[0-9]|2[01])){_NTH}\s*{_CENTURY})"
    r"(?P<doubt>\s*\]?\s*\(?\?)?"
)
"""One time with all that bends it; exactly one of the groups hundred … century is there."""

JOINED = re.compile(rf"^(?:er)?\W{{0,2}}(?:{_LINK})\W{{0,2}}$")
"""What stands between the two ends of one range."""

BEFORE_CHRIST = re.compile(r"\bv\.?\s*chr\b|\bb\.?\s?c\.?(?:e\.?)?(?!\w)")
UNDATED = re.compile(
    r"^\W*(?:o\.?\s*j|s\.?\s*[ad]|n\.?\s*d"
    r"|undatiert|undated|no date|ohne jahr|ohne datum|unbekannt|unknown)?\W*$"
)

_SHARED_CENTURY = re.compile(
    rf"(?<![0-9])([0-9]{{1,2}}){_NTH}?(?={_LINK}{_FILLERS}(?:{_UNNAMED_PART}\s*{_FILLERS})?[0-9]{{1,2}}{_NTH}\s*{_CENTURY})"
)
_PART_BEHIND = re.compile(
    rf"([0-9]{{1,2}}{_NTH}\s*{_CENTURY})\s*[,(/:]?\s*({_UNNAMED_PART})\s*(?![.\s]*[0-9]+{_NTH})"
)
_SHORT_END = re.compile(
    rf"(?P<first>{_YEAR})(?P<link>{_LINK})(?P<end>[0-9]{{1,2}})(?![0-9]|[-./][0-9]|\.?\s*(?:{_MONTH}|jh|jahrh|cent|{_NTH}))"
)
_DASHES = str.maketrans(
    dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}–—―\N{MINUS SIGN}", "-")
)


def write_out(text: str) -> str:
    """`text` (lower case) written out: 1914-18, 16./17. Jh., sixteenth; a part that follows goes in front."""
    text = text.translate(_DASHES)
    for pattern, number in _NUMBER_WORDS:
        text = pattern.sub(number, text)
    text = _SHARED_CENTURY.sub(r"\1. jh ", text)
    text = _PART_BEHIND.sub(r"\2 \1", text)
    return _SHORT_END.sub(_full_end, text)


def _full_end(match: re.Match[str]) -> str:
    """1914-18 -> 1914-1918; but 1998-02 names a month, so an end that is not later stays as it is."""
    first, end = match["first"], match["end"]
    full = first[: -len(end)] + end
    return f"{first}{match['link']}{full}" if full > first else match[0]
