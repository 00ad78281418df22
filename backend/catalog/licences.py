"""Licences that have an address of their own: those of Creative Commons and of rightsstatements.org. Pure.

Catalogues write them as an address, or by their names in many spellings. What is not certain has no address:
nobody is told of a freedom that was not given.
"""

import re

_URL = re.compile(
    r"https?://(?:www\.)?(creativecommons\.org/(?:licenses|publicdomain)/[a-z0-9+/.-]+"
    r"|rightsstatements\.org/(?:vocab|page)/[A-Za-z0-9/.-]+)",
    re.ASCII,
)
_MARK = re.compile(r"(?:cc[ -]+)?(?:public domain mark|pdm)(?: 1\.0)?", re.I)
_ZERO = re.compile(r"(?:cc[ -]?0|cc[ -]zero)(?: 1\.0)?(?: universal)?", re.I)
_LICENCE = re.compile(
    r"cc[ -](by(?:-nc)?(?:-sa|-nd)?)[ -](1\.0|2\.0|2\.5|3\.0|4\.0)(?: international)?", re.I
)


def licence_url(text: str) -> str:
    """The address of the licence that `text` names, "" where it names none for certain."""
    text = text.strip()
    if found := _URL.fullmatch(text):
        return _canonical(found[1])
    if _MARK.fullmatch(text):
        return "http://creativecommons.org/publicdomain/mark/1.0/"
    if _ZERO.fullmatch(text):
        return "http://creativecommons.org/publicdomain/zero/1.0/"
    if found := _LICENCE.fullmatch(text):
        return f"http://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return ""


def _canonical(address: str) -> str:
    """As their publishers and IIIF write them: by http, without the language or the name of a file."""
    if address.startswith("rightsstatements.org"):
        return f"http://{address.replace('/page/', '/vocab/').rstrip('/')}/"
    parts = address.rstrip("/").split("/")[:4]
    # Jurisdictions (".../by/3.0/ch/") are licences of their own.
    country = address.rstrip("/").split("/")[4:5]
    keeps = bool(country) and len(country[0]) == 2
    return f"http://{'/'.join(parts + country * keeps)}/"
