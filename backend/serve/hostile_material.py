"""What `make hostile` breaks: valid pictures of many kinds, and the ways to damage bytes. Pure."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import numpy as np
from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()
Damage = Callable[[bytes, random.Random], bytes]
# What numbers in headers are when something is wrong with them.
INTERESTING = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
FORM = "multipart/form-data; boundary=recto"
JSON = "application/json"


@dataclass(frozen=True)
class Request:
    """One request as it goes over the wire, the length of the body aside."""

    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def pictures() -> dict[str, bytes]:
    """A drawing of lines in every format and dress that decoders have code of their own for."""
    rng = np.random.default_rng(1)
    grey = (np.indices((90, 120)).sum(axis=0) * 7 % 256).astype(np.uint8)
    colour = np.stack([grey, grey[::-1], rng.integers(0, 256, grey.shape, dtype=np.uint8)], axis=2)
    rgb, alpha = Image.fromarray(colour), Image.fromarray(np.dstack([colour, grey]))
    deep = Image.fromarray(grey.astype(np.uint16) * 257)
    exif = Image.Exif()
    exif[274], exif[271] = 6, "camera"
    return {
        "jpeg": encoded(rgb, "JPEG", exif=exif),
        "jpeg, progressive": encoded(rgb, "JPEG", progressive=True),
        "jpeg, CMYK": encoded(rgb.convert("CMYK"), "JPEG"),
        "png": encoded(rgb, "PNG"),
        "png, palette": encoded(rgb.convert("P"), "PNG", transparency=3),
        "png, 16 bits": encoded(deep, "PNG"),
        "png, alpha": encoded(alpha, "PNG"),
        **{f"tiff, {way}": encoded(rgb, "TIFF", compression=way) for way in TIFF_WAYS},
        "tiff, fax": encoded(rgb.convert("1"), "TIFF", compression="group4"),
        "tiff, 16 bits": encoded(deep, "TIFF"),
        "heic": encoded(rgb, "HEIF", exif=exif.tobytes()),
        "avif": encoded(rgb, "AVIF"),
        "webp": encoded(rgb, "WEBP"),
        "gif": encoded(rgb.convert("P"), "GIF"),
        "bmp": encoded(rgb, "BMP"),
    }


TIFF_WAYS = ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg")


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format=kind, **options)
    return stream.getvalue()


def damaged(content: bytes, rng: random.Random) -> bytes:
    """One to four damages, one after the other; PNG chunks often get fitting checksums again."""
    for _ in range(rng.randint(1, 4)):
        content = rng.choice(DAMAGES)(content, rng)
    return _with_checksums(content) if content[:4] == b"\x89PNG" and rng.random() < 0.6 else content


def _flipped(content: bytes, rng: random.Random) -> bytes:
    bits = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        if bits:
            bits[rng.randrange(len(bits))] ^= 1 << rng.randrange(8)
    return bytes(bits)


def _interesting(content: bytes, rng: random.Random) -> bytes:
    """A number, as likely as not of the header, is an odd one."""
    form = rng.choice(["B", "<H", ">H", "<I", ">I"])
    number = struct.pack(form, rng.choice(INTERESTING) & (256 ** struct.calcsize(form) - 1))
    at = rng.randrange(max(1, min(len(content), rng.choice([64, 300, 1 << 20]))))
    return content[:at] + number + content[at + len(number) :]


def _cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _without(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + content[at + rng.randint(1, 64) :]


def _twice(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    end = at + rng.randint(1, 200)
    return content[:end] + content[at:end] * rng.randint(1, 20) + content[end:]


def _with_noise(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.randbytes(rng.randint(1, 100)) + content[at:]


# (Flips and numbers more often: what is cut off is found out at once.)
DAMAGES: list[Damage] = [_flipped, _flipped, _interesting, _interesting, _interesting]
DAMAGES += [_cut, _without, _twice, _with_noise]


def _with_checksums(content: bytes) -> bytes:
    """The chunks of a PNG as they are found, each with the checksum of what it holds now."""
    made, at = content[:8], 8
    while at + 12 <= len(content):
        length = struct.unpack_from(">I", content, at)[0]
        body = content[at + 4 : at + 8 + length]
        made += content[at : at + 4] + body + struct.pack(">I", zlib.crc32(body))
        at += 12 + length
    return made


def zip_bomb() -> bytes:
    """Twenty "pictures" of 20 MB of zeros each: 400 MB in 400 kB, and names that climb out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            with archive.open(f"{'../' * (number % 3)}{number}.jpg", "w") as file:
                for _ in range(20):
                    file.write(bytes(1_000_000))
    return stream.getvalue()


def form(fields: Mapping[str, str | bytes]) -> bytes:
    """A multipart body; values of bytes are files."""
    parts = b""
    for name, value in fields.items():
        name_of_file = '; filename="a.jpg"' if isinstance(value, bytes) else ""
        content = value if isinstance(value, bytes) else value.encode()
        head = f'--recto\r\nContent-Disposition: form-data; name="{name}"{name_of_file}\r\n\r\n'
        parts += head.encode() + content + b"\r\n"
    return parts + b"--recto--\r\n"


def search_request(picture: bytes, **fields: str) -> Request:
    return Request("POST", "/api/v1/searches/", form({**fields, "image": picture}), {"Content-Type": FORM})


def quoted(path: str) -> str:
    """Whatever the damage made of a path, it can still be put on a request's first line."""
    return quote(path, safe="/?&=%:,.+;@!*'()[]")
