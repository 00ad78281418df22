"""Which files belong into a backup: what cannot be made again, and what the rows of the snapshot name."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model

SECRET_KEY = "processed/secret_key"
# Halves of pictures that are being fetched, and of files that are being sent: the import asks for them again.
PASSING = frozenset({"incoming", "fetched"})
KEPT_WHOLE = ("scans", "sample", "local-codecs")  # below processed/
Models = Mapping[str, type[Model]]


@dataclass(frozen=True)
class Named:
    """What rows of one moment name: kept searches and imports by their ids, pictures by their paths."""

    kept: frozenset[str]
    imports: frozenset[str]
    pictures: frozenset[str]


@dataclass(frozen=True)
class FileToCopy:
    """A file, its path below RECTO_DATA_DIR, and what it was like when it was listed."""

    path: str
    file: Path
    bytes: int
    mtime_ns: int


def named_by(models: Models, *, kept: Mapping[str, Any]) -> Named:
    """Of a database whose models these are; `kept` are the conditions for kept searches."""

    def values(label: str, column: str, **conditions: Any) -> Iterator[Any]:
        if label in models:
            rows = models[label]._base_manager.filter(**conditions)
            yield from rows.values_list(column, flat=True).iterator(chunk_size=2000)

    given_up = {"abandoned"}
    runs = dict(zip(values("imports.ImportRun", "pk"), values("imports.ImportRun", "state"), strict=True))
    pictures = {*values("catalog.PrintImage", "path"), *values("catalog.Example", "path")}
    return Named(
        kept=frozenset(values("search.KeptSearch", "pk", **kept)),
        imports=frozenset(str(pk) for pk, state in runs.items() if state not in given_up),
        pictures=frozenset(pictures),
    )


def files_to_copy(named: Named, *, originals: bool, secret_key: bool) -> Iterator[FileToCopy]:
    """What there is, in the order of the paths. The folders are those of docs/architecture.md."""
    processed = _data() / "processed"
    found = {_data() / path for path in named.pictures if originals or not path.startswith("raw/")}
    found.update(*(_below(processed / name, but=PASSING) for name in KEPT_WHOLE))
    found.update(*(_below(processed / "imports" / number, but=PASSING) for number in named.imports))
    found.update(file for file in _below(processed / "kept") if file.stem in named.kept)
    if originals:
        found.update(_below(_data() / "raw"))
    if secret_key:
        found.add(_data() / SECRET_KEY)
    yield from filter(None, map(_listed, sorted(found)))


def missing_pictures(named: Named, there: set[str], *, originals: bool) -> list[str]:
    """Those that rows name and that were not there to be copied."""
    wanted = (path for path in named.pictures if originals or not path.startswith("raw/"))
    return sorted(path for path in wanted if path not in there)


def _below(folder: Path, *, but: frozenset[str] = frozenset(), above: tuple[str, ...] = ()) -> Iterator[Path]:
    """All files, also those behind links, but not round in a circle."""
    real = os.path.realpath(folder)
    if real in above:
        return
    for entry in _entries(folder):
        if not entry.is_dir():
            yield Path(entry.path)
        elif entry.name not in but:
            yield from _below(Path(entry.path), but=but, above=(*above, real))


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    """None of a folder that is not there, or goes this moment: an import is abandoned, a store tidied up."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _listed(file: Path) -> FileToCopy | None:
    try:
        found = file.stat()
    except OSError:
        return None  # gone since, or a link to nothing
    path = file.relative_to(_data()).as_posix()
    return FileToCopy(path, file, found.st_size, found.st_mtime_ns) if file.is_file() else None


def _data() -> Path:
    return Path(settings.RECTO_DATA_DIR)
