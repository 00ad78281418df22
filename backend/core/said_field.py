"""How a sentence's name and values are sent; see `core.sentences`."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

SAID = {
    "type": "object",
    "description": "The sentence's name and values, for other languages; without a name where it has none.",
    "properties": {
        "key": {"type": "string"},
        "params": {
            "type": "object",
            "additionalProperties": {"oneOf": [{"type": "string"}, {"type": "number"}]},
        },
    },
}


@extend_schema_field(SAID)
class SaidField(serializers.JSONField):
    """Only read. Rows of an older Recto have nothing there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, default=dict, **options)
