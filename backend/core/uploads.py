"""Uploads kept in memory only, and no more of them than the limit."""

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler

from core.errors import TooLarge
from core.sentences import say

# Past the limit the rest is read and dropped, so that the client can read our answer; past this many times
# the limit we hang up.
DRAIN_TIMES = 5


class BoundedMemoryUploadHandler(MemoryFileUploadHandler):
    """All files of one request together may have `settings.RECTO_SEARCH_MAX_BYTES` bytes."""

    received = 0

    def handle_raw_input(self, *args: object, **kwargs: object) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > DRAIN_TIMES * settings.RECTO_SEARCH_MAX_BYTES:
            raise upload_too_large()
        if self.received <= settings.RECTO_SEARCH_MAX_BYTES:
            self.file.write(raw_data)
        return None

    def upload_complete(self) -> None:
        if self.received > settings.RECTO_SEARCH_MAX_BYTES:
            raise upload_too_large()


def upload_too_large() -> TooLarge:
    limit = settings.RECTO_SEARCH_MAX_BYTES / 1_000_000
    message = f"The upload is larger than {limit:g} MB. Send a smaller picture, as JPEG for example."
    return TooLarge("upload_too_large", say("search_upload_too_large", message, megabytes=limit))
