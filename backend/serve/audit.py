"""`make audit`: known holes in what is pinned, of Python's and the page's packages.

It fails on any hole that a Python package has (their advisories carry no degrees) and on high and critical
ones of the page's. Where an advisory service cannot be reached that is said, and no failure: many machines
may not ask it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from serve.console import write
from serve.places import Places, places_from_environment

PATIENCE_S = 90
PINNED = (
    "backend/requirements.txt",
    "backend/requirements-dev.txt",
    "backend/requirements-hosted.txt",
    "search-model/requirements.txt",
    "search-model/requirements-extractor.txt",
)
SERIOUS = ("high", "critical")


@dataclass
class Finding:
    """What was asked about; its holes, one line each; and why it could not be asked, if so."""

    what: str
    holes: list[str] = field(default_factory=list)
    not_asked: str = ""

    def line(self) -> str:
        if self.not_asked:
            return f"NOT AUDITED {self.what}: {self.not_asked}"
        return f"{'HOLES      ' if self.holes else 'ok         '} {self.what}"


def python_finding(what: str, answer: str) -> Finding:
    """From pip-audit's JSON. What is on no list there was not asked about: its service is away."""
    found = parsed(answer)
    packages = found.get("dependencies") or []
    asked = [package for package in packages if "skip_reason" not in package]
    if not asked:
        return Finding(what, not_asked="the advisories of pypi.org cannot be reached from here")
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}, mended in "
        f"{', '.join(hole.get('fix_versions') or []) or 'no version yet'}"
        for package in asked
        for hole in package.get("vulns", [])
    ]
    return Finding(what, holes)


def page_finding(what: str, answer: str) -> Finding:
    """From npm's JSON."""
    found = parsed(answer)
    if "vulnerabilities" not in found:
        return Finding(what, not_asked="the advisories of the npm registry cannot be reached from here")
    holes = [
        f"{name}: {hole['severity']}, {hole.get('range', '')}"
        for name, hole in sorted(found["vulnerabilities"].items())
        if hole["severity"] in SERIOUS
    ]
    return Finding(what, holes)


def parsed(answer: str) -> dict[str, Any]:
    """{} for what is no JSON object: the tool gave up before it said anything."""
    try:
        found = json.loads(answer)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def output_of(command: list[str], folder: Path, places: Places) -> str:
    """What it prints, "" when it takes too long. (Both tools end with 1 for holes and for failures alike.)"""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=places.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout


def audit(places: Places) -> list[Finding]:
    pip_audit = [str(places.python), "-m", "pip_audit", "--no-deps", "--disable-pip", "--format", "json"]
    findings: list[Finding] = []
    for name in PINNED:
        if findings and findings[-1].not_asked:
            # A service that is away stays away: CI shall not wait for it five times.
            findings.append(Finding(name, not_asked=findings[-1].not_asked))
            continue
        command = [*pip_audit, "--progress-spinner", "off", "-r", name]
        findings.append(python_finding(name, output_of(command, places.root, places)))
    npm = [str(places.venv / "bin" / "npm"), "audit", "--json"]
    return [*findings, page_finding("frontend", output_of(npm, places.frontend, places))]


def main() -> int:
    findings = audit(places_from_environment())
    for finding in findings:
        write(finding.line())
        for hole in finding.holes:
            write(f"            {hole}")
    return int(any(finding.holes for finding in findings))


if __name__ == "__main__":
    sys.exit(main())
