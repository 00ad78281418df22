"""Another Recto than the one that runs: its data folder and its database, used by management commands alone.

What it answers, and what its rows are, is compared with the one that its backup was made of.
"""

from __future__ import annotations

import json
import logging
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from serve.places import Places
from serve.throwaway import clean_environment, make_own_database
from tests.system.conftest import PATIENT

logger = logging.getLogger(__name__)
ANEW = ("timings_ms", "index_version", "local_index_version")
# In one process: what photographs find, and what there is.
ASK = """
import json, sys, time
from django.conf import settings
from django.test import Client
from catalog.models import Print
settings.ALLOWED_HOSTS = ["testserver"]
client, answers = Client(), []
for path in sys.stdin.read().split():
    until = time.monotonic() + 120
    answer = None
    # A busy extractor may be late, or the line of searches long.
    while answer is None or "results" not in answer or (answer["notices"] and time.monotonic() < until):
        assert time.monotonic() < until, answer
        with open(path, "rb") as image:
            answer = client.post("/api/v1/searches/", {"image": image}).json()
    answers.append(answer)
print("TOLD" + json.dumps({"answers": answers, "prints": Print.objects.count()}))
"""
# The rows of each table: how many, and the SHA-256 of all their values, whatever the database.
ROWS = """
import hashlib, json
from django.apps import apps
def plain(value):
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value
found = {}
for model in apps.get_models(include_auto_created=True):
    names = [one.attname for one in model._meta.concrete_fields]
    rows, digest = 0, hashlib.sha256()
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=500):
        digest.update(json.dumps([*map(plain, row)], sort_keys=True, default=str).encode())
        rows += 1
    found[model._meta.label] = [rows, digest.hexdigest()]
print("TOLD" + json.dumps(found))
"""
# Of the moment, or written by the backup and the restore themselves: jobs, published versions, the trail.
OTHERWISE = {
    "sessions.Session", "accounts.SignInAttempt", "core.Pulse", "core.Job", "indexing.KnnModel",
    "indexing.IndexChange", "accounts.AuditEntry",
}  # fmt: skip


@dataclass(frozen=True)
class House:
    """`database` is a PostgreSQL's address; without one it has a SQLite in its folder. Pictures are described
    by the extractor of the Recto that runs."""

    places: Places
    database: str = ""

    def manage(self, *arguments: str, say: str = "") -> str:
        """Run a management command; its output. (pytest's `--log-cli-level=INFO` shows them as they end.)"""
        started = time.monotonic()
        own = {"RECTO_EXTRACTOR_URL": self.places.extractor_url}
        own |= {"RECTO_DATABASE_URL": self.database} if self.database else {}
        done = subprocess.run(
            [str(self.places.python), "manage.py", *arguments],
            cwd=self.places.backend,
            env=clean_environment(self.places) | PATIENT | own,
            input=say,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        said = "" if arguments[0] == "shell" else done.stdout.strip()
        logger.info("%.1f s: manage.py %s: %s", time.monotonic() - started, arguments[0], said)
        return done.stdout + done.stderr

    def elsewhere(self, data: Path, database: str = "") -> House:
        """Another one with the same extractor. (With `make test-hosted`, in a database of its own.)"""
        make_own_database(data)
        return House(replace(self.places, data=data), database)

    def restore(self, repository: Path, name: str, *how: str) -> None:
        """This backup; afterwards files and indexes agree with the database."""
        assert f"{name} is restored" in self.manage("restore", *how, "--backup", name, str(repository))
        assert "All agree" in self.manage("check_files", "--checksums")
        assert "All agree" in self.manage("check_index")

    def asked(self, photographs: list[Path]) -> dict[str, Any]:
        """`answers` to the photographs, and how many `prints` there are."""
        asked = self._told(ASK, say="\n".join(map(str, photographs)))
        return asked | {"answers": list(map(answer, asked["answers"]))}

    def rows(self) -> dict[str, list[Any]]:
        return {label: found for label, found in self._told(ROWS).items() if label not in OTHERWISE}

    def _told(self, script: str, say: str = "") -> dict[str, Any]:
        told: dict[str, Any] = json.loads(
            self.manage("shell", "--no-imports", "-c", script, say=say).split("TOLD")[1]
        )
        return told


def answer(found: dict[str, Any]) -> dict[str, Any]:
    """Everything but how long it took, and what the index is called."""
    assert found["results"]
    assert found["notices"] == [], found["notices"]
    return {name: value for name, value in found.items() if name not in ANEW}


def name_of_backup(said: str) -> str:
    """Of what `manage.py backup` said."""
    return Path(said.split(": ")[0]).name
