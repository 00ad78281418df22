"""Archives of pictures that a curator sends for an import."""

import shutil
from pathlib import Path

from django.db import transaction

from accounts import audit
from core.errors import UserError
from core.sentences import say
from imports.issues import storable
from imports.models import ImportRun
from imports.running import Curator
from imports.runs import hold
from imports.sources.archive_pictures import archive_limits, archives_folder
from imports.sources.archives import open_archive
from imports.sources.choosing import kind_of
from imports.uploads import FileOnDisk

State = ImportRun.State
_LONGEST_NAME = 150  # bytes of a file's name: file systems take 255, in which an ending has to fit, too


def add_archive(run: ImportRun, upload: FileOnDisk, *, user: Curator) -> ImportRun:
    """Keep an archive of pictures; one of the same name is replaced. The run has to be checked again.

    Raises UserError for an archive that is refused as a whole; what is wrong with single files in it is said
    by the check.
    """
    if run.state not in (State.UPLOADED, State.CHECKED):
        message = say(
            "wrong_state", f"This import is {run.get_state_display().lower()}; it takes no more pictures."
        )
        raise UserError("wrong_state", message)
    if kind_of(run.image_source) != "zip":
        raise UserError(
            "not_from_zip", "The pictures of this import do not come from a ZIP. Choose that first."
        )
    try:
        files = _readable_files(upload.temporary_path())
    except UserError as error:
        refusal = {"import": run.pk, "archive": storable(upload.name or ""), "code": error.code}
        audit.record(user, "import_pictures_refused", run.collection, run.table_name, refusal)
        raise
    with transaction.atomic():
        hold(run)
        upload.move_to(archives_folder(run) / _file_name(upload.name or ""))
        run.state, run.counts, run.message = State.UPLOADED, {}, ""
        run.save(update_fields=["state", "counts", "message"])
        details = {"import": run.pk, "archive": storable(upload.name or ""), "files": files}
        audit.record(user, "import_pictures_sent", run.collection, run.table_name, details)
    return run


def copy_archive(run: ImportRun, file: Path) -> None:
    """Keep an archive that lies on this machine for the run, as `add_archive` does. Raises UserError."""
    _readable_files(file)
    archives_folder(run).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, archives_folder(run) / _file_name(file.name))


def _readable_files(file: Path) -> int:
    opened = open_archive(file, archive_limits())
    opened.file.close()
    if not opened.entries:
        reason = f" The first file: {opened.refused[0].reason}." if opened.refused else ""
        message = say("zip_without_pictures", f"There is no picture in the archive that can be read.{reason}")
        raise UserError("zip_without_pictures", message)
    return len(opened.entries)


def _file_name(name: str) -> str:
    """The upload's name, as far as any file system takes it."""
    stem = storable(Path(name.replace("\\", "/")).stem).strip(". ") or "pictures"
    cut = stem.encode()[:_LONGEST_NAME].decode(errors="ignore")
    return f"{cut}.zip"
