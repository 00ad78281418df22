"""Serializers that only render, and render much: how a field is read is worked out once, not at each row."""

from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from rest_framework import serializers

Row = TypeVar("Row")
Read = Callable[[Any], Any]


class RenderingSerializer(serializers.Serializer[Row]):
    """The JSON of objects by their attributes: what DRF makes of the same fields, in a third of the time.

    Not for mappings, nor for attributes that are to be called.
    """

    @cached_property
    def _reads(self) -> list[tuple[str, Read]]:
        return [(str(field.field_name), _reader(field)) for field in self._readable_fields]

    def to_representation(self, instance: Row) -> dict[str, Any]:
        return {name: read(instance) for name, read in self._reads}


def _reader(field: Any) -> Read:
    if isinstance(field, serializers.SerializerMethodField):
        return getattr(field.parent, str(field.method_name))  # type: ignore[no-any-return]
    if field.source == "*":
        return field.to_representation  # type: ignore[no-any-return]
    value, render = attrgetter(field.source), field.to_representation

    def read(row: Any) -> Any:
        try:
            found = value(row)
        except AttributeError:
            # Of a classification, say, that a print does not have.
            if field.default is serializers.empty:
                raise
            return field.default
        return None if found is None else render(found)

    return read
