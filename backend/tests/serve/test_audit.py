"""Holes fail the audit; a service that cannot be reached is said, and does not."""

import json

import pytest

from serve import audit
from serve.audit import Finding, page_finding, python_finding

CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
HOLE = {"id": "GHSA-1", "fix_versions": ["13.0.1"], "aliases": []}
SKIPPED = {"name": "amqp", "skip_reason": "Dependency not found on PyPI"}


def test_a_hole_in_a_python_package_is_told_with_what_mends_it() -> None:
    answer = {"dependencies": [CLEAN, {"name": "pillow", "version": "13.0.0", "vulns": [HOLE]}], "fixes": []}
    assert python_finding("a.txt", json.dumps(answer)).holes == ["pillow 13.0.0: GHSA-1, mended in 13.0.1"]
    assert python_finding("a.txt", json.dumps({"dependencies": [CLEAN, SKIPPED]})) == Finding("a.txt")


@pytest.mark.parametrize("answer", ["", "no network", "[]", json.dumps({"dependencies": [SKIPPED]})])
def test_advisories_that_cannot_be_reached_are_no_clean_audit(answer: str) -> None:
    assert "cannot be reached" in python_finding("a.txt", answer).line()


def test_only_high_and_critical_holes_of_the_page_count() -> None:
    found = {"a": {"severity": "moderate"}, "b": {"severity": "high", "range": "<2"}}
    assert page_finding("page", json.dumps({"vulnerabilities": found})).holes == ["b: high, <2"]
    assert "cannot be reached" in page_finding("page", '{"message": "405"}').line()


@pytest.mark.parametrize(("finding", "status"), [(Finding("a"), 0), (Finding("a", ["b"]), 1)])
def test_only_holes_fail_it(monkeypatch: pytest.MonkeyPatch, finding: Finding, status: int) -> None:
    monkeypatch.setattr(audit, "audit", lambda places: [finding, Finding("c", not_asked="away")])
    assert audit.main() == status
