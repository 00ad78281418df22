"""JSON as it comes and goes. What Python reads and nobody could answer is the sender's mistake, no crash."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer


class BoundedJsonParser(JSONParser):
    """DRF's, that refuses JSON nested some thousand deep, too."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError("JSON parse error - it is nested too deeply.") from error


class _EscapingRenderer(JSONRenderer):
    ensure_ascii = True


class WholeJsonRenderer(JSONRenderer):
    """DRF's; half a surrogate pair, which an error may repeat from its request, is escaped as it came."""

    def render(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().render(*args, **kwargs)
        except UnicodeEncodeError:
            return _EscapingRenderer().render(*args, **kwargs)


def json_of(text: str) -> Any:
    """Raises ValueError, whatever is wrong with it."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
