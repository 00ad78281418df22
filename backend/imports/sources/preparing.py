"""Reading an import's pictures through: each ImportImage becomes ready, or an issue says why it does not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

from core.errors import RectoError
from imports.issues import Issue, Source, make_issue
from imports.models import ImportImage, ImportRun
from imports.picture import Picture
from imports.sources.choosing import kind_of
from imports.sources.findings import Finding, write_findings
from imports.sources.local import LocalPictures, local_pictures
from imports.sources.unwanted import Unwanted

State = ImportImage.State
PICTURE_VALUES = ("path", "sha256", "width", "height", "format")
# What an operator or a curator may put right without another check of the table.
_MAY_WORK_LATER = frozenset(
    {"image_missing", "image_damaged", "image_empty", "file_unreadable", "file_outside_roots"}
)


class PreparedPictures:
    """Hands over the pictures of records, those of a folder or an archive read through first."""

    def __init__(self, run: ImportRun, local: LocalPictures | None) -> None:
        self._run, self._local = run, local
        self._unwanted = Unwanted(run, local) if local else None

    def pictures_for(self, record_ids: Sequence[str]) -> Mapping[str, Sequence[Picture]]:
        """The pictures of these records that are here. Hold `keeping_scans` until they are named by a row."""
        rows = list(self._run.images.filter(record_id__in=record_ids).order_by("record_id", "position"))
        if self._local and self._unwanted:
            waiting = [row for row in rows if needs_reading(row)]
            found = self._local.read([row.location for row in waiting])
            store_found(self._run, list(zip(waiting, found, strict=True)), self._unwanted)
        pictures: dict[str, list[Picture]] = defaultdict(list)
        for row in rows:
            if row.state in (State.READY, State.ATTACHED):
                pictures[row.record_id].append(picture_of(row))
        return pictures


@contextmanager
def open_pictures(run: ImportRun) -> Iterator[PreparedPictures]:
    """The pictures of a run, for as long as its records are written."""
    with local_pictures(run) as local:
        yield PreparedPictures(run, local)


def needs_reading(row: ImportImage) -> bool:
    """True for one that nobody has read, or whose file has gone since (a run that was cut short long ago)."""
    if row.state == State.WAITING:
        return True
    return row.state == State.READY and not (Path(settings.RECTO_DATA_DIR) / row.path).is_file()


def picture_of(row: ImportImage) -> Picture:
    return Picture(row.location, row.path, row.sha256, row.width, row.height, row.format)


def store_found(
    run: ImportRun, found: Sequence[tuple[ImportImage, Picture | Finding | Issue]], unwanted: Unwanted
) -> None:
    """Write what became of pictures into their rows, and issues for those that there are not."""
    placeholders = unwanted.among([one for _, one in found if isinstance(one, Picture)])
    findings = []
    for row, one in found:
        if isinstance(one, Picture) and one.path not in placeholders:
            row.state, row.retryable = State.READY, False
            for name in PICTURE_VALUES:
                setattr(row, name, getattr(one, name))
            continue
        finding = _finding(run, row, placeholders[one.path] if isinstance(one, Picture) else one)
        row.state = State.LEFT_OUT if isinstance(one, Picture) else State.FAILED
        row.retryable = finding.retryable
        findings.append(finding)
    with transaction.atomic():
        ImportImage.objects.bulk_update(
            [row for row, _ in found], ["state", "retryable", *PICTURE_VALUES], batch_size=100
        )
        write_findings(run, findings)


def _finding(run: ImportRun, row: ImportImage, found: Finding | Issue) -> Finding:
    """The finding at the row of the table that wanted the picture."""
    issue = found.issue if isinstance(found, Finding) else found
    later = found.retryable if isinstance(found, Finding) else _may_work_later(run, issue)
    column = "image_url" if "://" in row.location else "image_file"
    told = make_issue(
        Source(run.table_name, row.row),
        issue.code,
        issue.reason,
        column=column,
        value=row.location,
        left_out=True,
    )
    return Finding(told, row.record_id, later)


def _may_work_later(run: ImportRun, issue: Issue) -> bool:
    """An archive stays as it is; a file on the server can be mended."""
    return kind_of(run.image_source) != "zip" and issue.code in _MAY_WORK_LATER


def failed(error: RectoError) -> Finding:
    """The finding for a picture that was not to be had, retryable where it may work later."""
    issue = make_issue(Source(""), error.code, error.message, left_out=True)
    return Finding(issue, retryable=error.status == 503 or error.code in _MAY_WORK_LATER)
