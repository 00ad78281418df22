"""When the last backup of this data folder was made: processed/last-backup.json, for monitoring."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from backups.manifest import Manifest
from core.metrics import Sample, gauge


def remember_backup(manifest: Manifest, *, folder: Path, copied: int) -> None:
    """Write it down, whole or not at all."""
    said = {
        "name": manifest.name,
        "made_at": manifest.made_at,
        "folder": str(folder),
        "files": len(manifest.files),
        "rows": manifest.rows,
        "bytes": manifest.bytes,
        "bytes_copied": copied,
        "pictures_missing": len(manifest.missing),
    }
    draft = _file().with_suffix(".draft")
    draft.write_text(json.dumps(said, indent=1))
    draft.replace(_file())


def last_backup() -> dict[str, Any] | None:
    """What was written down; None when no backup was made yet."""
    try:
        said: dict[str, Any] = json.loads(_file().read_text())
    except (OSError, ValueError):
        return None
    return said


@gauge("last_backup_timestamp_seconds", "When the last backup was made, in seconds since 1970")
def seconds_of_last_backup() -> list[Sample]:
    """Seconds since 1970, as Prometheus likes it; nothing when there was none."""
    said = last_backup()
    return [({}, datetime.fromisoformat(said["made_at"]).timestamp())] if said else []


@gauge("last_backup_bytes", "What the last backup holds, in bytes")
def bytes_of_last_backup() -> list[Sample]:
    said = last_backup()
    return [({}, float(said["bytes"]))] if said else []


def _file() -> Path:
    return Path(settings.RECTO_PROCESSED_DIR) / "last-backup.json"
