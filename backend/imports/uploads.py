"""Uploads that are too large for memory: tables and archives go to disk as they come."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from rest_framework.request import Request

from core.disks import is_full, upload_not_kept
from core.errors import OperatorError, TooLarge
from core.sentences import say
from imports.issues import storable


def imports_folder() -> Path:
    return Path(settings.RECTO_PROCESSED_DIR) / "imports"


class FileOnDisk(UploadedFile):  # type: ignore[type-arg]
    """An upload in a file of its own, which goes when it is closed unless somebody has moved it away."""

    file: IO[bytes]

    def temporary_path(self) -> Path:
        return Path(self.file.name)

    def move_to(self, target: Path) -> None:
        """Keep the upload at `target`, by a rename: there is never half a file."""
        target.parent.mkdir(parents=True, exist_ok=True)
        self.file.flush()
        os.fsync(self.file.fileno())
        os.replace(self.temporary_path(), target)

    def close(self) -> None:
        self.file.close()
        self.temporary_path().unlink(missing_ok=True)


class BoundedDiskUploadHandler(FileUploadHandler):
    """All files of one request together may have `limit` bytes; past that we hang up."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit, self._received = limit, 0
        self._file: IO[bytes] | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        incoming = imports_folder() / "incoming"
        incoming.mkdir(parents=True, exist_ok=True)
        self._file = NamedTemporaryFile(dir=incoming, delete=False)  # noqa: SIM115 - closed with the upload

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        assert self._file is not None
        self._received += len(raw_data)
        if self._received > self._limit:
            self.upload_interrupted()
            message = say(
                "upload_too_large",
                f"The upload is larger than {self._limit / 1e6:g} MB. Send less at a time.",
                megabytes=self._limit / 1e6,
            )
            raise TooLarge("upload_too_large", message)
        try:
            self._file.write(raw_data)
        except OSError as error:
            self.upload_interrupted()
            raise upload_not_kept() if is_full(error) else _not_written(error) from error
        return None

    def file_complete(self, file_size: int) -> FileOnDisk:
        assert self._file is not None
        self._file.seek(0)
        name = storable(self.file_name or "")
        return FileOnDisk(self._file, name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        if self._file is not None:
            self._file.close()
            Path(self._file.name).unlink(missing_ok=True)


def _not_written(error: OSError) -> OperatorError:
    reason = error.strerror or repr(error)
    text = f"The upload cannot be kept: {reason}. The operator can mend that."
    return OperatorError("upload_not_kept", say("upload_not_kept", text, reason=reason))


class LargeUploads:
    """A mixin of views that take large files: it acts before anybody reads the request."""

    largest_upload: int  # bytes

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        request.upload_handlers = [BoundedDiskUploadHandler(self.largest_upload)]
        made: Request = super().initialize_request(request, *args, **kwargs)  # type: ignore[misc]
        return made
