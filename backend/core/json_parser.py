"""JSON from outside. What Python reads and nobody could send, store or answer is the sender's mistake."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJsonParser(JSONParser):
    """DRF's, that also refuses JSON nested some thousand deep, and halves of characters."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return sendable(super().parse(*args, **kwargs))
        except (ValueError, RecursionError) as error:
            raise ParseError(f"JSON parse error - {error}") from error


def json_of(text: str) -> Any:
    """Raises ValueError, whatever is wrong with it."""
    try:
        return sendable(json.loads(text))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def sendable(value: Any) -> Any:
    """`value`, which JSON may be written of again. Raises ValueError for half of a surrogate pair."""
    json.dumps(value, ensure_ascii=False).encode()
    return value
