"""What was wrong with manifests, kept beside the table that was made of them until the table is checked."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from core.sentences import said_of, say
from imports.issues import Issue, Source
from imports.models import ImportRun
from imports.sources.findings import Finding
from imports.uploads import imports_folder


def keep_notes(run: ImportRun, issues: Sequence[Issue]) -> None:
    """Keep the issues for every check of the run's table."""
    file = _file(run)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    kept = [asdict(issue) | {"said": said_of(issue.reason)} for issue in issues]
    draft.write_text(json.dumps(kept))
    draft.replace(file)


def noted_findings(run: ImportRun) -> Iterator[Finding]:
    file = _file(run)
    for kept in json.loads(file.read_text()) if file.is_file() else ():
        said = kept.pop("said", {})
        reason = say(said["key"], kept["reason"], **said["params"]) if said else kept["reason"]
        yield Finding(Issue(**(kept | {"source": Source(**kept["source"]), "reason": reason})))


def _file(run: ImportRun) -> Path:
    return imports_folder() / str(run.pk) / "manifests.json"
