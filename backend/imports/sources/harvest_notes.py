"""What was wrong with manifests, kept beside the table that was made of them until the table is checked."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from imports.issues import Issue, Source
from imports.models import ImportRun
from imports.sources.findings import Finding
from imports.uploads import imports_folder


def keep_notes(run: ImportRun, issues: Sequence[Issue]) -> None:
    """Keep the issues for every check of the run's table."""
    file = _file(run)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    draft.write_text(json.dumps([asdict(issue) for issue in issues]))
    draft.replace(file)


def noted_findings(run: ImportRun) -> Iterator[Finding]:
    file = _file(run)
    for kept in json.loads(file.read_text()) if file.is_file() else ():
        yield Finding(Issue(**(kept | {"source": Source(**kept["source"])})))


def _file(run: ImportRun) -> Path:
    return imports_folder() / str(run.pk) / "manifests.json"
