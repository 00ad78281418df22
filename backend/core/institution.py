"""The institution that runs this Recto: its name, link, logo and colour, checked.

Pure; the settings make it at the start.
"""

import hashlib
import re
import struct
import xml.etree.ElementTree as ElementTree
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

# The papers that text of the institution's colour lies on, those of frontend/src/plugins/vuetify.ts.
LIGHT_PAPERS = ("#f1f0ed", "#fbfaf8", "#ffffff")
DARK_PAPERS = ("#161615", "#201f1e", "#2b2a28")
LOGO_ADDRESS = "/media/institution"
READABLE = 4.5  # WCAG 2.2, 1.4.3: text on its ground
NAME_LENGTH = 80
LOGO_BYTES = 500_000
PNG_BEGINS, PNG_ENDS = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
# What makes a drawing a program, or lets it ask elsewhere.
SVG_REFUSED = {"script", "foreignobject", "iframe", "object", "embed", "handler", "set", "animate"}


@dataclass(frozen=True)
class Logo:
    """A picture that was looked at before it is served."""

    content: bytes
    content_type: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]


@dataclass(frozen=True)
class Colours:
    """The institution's colour as it can be read on either paper, `#rrggbb`."""

    light: str
    dark: str


@dataclass(frozen=True)
class Institution:
    name: str = ""
    url: str = ""
    logo: Logo | None = None
    colour: Colours | None = None
    # What the operator should know of what was given.
    notes: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """What the API and the page tell of it."""
        return {
            "name": self.name,
            "url": self.url,
            "logo_url": f"{LOGO_ADDRESS}?v={self.logo.digest}" if self.logo else None,
            "colour": asdict(self.colour) if self.colour else None,
        }


def checked_name(name: str) -> str:
    """Raises ValueError for a name that no header has room for, or that is not one line."""
    if len(name) > NAME_LENGTH or not name.isprintable():
        raise ValueError(f"must be one line of at most {NAME_LENGTH} letters")
    return name


def checked_link(url: str) -> str:
    """Raises ValueError for anything but the address of a page."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"[\s\"'<>]", url):
        raise ValueError("must be an address that begins with https:// or http://")
    return url


def checked_logo(content: bytes) -> Logo:
    """Raises ValueError for what is neither a PNG nor a drawing without scripts and links to elsewhere."""
    if len(content) > LOGO_BYTES:
        raise ValueError(f"must have at most {LOGO_BYTES:,} bytes; it has {len(content):,}")
    if content.startswith(PNG_BEGINS):
        width, height = struct.unpack(">II", content[16:24]) if len(content) > 32 else (0, 0)
        if not (width and height and content.rstrip(b"\0").endswith(PNG_ENDS)):
            raise ValueError("is a PNG that is not whole")
        return Logo(content, "image/png")
    _check_svg(content)
    return Logo(content, "image/svg+xml")


def _check_svg(content: bytes) -> None:
    # Entities are how a small drawing becomes gigabytes, or reads other files.
    if re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise ValueError("is a drawing with a DOCTYPE; save it as plain SVG")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise ValueError("must be a PNG or SVG file") from error
    if _local_name(root.tag) != "svg":
        raise ValueError("must be a PNG or SVG file")
    for element in root.iter():
        _check_svg_element(element)


def _check_svg_element(element: "ElementTree.Element[str]") -> None:
    name = _local_name(element.tag)
    if name in SVG_REFUSED:
        raise ValueError(f"holds <{name}>: save it as plain SVG")
    for attribute, value in element.attrib.items():
        if _local_name(attribute).startswith("on"):
            raise ValueError(f"holds a script ({attribute})")
        if _local_name(attribute) == "href" and not value.startswith(("#", "data:image/")):
            raise ValueError(f"refers to {value[:60]}, which is not in it")
    words = [*element.attrib.values(), (element.text or "") if name == "style" else ""]
    if any(re.search(r"url\(\s*['\"]?\s*(?!#|data:|['\"\s])|@import", word, re.IGNORECASE) for word in words):
        raise ValueError("refers to files that are not in it")


def _local_name(tag: object) -> str:
    """Without its namespace; comments and instructions have no name."""
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def readable_colours(colour: str) -> tuple[Colours, tuple[str, ...]]:
    """The colour, darker for the light papers and lighter for the dark ones as far as reading needs it; and
    what was changed, in sentences. Raises ValueError for what is no `#rrggbb`."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError("must be a colour like #23395b")
    found = Colours(
        light=_mixed_until_readable(colour, "#000000", LIGHT_PAPERS),
        dark=_mixed_until_readable(colour, "#ffffff", DARK_PAPERS),
    )
    changes = [
        f"{colour} is too {fault} to be read on the {theme} paper: {used} is used there."
        for theme, fault, used in (("light", "light", found.light), ("dark", "dark", found.dark))
        if used != colour.lower()
    ]
    return found, tuple(changes)


def _mixed_until_readable(colour: str, end: str, papers: tuple[str, ...]) -> str:
    """The first of 51 steps from the colour towards `end` that every paper lets be read."""
    start, goal = _channels(colour), _channels(end)
    for step in range(51):
        mixed = [round(a + (b - a) * step / 50) for a, b in zip(start, goal, strict=True)]
        candidate = "#" + "".join(f"{channel:02x}" for channel in mixed)
        if min(contrast(candidate, paper) for paper in papers) >= READABLE:
            return candidate
    raise AssertionError("black can be read on the light papers, and white on the dark ones")


def contrast(first: str, second: str) -> float:
    """Between two colours, 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in _channels(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
