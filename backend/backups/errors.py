"""What a backup or a restore cannot do, said to the operator at the command line."""

import errno
from pathlib import Path

from core.disks import FULL


class BackupError(Exception):
    """A sentence with the remedy; nothing half-made is left."""


def not_written(error: OSError, folder: Path) -> BackupError:
    """Our error for one of the file system that is written to."""
    if error.errno in FULL:
        return BackupError(f"There is no room left on the disk of {folder}. Nothing half-made is left there.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        where = error.filename or folder
        return BackupError(f"{where} may not be written or read by this user. Give it the right to.")
    return BackupError(f"{error.filename or folder} cannot be written or read: {error.strerror}.")
