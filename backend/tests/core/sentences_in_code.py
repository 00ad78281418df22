"""What the server may say, read out of its code: the names of its sentences, and the values in each."""

import ast
from collections.abc import Iterator
from pathlib import Path

BACKEND = Path(__file__).resolve().parents[2]
APPS = ("core", "accounts", "catalog", "imports", "indexing", "duplicates", "search")
# Commands, the search and programs that speak IIIF raise these; what of it is met on a page is named below.
LEFT_OUT = {
    "imports/folders.py", "imports/services.py", "imports/examples.py", "imports/kept_edits.py",
    "indexing/extraction_rates.py",
    "indexing/made_up.py", "indexing/extractor_client.py", "indexing/mismatch.py", "indexing/describing.py",
    "core/page.py",
    "catalog/iiif/image_requests.py", "catalog/iiif/manifests.py", "catalog/iiif/pyramids.py",
    "catalog/iiif/views.py",
}  # fmt: skip
# Folders of commands, of which the page says nothing.
SILENT = {"migrations", "management", "sample", "evaluation"}
# One sentence of the page for all that may be wrong, without the values of the English ones.
SAID_WITHOUT_VALUES = {
    "fetch_malformed", "fetch_not_http", "image_source_invalid",
    # Of the files that are left out above: what visitors meet.
    "extractor_away", "index_being_rebuilt", "picture_featureless", "picture_refused",
    # And curators, of a job that failed or a picture that could not be described.
    "extractor_changed", "extractor_wrong", "descriptor_mismatch", "descriptor_not_offered",
    "breaks_extractor", "no_local_features",
}  # fmt: skip
ERRORS = (
    "UserError", "NotSignedIn", "Forbidden", "NotFound", "Conflict", "TooLarge", "UnsupportedType",
    "TryAgain", "TooManyRequests", "LockedOut", "OperatorError", "FetchRefused", "FetchFailed",
)  # fmt: skip
# What makes an issue or an error of a code and a sentence: where those stand among the arguments.
MAKERS = dict.fromkeys(ERRORS, 0) | {
    "make_issue": 1,
    "complain": 0,
    "issue": 0,
    "_note": 1,
    "_issue": 1,
    "_refused": 0,
    "RefusedEntry": 1,
}
ACCEPTED_AT = {"issue": 2, "_note": 3}  # where it is not named `accepted`
BEFORE_CODE = {"_refused": "fetch_"}
Found = dict[str, frozenset[str]]
Function = ast.FunctionDef | ast.Module


def sentences() -> Found:
    """Every name with the names of its values. Two sentences of one name must have the same values."""
    found: Found = {}
    for path in _files():
        for key, values in _named(ast.parse(path.read_text())):
            assert found.setdefault(key, values) == values, f"{path}: {key} has other values elsewhere"
    return found


def plain_sentences() -> dict[str, str]:
    """Sentences without values, which their codes are the names of; and where each stands."""
    found: dict[str, str] = {}
    for path in _files():
        module = ast.parse(path.read_text())
        constants = _assigned(module)
        for function in ast.walk(module):
            if isinstance(function, Function):
                for key, text in _plain(function, constants):
                    place = f"{path.relative_to(BACKEND)}:{text.lineno}"
                    assert isinstance(text, ast.Constant), f"{place}: `say` this text with its values"
                    found[key] = place
    return found


def _files() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((BACKEND / app).rglob("*.py")):
            name = path.relative_to(BACKEND).as_posix()
            if not SILENT & set(path.parts) and name not in LEFT_OUT:
                yield path


def _named(module: ast.Module) -> Iterator[tuple[str, frozenset[str]]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _name(node) == "say" and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value), frozenset(one.arg for one in node.keywords if one.arg)


def _plain(function: Function, constants: dict[str, list[ast.expr]]) -> Iterator[tuple[str, ast.expr]]:
    """Texts that have no name of their own, each under the name that its code gives it."""
    assigned = _assigned(function)
    for node in _own_nodes(function):
        for key, sentence in _made(node):
            text = sentence
            if isinstance(sentence, ast.Name):
                before = [one for one in assigned.get(sentence.id, ()) if one.lineno <= sentence.lineno]
                text = (before or constants.get(sentence.id, [sentence]))[-1]
            if isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Constant) and text.value):
                yield key, text


def _made(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Sentences of a call that makes an error or issue; so does a pair of texts that is returned."""
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
        code, sentence = node.value.elts
        yield from _coded("", code, sentence, None)
    elif isinstance(node, ast.Call) and _name(node) in MAKERS:
        name = _name(node)
        parts = node.args[MAKERS[name] : MAKERS[name] + 2]
        accepted = next((one.value for one in node.keywords if one.arg == "accepted"), None)
        if name in ACCEPTED_AT and len(node.args) > ACCEPTED_AT[name]:
            accepted = node.args[ACCEPTED_AT[name]]
        if len(parts) == 2:
            code, sentence = parts
            yield from _coded(BEFORE_CODE.get(name, ""), code, sentence, accepted)


def _coded(
    before: str, code: ast.expr, sentence: ast.expr, accepted: ast.expr | None
) -> Iterator[tuple[str, ast.expr]]:
    if not isinstance(code, ast.Constant) or not isinstance(code.value, str) or not code.value:
        return
    key = before + code.value
    if key not in SAID_WITHOUT_VALUES:
        yield key, sentence
    if accepted is not None:
        yield f"accepted.{key}", accepted


def _assigned(function: Function) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in _own_nodes(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """In the order of the text, without those of functions inside."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, ast.FunctionDef):
            yield node
            yield from _own_nodes(node)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
