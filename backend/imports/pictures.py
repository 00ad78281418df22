"""Reading every picture file through once: is it a picture, is it whole, what does it look like.

A file whose size and time are those of the last check is not read again. Threads decode, because Pillow
lets go of the interpreter while it does; only the calling thread talks to the database.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from catalog.images import DecodeLimits, decode, probe, scan_limits
from catalog.models import PrintImage
from core.errors import RectoError
from core.processors import processors
from core.sentences import say
from imports.folders import FoundFile
from imports.issues import Issue, Source, make_issue, storable
from imports.looks import DECODED_SIDE, look_of
from imports.models import CheckedFile
from imports.picture import Picture
from imports.progress import Progress, silent

THREADS = min(8, processors())
BATCH = 64  # files between two writes of what was found: what an interruption costs
MAX_PATH = PrintImage._meta.get_field("path").max_length or 0


def check_pictures(
    files: Sequence[FoundFile], *, below: str, step: str, progress: Progress
) -> tuple[list[Picture], list[Issue]]:
    """The whole pictures among `files`, in their order, and why the others were left out.

    `below` is the folder of all `files` in the data folder; what was known of other files there is forgotten.
    """
    known = {row.path: row for row in CheckedFile.objects.filter(path__startswith=f"{below}/").defer("look")}
    issues = [issue for file in files if (issue := _impossible_name(file))]
    possible = [file for file in files if not _impossible_name(file)]
    checked = {file.path: known[file.path] for file in possible if _is_unchanged(file, known.get(file.path))}
    changed = [file for file in possible if file.path not in checked]
    progress(len(files) - len(changed), len(files), step)
    for result in _check_all(changed, step, progress, len(files)):
        if isinstance(result, CheckedFile):
            checked[result.path] = result
        else:
            issues.append(result)
    _forget(known.keys() - checked.keys())
    return [_picture(file, checked[file.path]) for file in possible if file.path in checked], issues


def read_pictures(files: Sequence[FoundFile]) -> list[Picture | Issue]:
    """What became of each of `files`, in their order; what is known of other files stays known."""
    paths = {file.path for file in files if not _impossible_name(file)}
    known = {row.path: row for row in CheckedFile.objects.filter(path__in=paths).defer("look")}
    changed = [file for file in files if file.path in paths and not _is_unchanged(file, known.get(file.path))]
    results = dict(
        zip((file.path for file in changed), _check_all(changed, "", silent, len(changed)), strict=True)
    )
    return [_picture_or_issue(file, results.get(file.path) or known.get(file.path)) for file in files]


def _picture_or_issue(file: FoundFile, found: CheckedFile | Issue | None) -> Picture | Issue:
    if isinstance(found, CheckedFile):
        return _picture(file, found)
    issue = found or _impossible_name(file)
    assert issue is not None
    return issue


def _impossible_name(file: FoundFile) -> Issue | None:
    """A name that no database can keep: not UTF-8, or too long."""
    if file.path != storable(file.path):
        reason = say("file_name_not_utf8", "the name is not UTF-8; rename the file")
    elif len(file.path) > MAX_PATH:
        reason = say(
            "path_too_long",
            f"the path has {len(file.path)} characters; the limit is {MAX_PATH}. Rename the folders",
            length=len(file.path),
            limit=MAX_PATH,
        )
    else:
        return None
    return make_issue(_source(file), "file_name_impossible", reason, left_out=True)


def _source(file: FoundFile) -> Source:
    return Source(storable(file.path)[:MAX_PATH])


def _is_unchanged(file: FoundFile, known: CheckedFile | None) -> bool:
    return known is not None and (known.size, known.mtime_ns) == (file.size, file.mtime_ns)


def _check_all(
    files: Sequence[FoundFile], step: str, progress: Progress, total: int
) -> Iterator[CheckedFile | Issue]:
    """The outcome for each of `files`, remembered batch by batch, so that an interruption costs one batch."""
    check, done = partial(_check, limits=scan_limits()), total - len(files)
    with ThreadPoolExecutor(THREADS, "check-picture") as threads:
        for start in range(0, len(files), BATCH):
            rows: list[CheckedFile] = []
            for result in threads.map(check, files[start : start + BATCH]):
                done += 1
                progress(done, total, step)
                if isinstance(result, CheckedFile):
                    rows.append(result)
                yield result
            _remember(rows)


def _check(file: FoundFile, *, limits: DecodeLimits) -> CheckedFile | Issue:
    """Read one file through: its header, all its pixels (a cut-off file fails only here), and its bytes."""
    try:
        info = probe(file.file, limits=limits)
        look = look_of(decode(file.file, limits=limits, longest_side=DECODED_SIDE))
        with file.file.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    except RectoError as error:
        return make_issue(_source(file), error.code, error.message, left_out=True)
    except OSError as error:
        reason = say("file_unreadable", f"the file cannot be read ({error.strerror}); check its permissions")
        return make_issue(_source(file), "file_unreadable", reason, left_out=True)
    return CheckedFile(
        path=file.path,
        size=file.size,
        mtime_ns=file.mtime_ns,
        sha256=sha256,
        width=info.width,
        height=info.height,
        format=info.format,
        look=look,
    )


def _remember(rows: Sequence[CheckedFile]) -> None:
    CheckedFile.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["size", "mtime_ns", "sha256", "width", "height", "format", "look"],
    )


def _forget(paths: Iterable[str]) -> None:
    listed = sorted(paths)
    for start in range(0, len(listed), BATCH):
        CheckedFile.objects.filter(path__in=listed[start : start + BATCH]).delete()


def _picture(file: FoundFile, row: CheckedFile) -> Picture:
    return Picture(file.name, file.path, row.sha256, row.width, row.height, row.format)
