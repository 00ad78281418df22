"""What kind of file some bytes are, by content: the name and the declared type of a file mean nothing."""

import re
import struct
from dataclasses import dataclass

HEAD_BYTES = 4096
ACCEPTED = ("JPEG", "PNG", "WebP", "HEIC", "AVIF", "TIFF", "GIF", "BMP")
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
AVIF_BRANDS = {b"avif", b"avis"}

# Files people send by mistake, so that we can say what they sent. The first pattern that matches wins.
_REFUSED: list[tuple[str, re.Pattern[bytes]]] = [
    (name, re.compile(pattern, re.DOTALL))
    for name, pattern in [
        ("a PDF document", rb"\s{0,64}%PDF"),
        ("a Photoshop file (PSD)", rb"8BPS"),
        ("an icon (ICO)", rb"\0\0[\x01\x02]\0.\0"),
        ("a JPEG 2000 picture", rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51"),
        ("a JPEG XL picture", rb"\xff\x0a|\0\0\0\x0cJXL "),
        ("a DirectDraw texture (DDS)", rb"DDS "),
        ("a Netpbm picture (PPM)", rb"P[1-7][\s#]"),
        ("a FLIC animation", rb".{4}[\x11\x12]\xaf"),
        ("a PostScript file", rb"%!PS|\xc5\xd0\xd3\xc6"),
        ("a camera's raw picture", rb"FUJIFILMCCD-RAW|II(?:RO|RS|U\0)|MM\0\*.{4}CR|II\*\0.{4}CR|FOVb"),
        ("an OpenEXR picture", rb"\x76\x2f\x31\x01"),
        ("a Radiance HDR picture", rb"#\?(?:RADIANCE|RGBE)"),
        ("an SVG drawing", rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml.*|<!--.*|<!DOCTYPE\s.*)?<svg[\s/>]"),
        ("a web page", rb"(?i:(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body))"),
        ("an XML file", rb"(?:\xef\xbb\xbf)?\s*<\?xml"),
        ("a ZIP archive or an office document", rb"PK\x03\x04"),
        ("an archive", rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ"),
        ("a video", rb".{4}ftyp|\x1a\x45\xdf\xa3|RIFF.{4}AVI |\0\0\x01[\xba\xb3]"),
        ("a sound", rb"ID3|RIFF.{4}WAVE|OggS|fLaC"),
    ]
]


@dataclass(frozen=True)
class FileType:
    """`name` is one of ACCEPTED, or it is empty and `refused` says what the file is ("" when unknown)."""

    name: str
    refused: str = ""


def file_type(head: bytes) -> FileType:
    """The type of a file that begins with `head`, its first HEAD_BYTES."""
    accepted = _accepted(head)
    if accepted:
        return FileType(accepted)
    return FileType("", next((name for name, pattern in _REFUSED if pattern.match(head)), ""))


def _accepted(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+") and head[8:10] != b"CR":
        return "TIFF"
    if _is_bmp(head):
        return "BMP"
    return _iso_media(head)


def _is_bmp(head: bytes) -> bool:
    """The letters BM and a header of a length that exists: two letters alone could begin any text."""
    if head[:2] != b"BM" or len(head) < 18:
        return False
    return struct.unpack_from("<I", head, 14)[0] in (12, 40, 52, 56, 64, 108, 124)


def _iso_media(head: bytes) -> str:
    """HEIC or AVIF by the brands of the `ftyp` box: the container is the same, and the one of videos."""
    if head[4:8] != b"ftyp" or len(head) < 16:
        return ""
    end = min(struct.unpack_from(">I", head, 0)[0], len(head))
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, end - 3, 4)}
    if brands & AVIF_BRANDS:
        return "AVIF"
    return "HEIC" if brands & HEIF_BRANDS else ""


def webp_size(head: bytes) -> tuple[int, int] | None:
    """Width and height that a WebP file declares, or None when its header is cut off.

    Source: RFC 9649, sections 2.5 to 2.7.
    """
    chunk = head[12:16]
    if len(head) < 30:
        return None
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None
