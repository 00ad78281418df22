"""ZIP archives from strangers: what is listed is judged before anything is unpacked, and nothing by its name.

An entry is only ever read into Recto's own store, under the name of its content, so a name cannot lead
anywhere; names that try to are refused all the same, because whoever made them meant no good.
"""

import contextlib
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from core.errors import NoRoom, TooLarge, UnsupportedType, UserError
from core.sentences import say
from imports.sources.roots import may_be_picture

MOST_DIRECTORY_BYTES = 100_000_000  # of the list of entries, which is read into memory as a whole
HIGHEST_RATIO = 200  # of unpacked to packed bytes: scans are packed already
UNSUSPICIOUS_BYTES = 200_000_000  # an archive that unpacks to no more may be packed as well as it likes
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError)
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True)
class RefusedEntry:
    """An entry that is not read, and why."""

    name: str
    code: str
    reason: str


@dataclass(frozen=True)
class Archive:
    """An open archive: its entries that may be pictures, by the names that they count under."""

    file: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    refused: list[RefusedEntry]

    def opened(self, name: str) -> io.BufferedReader:
        """The content of an entry. Reading it raises UserError when it is damaged."""
        info = self.entries[name]
        try:
            content = self.file.open(info)
        except _UNREADABLE as error:
            raise _damaged(error) from error
        return io.BufferedReader(EntryReader(content, info.file_size), 1 << 16)


@dataclass(frozen=True)
class ArchiveLimits:
    """`entry_bytes` of one unpacked file, `all_bytes` of all of them, `files` how many there may be."""

    files: int
    entry_bytes: int
    all_bytes: int


def open_archive(path: Path, limits: ArchiveLimits) -> Archive:
    """The archive, its list judged. Raises UserError for one that is refused as a whole."""
    try:
        _check_directory(path, limits)
        file = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, struct.error, ValueError, EOFError, OverflowError) as error:
        raise _not_a_zip() from error
    try:
        return _judged(file, limits)
    except BaseException:
        file.close()
        raise


def _not_a_zip() -> UserError:
    message = "The file is not a ZIP archive, or it is damaged or cut off. Make it anew and send it again."
    return UnsupportedType("zip_damaged", message)


def _check_directory(path: Path, limits: ArchiveLimits) -> None:
    """How long the list of entries says it is, before it is read; in the places where zipfile looks."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 65_557))
        tail = file.read()
        at = len(tail) - 22 if tail[-22:-18] == _END and tail[-2:] == b"\0\0" else tail.rfind(_END)
        if at < 0:
            raise _not_a_zip()
        entries, length = struct.unpack_from("<HL", tail, at + 10)
        entries, length = _of_zip64(file, size - len(tail) + at, entries, length)
    if entries > limits.files or length > MOST_DIRECTORY_BYTES:
        raise _too_many(entries, limits)


def _of_zip64(file: IO[bytes], end: int, entries: int, length: int) -> tuple[int, int]:
    """Where an archive is too large for the short list's end, a longer one says how much there is."""
    if end < 76:
        return entries, length
    file.seek(end - 76)
    before = file.read(76)
    if before[56:60] != _LOCATOR_64 or before[:4] != _END_64:
        return entries, length
    wide_entries, wide_length = struct.unpack_from("<QQ", before, 32)
    return wide_entries, wide_length


def _too_many(entries: int, limits: ArchiveLimits) -> TooLarge:
    message = say(
        "zip_too_many_files",
        f"The archive lists {entries:,} files; the limit is {limits.files:,}. Send several archives.",
        files=entries,
        limit=limits.files,
    )
    return TooLarge("zip_too_many_files", message)


def _judged(file: zipfile.ZipFile, limits: ArchiveLimits) -> Archive:
    infos = file.infolist()
    if len(infos) > limits.files:
        raise _too_many(len(infos), limits)
    _check_bomb(infos, limits)
    entries: dict[str, zipfile.ZipInfo] = {}
    refused: list[RefusedEntry] = []
    for info in infos:
        name = entry_name(info)
        if problem := _problem(info, name, limits):
            refused.append(RefusedEntry(name, *problem))
        elif info.is_dir() or _is_the_systems(name):
            continue
        elif not may_be_picture(name.rpartition("/")[2]):
            refused.append(RefusedEntry(name, *_no_picture(name)))
        elif name in entries:
            reason = "the archive has two files of this name; the first one is used"
            refused.append(RefusedEntry(name, "zip_name_twice", reason))
        else:
            entries[name] = info
    return Archive(file, entries, refused)


def _check_bomb(infos: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if unpacked > UNSUSPICIOUS_BYTES and unpacked > HIGHEST_RATIO * packed:
        found = f"The archive unpacks to {unpacked / packed:,.0f} times its size, which scans never do."
        told = say(
            "zip_bomb",
            f"{found} Send the pictures packed as usual, or not at all.",
            times=round(unpacked / packed),
        )
        raise TooLarge("zip_bomb", told)
    if unpacked > limits.all_bytes:
        raise _no_room(unpacked, limits)


def _no_room(unpacked: int, limits: ArchiveLimits) -> NoRoom:
    """The archive is as good as any: with more room it is taken."""
    told = say(
        "zip_too_large",
        f"The archive unpacks to {unpacked / 1e6:,.0f} MB; on the server's disk "
        f"{limits.all_bytes / 1e6:,.0f} MB are free for it. Make room there, or send several archives.",
        megabytes=round(unpacked / 1e6),
        limit=round(limits.all_bytes / 1e6),
    )
    return NoRoom("no_room", told)


def entry_name(info: zipfile.ZipInfo) -> str:
    """The name with slashes. Without its flag it is often UTF-8 all the same (macOS), else CP437."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _problem(info: zipfile.ZipInfo, name: str, limits: ArchiveLimits) -> tuple[str, str] | None:
    mode = info.external_attr >> 16
    if name.startswith("/") or _DRIVE.match(name) or ".." in PurePosixPath(name).parts:
        return "zip_path", "the name leads out of the archive; make the archive anew"
    if stat.S_IFMT(mode) == stat.S_IFLNK:
        return "zip_link", "it is a link and no file; put the file itself into the archive"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "zip_special_file", "it is a device and no file"
    if info.flag_bits & 0x1:
        return "zip_encrypted", "it is encrypted; make the archive without a password"
    if info.compress_type not in _READABLE:
        return "zip_method", "it is packed in a way that is not read; use the usual one (Deflate)"
    if info.file_size > limits.entry_bytes:
        found = f"it unpacks to {info.file_size / 1e6:,.0f} MB"
        reason = say(
            "zip_entry_too_large",
            f"{found}; the limit is {limits.entry_bytes / 1e6:g} MB",
            megabytes=round(info.file_size / 1e6),
            limit=limits.entry_bytes / 1e6,
        )
        return "zip_entry_too_large", reason
    return None


def _is_the_systems(name: str) -> bool:
    """What macOS and Windows put into every archive."""
    parts = PurePosixPath(name).parts
    return not parts or any(
        part.startswith(".") or part.casefold() in ("__macosx", "thumbs.db", "desktop.ini") for part in parts
    )


def _no_picture(name: str) -> tuple[str, str]:
    if name.lower().endswith(".zip"):
        return "zip_nested", "an archive in the archive is not opened; unpack it and send its pictures"
    return "zip_not_a_picture", "by its name it is no picture; it is not read"


class EntryReader(io.RawIOBase):
    """The content of an entry; more bytes than were declared, or others than were packed, are an error."""

    def __init__(self, content: IO[bytes], longest: int) -> None:
        self._content, self._left = content, longest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._content.read(len(buffer))
        except _UNREADABLE as error:
            raise _damaged(error) from error
        self._left -= len(chunk)
        if self._left < 0:
            raise TooLarge(
                "zip_entry_too_large", say("zip_entry_lies", "It unpacks to more than the archive says.")
            )
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._content.close()
        super().close()


def _damaged(error: Exception) -> UserError:
    message = f"It cannot be unpacked ({error}). Make the archive anew."
    return UserError("zip_entry_damaged", say("zip_entry_damaged", message))


def entries_of(archives: list[Archive]) -> Iterator[tuple[str, Archive]]:
    """Each name with the archive that counts for it: of two archives with one name, the first."""
    seen: set[str] = set()
    for archive in archives:
        for name in archive.entries:
            if name not in seen:
                seen.add(name)
                yield name, archive
