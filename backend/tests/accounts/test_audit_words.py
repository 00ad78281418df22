"""The page has words for every act and every particular that the code writes into the audit trail."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

BACKEND = Path(__file__).resolve().parents[2]
LOCALES = BACKEND.parent / "frontend" / "src" / "locales"
APPS = ("accounts", "backups", "catalog", "core", "duplicates", "imports", "indexing", "search")
WRITERS = ("record", "_record", "_tell", "_audit")
# An act is a verb of the past: "print_removed".
ACT = re.compile(r"[a-z]+(_[a-z]+)+")


def acts() -> set[str]:
    files = [path for app in APPS for path in (BACKEND / app).rglob("*.py")]
    return {act for path in files for act in _acts_in(ast.parse(path.read_text("utf-8")))}


def _acts_in(tree: ast.Module) -> Iterator[str]:
    """What stands second in a call of a writer; where it is a name, the strings that it may have are told."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in WRITERS and len(node.args) > 1:
            given = node.args[1]
            if isinstance(given, ast.Constant) and ACT.fullmatch(str(given.value)):
                yield str(given.value)


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")


@pytest.mark.parametrize("language", ["en", "de", "fr", "it"])
def test_every_act_has_words_and_no_words_are_left_over(language: str) -> None:
    words = json.loads((LOCALES / f"{language}.json").read_text("utf-8"))["audit"]["actions"]
    assert set(words) == acts()
