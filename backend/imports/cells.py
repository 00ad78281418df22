"""One cell as people and spreadsheets leave it -> clean text. Pure: no Django, no I/O.

A cell is only ever text here: `=1+1` stays `=1+1` and nothing evaluates it.
"""

import re
import unicodedata

# What Excel and pandas write where nothing is.
EMPTY_WORDS = frozenset({"nan", "NaN", "NULL", "null", "\\N", "<NA>"})
SPREADSHEET_ERRORS = frozenset(
    {"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#NV", "#WERT!"}
)

_UNPRINTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_GUARDED_TEXT = re.compile(r"^'+[=+@-]")  # '=A1: how text that looks like a formula is kept from being one
_GUARDED_NUMBER = re.compile(r'^="([^"]*)"$')  # ="00123": Excel's way to keep leading zeros


def clean_cell(raw: str) -> str:
    """`raw` composed (NFC), without control and direction characters, each run of white space one blank."""
    text = raw.strip()
    if not text.isprintable() or "  " in text:  # most cells are clean, and tables have millions of them
        text = _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
        text = _SPACE.sub(" ", _UNPRINTED.sub("", text)).strip()
    guarded = _GUARDED_NUMBER.match(text)
    text = guarded.group(1).strip() if guarded else text
    text = text[1:] if text.startswith("'") and _GUARDED_TEXT.match(text) else text
    return "" if text in EMPTY_WORDS else unicodedata.normalize("NFC", text)


def is_spreadsheet_error(text: str) -> bool:
    """True for what a spreadsheet writes in place of a value that it could not compute."""
    return text in SPREADSHEET_ERRORS or (text.startswith("###") and not text.strip("#"))


def split_outside_brackets(text: str, separators: str) -> list[str]:
    """The stripped, non-empty parts of `text` between `separators` that stand in no ( ) or [ ].

    An opening bracket that is never closed opens nothing: a typing error costs one name, not the row.
    """
    if "(" not in text and "[" not in text:
        for separator in separators[1:]:
            text = text.replace(separator, separators[0])
        return [part for raw in text.split(separators[0]) if (part := raw.strip())]
    parts, start, depth = [], 0, 0
    closings = sum(text.count(sign) for sign in ")]")
    for position, sign in enumerate(text):
        if sign in "([" and closings > 0:
            depth += 1
        elif sign in ")]":
            depth, closings = max(0, depth - 1), closings - 1
        elif sign in separators and (depth == 0 or closings == 0):
            parts.append(text[start:position])
            start, depth = position + 1, 0
    return [part for raw in (*parts, text[start:]) if (part := raw.strip())]


def unique(texts: list[str]) -> tuple[str, ...]:
    """`texts` in their order, each once; upper and lower case count as the same, the first spelling stays."""
    first_spelling: dict[str, str] = {}
    for text in texts:
        first_spelling.setdefault(text.casefold(), text)
    return tuple(first_spelling.values())
