"""ZIP archives that nobody should open carelessly, made byte by byte where zipfile would refuse to."""

import io
import stat
import struct
import zipfile
import zlib

Files = dict[str, bytes]


def archive(files: Files, **changed: object) -> bytes:
    """An archive of `files`; `changed` are attributes of the first entry."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for number, (name, data) in enumerate(files.items()):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            for attribute, value in changed.items() if number == 0 else ():
                setattr(info, attribute, value)
            made.writestr(info, data)
    return content.getvalue()


def link(name: str, target: str) -> bytes:
    return archive({name: target.encode()}, external_attr=(stat.S_IFLNK | 0o777) << 16)


def device(name: str) -> bytes:
    return archive({name: b""}, external_attr=(stat.S_IFCHR | 0o666) << 16)


def encrypted(files: Files) -> bytes:
    """With the flag of encryption set in both headers."""
    return _with_flags(archive(files), 0x1)


def damaged(files: Files) -> bytes:
    """The content of the first entry altered."""
    content = bytearray(archive(files))
    name, extra = struct.unpack_from("<HH", content, 26)
    at = 30 + name + extra + 20
    content[at] ^= 0xFF
    return bytes(content)


def lying(name: str, data: bytes, *, declared: int) -> bytes:
    """An entry that says that it unpacks to fewer bytes than it does."""
    made = archive({name: data})
    size = struct.pack("<L", len(data))
    return made.replace(size, struct.pack("<L", declared))


def bomb(name: str, *, megabytes: int) -> bytes:
    """An entry of zeros."""
    return archive({name: bytes(megabytes * 1_000_000)})


def promised(name: str, data: bytes, *, gigabytes: int) -> bytes:
    """An entry that says that it unpacks to gigabytes, in few bytes."""
    made = archive({name: data})
    return made.replace(
        struct.pack("<L", len(data)), struct.pack("<L", gigabytes * 1_000_000_000 & 0xFFFFFFFF)
    )


def countless(files: int) -> bytes:
    """An archive with a list of very many entries, all of one empty file."""
    data, name = b"", b"a.png"
    local = (
        struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 0, 0, 0, zlib.crc32(data), 0, 0, len(name), 0) + name
    )
    entry = (
        struct.pack(
            "<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0
        )
        + name
    )
    directory = entry * files
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, files, files, len(directory), len(local), 0)
    return local + directory + end


def _with_flags(content: bytes, flags: int) -> bytes:
    changed = bytearray(content)
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= flags
            at = changed.find(signature, at + 4)
    return bytes(changed)
