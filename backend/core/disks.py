"""What is said when the disk of the data folder has no room."""

import errno

from django.conf import settings
from django.db import OperationalError

from core.errors import NoRoom
from core.sentences import say

# No room, none left of this user's share, or none in one file.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def disk_full() -> NoRoom:
    where = str(settings.RECTO_DATA_DIR)
    text = f"There is no room left on the disk of {where}. Make room there, then start it again."
    return NoRoom("disk_full", say("disk_full", text, folder=where))


def upload_not_kept() -> NoRoom:
    """Without the folder's name: whoever sends something need not know it."""
    text = "The upload cannot be kept. Make room on the server's disk, then send it again."
    return NoRoom("no_room", say("no_room", text))


def is_full(error: Exception) -> bool:
    """A disk that is full says so in three ways: as an OSError, and through SQLite or PostgreSQL."""
    if isinstance(error, OperationalError):
        return any(words in str(error).lower() for words in ("full", "no space left"))
    return isinstance(error, OSError) and error.errno in FULL
