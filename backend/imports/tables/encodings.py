"""Which encoding a table was written in, from its bytes.

Excel writes Windows-1252 in half of Europe, UTF-16 as "Unicode text", Mac Roman on old Macs, and a BOM when
asked for UTF-8. A UTF-8 file with a few rows pasted from elsewhere is a UTF-8 file: its bad places are named
cell by cell.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

UTF8, WINDOWS, MAC = "utf-8", "cp1252", "mac_roman"
ENCODINGS = (UTF8, "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", WINDOWS, MAC)
# What has no meaning in the encoding stays in the text as lone surrogates, to be named where it stands.
ON_ERROR = "surrogateescape"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HIGH_BYTES = bytes(range(128, 256))
_HIGH = re.compile(rb"[\x80-\xff]")
_CHUNK = 1 << 20
_ENOUGH = 1000  # signs outside ASCII that decide for UTF-8 or against it
_LOOKED_AT = 20_000  # bytes outside ASCII that decide between Windows-1252 and Mac Roman

_FREQUENT = frozenset("äöüßéèêàâçîôûùÄÖÜÉ")
_SELDOM = frozenset("ëïñòìíóáúåøæœÅØÀÈÇ")


def find_encoding(file: BinaryIO) -> str:
    """One of ENCODINGS: by BOM, then UTF-16 by its NULs, then what most signs outside ASCII fit."""
    file.seek(0)
    start = file.read(2000)
    known = next((name for bom, name in _BOMS if start.startswith(bom)), None) or _utf16_without_bom(start)
    if known:
        return known
    fitting, unfitting, contexts = 0, 0, Counter[bytes]()
    for part in _parts(file):
        high = len(part) - len(part.translate(None, _HIGH_BYTES)) if not part.isascii() else 0
        if not high:
            continue
        text = part.decode(UTF8, "ignore")
        ascii_only = len(part) - high
        fitting += len(text) - ascii_only
        unfitting += high - (len(text.encode()) - ascii_only)
        if len(contexts) < _LOOKED_AT:
            contexts.update(_contexts(part))
        if fitting + unfitting >= _ENOUGH:
            break
    if fitting >= unfitting:
        return UTF8
    return MAC if _score(contexts, MAC) > max(0.0, _score(contexts, WINDOWS)) else WINDOWS


def _utf16_without_bom(start: bytes) -> str | None:
    """UTF-16 of western text has a NUL in nearly every second byte; UTF-8 with a stray NUL has not."""
    pairs = len(start) // 2
    if not pairs:
        return None
    if start[1::2].count(0) > 0.4 * pairs and start[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if start[0::2].count(0) > 0.4 * pairs and start[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def _parts(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces that end with a line, so that no sign of several bytes is cut."""
    file.seek(0)
    rest = b""
    while chunk := file.read(_CHUNK):
        chunk = rest + chunk
        cut = chunk.rfind(b"\n") + 1 or len(chunk)
        yield chunk[:cut]
        rest = chunk[cut:]
    if rest:
        yield rest


def _contexts(part: bytes) -> Iterator[bytes]:
    """Each byte outside ASCII with the one before and the one after it."""
    padded = b" " + part + b" "
    for seen, found in enumerate(_HIGH.finditer(padded, 1, len(padded) - 1)):
        if seen == _LOOKED_AT:
            return
        yield padded[found.start() - 1 : found.start() + 2]


def _score(contexts: Counter[bytes], encoding: str) -> float:
    return sum(
        number * _plausible(*context.decode(encoding, "replace")) for context, number in contexts.items()
    )


def _plausible(before: str, sign: str, after: str) -> float:
    """How well `sign` stands between its neighbours in a western catalogue."""
    in_word = before.isalpha() or after.isalpha()
    if sign == "\N{REPLACEMENT CHARACTER}" or not sign.isprintable():
        return -2.0
    if sign.isalpha():
        if sign.isupper() and before.islower():
            return -1.0
        return (1.0 if sign in _FREQUENT else 0.5 if sign in _SELDOM else 0.0) if in_word else 0.0
    if sign in "’‘":
        return 1.0 if in_word else 0.2
    if sign in "“”„«»–—…":
        return -0.3 if before.isalpha() and after.isalpha() else 0.5
    return -1.0 if before.isalpha() and after.isalpha() else 0.0
