"""All there is, to be compared: rows by plain SQL, files by their bytes, a search by its answer."""

import hashlib
from pathlib import Path
from typing import Any

from django.db import connection
from rest_framework.test import APIClient

from indexing.live import live_index
from indexing.live_local import live_local_index
from tests.search.engravings import engraving
from tests.search.searching import post, upload

# Of the moment, or written by the restore itself: versions of the indexes, their announcements, the trail.
OTHERWISE = {
    "django_session", "accounts_signinattempt", "core_pulse", "core_job", "indexing_knnmodel",
    "indexing_indexchange", "accounts_auditentry", "django_migrations",
}  # fmt: skip

ANEW = ("timings_ms", "index_version", "local_index_version")


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that a restore brings back as it was."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(set(connection.introspection.table_names(cursor)) - OTHERWISE):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            found[table] = [
                tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)
                for row in cursor.fetchall()
            ]
        return found


def files(data_dir: Path) -> dict[str, tuple[str, int]]:
    """SHA-256 and time of every file that a backup holds, by its path."""
    wanted = ["raw", *(f"processed/{name}" for name in ("scans", "kept", "imports", "sample"))]
    return {
        file.relative_to(data_dir).as_posix(): (
            hashlib.sha256(file.read_bytes()).hexdigest(),
            file.stat().st_mtime_ns,
        )
        for folder in wanted
        for file in sorted((data_dir / folder).rglob("*"))
        if file.is_file()
    }


def found_by_searching(api: APIClient) -> list[Any]:
    """The whole answers to photographs, but for how long they took and what the index is called."""
    live_index().forget()
    live_local_index().forget()
    answers = []
    for seed in (0, 5):
        answer = post(api, image=upload(engraving(seed)))
        assert answer.status_code == 200, answer.content
        answers.append({name: value for name, value in answer.json().items() if name not in ANEW})
    assert answers[0]["results"]
    return answers


def contents(repository: Path) -> list[Path]:
    return sorted(file for file in (repository / "contents").rglob("*") if file.is_file())
