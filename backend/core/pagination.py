"""Pages of a list: `?page=2&page_size=50`."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

LARGEST_PAGE_NUMBER = 1_000_000


class Pages(PageNumberPagination):
    page_size = 24
    max_page_size = 100
    page_size_query_param = "page_size"
    invalid_page_message = "There is no page {page_number}. Pages count from 1 to `pages`."

    def get_page_size(self, request: Request) -> int:
        return _whole_number(request, "page_size", default=self.page_size, high=self.max_page_size)

    def get_page_number(self, request: Request, paginator: "Paginator[Any]") -> int:
        return _whole_number(request, "page", default=1, high=LARGEST_PAGE_NUMBER)

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        page = self.page
        assert page is not None
        return Response(
            {
                "count": page.paginator.count,
                "page": page.number,
                "pages": page.paginator.num_pages,
                "page_size": page.paginator.per_page,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        numbers = ("count", "page", "pages", "page_size")
        return {
            "type": "object",
            "required": [*numbers, "results"],
            "properties": {**{name: {"type": "integer"} for name in numbers}, "results": schema},
        }

    def get_schema_operation_parameters(self, view: object) -> list[dict[str, Any]]:
        return [
            _parameter("page", "Pages count from 1.", high=LARGEST_PAGE_NUMBER, default=1),
            _parameter("page_size", "Results on a page.", high=self.max_page_size, default=self.page_size),
        ]


def _whole_number(request: Request, name: str, *, default: int, high: int) -> int:
    """From 1 to `high`; anything else is a 400 that says so."""
    value = request.query_params.get(name, str(default))
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:20]) <= high):
        raise ValidationError({name: [f"Give a whole number from 1 to {high}."]})
    return int(value)


def _parameter(name: str, description: str, *, high: int, default: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "maximum": high, "default": default}
    return {"name": name, "required": False, "in": "query", "description": description, "schema": schema}
