"""Which file shows which record. Pure: no Django, no I/O; files are paths relative to images/, with slashes.

The order of DESIGN §6's columns: the column image_file; else a file named like the record id or the inventory
number; else the last part of the address image_url. Names from a Mac (NFD) and from Windows (any case) match.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from core.sentences import say
from imports.issues import Issue, make_issue
from imports.records import Record


@dataclass(frozen=True)
class Matching:
    """`images[record_id]` are its files in order; `unclaimed` are the files that no record names."""

    images: dict[str, list[str]]
    unclaimed: list[str]
    issues: list[Issue]


class _Names:
    """Files by path, by name and by name without its ending."""

    def __init__(self, paths: Iterable[str], where: str) -> None:
        self.where = where
        self._by_path: dict[str, list[str]] = {}
        self._by_name: dict[str, list[str]] = {}
        self._by_stem: dict[str, list[str]] = {}
        for path in paths:
            pure = PurePosixPath(path)
            self._by_path.setdefault(_key(path), []).append(path)
            self._by_name.setdefault(_key(pure.name), []).append(path)
            self._by_stem.setdefault(_key(pure.stem), []).append(path)

    def called(self, wanted: str) -> list[str]:
        """The files that `wanted` (a path, a name, or a name without ending) may mean, the best way only."""
        wanted = wanted.replace("\\", "/").strip()
        for prefix in ("./", "images/"):
            wanted = wanted[len(prefix) :] if wanted.casefold().startswith(prefix) else wanted
        key = _key(wanted)
        alike = self._by_path.get(key) or self._by_name.get(key.rpartition("/")[2]) or self.with_stem(key)
        # (Where a.jpg and A.jpg lie beside each other, each is meant by its own spelling.)
        return [path for path in alike if f"/{path}".endswith(f"/{wanted}")] or alike

    def with_stem(self, wanted: str) -> list[str]:
        """The files whose name without ending is `wanted`; what no file name may hold counts as _ or -."""
        key = _key(wanted)
        spellings = (key, *(key.replace("/", other).replace(":", other) for other in "_-"))
        return next((found for key in spellings if (found := self._by_stem.get(key))), [])


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/").strip()).casefold()


def match_images(records: Sequence[Record], paths: Sequence[str], *, where: str = "images/") -> Matching:
    """The files of each record. A file belongs to one record: the first that names it in the surest way.

    `where` tells people where the files lie.
    """
    names = _Names(paths, where)
    owners: dict[str, str] = {}
    images: dict[str, list[str]] = {record.record_id: [] for record in records}
    issues: list[Issue] = []
    for names_of in (_files_named, _files_numbered, _files_addressed):
        for record in records:
            if names_of is _files_named or not images[record.record_id]:
                for path in names_of(record, names, issues):
                    if owners.setdefault(path, record.record_id) == record.record_id:
                        images[record.record_id].append(path)
                    else:
                        issues.append(_taken(record, path, owners[path]))
    return Matching(images, [path for path in paths if path not in owners], issues)


def _files_named(record: Record, names: _Names, issues: list[Issue]) -> Iterable[str]:
    for wanted in record.image_files:
        found = names.called(wanted)
        if len(found) == 1:
            yield found[0]
        else:
            issues.append(_not_one_file(record, wanted, found, names.where))


def _files_numbered(record: Record, names: _Names, issues: list[Issue]) -> Iterable[str]:
    for number in (record.record_id, record.inventory_number):
        found = names.with_stem(number) or names.called(number) if number else []
        if found:
            # Several endings or folders of one number (recto.tif, recto.jpg) are several pictures of it.
            return found
    return []


def _files_addressed(record: Record, names: _Names, issues: list[Issue]) -> Iterable[str]:
    name = unquote(urlsplit(record.image_url).path.rstrip("/").rpartition("/")[2]) if record.image_url else ""
    found = names.called(name) if name else []
    return found if len(found) == 1 else []


def _not_one_file(record: Record, wanted: str, found: Sequence[str], where: str) -> Issue:
    if found:
        reason = say(
            "image_ambiguous",
            f"{len(found)} files have this name ({', '.join(found[:3])}); write the folder in front of it",
            count=len(found),
            files=", ".join(found[:3]),
        )
        return make_issue(record.sources[0], "image_ambiguous", reason, column="image_file", value=wanted)
    reason = say("image_missing", f"there is no such file in {where}", place=where)
    return make_issue(record.sources[0], "image_missing", reason, column="image_file", value=wanted)


def _taken(record: Record, path: str, owner: str) -> Issue:
    reason = say(
        "image_taken",
        f"the picture {path} already belongs to the record {owner!r}; one picture shows one record",
        picture=path,
        record=owner,
    )
    return make_issue(record.sources[0], "image_taken", reason, column="image_file", value=path)
